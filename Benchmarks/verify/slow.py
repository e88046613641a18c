"""How long others wait while thousands of clients are slow: p99 with them / without, at half of the highest load."""

import random
import statistics
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager

from support.slow import Crawlers, room_for
from support.wire import Connection, request

from . import load
from .bench import Bench, say
from .load import Load
from .pairs import in_turn
from .peers.ours import Ours
from .rows import Goal, Row

GOAL = Goal(2)
CROWD = 5000
# A request that is not whole after 10 s is ended: a run must be over before.
LONGEST = 8.0
PADDING = "X-Padding: " + "x" * 100
ASKED = 20  # of each who never reads; what that costs is answering, and is over when the run begins


def measure(bench: Bench) -> Iterator[Row]:
    crowds = {
        "lane": (f"{CROWD} send a verify, a byte a second", lambda ours: crawling(ours, request("/v1/verify", PADDING))),
        "ordinary": (
            f"{CROWD} send a form, a byte a second",
            lambda ours: crawling(ours, request("/login", PADDING, method="POST")),
        ),
        "unread": (f"{CROWD} never read their answers", unread),
    }
    with room_for(2 * CROWD + 1000), bench.ours() as ours:
        seconds = min(bench.seconds, LONGEST)
        highest = load.run(ours, Load(bench.keys.accepted, seconds))["requests_per_second"]
        for name, (title, crowd) in crowds.items():
            if bench.wants(name):
                say(f"p99 at {highest / 2:,.0f} requests/s while {title}")
                yield row(bench, ours, name, title, Load(bench.keys.accepted, seconds, rate=highest / 2), crowd)


def row(
    bench: Bench, ours: Ours, name: str, title: str, at_rate: Load, crowd: Callable[[Ours], AbstractContextManager]
) -> Row:
    def beset() -> dict:
        with crowd(ours):
            return load.run(ours, at_rate)

    pairs = in_turn(bench.rounds, beset, lambda: load.run(ours, at_rate))
    return Row(
        "slow", name, f"p99 while {title} / without", "us, p99", [one["p99_us"] for one, _ in pairs],
        [one["p99_us"] for _, one in pairs], "without", GOAL, higher_is_better=False,
        notes={
            "rate": at_rate.rate,
            "lost": [sum(one["lost"] for one in side) for side in zip(*pairs)],
            "p50_us": [statistics.median(one["p50_us"] for one in side) for side in zip(*pairs)],
        },
    )  # fmt: skip


@contextmanager
def crawling(ours: Ours, text: bytes) -> Iterator[None]:
    over = threading.Event()
    with closing(Crawlers(ours.port, [text] * CROWD)) as crowd:
        thread = threading.Thread(target=lambda: [crowd.crawl() for _ in iter(over.is_set, True)])
        thread.start()
        try:
            yield
            if crowd.open < CROWD:
                raise RuntimeError(f"of {CROWD} slow clients {crowd.open} were left")
        finally:
            over.set()
            thread.join()


@contextmanager
def unread(ours: Ours) -> Iterator[None]:
    asked = request("/v1/verify", f"X-API-Key: sp_{random.randrange(10**36):036}") * ASKED
    with ExitStack() as crowd:
        for _ in range(CROWD):
            client = crowd.enter_context(Connection(ours, receive_buffer=4096))
            client.socket.setblocking(False)
            client.send_some(asked)
        with Connection(ours) as last:
            last.send(request("/livez"))
            last.answer()
        yield
