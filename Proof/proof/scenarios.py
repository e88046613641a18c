"""Orders of events that chance would bring about too seldom, each played once on purpose."""

import asyncio
from pathlib import Path

from support.server import wait_until

from .checker import Verdict, check
from .clients import Company, delete_on
from .cluster import Cluster
from .nodes import Node
from .people import Desk
from .postgres import NAME, Database
from .recorder import Recorder

# For a delete to come as far as waiting for the standby.
COMMITTING = 1.0  # seconds
# For the nodes to read what the standby lacks. Those that will not are as good.
SEEING = 6.0  # seconds


def give_a_revision_out_twice(cluster: Cluster, history: Path) -> Verdict:
    """Nodes see a commit that a failover then undoes; another delete gets its revision while they are cut off.

    A node that took the number for what it had seen would never read that second delete, and accept its key for good.
    """
    asyncio.run(_give_a_revision_out_twice(cluster, history))
    return check(history)


async def _give_a_revision_out_twice(cluster: Cluster, history: Path) -> None:
    wires = [node.wire for node in cluster.nodes]
    databases, (first, *others) = cluster.databases, cluster.nodes
    try:
        with Recorder(history) as recorder:
            company = await Company(Desk(wires, recorder)).found()
            owner = await company.hire()
            undone, deleted = await company.new_key(owner), await company.new_key(owner)
            await asyncio.to_thread(databases.standby.kill)
            # Nobody answers it: it waits for the standby until the primary dies.
            lost = asyncio.create_task(delete_on(company, first.name, undone))
            await asyncio.sleep(COMMITTING)
            await asyncio.to_thread(restart, databases.primary)
            await asyncio.to_thread(let_see, cluster, others)
            for node in others:
                cluster.network.drop(node.namespace, databases.addresses)
            await asyncio.to_thread(databases.primary.kill)
            await asyncio.to_thread(databases.standby.start)
            await asyncio.to_thread(databases.promote)
            await asyncio.to_thread(databases.attach_standby)
            await asyncio.to_thread(first.wait_until_ready)
            await delete_on(company, first.name, deleted)
            for node in others:
                cluster.network.heal(node.namespace)
            await asyncio.to_thread(cluster.wait_until_ready)
            await company.ask_all(deleted)
            await lost
    finally:
        for wire in wires:
            wire.close()


def let_see(cluster: Cluster, nodes: list[Node]) -> None:
    primary = cluster.databases.primary
    newest = int(primary.sql("SELECT number FROM revision", NAME))

    def have_seen() -> bool:
        primary.sql("NOTIFY latchkey_changes", NAME)
        return all(node.revision() == newest for node in nodes)

    try:
        wait_until(have_seen, SEEING, "the nodes have read the newest revision", interval=0.1)
    except TimeoutError:
        pass


def restart(server: Database) -> None:
    server.kill()
    server.start()


SCENARIOS = {"a revision is given out twice": give_a_revision_out_twice}
