"""How long an answer takes at half of the highest load, when requests come at their own times."""

import statistics
from collections.abc import Iterator
from dataclasses import replace

from . import load
from .bench import Bench, say
from .load import Load
from .peers.nginx import Nginx
from .peers.peer import Peer
from .rows import Goal, Row

GOAL = Goal(1.5, 1.0)
PERCENTILES = ("p50_us", "p90_us", "p99_us", "p999_us")


def measure(bench: Bench) -> Iterator[Row]:
    with bench.ours() as ours, bench.peer(Nginx) as nginx:
        say("the highest load of each")
        full = Load(bench.keys.accepted, bench.seconds, generator=bench.generator)
        highest = bench.in_turn((ours, full), (nginx, full))
        mine, other = (statistics.median(one["requests_per_second"] for one in side) for side in zip(*highest))
        if bench.wants("same"):
            say(f"p99 of both at {other / 2:,.0f} requests/s")
            yield row(bench, "same-rate", "p99, both at half of nginx's highest load", ours, nginx, other, other)
        if bench.wants("own"):
            say(f"p99 of ours at {mine / 2:,.0f} requests/s, of nginx at {other / 2:,.0f}")
            yield row(bench, "own-rate", "p99, each at half of its own highest load", ours, nginx, mine, other)


def row(bench: Bench, name: str, title: str, ours: Peer, nginx: Peer, mine: float, other: float) -> Row:
    at_rate = Load(bench.keys.accepted, bench.seconds)
    pairs = bench.in_turn((ours, replace(at_rate, rate=mine / 2)), (nginx, replace(at_rate, rate=other / 2)))
    return Row(
        "latency", name, title, "us, p99", [one["p99_us"] for one, _ in pairs], [one["p99_us"] for _, one in pairs],
        nginx.title, GOAL, higher_is_better=False,
        notes={
            "rates": [mine / 2, other / 2],
            "lost": [sum(one["lost"] for one in side) for side in zip(*pairs)],
            **{name: [statistics.median(one[name] for one in side) for side in zip(*pairs)] for name in PERCENTILES},
        },
    )  # fmt: skip
