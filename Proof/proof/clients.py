"""The clients that work while the faults come: each a loop of calls, with subjects of its own."""

import asyncio
import itertools
import random
from collections import deque

from .people import Desk, HeldKey, Person
from .recorder import DONE
from .wire import NoAnswer

READ = "devices:read"
# What the owners of keys may do.
WORKING = ["api-keys:create", "api-keys:read", "api-keys:delete", "content:read", READ]
REDUCED = [permission for permission in WORKING if permission != READ]
# A node that is away is not asked again at once.
BREATH = 0.05  # seconds
BATCH = 4  # keys that are deleted by one call
RECENT = 300  # keys that were deleted lately, of which the probes ask
STANDING = 10  # keys that nobody deletes, for the probes to be said yes to
PROBE_INTERVAL = 0.05  # seconds

_names = itertools.count(1)


class Company:
    """What the clients share: the desk, an administrator, two roles, and the keys that the probes ask about."""

    def __init__(self, desk: Desk, seed: int = 1):
        self.desk = desk
        self.random = random.Random(seed)
        self.live: dict[str, HeldKey] = {}
        self.deleted: deque[HeldKey] = deque(maxlen=RECENT)
        self.administrator: Person
        self.working = self.reduced = ""

    async def found(self) -> "Company":
        node = self.desk.nodes[0]
        self.administrator = await self.desk.register(node)
        self.working = await self.add_role(node, WORKING)
        self.reduced = await self.add_role(node, REDUCED)
        if not (self.working and self.reduced):
            raise RuntimeError("the roles of the proof's company cannot be added")
        owner = await self.hire()
        standing = [await self.new_key(owner) for _ in range(STANDING)]
        self.live = {key.id: key for key in standing}
        return self

    def node(self) -> str:
        return self.random.choice(self.desk.nodes)

    def any_key(self) -> HeldKey:
        """As often one that should be accepted as one that was deleted lately."""
        alive = not self.deleted or self.random.random() < 0.5
        return self.random.choice(list(self.live.values()) if alive else self.deleted)

    async def add_role(self, node: str, permissions: list[str]) -> str:
        body = {"name": f"role-{next(_names)}", "permissions": permissions}
        outcome, said = await self.desk.change("add_role", node, self.administrator, "POST", "/v1/roles", body)
        return said["id"] if outcome == DONE else ""

    async def hire(self, role: str = "") -> Person:
        """Somebody new who may create keys. Tries until some node can do it."""
        while True:
            person = await self.desk.add_person(
                self.node(), self.administrator, role or self.working, WORKING
            )  # fmt: skip
            if person:
                return person
            await asyncio.sleep(BREATH)

    async def new_key(self, owner: Person) -> HeldKey:
        while True:
            key = await self.desk.create_key(self.node(), owner)
            if key:
                return key
            await asyncio.sleep(BREATH)

    async def read(self, node: str) -> None:
        """Something that a node reads from the database; whether it can is of no interest."""
        try:
            await self.desk.wires[node].call("GET", "/v1/me", {"Cookie": self.administrator.cookie})
        except NoAnswer:
            pass

    async def ask_all(self, key: HeldKey, permission: str | None = None) -> None:
        """Asks every node at once: right after an answer is when a node that missed it would show."""
        await asyncio.gather(*(self.desk.verify(node, key, permission) for node in self.desk.nodes))


async def keep_keys(company: Company) -> None:
    """Creates, confirms, verifies, and deletes: one key, several, or all of its person's."""
    owner = await company.hire()
    owned: dict[str, HeldKey] = {}
    for turn in itertools.count(1):
        made = [await create(company, owner, awaits=turn % 4 == 0) for _ in range(BATCH if turn % 10 == 0 else 1)]
        keys = {key.id: key for key in made if key}
        owned |= keys
        if not keys:
            await asyncio.sleep(BREATH)
            continue
        company.live |= keys
        await company.desk.verify(company.node(), next(iter(keys.values())), READ)
        everything = turn % 30 == 0
        outcome = await delete(company, owner, list((owned if everything else keys).values()), everything)
        for key in keys:
            company.live.pop(key, None)
        if outcome == DONE:
            owned = {} if everything else {name: key for name, key in owned.items() if name not in keys}


async def create(company: Company, owner: Person, awaits: bool) -> HeldKey | None:
    key = await company.desk.create_key(company.node(), owner, awaits)
    if key and awaits:
        await company.desk.change(
            "confirm", company.node(), owner, "POST", f"/v1/keys/{key.id}/confirm", gives=[f"copied:{key.id}"]
        )  # fmt: skip
    return key


async def delete_on(company: Company, node: str, key: HeldKey) -> str:
    """Deletes one key on a node, and asks all nodes at once when the answer says that it is done."""
    outcome = await company.desk.delete(node, key)
    if outcome == DONE:
        await company.ask_all(key)
    return outcome


