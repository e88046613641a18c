"""The fast lane answers what the ordinary pipeline would, in order, and hands over what is not for it."""

import mmap
import random
import re
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from support.client import Browser
from support.key_format import forged
from support.metrics import metric
from support.roles import add_colleague, administrator_role
from support.server import wait_until
from support.wire import ORDINARY, Connection, both_ways, is_read, request

LONG = "x" * 100
VERIFY, AUTHORIZE = "/v1/verify", "/v1/authorize"
ORIGINAL = ["X-Original-Method: GET", "X-Original-URI: /api/devices/7?page=2"]
FORWARDED = ["X-Forwarded-Method: DELETE", "X-Forwarded-Uri: /api/devices/7"]

# Each with the key in the place of KEY.
REQUESTS = {
    "plain": request(VERIFY, "Authorization: Bearer KEY"),
    "permission": request(VERIFY + "?permission=devices:read", "Authorization: Bearer KEY"),
    "escaped permission": request(VERIFY + "?permission=devices%3Aread", "Authorization: Bearer KEY"),
    "unknown permission": request(VERIFY + "?permission=teapots:brew", "Authorization: Bearer KEY"),
    "no permission": request(VERIFY + "?permission=", "Authorization: Bearer KEY"),
    "two permissions": request(VERIFY + "?permission=devices:read&permission=devices:update", "X-API-Key: KEY"),
    "another query": request(VERIFY + "?pretty", "X-API-Key: KEY"),
    "empty query": request(VERIFY + "?", "X-API-Key: KEY"),
    "x-api-key": request(VERIFY, "X-API-Key: KEY"),
    "names in capitals": request(VERIFY, "AUTHORIZATION: BEARER KEY"),
    "blanks": request(VERIFY, "Authorization:   Bearer   KEY \t"),
    "no blank": request(VERIFY, "authorization:Bearer KEY"),
    "keep-alive": request(VERIFY, "Connection: keep-alive", "X-API-Key: KEY"),
    "close": request(VERIFY, "Connection: close", "X-API-Key: KEY"),
    "both headers": request(VERIFY, f"Authorization: Bearer {forged()}", "X-API-Key: KEY"),
    "another scheme": request(VERIFY, "Authorization: Basic Zm9vOmJhcg==", "X-API-Key: KEY"),
    "scheme alone": request(VERIFY, "Authorization: Bearer", "X-API-Key: KEY"),
    "scheme run into the key": request(VERIFY, "Authorization: BearerKEY", "X-API-Key: KEY"),
    "two keys": request(VERIFY, "X-API-Key: KEY", f"X-API-Key: {forged()}"),
    "the key twice": request(VERIFY, "Authorization: Bearer KEY", "Authorization: Bearer KEY"),
    "no key": request(VERIFY),
    "empty key": request(VERIFY, "X-API-Key:"),
    "wrong checksum": request(VERIFY, "X-API-Key: sp_" + "0" * 36),
    "wrong prefix": request(VERIFY, "X-API-Key: xx_" + "0" * 36),
    "unknown key": request(VERIFY, f"X-API-Key: {forged()}"),
    "key with more behind": request(VERIFY, "X-API-Key: KEY,KEY"),
    "a body": request(VERIFY, "X-API-Key: KEY", "Content-Length: 2") + b"{}",
    "a length of none": request(VERIFY, "X-API-Key: KEY", "Content-Length: 0"),
    "HEAD": request(VERIFY, "X-API-Key: KEY", method="HEAD"),
    "POST": request(VERIFY, "X-API-Key: KEY", method="POST"),
    "a method in small letters": request(VERIFY, "X-API-Key: KEY", method="get"),
    "HTTP/1.0": request(VERIFY, "X-API-Key: KEY").replace(b"HTTP/1.1", b"HTTP/1.0"),
    "a longer path": request(VERIFY + "/", "X-API-Key: KEY"),
    "a path beside": request(VERIFY + "ing", "X-API-Key: KEY"),
    "an escaped path": request("/v1/%76erify", "X-API-Key: KEY"),
    "absolute form": request("http://latchkey.example/v1/verify", "X-API-Key: KEY"),
    "no host": request(VERIFY, "X-API-Key: KEY").replace(b"Host: latchkey.example\r\n", b""),
    "two hosts": request(VERIFY, "Host: other.example", "X-API-Key: KEY"),
    "a space before the colon": request(VERIFY, "X-API-Key : KEY"),
    "a folded header": request(VERIFY, "X-Folded: a", " b", "X-API-Key: KEY"),
    "a bare line feed": request(VERIFY, "X-API-Key: KEY").replace(b"\r\n", b"\n"),
    "latin-1 in a header": request(VERIFY, "X-Other: caf\u00e9", "X-API-Key: KEY"),
    "a control character": request(VERIFY, "X-Other: a\x01b", "X-API-Key: KEY"),
    "much of a header": request(VERIFY, "X-Other: " + LONG * 80, "X-API-Key: KEY"),
    "more of a header": request(VERIFY, "X-Other: " + LONG * 300, "X-API-Key: KEY"),
    "too much of a header": request(VERIFY, "X-Other: " + LONG * 1000, "X-API-Key: KEY"),
    "another connection header": request(VERIFY, "Proxy-Connection: close", "X-API-Key: KEY"),
    "many headers": request(VERIFY, *["a:"] * 101, "X-API-Key: KEY"),
    "too many headers": request(VERIFY, *["a:"] * 1200, "X-API-Key: KEY"),
    "an upgrade": request(VERIFY, "Upgrade: h2c", "Connection: Upgrade", "X-API-Key: KEY"),
    "authorize without a word": request(AUTHORIZE, "X-API-Key: KEY"),
    "authorize as nginx": request(AUTHORIZE, *ORIGINAL, "X-API-Key: KEY"),
    "authorize as Caddy": request(AUTHORIZE, *FORWARDED, "X-API-Key: KEY"),
    "authorize as Envoy": request(AUTHORIZE + "/api/devices/7?page=2", *ORIGINAL, "X-API-Key: KEY"),
    "authorize by two that differ": request(AUTHORIZE, *ORIGINAL, *FORWARDED, "X-API-Key: KEY"),
    "authorize by half": request(AUTHORIZE, ORIGINAL[0], "X-API-Key: KEY"),
    "authorize twice": request(AUTHORIZE, *ORIGINAL, ORIGINAL[1], "X-API-Key: KEY"),
    "authorize with a query": request(AUTHORIZE + "?a=b", *ORIGINAL, "X-API-Key: KEY"),
    "authorize beside": request(AUTHORIZE + "d", *ORIGINAL, "X-API-Key: KEY"),
    "authorize an unclear path": request(AUTHORIZE + "/api/../devices", "X-API-Key: KEY"),
    "authorize an escaped slash": request(AUTHORIZE + "/api%2Fdevices", "X-API-Key: KEY"),
    "authorize a fragment": request(AUTHORIZE + "/api#a", "X-API-Key: KEY"),
    "authorize nothing": request(AUTHORIZE, "X-Original-Method: GET", "X-Original-URI:", "X-API-Key: KEY"),
}

