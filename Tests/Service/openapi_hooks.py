"""What schemathesis cannot read in the OpenAPI document: who calls, and which values are good on the day of the run.

Loaded into its process by test_openapi.py, which sets the environment.
"""

import datetime
import itertools
import os
from types import SimpleNamespace

import httpx
import schemathesis
from hypothesis import strategies
from schemathesis.generation.meta import TestPhase

from support.client import PASSWORD, Browser, unique

CALLER = os.environ["LATCHKEY_CALLER"]  # "nobody", "session" or "key"


def made(answer: httpx.Response) -> dict:
    assert answer.status_code == 201, answer.text
    return answer.json()


class Member:
    """The Administrator who calls: a new one, once the calls before have blocked or removed the last."""

    def __init__(self):
        self.browser = None

    def signed_in(self) -> Browser:
        if self.browser is None or self.browser.get("/v1/me").status_code != 200:
            self.browser = Browser(SimpleNamespace(url=os.environ["LATCHKEY_URL"], trust=True))
            self.identity = self.browser.register()
            self.roles = self.browser.get("/v1/roles").json()["roles"]
            # Made once: nobody asks more than 5 questions an hour.
            self.topic = made(self.browser.post("/v1/topics", json={"title": "How?", "body": "So."}))["id"]
            self.reply = made(self.browser.post(f"/v1/topics/{self.topic}/replies", json={"body": "Or so."}))["id"]
        return self.browser

    def open_topic(self) -> str:
        """The topic, open again whatever the calls before have done to it."""
        assert self.signed_in().patch(f"/v1/topics/{self.topic}", json={"closed": False}).status_code == 200
        return self.topic

    def open_reply(self) -> str:
        """The reply, in the topic that is open again."""
        self.open_topic()
        return self.reply

    @property
    def own_role(self) -> str:
        """The one role that can never have been deleted."""
        self.signed_in()
        return next(role["id"] for role in self.roles if role["built_in"])


member = Member()
member.signed_in()

# Values of these formats are right or wrong by more than their shape.

TODAY = datetime.datetime.now(datetime.UTC).date()

schemathesis.openapi.format(
    "date",  # a day that may be chosen in every time zone there is
    strategies.dates(TODAY + datetime.timedelta(days=1), TODAY + datetime.timedelta(days=360)).map(str),
)
schemathesis.openapi.format("day", strategies.dates().map(str))  # any, or none
schemathesis.openapi.format("email", strategies.from_regex(r"[a-z0-9]{1,20}@[a-z0-9]{1,20}\.example", fullmatch=True))
schemathesis.openapi.format(
    "password",  # so long that none is among the common ones
    strategies.text(strategies.characters(categories=["L", "N", "P", "Zs"]), min_size=24, max_size=200),
)
schemathesis.openapi.format(
    "time-zone", strategies.sampled_from(["UTC", "Europe/Moscow", "America/New_York", "Asia/Kathmandu"])
)
schemathesis.openapi.format("permission", strategies.sampled_from(member.identity["permissions"]))
schemathesis.openapi.format("role-id", strategies.just(member.own_role))
schemathesis.openapi.format("invitation-token", strategies.from_regex(r"[0-9A-Za-z]{32}", fullmatch=True))
schemathesis.openapi.format("user-id", strategies.just(member.identity["user"]["id"]))
schemathesis.openapi.format("post", strategies.from_regex(r"[a-zа-яё]{3,20}[ a-z0-9]{0,40}", fullmatch=True))
schemathesis.openapi.format("post-title", strategies.from_regex(r"[a-zа-яё]{3,20}[ a-z0-9]{0,40}", fullmatch=True))
schemathesis.openapi.format("cursor", strategies.just(""))  # any other is an answer's; test_key_list.py follows those


class SignedIn:
    """Each call with the cookie of a session, from a page of our own."""

    def get(self, case, context):
        return member.signed_in().cookies["latchkey"]

    def set(self, case, data, context):
        case.cookies = {**(case.cookies or {}), "latchkey": data}
        case.headers["Sec-Fetch-Site"] = "same-origin"


