"""Thousands of clients that are slow cost little memory, are closed in time, and keep nobody else waiting."""

import re
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from support.client import Browser, verify
from support.metrics import metric
from support.server import wait_until
from support.slow import Crawlers, room_for
from support.wire import ORDINARY as OTHER
from support.wire import Connection, request

CROWD = 5000
# What an open connection costs the server at most, in KiB: on the lane, in the ordinary pipeline, and one whose answers
# are not taken.
LANE, ORDINARY, UNREAD = 4, 56, 40
# A request has 10 s, and that these are over is noticed up to 5 s later.
ALL_OPEN, NONE_LEFT = 8, 17
BODY = b"x" * 60
HURRIED = "+0 x5"  # for limits that are long: a server whose clocks run five times as fast


@pytest.fixture
def server(new_server):
    """A server of the test's own, which may hold them all."""
    with room_for(2 * CROWD + 1000):
        yield new_server()


@pytest.fixture
def others(server):
    """Says how many of the others' requests were answered as they should be, of ten."""
    with Browser(server) as browser:
        browser.register()
        key = browser.create_key()["key"]

        def answered() -> int:
            checked = sum(verify(server, key).status_code == 200 for _ in range(5))
            return checked + sum(browser.get("/v1/keys").status_code == 200 for _ in range(5))

        answered()  # what is made once for all is not the crowd's
        yield answered