# Those that the lane must answer itself: the gain is lost where it stops to know one.
LANE = {
    "plain", "permission", "unknown permission", "x-api-key", "names in capitals", "blanks", "no blank", "keep-alive",
    "both headers", "another scheme", "scheme alone", "scheme run into the key", "no key", "empty key",
    "wrong checksum", "wrong prefix", "unknown key", "key with more behind", "much of a header",
    "authorize without a word", "authorize as nginx", "authorize as Caddy", "authorize as Envoy",
    "authorize by two that differ", "authorize by half", "authorize with a query", "authorize an unclear path",
    "authorize an escaped slash", "authorize a fragment", "authorize nothing",
}  # fmt: skip


@pytest.fixture(scope="module")
def keys(server):
    """One key of each kind that the lane meets, under the name that says so."""
    with Browser(server) as person:
        person.register(name='Ada "Countess" Lovelace', company="Двигатели & Ко")
        secrets = {
            "everything": person.create_key("Everything")["key"],
            "a name to escape": person.create_key('Quote " and \\ and Ключ 🔑')["key"],
            "a subset": person.create_key("Reads", permissions=["devices:read", "reports:read"])["key"],
        }
        gone = person.create_key("Deleted")
        person.delete(f"/v1/keys/{gone['id']}")
        secrets["deleted"] = gone["key"]
        secrets["not copied"] = person.create_key("Not copied", await_confirmation=True)["key"]
        colleague, boris = add_colleague(person, administrator_role(person)["id"])
        secrets["of a blocked owner"] = colleague.create_key("Of Boris")["key"]
        assert person.patch(f"/v1/users/{boris}", json={"blocked": True}).status_code == 200
        return secrets


