"""A good key passes, and the upstream learns from the gateway who calls."""

import http.client
import json
from pathlib import Path

import pytest
from exchange import ask, identity, identity_of

from support.client import Browser


def test_upstream_sees_who_calls(gateway, owner, reader):
    answer = ask(gateway, reader["key"], "/api/devices/7?page=2&q=%D1%8F..//")
    assert answer.status == 200, answer
    assert answer.identity == identity_of(reader, owner, "devices:read")
    assert answer.seen["method"] == "GET"
    assert answer.seen["path"] == "/api/devices/7?page=2&q=%D1%8F..//"


def test_key_in_x_api_key_passes_too(gateway, owner, reader):
    answer = ask(gateway, headers=[("X-API-Key", reader["key"])])
    assert answer.status == 200, answer
    assert answer.identity == identity_of(reader, owner, "devices:read")


def test_key_itself_does_not_reach_the_upstream(gateway, reader):
    answer = ask(gateway, reader["key"], headers=[("x-api-key", reader["key"])])
    assert answer.status == 200, answer
    assert not {"authorization", "x-api-key"} & set(answer.seen["headers"])


@pytest.mark.parametrize("size", [1, 100_000])
def test_body_passes(gateway, owner, size):
    key = owner.create_key(permissions=["devices:create"])["key"]
    answer = ask(gateway, key, method="POST", body=b"x" * size)
    assert answer.status == 200, answer
    assert (answer.seen["method"], answer.seen["body_bytes"]) == ("POST", size)


@pytest.mark.parametrize(
    ("method", "permission"),
    [("HEAD", "devices:read"), ("PUT", "devices:update"), ("PATCH", "devices:update"), ("DELETE", "devices:delete")],
)
def test_method_decides_the_right(gateway, owner, reader, method, permission):
    allowed = owner.create_key(permissions=[permission])["key"]
    assert ask(gateway, allowed, method=method).status == 200
    if method != "HEAD":
        assert ask(gateway, reader["key"], method=method).status == 403


def test_each_request_on_one_connection_gets_its_own_decision(gateway, owner, reader):
    """Neither the gateway nor Latchkey remembers a connection's last key."""
    other = owner.create_key(permissions=["content:read"])
    connection = http.client.HTTPConnection("127.0.0.1", gateway.port, timeout=15)
    sockets = set()

    def status(key: dict | None, path: str) -> tuple[int, str | None]:
        connection.request("GET", path, headers={"Authorization": f"Bearer {key['key']}"} if key else {})
        sockets.add(connection.sock)
        response = connection.getresponse()
        body = response.read()
        if response.status != 200:
            return response.status, None
        return 200, dict(identity(json.loads(body)))["x-latchkey-key"]

    try:
        assert status(reader, "/api/devices") == (200, reader["id"])
        assert status(other, "/api/content") == (200, other["id"])
        assert status(reader, "/api/devices") == (200, reader["id"])
        assert len(sockets) == 1
        assert status(other, "/api/devices") == (403, None)
        assert status(None, "/api/devices") == (401, None)
        owner.delete(f"/v1/keys/{other['id']}")
        assert status(other, "/api/content") == (401, None)
        assert status(reader, "/api/devices") == (200, reader["id"])
    finally:
        connection.close()


def connections(port: int) -> int:
    """Ends of connections to a port, those included that were closed a moment ago."""
    listening = "0A"
    rows = [row.split() for row in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(f":{port:04X}" in row[1] + row[2] and row[3] != listening for row in rows)


def test_connection_to_latchkey_is_used_again(new_server, new_gateway):
    server = new_server()
    with Browser(server) as browser:
        browser.register()
        key = browser.create_key()["key"]
    gateway = new_gateway(server.port)
    before = connections(server.port)
    for _ in range(10):
        assert ask(gateway, key).status == 200
    for _ in range(10):
        assert ask(gateway, "x").status == 401
    assert connections(server.port) <= before + 4
