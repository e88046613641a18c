"""The generators of load: our own `load.c`, or `wrk` as a second opinion."""

import json
import random
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .keys import Keys
from .machine import LOAD_CORE
from .peers.peer import Peer

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Load:
    """How requests come. Without a rate, as quickly as they are answered; `wrk` knows no other way."""

    keys: Keys
    seconds: float
    accepted: bool = True
    connections: int = 32
    at_once: int = 1
    # Requests a second that fall due whatever the server does; 0: none.
    rate: float = 0
    # Beside a rate: so many clients that send the text in a file, so many bytes of it at once and then one a second.
    crowd: tuple[int, Path, int] | None = None
    # A generator for each.
    cores: tuple[str, ...] = (LOAD_CORE,)
    generator: str = "load"


@cache
def compiled() -> Path:
    program = HERE.parent / ".data/load"
    program.parent.mkdir(exist_ok=True)
    subprocess.run(["cc", "-O2", "-Wall", "-Wextra", "-o", program, HERE / "load.c"], check=True)
    return program


def commands(peer: Peer, load: Load) -> list[list]:
    keys, template = load.keys, peer.template()
    if load.generator == "wrk":
        return [[
            "taskset", "-c", ",".join(load.cores), "wrk", f"-t{len(load.cores)}", f"-c{load.connections}",
            f"-d{max(1, round(load.seconds))}s", "--timeout", "10s", "-s", HERE / "wrk.lua", peer.url + "/", "--",
            template, keys.file, keys.width, keys.count, load.at_once,
        ]]  # fmt: skip
    # Each run begins at another key, so that among millions none is met warm.
    return [
        [
            "taskset", "-c", core, compiled(), peer.port, template, keys.file, keys.width, random.random(),
            load.connections // len(load.cores), load.at_once, load.seconds, load.rate / len(load.cores),
            *(load.crowd or ()),
        ]
        for core in load.cores
    ]  # fmt: skip


def run(peer: Peer, load: Load) -> dict:
    """Requests a second, latencies in microseconds, and the CPU time that the server used for each request."""
    before = peer.cpu_seconds
    running = [
        subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for command in commands(peer, load)
    ]
    outputs = [process.communicate() for process in running]
    used = peer.cpu_seconds - before
    for process, (_, errors) in zip(running, outputs):
        if process.returncode:
            raise RuntimeError(f"load on {peer.name} failed: {errors.strip()}; its log: {peer.folder / 'log'}")
    each = [json.loads(output.strip().splitlines()[-1]) for output, _ in outputs]
    figures = {name: sum(one[name] for one in each) for name in ("requests", "accepted", "refused", "lost")}
    insist_on_answers(peer, load, figures)
    figures["seconds"] = max(one["seconds"] for one in each)
    # Of two generators, the one that saw worse.
    figures |= {name: max(one[name] for one in each) for name in each[0] if name.endswith("_us")}
    figures["requests_per_second"] = figures["requests"] / figures["seconds"]
    figures["cpu_us"] = used * 1e6 / figures["requests"]
    return figures


def insist_on_answers(peer: Peer, load: Load, figures: dict) -> None:
    """Who answers something else is quick at something else."""
    right = figures["accepted"] if load.accepted or peer.refuses_nothing else figures["refused"]
    if right != figures["requests"] or not right:
        raise RuntimeError(f"{peer.name} answered otherwise than it should under load: {figures}")
