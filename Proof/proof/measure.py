"""What a delete costs while nothing is broken: with three nodes, and with thirty."""

import asyncio
import math
import time

from .clients import Company
from .cluster import Cluster
from .people import Desk, HeldKey
from .recorder import ACCEPTED, DONE, REFUSED, Recorder, now

BUSY = 8  # deleters at once, when deletes are counted by the second
SETTLING = 3.0  # seconds of rest before what nodes use at rest is taken
AT_REST = 5.0  # seconds
WATCH_PAUSE = 0.001  # seconds; without one, those who watch would slow down what they watch


def percentile(values: list[float], share: float) -> float:
    """The smallest of the values that at least that share of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * share) - 1)] if ordered else math.nan


def summary(values: list[float]) -> dict[str, float]:
    return {
        "count": len(values),
        "p50": round(percentile(values, 0.5), 3),
        "p99": round(percentile(values, 0.99), 3),
        "max": round(max(values, default=math.nan), 3),
    }


async def with_company(cluster: Cluster, recorder: Recorder, body):
    """Runs a coroutine function on a new company of the cluster."""
    wires = [node.wire for node in cluster.nodes]
    try:
        return await body(await Company(Desk(wires, recorder)).found())
    finally:
        for wire in wires:
            wire.close()


async def deletes_in_turn(company: Company, count: int) -> list[float]:
    """Milliseconds of each of so many deletes, one after the other, on the nodes in turn."""
    owner = await company.hire()
    times = []
    for number in range(count):
        node = company.desk.nodes[number % len(company.desk.nodes)]
        key = await company.new_key(owner)
        begin = now()
        outcome = await company.desk.delete(node, key)
        times.append((now() - begin) / 1e6)
        if outcome != DONE:
            raise RuntimeError(f"a delete on {node} failed with nothing broken")
        await company.ask_all(key)
    return times


async def deletes_at_once(company: Company, count: int) -> float:
    """Deletes a second, by several deleters at once."""
    owner = await company.hire()
    keys = [await company.new_key(owner) for _ in range(count)]

    async def work(node: str) -> None:
        while keys:
            await company.desk.delete(node, keys.pop())

    begin = now()
    await asyncio.gather(*(work(company.desk.nodes[n % len(company.desk.nodes)]) for n in range(BUSY)))
    return count / ((now() - begin) / 1e9)


async def until_all_refuse(company: Company, count: int) -> tuple[list[float], list[float]]:
    """Milliseconds from a delete's begin until the last node refuses, and from its answer on (below 0: before it)."""
    owner = await company.hire()
    from_begin, from_answer = [], []
    for number in range(count):
        key = await company.new_key(owner)
        await asyncio.gather(*(until_accepted(company, node, key) for node in company.desk.nodes))
        # Each node is asked again and again from the delete's begin until it has refused.
        watches = [asyncio.create_task(first_refusal(company, node, key)) for node in company.desk.nodes]
        begin = now()
        node = company.desk.nodes[number % len(company.desk.nodes)]
        await company.desk.delete(node, key)
        answered = now()
        last = max(await asyncio.gather(*watches))
        from_begin.append((last - begin) / 1e6)
        from_answer.append((last - answered) / 1e6)
    return from_begin, from_answer


async def until_accepted(company: Company, node: str, key: HeldKey) -> None:
    while await company.desk.verify(node, key) != ACCEPTED:
        pass


async def first_refusal(company: Company, node: str, key: HeldKey) -> int:
    """When a node that is asked again and again has first refused a key that it knew."""
    while True:
        begin = now()
        if await company.desk.verify(node, key) == REFUSED:
            return begin
        await asyncio.sleep(WATCH_PAUSE)


async def three_nodes(cluster: Cluster, recorder: Recorder, count: int) -> dict:
    async def body(company: Company) -> dict:
        times = await deletes_in_turn(company, count)
        from_begin, from_answer = await until_all_refuse(company, count // 2)
        return {
            "nodes": len(cluster.nodes),
            "delete_ms": summary(times),
            "delete_ms_each": [round(value, 3) for value in times],
            "last_refusal_after_begin_ms": summary(from_begin),
            "last_refusal_after_answer_ms": summary(from_answer),
            "deletes_per_second": round(await deletes_at_once(company, count), 1),
            "deleters": BUSY,
        }

    return await with_company(cluster, recorder, body)


async def thirty_nodes(cluster: Cluster, recorder: Recorder, count: int) -> dict:
    """The same with many processes on this one machine, and what they use of it."""

    async def body(company: Company) -> dict:
        await asyncio.sleep(SETTLING)
        at_rest = await processor_share(cluster, asyncio.sleep(AT_REST))
        connections = cluster.databases.primary.sql(
            "SELECT count(*) FROM pg_stat_activity WHERE usename = 'latchkey'"
        )  # fmt: skip
        times: list[float] = []

        async def work() -> None:
            times.extend(await deletes_in_turn(company, count))

        at_work = await processor_share(cluster, work())
        return {
            "nodes": len(cluster.nodes),
            "delete_ms": summary(times),
            "delete_ms_each": [round(value, 3) for value in times],
            "deletes_per_second": round(await deletes_at_once(company, count), 1),
            "processor_share_at_rest": round(at_rest, 3),
            "processor_share_while_deleting": round(at_work, 3),
            "database_connections": int(connections),
        }

    return await with_company(cluster, recorder, body)


async def processor_share(cluster: Cluster, work) -> float:
    """Processors that all nodes together kept busy while the work was done: 1.0 is one of them."""
    before, begin = sum(node.processor_seconds() for node in cluster.nodes), time.monotonic()
    await work
    return (sum(node.processor_seconds() for node in cluster.nodes) - before) / (time.monotonic() - begin)