async def delete(company: Company, owner: Person, keys: list[HeldKey], everything: bool) -> str:
    """Deletes, and asks all nodes at once when the answer says that it is done."""
    node = company.node()
    if len(keys) == 1 and not everything:
        outcome = await company.desk.delete(node, keys[0])
    else:
        # `all` finds also keys whose create never answered, and not those whose delete did not tell: its count says
        # nothing, its success does.
        body = {"all": True} if everything else {"ids": [key.id for key in keys]}
        outcome, _ = await company.desk.change(
            "delete_all" if everything else "delete_several", node, owner, "POST", "/v1/keys/delete", body,
            takes=[key.facet for key in keys], expect=None if everything else len(keys),
        )  # fmt: skip
    if outcome == DONE:
        company.deleted.extend(keys)
        await asyncio.gather(*(company.ask_all(key) for key in keys))
    else:
        await asyncio.sleep(BREATH)
    return outcome


async def guard_people(company: Company) -> None:
    """Blocks, unblocks and removes people. After an answer that does not tell, it goes on with somebody new."""
    while True:
        person = await company.hire()
        key = await company.new_key(person)
        for turn in range(20):
            await company.desk.verify(company.node(), key)
            if await block(company, person, key, True) != DONE or await block(company, person, key, False) != DONE:
                break
        else:
            outcome, _ = await company.desk.change(
                "remove", company.node(), company.administrator, "DELETE", f"/v1/users/{person.id}",
                takes=[person.facet, key.facet],
            )  # fmt: skip
            if outcome == DONE:
                await company.ask_all(key)


async def block(company: Company, person: Person, key: HeldKey, blocked: bool) -> str:
    outcome, _ = await company.desk.change(
        "block" if blocked else "unblock", company.node(), company.administrator, "PATCH", f"/v1/users/{person.id}",
        {"blocked": blocked}, takes=[person.facet] if blocked else None, gives=None if blocked else [person.facet],
    )  # fmt: skip
    await (company.ask_all(key) if outcome == DONE else asyncio.sleep(BREATH))
    return outcome


async def change_roles(company: Company) -> None:
    """Takes a right and gives it back: by the role's own rights, and by another role for the person."""
    while True:
        role = ""
        while not role:
            role = await company.add_role(company.node(), WORKING) or await asyncio.sleep(BREATH, "")
        person = await company.hire(role)
        key = await company.new_key(person)
        company.desk.known.rights.add((person.id, READ))
        for turn in itertools.count():
            one_way = turn % 2 == 0
            if await change_right(company, person, key, role, one_way, reduced=True) != DONE:
                break
            if await change_right(company, person, key, role, one_way, reduced=False) != DONE:
                break


async def change_right(
    company: Company, person: Person, key: HeldKey, role: str, by_role: bool, reduced: bool
) -> str:  # fmt: skip
    if by_role:
        path, body = f"/v1/roles/{role}", {"permissions": REDUCED if reduced else WORKING}
    else:
        path, body = f"/v1/users/{person.id}", {"role_id": company.reduced if reduced else role}
    right = [person.right(READ)]
    outcome, _ = await company.desk.change(
        "reduce" if reduced else "restore", company.node(), company.administrator, "PATCH", path, body,
        takes=right if reduced else None, gives=None if reduced else right,
    )  # fmt: skip
    await (company.ask_all(key, READ) if outcome == DONE else asyncio.sleep(BREATH))
    return outcome


async def probe(company: Company, node: str) -> None:
    """Asks one node at a steady pace, whether it answers or not: what its availability is counted from."""
    under_way: set[asyncio.Task] = set()
    try:
        while True:
            task = asyncio.create_task(company.desk.verify(node, company.any_key(), probe=True))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
            await asyncio.sleep(PROBE_INTERVAL)
    finally:
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)


class Crowd:
    """All clients at work, for as long as the block lasts; a client that fails ends the run."""

    def __init__(self, company: Company, keepers: int = 16, guards: int = 2, role_changers: int = 2):
        self._company = company
        loops = [keep_keys] * keepers + [guard_people] * guards + [change_roles] * role_changers
        self._work = [(loop, (company,)) for loop in loops]
        self._work += [(probe, (company, node)) for node in company.desk.nodes]
        self._tasks: list[asyncio.Task] = []

    async def __aenter__(self) -> "Crowd":
        self._tasks = [asyncio.create_task(loop(*arguments)) for loop, arguments in self._work]
        return self

    async def at_work(self) -> None:
        """Returns when the clients have hired their people, and as many keys as there are clients were deleted."""
        while len(self._company.deleted) < len(self._tasks):
            self.check()
            await asyncio.sleep(BREATH)

    def check(self) -> None:
        for task in self._tasks:
            if task.done():
                task.result()

    async def __aexit__(self, *_) -> None:
        for task in self._tasks:
            task.cancel()
        results = await asyncio.gather(*self._tasks, return_exceptions=True)
        for result in results:
            if isinstance(result, Exception):
                raise result
