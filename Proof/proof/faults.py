"""The faults. Each is a coroutine that harms, holds for a while and heals; each call of it is named and counted."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from dataclasses import dataclass

from support.postgres import WRITERS_TURN, Holding

from .cluster import Cluster
from .nodes import Node
from .postgres import NAME, USER, Pair
from .recorder import Recorder, now


@dataclass(frozen=True)
class Stage:
    """Where a fault strikes: one node of the cluster, or its database, for `hold` seconds."""

    cluster: Cluster
    node: Node
    hold: float
    # Asks a node something that it must read from the database.
    ask: Callable[[str], Awaitable[None]]

    def database(self, text: str) -> str:
        return self.cluster.databases.primary.sql(text, NAME, check=False)


Fault = Callable[[Stage], Awaitable[None]]
ON_NODE, ON_DATABASE = "node", "database"
FAULTS: dict[str, tuple[str, Fault]] = {}
# A node's wall clock goes a day off. Keys and sessions of the proof live longer than that.
DAY = "1d"
# Several times the connections of a pool.
CROWD = 40


def fault(name: str, on: str) -> Callable[[Fault], Fault]:
    def add(body: Fault) -> Fault:
        FAULTS[name] = (on, body)
        return body

    return add


async def strike(name: str, stage: Stage, recorder: Recorder) -> None:
    """Lets one fault happen, and returns once every node is ready again."""
    on, body = FAULTS[name]
    begin = now()
    await body(stage)
    end = now()
    await asyncio.to_thread(stage.cluster.wait_until_ready)
    hit = stage.node.name if on == ON_NODE else ""
    recorder.record("fault", hit, begin, end, name, recovered=now())


@fault("node killed", ON_NODE)
async def kill_node(stage: Stage) -> None:
    stage.node.lane_answers_before = await asyncio.to_thread(stage.node.lane_answers)
    stage.node.kill()
    await asyncio.sleep(stage.hold / 2)
    await asyncio.to_thread(stage.node.start)


def pause(seconds: float) -> None:
    @fault(f"node stopped {seconds:g} s", ON_NODE)
    async def stop_and_continue(stage: Stage) -> None:
        stage.node.pause()
        try:
            await asyncio.sleep(seconds)
        finally:
            stage.node.resume()


for _seconds in (1, 3, 10):
    pause(_seconds)


def cut(name: str, **drops) -> None:
    @fault(name, ON_NODE)
    async def drop_packets(stage: Stage) -> None:
        network, namespace = stage.cluster.network, stage.node.namespace
        try:
            await asyncio.to_thread(network.drop, namespace, stage.cluster.databases.addresses, **drops)
            await asyncio.sleep(stage.hold)
        finally:
            network.heal(namespace)


cut("node cut off")
cut("node cut off, one way: out", inward=False)
cut("node cut off, one way: in", outward=False)
cut("node on a lossy line", share=0.3)


def listeners(stage: Stage) -> list[int]:
    """The database's processes that would tell the nodes of a change."""
    text = "SELECT pid FROM pg_stat_activity WHERE usename = '{}' AND query ~* '^\\s*LISTEN'"
    return [int(pid) for pid in stage.database(text.format(USER)).split()]


@fault("NOTIFY lost", ON_DATABASE)
async def lose_notifications(stage: Stage) -> None:
    """The listening sessions stay open and say nothing: their processes are stopped, and then ended.

    So no node has a sign that it misses anything. What the processes had still to say dies with them.
    """
    stopped = await asyncio.to_thread(listeners, stage)
    if not stopped:
        raise RuntimeError("no node listens for changes, so none can be lost")
    await signal_backends("-STOP", stopped)
    try:
        await asyncio.sleep(stage.hold)
    finally:
        for pid in stopped:
            await asyncio.to_thread(stage.database, f"SELECT pg_terminate_backend({pid})")
        await signal_backends("-CONT", stopped)


async def signal_backends(signal: str, pids: list[int]) -> None:
    process = await asyncio.create_subprocess_exec("kill", signal, *map(str, pids))
    await process.wait()


