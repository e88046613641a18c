"""The last readings, once all is healed: every key on every node, and every facet in the database."""

import asyncio

from .cluster import Cluster
from .people import Desk
from .postgres import NAME
from .recorder import now

ABREAST = 16  # questions to one node at a time


async def read_everything(cluster: Cluster, desk: Desk) -> None:
    await asyncio.gather(*(ask_about_all(desk, node) for node in desk.nodes))
    await asyncio.to_thread(read_database, cluster, desk)


async def ask_about_all(desk: Desk, node: str) -> None:
    waiting = list(desk.known.keys.values())

    async def work() -> None:
        while waiting:
            await desk.verify(node, waiting.pop(), final=True)

    await asyncio.gather(*(work() for _ in range(ABREAST)))


def read_database(cluster: Cluster, desk: Desk) -> None:
    """What the rows say, whatever the nodes think."""
    primary = cluster.databases.primary
    begin = now()
    keys = primary.sql("SELECT encode(digest, 'hex'), deleted_at IS NULL FROM keys", NAME)
    people = primary.sql(
        "SELECT email, blocked_at IS NULL AND removed_at IS NULL, permissions"
        " FROM users JOIN roles ON roles.id = role_id", NAME,
    )  # fmt: skip
    end = now()
    live = {digest: flag == "t" for digest, flag in rows(keys)}
    shows = {key.facet: live.get(key.digest, False) for key in desk.known.keys.values()}
    found = {email: (flag == "t", rights.split()) for email, flag, rights in rows(people)}
    for person in desk.known.people.values():
        active, rights = found.get(person.email, (False, []))
        shows[person.facet] = active
        for subject, permission in desk.known.rights:
            if subject == person.id:
                shows[person.right(permission)] = permission in rights
    desk.recorder.record("state", "database", begin, end, "read", shows=shows)


def rows(text: str) -> list[list[str]]:
    """Unaligned output of psql."""
    return [line.split("|") for line in text.splitlines()]
