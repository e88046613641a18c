"""What schemathesis cannot read in the OpenAPI document: who calls, and which values are good on the day of the run.

Loaded into its process by test_openapi.py, which sets the environment.
"""

import datetime
import itertools
import os

import httpx
import schemathesis
from hypothesis import strategies
from schemathesis.openapi.checks import RejectedPositiveData

CALLER = os.environ["LATCHKEY_CALLER"]  # "nobody", "session" or "key"
SESSION = httpx.Client(
    base_url=os.environ["LATCHKEY_URL"],
    cookies={"latchkey": os.environ["LATCHKEY_SESSION"]},
    headers={"Sec-Fetch-Site": "same-origin"},
    timeout=30,
)
TODAY = datetime.datetime.now(datetime.UTC).date()
PERMISSIONS = SESSION.get("/v1/me").json()["permissions"]

schemathesis.openapi.format("email", strategies.from_regex(r"[a-z0-9]{1,20}@[a-z0-9]{1,20}\.example", fullmatch=True))
schemathesis.openapi.format(
    "password",  # long enough for none to be among the common ones
    strategies.text(strategies.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=24, max_size=200),
)
schemathesis.openapi.format(
    "time-zone", strategies.sampled_from(["UTC", "Europe/Moscow", "America/New_York", "Asia/Kathmandu"])
)
schemathesis.openapi.format("cursor", strategies.just(""))  # others are only ever an answer's; test_keys follows them
schemathesis.openapi.format("permission", strategies.sampled_from(PERMISSIONS))
schemathesis.openapi.format(
    "date",  # a day that every time zone of the world still lets one choose
    strategies.dates(TODAY + datetime.timedelta(days=1), TODAY + datetime.timedelta(days=360)).map(str),
)


class SignedIn:
    """Each call with the cookie of one session."""

    def get(self, case, context):
        return SESSION.cookies["latchkey"]

    def set(self, case, data, context):
        case.cookies = {**(case.cookies or {}), "latchkey": data}
        case.headers["Sec-Fetch-Site"] = "same-origin"


class FreshKey:
    """Each call with a key of its own, since the calls before it may have deleted every key there was."""

    numbers = itertools.count(1)

    def get(self, case, context):
        response = SESSION.post("/v1/keys", json={"name": f"caller {next(self.numbers)}"})
        return response.raise_for_status().json()["key"]

    def set(self, case, data, context):
        case.headers["Authorization"] = f"Bearer {data}"


if CALLER != "nobody":
    schemathesis.auth(refresh_interval=None)({"session": SignedIn, "key": FreshKey}[CALLER])