@fault("database killed", ON_DATABASE)
async def kill_database(stage: Stage) -> None:
    primary = stage.cluster.databases.primary
    await asyncio.to_thread(primary.kill)
    await asyncio.sleep(stage.hold / 2)
    await asyncio.to_thread(primary.start)
    await asyncio.to_thread(stage.cluster.databases.wait_until_synchronous)


@fault("failover", ON_DATABASE)
async def fail_over(stage: Stage) -> None:
    await asyncio.to_thread(stage.cluster.databases.fail_over)


def fail_over_to_what_was_away(databases: Pair) -> None:
    """The primary dies with all that the standby has missed."""
    databases.primary.kill()
    databases.standby.start()
    databases.promote()
    databases.attach_standby()


@fault("failover while commits wait", ON_DATABASE)
async def fail_over_while_commits_wait(stage: Stage) -> None:
    """The standby is away, so commits wait and are answered to nobody; then the primary dies with them."""
    databases = stage.cluster.databases
    await asyncio.to_thread(databases.standby.kill)
    await asyncio.sleep(stage.hold)
    await asyncio.to_thread(fail_over_to_what_was_away, databases)


@fault("failover after commits were seen and lost", ON_DATABASE)
async def fail_over_after_a_restart(stage: Stage) -> None:
    """As before, but the primary restarts in between: then the nodes can read what the standby never had.

    No such commit was answered to anybody, and after the failover none is there; its revision is given out again.
    """
    databases = stage.cluster.databases
    await asyncio.to_thread(databases.standby.kill)
    await asyncio.sleep(stage.hold / 2)
    await asyncio.to_thread(databases.primary.kill)
    await asyncio.to_thread(databases.primary.start)
    await asyncio.sleep(stage.hold)
    await asyncio.to_thread(fail_over_to_what_was_away, databases)


@fault("writers' turn taken", ON_DATABASE)
async def take_the_writers_turn(stage: Stage) -> None:
    """Another session holds the lock for which writers queue, until the nodes' connections all wait for it."""
    await hold_locks(stage, f"SELECT pg_advisory_xact_lock({WRITERS_TURN})")


@fault("connections run dry", ON_DATABASE)
async def hold_tables(stage: Stage) -> None:
    """Every statement on the main tables waits, and there are more of them than any pool has connections."""
    asking = [asyncio.create_task(stage.ask(node.name)) for node in stage.cluster.nodes for _ in range(CROWD)]
    try:
        await hold_locks(stage, "LOCK TABLE keys, users, roles, sessions IN ACCESS EXCLUSIVE MODE")
    finally:
        await asyncio.gather(*asking)


async def hold_locks(stage: Stage, statement: str) -> None:
    # Where this session and a node's wait for each other, PostgreSQL ends the node's, which tries again.
    statement = f"SET LOCAL deadlock_timeout = '1h'; {statement}"
    with ExitStack() as held:
        await asyncio.to_thread(held.enter_context, Holding(stage.cluster.databases.primary, NAME, statement))
        await asyncio.sleep(stage.hold)


@fault("connections refused", ON_DATABASE)
async def refuse_connections(stage: Stage) -> None:
    """The server has no connection left for the nodes: those that they had are ended, new ones refused."""
    try:
        await asyncio.to_thread(stage.database, f"ALTER ROLE {USER} CONNECTION LIMIT 0")
        ended = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{USER}'"
        await asyncio.to_thread(stage.database, ended)
        await asyncio.sleep(stage.hold)
    finally:
        await asyncio.to_thread(stage.database, f"ALTER ROLE {USER} CONNECTION LIMIT -1")


def set_clock(name: str, offset: str) -> None:
    @fault(name, ON_NODE)
    async def move_clock(stage: Stage) -> None:
        stage.node.set_clock(offset)
        try:
            await asyncio.sleep(stage.hold)
        finally:
            stage.node.set_clock("+0")


set_clock("clock set back", f"-{DAY}")
set_clock("clock set forward", f"+{DAY}")
