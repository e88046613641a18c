"""Whoever verifies does not wait for who reads pages: the kernel is told which threads come first."""

import os
from pathlib import Path

from support.secure import SecureServer

NICER = 5


def niceness(server) -> dict[str, set[int]]:
    """By the names of threads without their numbers (proc_pid_stat: niceness is the 19th field)."""
    found: dict[str, set[int]] = {}
    for task in Path(f"/proc/{server.process.pid}/task").iterdir():
        name, fields = (task / "stat").read_text().split("(", 1)[1].rsplit(")", 1)
        found.setdefault(name.split("-")[0], set()).add(int(fields.split()[16]))
    return found


def test_loops_of_pages_give_way_to_the_lane(server):
    threads = niceness(server)
    ours = os.nice(0)
    assert threads["lane"] == {ours}
    assert threads["NIO"] == {ours + NICER}


def test_behind_tls_pages_and_verifies_share_their_loops_which_give_way_to_nobody(tmp_path):
    with SecureServer(tmp_path / "server") as server:
        assert niceness(server)["NIO"] == {os.nice(0)}
