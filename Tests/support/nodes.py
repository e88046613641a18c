"""Several nodes on one database: what each says of a key, and how a node is stopped for a while."""

import os
import signal
from contextlib import contextmanager
from pathlib import Path

from support.client import Browser, verify
from support.postgres import TELLTALE
from support.server import Server, wait_until

# What a delete waits for a node that does not answer, and a little more. Half of the default, with as much of it left
# for a renewal that takes long.
LEASE = 1.0  # seconds
SHORT_LEASE = ("--lease", "1s", "--poll-interval", "100ms")
RENEWALS = 10  # of one node within a short lease
# On a machine that is busy with other things, a node may not get its turn for longer than the default.
LONG_LEASE = ("--lease", "10s")
PATIENCE = 20.0  # seconds for what takes a few leases at most


@contextmanager
def three_nodes(url: str, folders, *options: str):
    """Nodes on one database, for all tests of a module; `folders` makes them theirs (pytest's `tmp_path_factory`)."""
    made = [Server(folders.mktemp("node"), *options, database_url=url) for _ in range(3)]
    try:
        yield [node.start() for node in made]
    finally:
        for node in made:
            node.kill()
    for node in made:
        assert TELLTALE not in node.log.read_text()


def answer(node: Server, key: str, permission: str | None = None) -> str:
    """What a node says of a key: `accepted`, or the code of its refusal, `not_current` among them."""
    response = verify(node, key, permission)
    return "accepted" if response.status_code == 200 else response.json()["code"]


def answers(nodes: list[Server], key: str, permission: str | None = None) -> set[str]:
    return {answer(node, key, permission) for node in nodes}


def settled(response) -> tuple[int, int]:
    """How many nodes acknowledged a change, and how many were fenced."""
    assert response.status_code == 200, response.text
    nodes = response.json()["nodes"]
    return nodes["acknowledged"], nodes["fenced"]


def delete(browser: Browser, key: dict) -> tuple[int, int]:
    return settled(browser.delete(f"/v1/keys/{key['id']}"))


@contextmanager
def paused(node: Server):
    """Stops a node in the middle of whatever it does, as a machine that hangs does; it goes on afterwards."""
    pause(node)
    try:
        yield
    finally:
        resume(node)


def pause(node: Server) -> None:
    os.kill(node.pid, signal.SIGSTOP)
    state = Path(f"/proc/{node.pid}/stat")
    wait_until(lambda: state.read_text().rpartition(")")[2].split()[0] == "T", 5, "the node stands still")


def resume(node: Server) -> None:
    os.kill(node.pid, signal.SIGCONT)


def all_current(nodes: list[Server]) -> None:
    wait_until(lambda: all(node.is_ready() for node in nodes), PATIENCE, "every node is ready")