def resident(server) -> int:
    """KiB."""
    return int(re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{server.pid}/status").read_text())[1])


@pytest.mark.parametrize(
    "text",
    [request("/v1/verify", "X-Other: " + "x" * 100), request("/v1/keys", "X-Other: " + "x" * 100, method="POST")],
    ids=["lane", "ordinary"],
)
def test_clients_that_send_a_byte_a_second_are_closed_and_cost_little(server, others, text):
    before = resident(server)
    with closing(Crawlers(server.port, [text] * CROWD)) as crowd:
        crowd.crawl()
        assert crowd.open == CROWD and metric(server, "latchkey_connections") > CROWD
        assert (resident(server) - before) / CROWD < LANE
        while crowd.open and crowd.shortest < NONE_LEFT:
            crowd.crawl()
            assert crowd.open == CROWD or crowd.longest > ALL_OPEN
            assert others() == 10
        assert not crowd.open
    assert {answer[9:12].decode() for answer in crowd.answers} == {"408"}, crowd.answers[:3]
    wait_until(lambda: metric(server, "latchkey_connections") < 10, 20, "all are gone")
    assert (resident(server) - before) / CROWD < LANE


# How a body is announced, and what comes of it at once: one that is small and plain, the lane keeps until it is whole.
SMALL = (f"Content-Length: {len(BODY)}", b"")
IN_CHUNKS = ("Transfer-Encoding: chunked", b"64\r\n")


@pytest.mark.parametrize(("announced", "cost"), [(SMALL, LANE), (IN_CHUNKS, ORDINARY)], ids=["small", "in chunks"])
def test_clients_that_send_a_body_a_byte_a_second_are_closed_and_cost_little(new_server, announced, cost):
    """They have 30 s."""
    header, begun = announced
    head = request("/v1/session", header, "Content-Type: application/json", method="POST") + begun
    with room_for(2 * CROWD + 1000):
        server = new_server(clock=HURRIED)
        before = resident(server)
        with closing(Crawlers(server.port, [BODY] * CROWD, at_once=head)) as crowd:
            assert metric(server, "latchkey_connections") > CROWD
            for _ in BODY:
                if crowd.open:
                    crowd.crawl()
                    assert (resident(server) - before) / CROWD < cost
            assert not crowd.open
    assert {answer[9:12].decode() for answer in crowd.answers} == {"408"}, crowd.answers[:3]


def test_clients_that_never_read_their_answers_are_closed_and_cost_little(new_server):
    """They have 75 s."""
    with room_for(2 * CROWD + 1000), ExitStack() as crowd:
        server = new_server(clock=HURRIED)
        before = resident(server)
        one = request("/v1/verify", "X-API-Key: nonsense")
        # The kernel takes the answers to a few; with those to thousands, the server finds that a client takes none.
        for asked in [one * 20] * (CROWD - 20) + [one * 20_000] * 20:
            client = crowd.enter_context(Connection(server, receive_buffer=4096))
            client.socket.setblocking(False)
            client.send_some(asked)
        assert metric(server, "latchkey_connections") > CROWD
        assert (resident(server) - before) / CROWD < UNREAD
        wait_until(lambda: metric(server, "latchkey_connections") < 10, 40, "all are closed, and others answered meanwhile")


@pytest.mark.parametrize(
    "beginning", [b"GET", b"GET /v1/verify HTTP/1.1\r\nHost: x\r\nX-A", b"POST /login HTTP/1.1\r\n", b"PUT / HT"]
)
def test_head_that_takes_too_long_is_answered_from_the_lane_as_from_the_ordinary_pipeline(new_server, beginning):
    server = new_server(clock=HURRIED)
    with Connection(server) as slow, Connection(server) as other:
        slow.send(beginning)
        other.send(OTHER + b"GET / HTTP/1.1\r\n")
        (late,), (_, usual) = slow.answers(), other.answers()
    assert late.status == 408 and late.body == usual.body and names(late) == names(usual)


FORM = b"POST /v1/session HTTP/1.1\r\nHost: x\r\n"


@pytest.mark.parametrize(
    "bytes_", [b"\x16\x03\x01\x02\x00", b"get / HTTP/1.1\r\n", b"GET / HTTP/1.1\nHost: x",
               b"GET / HTTP/1.1\r\nHost: x\x00", b"GET / HTTP/1.1\r\nHost: x\rX",
               b"GET / SPDY/1.1\r\nHost: x",
               FORM + b"Content-Length: 5x\r\n\r\n", FORM + b"Content-Length : 5\r\n\r\n",
               FORM + b"Content-Length: x\r\nContent-Length: 5\r\n\r\n",
               FORM + b"Content-Length: 5\r\n" * 2 + b"\r\nabc", FORM + b"Content-Length: 5\r\nA\r\n\r\n",
               FORM + b"Content-Length: 5\r\n 6\r\n\r\n",
               FORM + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
               FORM + b"Transfer-Encoding: chunked\r\n\r\nx"]
)  # fmt: skip
def test_what_cannot_become_a_request_is_refused_at_once(server, bytes_):
    with Connection(server) as connection:
        connection.send(bytes_)
        (answer,) = connection.answers()
    assert answer.status == 400


def test_head_that_takes_too_long_is_answered_as_any_other_problem_is(new_server):
    server = new_server(clock=HURRIED)
    with Connection(server) as slow, Connection(server) as other:
        slow.send(OTHER + b"GET / HTTP/1.1\r\n")
        other.send(OTHER + request("/v1/nothing", "Connection: close"))
        (_, late), (_, refused) = slow.answers(), other.answers()
    assert late.status == 408 and b'"code":"request_timeout"' in late.body
    assert names(late) == names(refused) and b"\r\nConnection: close" in late.head


def names(answer) -> list[bytes]:
    """Of its headers."""
    return sorted(line.split(b":")[0].lower() for line in answer.head.splitlines()[1:])


@pytest.mark.parametrize("length", [1000, 10_000], ids=["small", "large"])
@pytest.mark.parametrize(("path", "kind"), [("/v1/session", "application/json"), ("/login", "text/html")])
def test_body_that_takes_too_long_is_refused_with_408_and_the_connection_ended(new_server, path, kind, length):
    """One that is small, by the lane, which has no pages."""
    with Connection(new_server(clock=HURRIED)) as connection:
        headers = [f"Content-Length: {length}", "Content-Type: application/json", "Sec-Fetch-Site: same-origin"]
        connection.send(request(path, *headers, method="POST") + b"{")
        (answer,) = connection.answers()
    assert answer.status == 408 and b"\r\nConnection: close\r\n" in answer.head + b"\r\n"
    if kind == "application/json" or length == 1000:
        assert b'"code":"request_timeout"' in answer.body
    else:
        assert "took too long to arrive" in answer.body.decode()