@pytest.mark.parametrize("name", REQUESTS)
def test_both_ways_give_the_same_answer(server, keys, name):
    for kind, key in keys.items():
        fast, ordinary = both_ways(server, REQUESTS[name].replace(b"KEY", key.encode()))
        assert fast and ordinary, f"{kind}: the connection ended without a word"
        assert fast.undated == ordinary.undated, kind


def test_the_lane_answers_what_is_for_it_and_nothing_else(server, keys):
    def answered() -> float:
        return metric(server, "latchkey_fast_lane_answers_total")

    for name, sent in REQUESTS.items():
        before = answered()
        with Connection(server) as connection:
            connection.send(sent.replace(b"KEY", keys["everything"].encode()))
            connection.answer(has_body=name != "HEAD")
        assert answered() == before + (name in LANE), name


def test_requests_cut_anywhere_are_read_as_one(server, keys):
    whole = REQUESTS["permission"].replace(b"KEY", keys["everything"].encode())
    for place in range(1, len(whole)):
        with Connection(server) as connection:
            connection.send(whole[:place])
            wait_until(partial(is_read, connection.socket), 5, "the first part has been read", interval=0.0005)
            connection.send(whole[place:])
            assert connection.answer().status == 200, whole[:place]


def test_requests_with_a_body_cut_anywhere_are_read_as_one(server, keys):
    """Their beginning stays with the lane, and what follows them is the next request."""
    whole, plain = (REQUESTS[name].replace(b"KEY", keys["everything"].encode()) for name in ("a body", "plain"))
    for place in range(1, len(whole)):
        with Connection(server) as connection:
            connection.send(plain + whole[:place])
            wait_until(partial(is_read, connection.socket), 5, "the first part has been read", interval=0.0005)
            connection.send(whole[place:] + plain)
            assert [connection.answer().status for _ in range(3)] == [200] * 3, whole[:place]


def test_many_requests_at_once_are_answered_in_their_order(server, keys):
    chosen = random.Random(7).choices(list(keys), k=300)
    with Connection(server) as connection:
        connection.send(b"".join(REQUESTS["plain"].replace(b"KEY", keys[kind].encode()) for kind in chosen))
        answers = [connection.answer() for _ in chosen]
    alone = {kind: both_ways(server, REQUESTS["plain"].replace(b"KEY", key.encode()))[0] for kind, key in keys.items()}
    assert [answer.undated for answer in answers] == [alone[kind].undated for kind in chosen]


def test_order_is_kept_where_the_lane_ends(server, keys):
    """Requests for the lane, then others, then again such as were for the lane: all at once, in one read."""
    sent = [REQUESTS["plain"].replace(b"KEY", key.encode()) for key in keys.values()]
    alone = [both_ways(server, one)[0].undated for one in sent]
    assert len(set(alone)) == len(alone), "each has an answer of its own"
    with Connection(server) as connection:
        connection.send(b"".join([*sent, ORDINARY, *reversed(sent), ORDINARY]))
        answers = [connection.answer() for _ in range(2 * len(sent) + 2)]
    ordinary = [answers.pop().body, answers.pop(len(sent)).body]
    assert ordinary == [b"ok\n"] * 2 and [answer.undated for answer in answers] == [*alone, *reversed(alone)]


