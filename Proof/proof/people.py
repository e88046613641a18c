"""The calls that the clients make, each recorded with what it takes, gives or needs."""

import asyncio
import hashlib
import itertools
from dataclasses import dataclass, field

from .recorder import ACCEPTED, DONE, NOT_DONE, REFUSED, UNAVAILABLE, UNEXPECTED, UNKNOWN, Recorder, now
from .wire import Answer, NoAnswer, Wire

PASSWORD = "Correct-Horse-7-Battery"
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Person:
    id: str
    email: str
    cookie: str

    @property
    def facet(self) -> str:
        return f"user:{self.id}"

    def right(self, permission: str) -> str:
        return f"right:{self.id}:{permission}"


@dataclass(frozen=True)
class HeldKey:
    """A key whose create was answered. The secret stays in memory; the history has the id alone."""

    id: str
    secret: str
    owner: Person
    awaits: bool

    @property
    def facet(self) -> str:
        return f"key:{self.id}"

    @property
    def needs(self) -> list[str]:
        copied = [f"copied:{self.id}"] if self.awaits else []
        return [self.facet, *copied, self.owner.facet]

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.secret.encode()).hexdigest()


@dataclass
class Known:
    """What the run has made, to be read once more at its end."""

    keys: dict[str, HeldKey] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    # Rights that changed while the run went on: person's id and permission.
    rights: set[tuple[str, str]] = field(default_factory=set)


