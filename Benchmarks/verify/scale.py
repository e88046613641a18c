"""A million keys and ten: throughput, memory and start."""

import shutil
import sqlite3
from collections.abc import Iterator

from .bench import Bench, say
from .keys import KeySets
from .load import Load
from .peers.ours import DATABASE, Ours, make_database
from .rows import Goal, Row

GOALS = {
    1_000_000: {"throughput": Goal(0.93, 0.97), "start": Goal(4, 1.5)},
    10_000_000: {"throughput": Goal(0.85, 0.93), "start": Goal(45, 15), "memory": Goal(160, 96)},
}
STARTS = 3


def measure(bench: Bench) -> Iterator[Row]:
    with bench.ours() as few:
        for count in bench.sizes:
            yield from rows(bench, few, count, GOALS.get(count, {}))


def rows(bench: Bench, few: Ours, count: int, goals: dict[str, Goal]) -> Iterator[Row]:
    server = seeded(bench, count)
    words = f"{count:,} keys"
    say(f"starting with {words}")
    seconds = []
    for _ in range(STARTS):
        with server:
            seconds.append(server.seconds_to_ready)
            ready = server.memory("VmRSS")
    yield Row(
        "scale", f"start-{count}", f"start to ready, {words} in SQLite", "s", seconds, goal=goals.get("start"),
        higher_is_better=False,
    )  # fmt: skip
    say(f"requests a second with {words}")
    with server:
        pairs = bench.in_turn(
            (server, Load(server.accepted, bench.seconds, generator=bench.generator)),
            (few, Load(few.accepted, bench.seconds, generator=bench.generator)),
        )
        loaded, peak = server.memory("VmRSS"), server.memory("VmHWM")
    yield Row(
        "scale", f"throughput-{count}", f"throughput with {words} / with {few.accepted.count:,}", "requests/s",
        [one["requests_per_second"] for one, _ in pairs], [one["requests_per_second"] for _, one in pairs],
        f"{few.accepted.count:,} keys", goals.get("throughput"),
        notes={"cpu_us": [[one["cpu_us"] for one in side] for side in zip(*pairs)]},
    )  # fmt: skip
    yield Row(
        "scale", f"memory-{count}", f"memory a key, everything counted, {words}", "bytes",
        [max(ready, loaded) / count], goal=goals.get("memory"), higher_is_better=False,
        notes={"resident_when_ready": ready, "resident_after_load": loaded, "peak": peak},
    )  # fmt: skip


def seeded(bench: Bench, count: int) -> Ours:
    """A server on a database of so many keys, which is made where no earlier run has left it."""
    folder = bench.data / str(count)
    if not folder.exists():
        say(f"making a database of {count:,} keys")
        unfinished = bench.data / f"{count}-unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        make_database(bench.binary, unfinished / DATABASE, count, expired=0)
        unfinished.rename(folder)
    # What an earlier run has noted would make this one's notes cheaper.
    with sqlite3.connect(folder / DATABASE) as database:
        database.execute("DELETE FROM key_uses")
    keys = KeySets(folder / "keys", count, refused=bench.keys.unknown.count, expired=0)
    return Ours(folder, keys, binary=bench.binary)