@pytest.fixture
def ring(server):
    """Rings the bell of the server's file, as any process does that has committed a change."""
    with Path(f"{server.database}-bell").open("r+b") as file, mmap.mmap(file.fileno(), 8) as bell:

        def ring() -> None:
            bell[:8] = (int.from_bytes(bell[:8], "little") + 1).to_bytes(8, "little")

        yield ring


def test_requests_that_wait_for_a_change_are_answered_and_what_follows_them_too(server, keys, ring):
    plain = REQUESTS["plain"].replace(b"KEY", keys["everything"].encode())
    for follows in (ORDINARY, plain):
        with Connection(server) as connection:
            ring()
            connection.send(plain + follows)
            assert [connection.answer().status, connection.answer().status] == [200, 200]


def test_changes_without_end_make_no_node_on_one_file_refuse(server, keys, ring):
    plain = REQUESTS["plain"].replace(b"KEY", keys["everything"].encode())
    over = threading.Event()
    with ThreadPoolExecutor(1) as others:
        try:
            others.submit(lambda: [ring() for _ in iter(over.is_set, True)])
            for _ in range(20):
                with Connection(server) as connection:
                    connection.send(plain * 30)
                    connection.socket.shutdown(socket.SHUT_WR)
                    assert [answer.status for answer in connection.answers()] == [200] * 30
        finally:
            over.set()


def test_reads_that_never_end_with_a_request_cost_no_memory(server):
    size = 4096  # a read takes 64 KiB at most: it ends where it began, in the middle
    one = request(VERIFY, "X-Other: " + "x" * (size - len(request(VERIFY, "X-Other: "))))
    shifted = (one[size // 2 :] + one[: size // 2]) * 50
    before = resident_megabytes(server)
    with ThreadPoolExecutor(1) as reader, Connection(server) as connection:
        read = reader.submit(connection.discard)
        connection.send(one[: size // 2])
        for _ in range(250):
            connection.send(shifted)
        assert resident_megabytes(server) < before + 25, "50 MB were sent"
        connection.socket.shutdown(socket.SHUT_RDWR)
        read.result()


def resident_megabytes(server) -> int:
    status = Path(f"/proc/{server.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) // 1024


def test_all_that_was_asked_is_answered_before_the_end(server):
    """The client reads slowly, and has said that it has no more to ask long before it has read all."""
    asked = 10_000
    with Connection(server, receive_buffer=4096) as connection, ThreadPoolExecutor(1) as sender:
        sent = sender.submit(connection.send, REQUESTS["no key"] * asked)
        sent.add_done_callback(lambda _: connection.socket.shutdown(socket.SHUT_WR))
        assert sum(1 for _ in connection.answers()) == asked


def test_uses_and_refusals_are_noted_by_the_lane(member, server):
    used, gone = member.create_key("Used"), member.create_key("Gone")
    member.delete(f"/v1/keys/{gone['id']}")
    with Connection(server) as connection:
        connection.send(REQUESTS["plain"].replace(b"KEY", used["key"].encode()))
        connection.send(request("/v1/authorize/api/users/7?token=hidden-7", f"X-API-Key: {gone['key']}"))
        assert [connection.answer().status, connection.answer().status] == [200, 401]
    wait_until(lambda: member.key(used["id"])["last_used_at"], 30, "the use is written")
    page = wait_until(lambda: listed(member, gone["id"]), 30, "the refusal is written")
    assert "/api/users/7" in page and "hidden-7" not in page and "127.0.0.1" in page


def listed(member, key_id: str) -> str | None:
    page = member.get(f"/settings/keys/refusals?key={key_id}").text
    return page if "/api/users/7" in page else None


def test_a_client_that_takes_no_answers_is_read_no_further(server, keys):
    """What it sends stays with it, once its window and ours are full."""
    many = REQUESTS["plain"].replace(b"KEY", keys["everything"].encode()) * 1000
    with Connection(server, timeout=2) as connection:
        sent = 0
        with pytest.raises(TimeoutError):
            while sent < 200_000_000:
                connection.socket.sendall(many)
                sent += len(many)
        assert both_ways(server, REQUESTS["plain"].replace(b"KEY", keys["everything"].encode()))[0].status == 200
