"""What schemathesis cannot read in the OpenAPI document: who calls, and which values are good on the day of the run.

Loaded into its process by test_openapi.py, which sets the environment.
"""

import datetime
import itertools
import os

import httpx
import schemathesis
from hypothesis import strategies

from support.client import PASSWORD

CALLER = os.environ["LATCHKEY_CALLER"]  # "nobody", "session" or "key"
EMAIL = os.environ["LATCHKEY_EMAIL"]
SESSION = httpx.Client(
    base_url=os.environ["LATCHKEY_URL"],
    cookies={"latchkey": os.environ["LATCHKEY_SESSION"]},
    headers={"Sec-Fetch-Site": "same-origin"},
    timeout=30,
)

# Values of these formats are right or wrong by more than their shape.

TODAY = datetime.datetime.now(datetime.UTC).date()

schemathesis.openapi.format(
    "date",  # a day that may be chosen in every time zone there is
    strategies.dates(TODAY + datetime.timedelta(days=1), TODAY + datetime.timedelta(days=360)).map(str),
)
schemathesis.openapi.format("email", strategies.from_regex(r"[a-z0-9]{1,20}@[a-z0-9]{1,20}\.example", fullmatch=True))
schemathesis.openapi.format(
    "password",  # so long that none is among the common ones
    strategies.text(strategies.characters(categories=["L", "N", "P", "Zs"]), min_size=24, max_size=200),
)
schemathesis.openapi.format(
    "time-zone", strategies.sampled_from(["UTC", "Europe/Moscow", "America/New_York", "Asia/Kathmandu"])
)
schemathesis.openapi.format("permission", strategies.sampled_from(SESSION.get("/v1/me").json()["permissions"]))
schemathesis.openapi.format("cursor", strategies.just(""))  # any other is an answer's; test_key_list.py follows those


class SignedIn:
    """Each call with the cookie of one session, from a page of our own."""

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

calls = itertools.count(1)


@schemathesis.hook
def before_call(context, case, kwargs):
    """Keeps good requests from being refused for what the ones before them did."""
    if not (isinstance(case.body, dict) and case.meta and case.meta.generation.mode.is_positive):
        return
    number = next(calls)
    match case.operation.definition.raw["operationId"]:
        case "createKey" if len(case.body["name"]) < 90 and number % 4:  # every fourth may be `name_taken`
            case.body = {**case.body, "name": f"{case.body['name']} {number}"}
        case "createAccount" if number % 8:  # taken addresses are counted, and answered with 429 after ten
            case.body = {**case.body, "email": f"{number}.{case.body['email']}"}
        case "logIn" if number % 8:  # so are wrong passwords
            case.body = {"email": EMAIL, "password": PASSWORD}
