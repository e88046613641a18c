"""A run under faults: clients at work, one fault after the other, and the last readings when all is healed."""

import asyncio
import random
from collections.abc import Callable, Iterable
from pathlib import Path

from .checker import Verdict, check
from .clients import Company, Crowd, delete_on
from .cluster import LEASE, Cluster
from .ending import read_everything
from .faults import FAULTS, Stage, strike
from .people import Desk
from .recorder import Recorder

# Between two faults all is well for so long, and the lease runs out of whatever the last one left.
BREAK = 0.5  # seconds


async def run(cluster: Cluster, history: Path, faults: Iterable[str], hold: float, seed: int = 1) -> None:
    """Lets the named faults happen to nodes drawn by lot, while clients work on all nodes."""
    lot = random.Random(seed)
    wires = [node.wire for node in cluster.nodes]
    try:
        with Recorder(history) as recorder:
            desk = Desk(wires, recorder)
            company = await Company(desk, seed).found()
            async with Crowd(company) as crowd:
                await crowd.at_work()
                names = iter(faults)
                # In a thread: whether there is to be another one may take a look at the whole history.
                while name := await asyncio.to_thread(next, names, None):
                    await strike(name, Stage(cluster, lot.choice(cluster.nodes), hold, company.read), recorder)
                    crowd.check()
                    await asyncio.sleep(BREAK)
            await asyncio.to_thread(cluster.wait_until_ready)
            await asyncio.sleep(LEASE)
            await read_everything(cluster, desk)
    finally:
        for wire in wires:
            wire.close()


def rounds(seed: int, is_enough: Callable[[], bool]) -> Iterable[str]:
    """Every fault once in each round, each time in another order, until it is enough."""
    lot = random.Random(seed)
    while not is_enough():
        names = list(FAULTS)
        lot.shuffle(names)
        yield from names


# Which fault shows what a node does without this part of the protocol.
SWITCHES = {
    "no-barrier": "node cut off",
    "no-lease-check": "node cut off",
    "no-poll": "NOTIFY lost",
}


# A delete waits for the lease of a node that does not answer; the rest is for seeing what that node says then.
BEYOND_LEASE = 1.5  # seconds
PACE = 0.1  # seconds between one delete's begin and the next one's


def prove_checker(cluster: Cluster, binary: Path, history: Path, switch: str) -> Verdict:
    """Takes a part of the protocol out. The checker must find what that does.

    `binary` is a debug build: no other can be told to leave anything out.
    """
    cluster.restart_nodes(fault_injection=switch, binary=binary)
    asyncio.run(delete_beside(cluster, history, SWITCHES[switch]))
    return check(history)


async def delete_beside(cluster: Cluster, history: Path, fault: str) -> None:
    """Deletes on the first node while a fault strikes the last, and asks all about each key."""
    wires = [node.wire for node in cluster.nodes]
    try:
        with Recorder(history) as recorder:
            company = await Company(Desk(wires, recorder)).found()
            owner = await company.hire()
            keys = [await company.new_key(owner) for _ in range(12)]
            stage = Stage(cluster, cluster.nodes[-1], LEASE + BEYOND_LEASE, company.read)
            tasks = [asyncio.create_task(strike(fault, stage, recorder))]
            # None waits for the one before: the first may come before the fault, the last have it all the time.
            for key in keys:
                tasks.append(asyncio.create_task(delete_on(company, company.desk.nodes[0], key)))
                await asyncio.sleep(PACE)
            await asyncio.gather(*tasks)
    finally:
        for wire in wires:
            wire.close()
