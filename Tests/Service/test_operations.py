"""Starting, standing still, stopping: what the person who runs the server sees."""

import contextlib
import os
import re
import shutil
import socket
import sqlite3
import stat
import subprocess
import time
from pathlib import Path

import httpx
import pytest

from support.client import Browser, verify
from support.server import BINARY, Server, free_port, run_cli, wait_until
from support.wire import is_read

WRONG_USE = (2, 64)


def own_mebibytes(pid: int) -> float:
    """What a process has in memory for itself. How much of the program lies beside it is the compiler's doing, and in a
    debug build several times what it is in a release."""
    with open(f"/proc/{pid}/status") as status:
        line = next(line for line in status if line.startswith("RssAnon"))
    return int(line.split()[1]) / 1024


def test_server_is_ready_within_a_second_and_stays_small(new_server):
    def start() -> tuple[float, Server]:
        begin = time.monotonic()
        server = new_server()
        return time.monotonic() - begin, server

    # The best of five: other work on the machine can only make a start slower.
    seconds, server = min((start() for _ in range(5)), key=lambda found: found[0])
    assert seconds < 1.0
    assert own_mebibytes(server.pid) < 20


def test_probes_say_that_the_server_lives_and_is_ready(server):
    assert httpx.get(server.url + "/livez").status_code == 200
    assert httpx.get(server.url + "/readyz").status_code == 200


def test_head_is_answered_without_a_body(server):
    response = httpx.head(server.url + "/login")
    assert (response.status_code, response.content) == (200, b"")


def test_data_can_be_read_by_nobody_else(new_server, tmp_path):
    old_mask = os.umask(0o000)
    try:
        server = new_server()
    finally:
        os.umask(old_mask)
    with Browser(server) as browser:
        browser.register()
    assert stat.S_IMODE(server.database.parent.stat().st_mode) == 0o700
    for file in server.database.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


def test_address_is_printed(new_server):
    server = new_server()
    wait_until(lambda: server.url in server.log.read_text(), 2, "the address is printed")


def test_sigterm_ends_the_server_well_and_the_port_is_free(new_server):
    server = new_server()
    with Browser(server) as browser:
        browser.register()
        assert server.stop() == 0
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", server.port))


def test_sigterm_finishes_what_is_under_way(new_server):
    server = new_server()
    with Browser(server) as browser:
        browser.register()
    body = b'{"email":"%s","password":"%s"}' % (browser.email.encode(), browser.password.encode())
    head = (
        b"POST /v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        % len(body)
    )
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(head + body)
        # Hashing takes far longer than it takes to find out that the request has been read.
        wait_until(lambda: is_read(connection), 5, "the request has been read", interval=0.001)
        assert server.stop() == 0
        assert connection.recv(4096).startswith(b"HTTP/1.1 201")


def test_idle_connection_does_not_hold_up_the_stop(new_server):
    server = new_server()
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(b"GET /livez HTTP/1.1\r\nHost: a\r\n\r\n")
        connection.recv(4096)
        begin = time.monotonic()
        assert server.stop() == 0
        assert time.monotonic() - begin < 10


def test_everything_is_still_there_after_a_restart(new_server, tmp_path):
    folder = tmp_path / "one-database"
    first = new_server(folder=folder)
    with Browser(first) as browser:
        browser.register()
        kept, deleted = browser.create_key(), browser.create_key()
        browser.delete(f"/v1/keys/{deleted['id']}")
        cookie = browser.cookies["latchkey"]
    assert first.stop() == 0
    second = new_server(folder=folder)
    assert verify(second, kept["key"]).status_code == 200
    assert verify(second, deleted["key"]).json()["code"] == "deleted"
    assert httpx.get(second.url + "/v1/me", headers={"Cookie": f"latchkey={cookie}"}).status_code == 200


# Installed


def test_binary_alone_is_the_whole_product(tmp_path):
    """Copied to an empty folder, it must find its pages and files, and look for nothing beside itself."""
    alone = tmp_path / "bin" / "latchkey"
    alone.parent.mkdir()
    shutil.copy(BINARY, alone)
    with Server(tmp_path / "elsewhere", binary=alone) as server:
        page = httpx.get(server.url + "/login")
        assert page.status_code == 200
        for path in ("/docs", "/openapi.json"):
            assert httpx.get(server.url + path).status_code == 200
        style = re.search(r'href="(/assets/[^"]+\.css)"', page.text)[1]
        assert httpx.get(server.url + style).status_code == 200
        opened = set()
        for fd in os.listdir(f"/proc/{server.pid}/fd"):
            with contextlib.suppress(FileNotFoundError):  # a connection that has been closed since
                opened.add(os.readlink(f"/proc/{server.pid}/fd/{fd}"))
        assert not [path for path in opened if "/.build/" in path]


# Wrong use


@pytest.mark.parametrize(
    "options",
    [
        ["--colour", "red"],
        ["--port", "x"],
        ["--port", "70000"],
        ["--port", "-1"],
        ["--registration", "maybe"],
        ["--log-level", "loud"],
        ["--database", "oracle:x"],
        ["--database", ""],
        ["--public-url", "not a url"],
        ["--tls-certificate", "/nonexistent.pem"],
    ],
    ids=" ".join,
)
def test_bad_option_is_told_in_one_line_and_no_port_is_opened(tmp_path, options):
    port = str(free_port())
    command = ["serve", "--port", port, "--database", f"sqlite:{tmp_path}/data/x.sqlite"]
    result = run_cli(*command, *options, folder=tmp_path)
    assert result.returncode in WRONG_USE
    assert result.stdout == ""
    lines = [line for line in result.stderr.splitlines() if line.strip()]
    assert lines and options[0] in result.stderr
    assert not (tmp_path / "data" / "x.sqlite").exists()


def test_bad_environment_is_named(tmp_path):
    result = subprocess.run(
        [BINARY, "serve"],
        env=os.environ | {"LATCHKEY_PORT": "x"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=20,
    )
    assert result.returncode in WRONG_USE
    assert "port" in result.stderr.lower()


def test_flag_outweighs_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("LATCHKEY_PORT", "1")
    monkeypatch.setenv("LATCHKEY_LOG_LEVEL", "info")
    with Server(tmp_path / "server") as server:
        assert httpx.get(server.url + "/livez").status_code == 200


def test_taken_port_is_told(server, tmp_path):
    database = f"sqlite:{tmp_path}/x.sqlite"
    result = run_cli("serve", "--port", str(server.port), "--database", database, folder=tmp_path)
    assert result.returncode == 1
    assert str(server.port) in result.stderr


def test_database_of_a_newer_version_is_refused_before_the_port_is_opened(new_server):
    server = new_server()
    server.stop()
    with sqlite3.connect(server.database) as database:
        database.execute("PRAGMA user_version = 1000")
    result = run_cli("serve", "--port", str(server.port), "--database", server.database_url)
    assert result.returncode == 2
    assert "newer" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "content", [b"this is no database, only some text" * 50, b"SQLite format 3\x00" + b"\xff" * 4096]
)
def test_file_that_is_no_database_is_refused_and_left_as_it_was(tmp_path, content):
    file = tmp_path / "data" / "latchkey.sqlite"
    file.parent.mkdir()
    file.write_bytes(content)
    result = run_cli("serve", "--port", str(free_port()), "--database", f"sqlite:{file}")
    assert result.returncode in (1, 2)
    assert result.stderr.strip()
    assert file.read_bytes() == content
