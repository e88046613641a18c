"""CPU time of a request, against nginx's static answer: the figure that a machine's noise moves least."""

from collections.abc import Iterator
from dataclasses import dataclass

from .bench import Bench, say
from .load import Load
from .machine import ALL_CORES, LOAD_CORE, SERVER_CORE
from .peers.nginx import Nginx
from .peers.ours import Ours, OursAuthorizing
from .rows import Goal, Row


@dataclass(frozen=True)
class Case:
    name: str
    title: str
    goal: Goal
    kind: type[Ours] = Ours
    # Which keys are presented: an attribute of KeySets.
    keys: str = "accepted"
    connections: int = 32
    at_once: int = 1
    cores: str = SERVER_CORE
    workers: int = 1
    load_cores: tuple[str, ...] = (LOAD_CORE,)


# Servers and generators share both cores, as the kernel likes.
UNPINNED = {"cores": ALL_CORES, "workers": 2, "load_cores": (ALL_CORES, ALL_CORES)}

CASES = [
    Case("accepted", "accepted, 32 connections", Goal(0.85, 1.00)),
    Case("accepted-128", "accepted, 128 connections", Goal(0.80, 1.00), connections=128),
    Case("accepted-unpinned", "accepted, both cores, unpinned", Goal(0.80, 1.00), **UNPINNED),
    Case("accepted-pipelined", "accepted, 16 requests pipelined", Goal(0.80, 1.00), at_once=16),
    Case("unknown", "refused: unknown key", Goal(0.85, 1.10), keys="unknown"),
    Case("checksum", "refused: wrong checksum", Goal(0.85, 1.10), keys="checksum"),
    Case("expired", "refused: expired", Goal(0.85, 1.10), keys="expired"),
    Case("authorize", "`/v1/authorize`, 200 routes", Goal(0.75, 0.95), kind=OursAuthorizing),
]


def measure(bench: Bench) -> Iterator[Row]:
    for case in CASES:
        if bench.wants(case.name):
            say(f"CPU time of a request: {case.title}")
            yield row(bench, case)


def row(bench: Bench, case: Case) -> Row:
    with (
        bench.ours(case.kind, case.cores, case.workers) as ours,
        bench.peer(Nginx, case.cores, case.workers) as nginx,
    ):
        load = Load(
            getattr(bench.keys, case.keys), bench.seconds, case.keys == "accepted", case.connections, case.at_once,
            cores=case.load_cores, generator=bench.generator,
        )  # fmt: skip
        # Both are sent the same bytes, but for the port.
        nginx.path, nginx.headers = ours.path, ours.headers
        pairs = bench.in_turn((ours, load), (nginx, load))
    return Row(
        "cpu", case.name, case.title, "us of CPU a request",
        [mine["cpu_us"] for mine, _ in pairs], [other["cpu_us"] for _, other in pairs], nginx.title, case.goal,
        theirs_over_ours=True,
        notes={
            "requests_per_second": [mine["requests_per_second"] for mine, _ in pairs],
            "nginx_requests_per_second": [other["requests_per_second"] for _, other in pairs],
        },
    )  # fmt: skip
