"""Where Latchkey does not answer, the gateway is closed, soon, and opens again by itself."""

import os
import signal
from pathlib import Path

import pytest
from exchange import LIMIT, ask
from gateways import Gateway

from support.client import Browser
from support.server import wait_until


@pytest.fixture
def household(new_server, new_gateway):
    """A server of the test's own, a gateway before it, and a key that passes."""
    server = new_server()
    with Browser(server) as browser:
        browser.register()
        key = browser.create_key()["key"]
    gateway = new_gateway(server.port)
    assert ask(gateway, key).status == 200
    return server, gateway, key


def assert_closed(gateway, key) -> None:
    answer = ask(gateway, key)  # a gateway that waits longer than the limit fails here
    assert 500 <= answer.status < 600, answer
    assert "identity" not in answer.body.decode()


def assert_opens_again(gateway, key) -> None:
    wait_until(lambda: ask(gateway, key).status == 200, LIMIT, "the gateway lets a good key pass again", 0.1)


def test_gateway_is_closed_while_latchkey_is_down_and_opens_again(household):
    server, gateway, key = household
    server.stop()
    for _ in range(2):
        assert_closed(gateway, key)
    server.start()
    assert_opens_again(gateway, key)


def has_stopped(pid: int) -> bool:
    """Whether every thread has: the signal reaches them one after the other."""
    states = [file.read_text().rpartition(")")[2].split()[0] for file in Path(f"/proc/{pid}/task").glob("*/stat")]
    return set(states) == {"T"}


def test_gateway_is_closed_while_latchkey_hangs_and_opens_again(household):
    server, gateway, key = household
    os.kill(server.pid, signal.SIGSTOP)
    try:
        wait_until(lambda: has_stopped(server.pid), 5, "the server has stopped")
        assert_closed(gateway, key)
    finally:
        os.kill(server.pid, signal.SIGCONT)
    assert_opens_again(gateway, key)


def test_haproxy_is_closed_where_its_script_fails(server, upstream, reader, tmp_path):
    """HAProxy itself goes on with the request then."""
    gateway = Gateway(tmp_path / "haproxy")
    gateway.READY = 503
    try:
        gateway.start(
            "haproxy", server.port, upstream.port, lambda text: text.replace("pcall(ask, txn)", "error('broken')")
        )
        assert ask(gateway, reader["key"]).status == 503
    finally:
        gateway.stop()
