"""Whom the fast lane answers: behind proxies, by IPv6 and within TLS it knows them as the ordinary pipeline does."""

from collections.abc import Callable
from functools import partial

import pytest

from support.client import Browser
from support.metrics import metric
from support.roles import add_colleague, administrator_role
from support.secure import SecureConnection, SecureServer
from support.server import wait_until
from support.wire import ORDINARY, Connection, request
from test_fast_lane import LANE, REQUESTS

# What a proxy says of whom it asks for.
FORWARDED = {
    "nothing": [],
    "one": ["X-Forwarded-For: 203.0.113.7"],
    "several": ["X-Forwarded-For: 10.0.0.1, 203.0.113.8"],
    "twice": ["X-Forwarded-For: 203.0.113.9", "X-Forwarded-For: 203.0.113.10"],
    "IPv6": ["X-Forwarded-For: 2001:db8::7"],
    "blanks": ["X-Forwarded-For:  203.0.113.11 ,\t203.0.113.12 "],
    "none in the end": ["X-Forwarded-For: 203.0.113.13,"],
    "nobody": ["X-Forwarded-For:"],
    "no address": ["X-Forwarded-For: " + "1" * 46],
}  # fmt: skip
BELIEVED = [None, "203.0.113.7", "203.0.113.8", "203.0.113.10", "2001:db8::7", "203.0.113.12", "203.0.113.13", None, None]

IPV4, IPV6, MAPPED = "127.0.0.1", "::1", "::ffff:127.0.0.1"
PEERS = {
    "a trusted proxy": ("127.0.0.1", IPV4, IPV4, True),
    "a stranger": ("127.0.0.1", "127.0.0.2", IPV4, False),
    "nobody trusted": ("127.0.0.1", None, IPV4, False),
    "a trusted proxy by IPv6": ("::", f"{IPV4},{IPV6}", IPV6, True),
    "a stranger by IPv6": ("::", IPV4, IPV6, False),
    "a trusted proxy by IPv4 within IPv6": ("::", f"{IPV6},{MAPPED}", IPV4, True),
}


def refused_ones(browser: Browser, key_id: str, count: int) -> dict[str, str]:
    """The addresses of the refused, by the paths that they asked for."""

    def written():
        found = browser.get(f"/v1/keys/{key_id}/refusals").json()["refusals"]
        return found if len(found) == count else None

    return {entry["path"]: entry["address"] for entry in wait_until(written, 30, "the refusals are written")}


def noted(server, connect: Callable[[], Connection]) -> dict[str, list[str]]:
    """The addresses that refused ones were noted with, one for each of `FORWARDED`, by the way that answered them."""
    with Browser(server) as browser:
        browser.register()
        gone = browser.create_key()
        browser.delete(f"/v1/keys/{gone['id']}")
        for number, headers in enumerate(FORWARDED.values()):
            for way, before in [("lane", b""), ("ordinary", ORDINARY)]:
                asked = request(f"/v1/authorize/api/{way}/{number}", f"X-API-Key: {gone['key']}", *headers)
                with connect() as connection:
                    connection.send(before + asked)
                    statuses = [connection.answer().status for _ in range(1 + bool(before))]
                assert statuses[-1] == 401
        found = refused_ones(browser, gone["id"], 2 * len(FORWARDED))
    return {way: [found[f"/api/{way}/{number}"] for number in range(len(FORWARDED))] for way in ("lane", "ordinary")}


@pytest.mark.parametrize("name", PEERS)
def test_refused_clients_are_noted_with_the_same_address_both_ways(new_server, name):
    host, trusted, peer, is_trusted = PEERS[name]
    server = new_server("--host", host, *(["--trusted-proxies", trusted] if trusted else []))
    own = MAPPED if (host, peer) == ("::", IPV4) else peer
    expected = [(address if is_trusted else None) or own for address in BELIEVED]
    assert noted(server, partial(Connection, server, host=peer)) == {"lane": expected, "ordinary": expected}


# Within TLS


@pytest.fixture(scope="module")
def secure(tmp_path_factory):
    with SecureServer(tmp_path_factory.mktemp("secure"), "--trusted-proxies", IPV4) as server:
        yield server


@pytest.fixture(scope="module")
def secure_keys(secure):
    with Browser(secure) as browser:
        browser.register()
        good, gone = browser.create_key()["key"], browser.create_key()
        browser.delete(f"/v1/keys/{gone['id']}")
        colleague, person = add_colleague(browser, administrator_role(browser)["id"])
        blocked = colleague.create_key()["key"]
        assert browser.patch(f"/v1/users/{person}", json={"blocked": True}).status_code == 200
        return [good, gone["key"], blocked]


def test_within_tls_refused_clients_are_noted_with_the_same_address_both_ways(secure):
    expected = [address or IPV4 for address in BELIEVED]
    assert noted(secure, partial(SecureConnection, secure)) == {"lane": expected, "ordinary": expected}


def of_the_lane(server) -> float:
    return metric(server, "latchkey_fast_lane_answers_total")


def test_within_tls_both_ways_give_the_same_answer(secure, secure_keys):
    before = of_the_lane(secure)
    for name, sent in REQUESTS.items():
        for key in secure_keys:
            filled = sent.replace(b"KEY", key.encode())
            has_body = name != "HEAD"
            with SecureConnection(secure) as first, SecureConnection(secure) as second:
                first.send(filled)
                second.send(ORDINARY)
                assert second.answer().body == b"ok\n"
                second.send(filled)
                fast, ordinary = first.answer(has_body), second.answer(has_body)
            assert fast.undated == ordinary.undated, name
            assert b"\r\nStrict-Transport-Security: " in fast.head or fast.status == 400, name
    assert of_the_lane(secure) - before == len(LANE) * len(secure_keys)


def test_within_tls_requests_at_once_and_in_pieces_are_answered_in_order(secure, secure_keys):
    sent = [REQUESTS["plain"].replace(b"KEY", key.encode()) for key in secure_keys]
    before = of_the_lane(secure)
    with SecureConnection(secure) as connection:
        whole = b"".join([*sent * 50, ORDINARY, *sent])
        for start in range(0, len(whole), 997):
            connection.send(whole[start : start + 997])
        statuses = [connection.answer().status for _ in range(3 * 50 + 4)]
    assert statuses == [200, 401, 401] * 50 + [200, 200, 401, 401]
    assert of_the_lane(secure) - before == 3 * 50


def test_whoever_speaks_no_tls_to_tls_is_not_answered_and_others_are(secure, secure_keys):
    with Connection(secure) as connection:
        connection.send(REQUESTS["plain"].replace(b"KEY", secure_keys[0].encode()))
        assert connection.answer() is None
    with SecureConnection(secure) as connection:
        connection.send(REQUESTS["plain"].replace(b"KEY", secure_keys[0].encode()))
        assert connection.answer().status == 200