class Desk:
    """Speaks to all nodes for the clients, and writes down what they said."""

    def __init__(self, wires: list[Wire], recorder: Recorder):
        self.wires = {wire.name: wire for wire in wires}
        self.recorder = recorder
        self.known = Known()

    @property
    def nodes(self) -> list[str]:
        return list(self.wires)

    async def change(
        self, op: str, node: str, person: Person | None, method: str, path: str, body: dict | None = None, *,
        takes: list[str] | None = None, gives: list[str] | None = None, expect: int | None = None
    ) -> tuple[str, dict]:
        """One call that changes something. Answers how it came out, and what the answer said.

        `expect` is how many keys a delete must have deleted for the answer to promise anything of all of them.
        """
        begin = now()
        try:
            answer = await self.wires[node].call(method, path, self._headers(person), body)
        except asyncio.CancelledError:
            self.recorder.record(op, node, begin, now(), UNKNOWN, takes=takes, gives=gives, code="given up")
            raise
        except NoAnswer as problem:
            outcome = UNKNOWN if problem.sent else NOT_DONE
            self.recorder.record(
                op, node, problem.begin, problem.end, outcome, takes=takes, gives=gives, code=problem.cause
            )  # fmt: skip
            return outcome, {}
        outcome, said = outcome_of(answer, expect)
        nodes = said.get("nodes", {})
        self.recorder.record(
            op, node, answer.begin, answer.end, outcome, takes=takes, gives=gives, status=answer.status,
            code=answer.code, acknowledged=nodes.get("acknowledged"), fenced=nodes.get("fenced"),
            waited=said.get("waited_ms"),
        )  # fmt: skip
        return outcome, said

    async def delete(self, node: str, key: HeldKey) -> str:
        """Its owner deletes one key, by a call for it alone."""
        outcome, _ = await self.change(
            "delete", node, key.owner, "DELETE", f"/v1/keys/{key.id}", takes=[key.facet], expect=1
        )  # fmt: skip
        return outcome

    async def verify(self, node: str, key: HeldKey, permission: str | None = None, **more) -> str:
        """Asks one node about a key, and says how it answered."""
        path = "/v1/verify" + (f"?permission={permission}" if permission else "")
        needs = key.needs + ([key.owner.right(permission)] if permission else [])
        try:
            answer = await self.wires[node].call("GET", path, {"Authorization": f"Bearer {key.secret}"})
        except NoAnswer as problem:
            self.recorder.record(
                "verify", node, problem.begin, problem.end, UNAVAILABLE, needs=needs, code=problem.cause, **more
            )  # fmt: skip
            return UNAVAILABLE
        outcome = verify_outcome(answer)
        self.recorder.record(
            "verify", node, answer.begin, answer.end, outcome, needs=needs, status=answer.status, code=answer.code,
            **more,
        )  # fmt: skip
        return outcome

    async def register(self, node: str) -> Person:
        """The administrator of a new company; raises where the node does not answer as it should."""
        email = f"admin-{next(_numbers)}@example.com"
        body = {"name": "Administrator", "email": email, "password": PASSWORD, "company": "Proof"}
        answer = await self.wires[node].call("POST", "/v1/accounts", SAME_ORIGIN, body)
        if answer.status != 201:
            raise RuntimeError(f"registering: {answer.status} {answer.body!r}")
        person = Person(answer.json()["user"]["id"], email, cookie(answer))
        self._record_new(node, answer, person, [])
        return person

    async def add_person(self, node: str, administrator: Person, role: str, permissions: list[str]) -> Person | None:
        """A colleague with a role, signed in; nobody where a call on the way fails."""
        email = f"person-{next(_numbers)}@example.com"
        body = {"name": "Colleague", "email": email, "password": PASSWORD, "role_id": role}
        try:
            added = await self.wires[node].call("POST", "/v1/users", self._headers(administrator), body)
            if added.status != 201:
                return None
            entered = await self.wires[node].call(
                "POST", "/v1/session", SAME_ORIGIN, {"email": email, "password": PASSWORD}
            )  # fmt: skip
        except NoAnswer:
            return None
        if entered.status != 201:
            return None
        person = Person(added.json()["id"], email, cookie(entered))
        self._record_new(node, added, person, permissions)
        return person

    async def create_key(self, node: str, owner: Person, awaits: bool = False) -> HeldKey | None:
        body = {"name": f"key-{next(_numbers)}", "await_confirmation": awaits}
        try:
            answer = await self.wires[node].call("POST", "/v1/keys", self._headers(owner), body)
        except NoAnswer as problem:
            # Nobody has ever seen the secret of such a key, so there is nothing that could be asked about it.
            self.recorder.record("create", node, problem.begin, problem.end, UNKNOWN, code=problem.cause)
            return None
        if answer.status != 201:
            self.recorder.record(
                "create", node, answer.begin, answer.end, UNKNOWN, status=answer.status, code=answer.code
            )  # fmt: skip
            return None
        made = answer.json()
        key = HeldKey(made["id"], made["key"], owner, awaits)
        self.recorder.record("create", node, answer.begin, answer.end, DONE, gives=[key.facet], status=201)
        self.known.keys[key.id] = key
        return key

    def _record_new(self, node: str, answer: Answer, person: Person, permissions: list[str]) -> None:
        gives = [person.facet, *map(person.right, permissions)]
        self.recorder.record("add_user", node, answer.begin, answer.end, DONE, gives=gives)
        self.known.people[person.id] = person

    @staticmethod
    def _headers(person: Person | None) -> dict[str, str]:
        return SAME_ORIGIN | ({"Cookie": person.cookie} if person else {})


def cookie(answer: Answer) -> str:
    return answer.headers["set-cookie"].split(";")[0]


def outcome_of(answer: Answer, expect: int | None) -> tuple[str, dict]:
    """A 4xx says that nothing was done. 503 and the like may come after the commit: they tell nothing."""
    if 200 <= answer.status < 300:
        said = answer.json()
        return (DONE if expect is None or said.get("deleted") == expect else UNKNOWN), said
    return (NOT_DONE if 400 <= answer.status < 500 else UNKNOWN), {}


def verify_outcome(answer: Answer) -> str:
    if answer.status == 200:
        return ACCEPTED
    if answer.status in (401, 403):
        return REFUSED
    return UNAVAILABLE if answer.status == 503 else UNEXPECTED
