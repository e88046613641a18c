"""Requests a second on one core, against each of the peers."""

from collections.abc import Iterator

from .bench import Bench, say
from .load import Load
from .peers.haproxy import HAProxy
from .peers.nginx import Nginx, NginxLua, NginxLuaRedis
from .peers.peer import Peer
from .peers.python import DjangoRESTFramework, FastAPI
from .rows import Goal, Row

PEERS: dict[type[Peer], Goal | None] = {
    Nginx: None,
    HAProxy: None,
    NginxLua: Goal(1.4),
    NginxLuaRedis: Goal(4),
    FastAPI: Goal(15),
    DjangoRESTFramework: Goal(90),
}


def measure(bench: Bench) -> Iterator[Row]:
    with bench.ours() as ours:
        for kind, goal in PEERS.items():
            if bench.wants(kind.name):
                say(f"requests a second: {kind.title}")
                with bench.peer(kind) as peer:
                    yield row(bench, ours, peer, goal)


def row(bench: Bench, ours: Peer, peer: Peer, goal: Goal | None) -> Row:
    def loaded(server: Peer) -> tuple[Peer, Load]:
        return server, Load(server.accepted, bench.seconds, generator=bench.generator)

    pairs = bench.in_turn(loaded(ours), loaded(peer))
    rates = [[one["requests_per_second"] for one in side] for side in zip(*pairs)]
    costs = [[one["cpu_us"] for one in side] for side in zip(*pairs)]
    return Row(
        "throughput", peer.name, f"against {peer.title}", "requests/s", *rates, peer.title, goal,
        notes={"ours_cpu_us": costs[0], "peer_cpu_us": costs[1]},
    )  # fmt: skip
