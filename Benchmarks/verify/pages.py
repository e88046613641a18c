"""The ordinary pages and the API while verify is under full load: one client, one request at a time."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from support.client import Browser

from . import load
from .bench import Bench, say
from .load import Load
from .machine import LOAD_CORE
from .pairs import in_turn
from .peers.ours import Ours
from .rows import Goal, Row

GOAL = Goal(10, 3)
PATHS = {"page": "/settings/keys", "api": "/v1/keys"}
KEYS = 20  # that the visitor has
CLIENT = Path(__file__).with_name("visitor.py")
PRIORITY = "-10"  # before the generator of load on the same core, or the client would measure its own wait


def measure(bench: Bench) -> Iterator[Row]:
    with bench.ours() as ours, Browser(ours) as browser:
        browser.register()
        for _ in range(KEYS):
            browser.create_key()
        for name, path in PATHS.items():
            if bench.wants(name):
                say(f"{path} while verify is under full load")
                yield row(bench, ours, name, path, browser.cookies["latchkey"])


def row(bench: Bench, ours: Ours, name: str, path: str, cookie: str) -> Row:
    def idle() -> dict:
        return visit(ours, path, cookie, bench.seconds)

    def loaded() -> dict:
        with ThreadPoolExecutor() as pool:
            full = Load(bench.keys.accepted, bench.seconds + 1, generator=bench.generator)
            running = pool.submit(load.run, ours, full)
            times = visit(ours, path, cookie, bench.seconds)
            return times | {"requests_per_second": running.result()["requests_per_second"]}

    pairs = in_turn(bench.rounds, loaded, idle)
    return Row(
        "pages", name, f"p99 of `{path}` under full verify load / idle", "ms, p99", [one["p99_ms"] for one, _ in pairs],
        [one["p99_ms"] for _, one in pairs], "idle", GOAL, higher_is_better=False,
        notes={
            "verify_requests_per_second": [one["requests_per_second"] for one, _ in pairs],
            "visits": [[one["count"] for one in side] for side in zip(*pairs)],
            "p50_ms": [[one["p50_ms"] for one in side] for side in zip(*pairs)],
        },
    )  # fmt: skip


def visit(ours: Ours, path: str, cookie: str, seconds: float) -> dict:
    command = [sys.executable, CLIENT, ours.port, path, cookie, seconds]
    if os.geteuid() == 0:
        command = ["nice", "-n", PRIORITY, *command]
    command = ["taskset", "-c", LOAD_CORE, *command]
    output = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, text=True, check=True).stdout
    return json.loads(output)
