"""How long others wait while thousands of clients are slow: p99 with them / without, at half of the highest load."""

import random
import statistics
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from support.slow import room_for
from support.wire import Connection, request

from . import load
from .bench import Bench, say
from .load import Load
from .pairs import in_turn
from .peers.nginx import Nginx
from .peers.peer import Peer
from .rows import Goal, Row

GOAL = Goal(2)
CROWD = 5000
# A request that is not whole after 10 s is ended: a run must be over before.
LONGEST = 6.0
PADDING = "X-Padding: " + "x" * 100
FORM = b"email=" + b"x" * 100
FORM_HEADERS = ("Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(FORM)}")
ASKED = 20  # of each who never reads; what that costs is answering, and is over when the run begins
# Seconds in which they come: the kernel asks again and again who does not read, each at its own times.
ARRIVING = 4
GONE = 100  # connections that may be left of a crowd when the next run begins


@dataclass(frozen=True)
class Crowd:
    name: str
    title: str
    # What each of them sends, a byte a second; without it they ask a lot at once, and read nothing.
    text: bytes | None = None
    # What each of them sends at once before that.
    before: bytes = b""

    @contextmanager
    def around(self, peer: Peer, at_rate: Load) -> Iterator[Load]:
        """The load beside the crowd. Who sends is with the generator, who does not is here."""
        if self.text is None:
            with unread(peer):
                yield at_rate
        else:
            file = peer.folder / "crowd"
            file.write_bytes(self.before + self.text)
            yield replace(at_rate, crowd=(CROWD, file, len(self.before) + 1))


HEAD = request("/login", PADDING, method="POST")
BEFORE_BODY = request("/login", *FORM_HEADERS, method="POST")
CROWDS = [
    Crowd("lane", f"{CROWD} send a verify, a byte a second", request("/v1/verify", PADDING)),
    Crowd("head", f"{CROWD} send the head of a form, a byte a second", HEAD),
    Crowd("body", f"{CROWD} send the body of a form, a byte a second", FORM, BEFORE_BODY),
    Crowd("unread", f"{CROWD} never read their answers"),
]


# What the crowd costs the machine and its generator of load, whoever is asked: nginx has as little to do as there is.
CONTROL = Crowd("nginx", f"{CROWD} send nginx a request, a byte a second", request("/", PADDING))


def measure(bench: Bench) -> Iterator[Row]:
    with room_for(2 * CROWD + 1000):
        with bench.ours() as ours:
            yield from rows(bench, ours, CROWDS, GOAL)
        with bench.peer(Nginx) as nginx:
            yield from rows(bench, nginx, [CONTROL], None)


def rows(bench: Bench, peer: Peer, crowds: list[Crowd], goal: Goal | None) -> Iterator[Row]:
    wanted = [crowd for crowd in crowds if bench.wants(crowd.name)]
    if not wanted:
        return
    seconds = min(bench.seconds, LONGEST)
    highest = load.run(peer, Load(bench.keys.accepted, seconds))["requests_per_second"]
    for crowd in wanted:
        say(f"p99 at {highest / 2:,.0f} requests/s while {crowd.title}")
        yield row(bench, peer, crowd, Load(bench.keys.accepted, seconds, rate=highest / 2), goal)


def row(bench: Bench, peer: Peer, crowd: Crowd, at_rate: Load, goal: Goal | None) -> Row:
    def run(around: AbstractContextManager[Load]) -> dict:
        with around as beset:
            figures = load.run(peer, beset)
        wait_until_they_are_gone(peer)
        return figures

    pairs = in_turn(bench.rounds, lambda: run(crowd.around(peer, at_rate)), lambda: run(nullcontext(at_rate)))
    return Row(
        "slow", crowd.name, f"p99 while {crowd.title} / without", "us, p99", [one["p99_us"] for one, _ in pairs],
        [one["p99_us"] for _, one in pairs], "without", goal, higher_is_better=False,
        notes={
            "rate": at_rate.rate,
            "lost": [sum(one["lost"] for one in side) for side in zip(*pairs)],
            "p50_us": [statistics.median(one["p50_us"] for one in side) for side in zip(*pairs)],
        },
    )  # fmt: skip


def wait_until_they_are_gone(peer: Peer) -> None:
    """Ending thousands of connections is work too, which the next run is not to meet."""
    end = time.monotonic() + 60
    while connections(peer) > GONE:
        if time.monotonic() > end:
            raise RuntimeError("the slow clients of the last run are still connected")
        time.sleep(0.1)


def connections(peer: Peer) -> int:
    """Those that the server has not closed yet (proc_net_tcp: local address, peer's address, state; 01 and 08)."""
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(line[1].endswith(f":{peer.port:04X}") and line[3] in ("01", "08") for line in lines)


@contextmanager
def unread(peer: Peer) -> Iterator[None]:
    asked = request("/v1/verify", f"X-API-Key: sp_{random.randrange(10**36):036}") * ASKED
    with ExitStack() as crowd:
        begin = time.monotonic()
        for number in range(CROWD):
            time.sleep(max(0.0, begin + number / CROWD * ARRIVING - time.monotonic()))
            client = crowd.enter_context(Connection(peer, receive_buffer=4096))
            client.socket.setblocking(False)
            client.send_some(asked)
        with Connection(peer) as last:
            last.send(request("/livez"))
            last.answer()
        yield
