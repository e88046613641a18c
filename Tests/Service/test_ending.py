"""SIGTERM: what has arrived by then is answered, and a client that says nothing holds up nobody."""

import fcntl
import signal
import termios
from contextlib import ExitStack

import pytest

from support.client import Browser
from support.metrics import metric
from support.nodes import paused
from support.secure import SecureServer
from support.server import STOP_LIMIT, Server, wait_until
from support.slow import room_for
from support.wire import Connection, request

# So many that the service is told to end while it is still taking them.
CROWD = 500
PIPELINE = 40 * 1024  # bytes: more than one read takes
# What is logged when the service ends for those who hold it up, instead of by itself.
FORCED = "Graceful shutdown took longer than allowed"


@pytest.fixture
def asked(new_server):
    """A server that anything may be sent to, and a request that it says yes to."""
    with room_for(2 * CROWD + 1000):
        server = new_server("--log-level", "debug")
        with Browser(server) as browser:
            browser.register()
            yield server, request("/v1/verify", f"X-API-Key: {browser.create_key()['key']}")


def has_arrived(connection: Connection) -> bool:
    """Whether the other end's kernel has all that was sent (tcp(7))."""
    return fcntl.ioctl(connection.socket, termios.TIOCOUTQ, bytes(4)) == bytes(4)


def told_to_end(server: Server, connections: list[Connection], sent: bytes) -> None:
    """All of them have sent, and then the process was told to end; of either it hears when it goes on."""
    for connection in connections:
        connection.send(sent)
    wait_until(lambda: all(has_arrived(connection) for connection in connections), 10, "all has arrived")
    server.process.send_signal(signal.SIGTERM)


def statuses(connection: Connection) -> list[int]:
    """Of all answers until the end, which is a proper one: nothing is cut off."""
    while read := connection.socket.recv(65536):
        connection.read += read
    found = [answer.status for answer in connection.answers()]
    assert connection.read == b""
    return found


def ended_by_itself(server: Server) -> bool:
    return server.process.wait(STOP_LIMIT) == 0 and FORCED not in server.log.read_text()


@pytest.mark.parametrize(("clients", "length"), [(CROWD, 1), (10, PIPELINE)], ids=["one each", "many each"])
def test_what_has_arrived_on_connections_of_the_lane_is_answered_at_sigterm(asked, clients, length):
    server, one = asked
    count = -(-length // len(one))
    with ExitStack() as stack:
        connections = [stack.enter_context(Connection(server)) for _ in range(clients)]
        for connection in connections:
            connection.send(one)
            assert connection.answer().status == 200
        with paused(server):
            told_to_end(server, connections, one * count)
        assert all(statuses(connection) == [200] * count for connection in connections)
        assert ended_by_itself(server)


def test_whoever_waits_to_be_accepted_is_answered_at_sigterm(asked):
    server, one = asked
    with ExitStack() as stack:
        with paused(server):
            connections = [stack.enter_context(Connection(server)) for _ in range(CROWD)]
            told_to_end(server, connections, one)
        assert all(statuses(connection) == [200] for connection in connections)
        assert ended_by_itself(server)


def test_body_that_is_on_its_way_at_sigterm_is_waited_for(asked):
    """Of a request that is answered no sooner: its connection would end with the answer, and its body be refused."""
    server, _ = asked
    body = b"{}"
    with Connection(server) as connection:
        headers = ["Content-Type: application/json", f"Content-Length: {len(body)}"]
        connection.send(request("/v1/session", *headers, method="POST") + body[:1])
        wait_until(lambda: has_arrived(connection), 10, "the head has arrived")
        told_to_end(server, [connection], b"")
        wait_until(lambda: not listens(server), 10, "the service ends")
        connection.send(body[1:])
        assert statuses(connection) == [422]
    assert ended_by_itself(server)


def listens(server: Server) -> bool:
    try:
        Connection(server).socket.close()
    except ConnectionRefusedError:
        return False
    return True


def test_client_that_never_begins_its_handshake_does_not_hold_up_the_end(tmp_path):
    with SecureServer(tmp_path / "secure", "--log-level", "debug") as server, Connection(server):
        # The one that asks is open too.
        wait_until(lambda: metric(server, "latchkey_connections") == 2, 10, "it is connected")
        server.process.send_signal(signal.SIGTERM)
        assert ended_by_itself(server)