class FreshKey:
    """Each call with a key of its own, since the calls before it may have deleted every key there was."""

    def get(self, case, context):
        return member.signed_in().create_key()["key"]

    def set(self, case, data, context):
        case.headers["Authorization"] = f"Bearer {data}"


if CALLER != "nobody":
    schemathesis.auth(refresh_interval=None)({"session": SignedIn, "key": FreshKey}[CALLER])

calls = itertools.count(1)


def fresh_id(operation: str) -> str | None:
    """The id of something new that the operation is about."""
    match operation:
        case "getKey" | "confirmKey" | "deleteKey" | "deleteCompanyKey" | "listRefusals" | "countUses" | "explainKey":
            return member.signed_in().create_key()["id"]
        case "changeRole" | "previewRole" | "deleteRole":
            form = {"name": unique("role"), "permissions": []}
            return made(member.signed_in().post("/v1/roles", json=form))["id"]
        case "changeUser" | "removeUser":
            form = {"name": "New", "email": new_email(), "password": PASSWORD, "role_id": member.own_role}
            return made(member.signed_in().post("/v1/users", json=form))["id"]
        case "withdrawInvitation":
            return new_invitation()["id"]
        case "getTopic" | "changeTopic" | "hideTopic" | "replyToTopic":
            return member.open_topic()
        case "changeReply" | "hideReply":
            return member.open_reply()


def new_invitation() -> dict:
    """One that nobody has used yet, in a company that has room for it."""
    browser = member.signed_in()
    form = {"email": new_email(), "role_id": member.own_role}
    answer = browser.post("/v1/invitations", json=form)
    if answer.status_code == 409:
        for invitation in browser.get("/v1/invitations").json()["invitations"]:
            browser.delete(f"/v1/invitations/{invitation['id']}")
        answer = browser.post("/v1/invitations", json=form)
    return made(answer)


def new_email() -> str:
    return f"{unique('new')}@example.com"


def freshened(operation: str, body: dict) -> dict:
    """A good body that is not refused for what the calls before it did."""
    match operation:
        case "createKey" | "createRole" if len(body["name"]) < 80:
            return {**body, "name": unique(body["name"])}
        case "createAccount" | "createUser" | "inviteUser":
            return {**body, "email": new_email()}
        case "deleteCompanyKeys":
            return {"ids": [*body["ids"][:999], member.signed_in().create_key()["id"]]}
        case "changeRole" | "previewRole":  # a made-up version is never the role's
            return {member: value for member, value in body.items() if member != "version"}
        case "acceptInvitation":
            return {**body, "token": new_invitation()["link"].rsplit("/", 1)[1]}
        case "logIn":  # wrong passwords are counted, and answered with 429 after ten
            return {"email": member.browser.email, "password": member.browser.password}
    return body


@schemathesis.hook
def before_call(context, case, kwargs):
    """Leads good requests to what is there, all but every eighth; those of one scenario lead each other already."""
    if not (case.meta and case.meta.generation.mode.is_positive):
        return
    operation = case.operation.definition.raw["operationId"]
    has_body = isinstance(case.body, dict)
    if has_body and case.body.get("role_id"):
        case.body = {**case.body, "role_id": member.own_role}
    if has_body and case.body.get("answer_id"):  # one that is the topic's and not hidden is not to be had for each call
        case.body = {name: value for name, value in case.body.items() if name != "answer_id"}
    if has_body and case.body.get("expires_on") and case.body["expires_on"] <= str(TODAY):
        # A day of the past that it has from another call's answer.
        case.body = {name: value for name, value in case.body.items() if name != "expires_on"}
    if next(calls) % 8 == 0:
        return
    if has_body:
        case.body = freshened(operation, case.body)
    if case.meta.phase.name != TestPhase.STATEFUL and (identifier := fresh_id(operation)):
        case.path_parameters = {"id": identifier}
