"""Verifying a key: every code of a refusal, and what a gateway learns about an accepted one."""

import socket

import httpx
import pytest

from support.client import Browser, refusal, verify
from support.key_format import forged
from support.server import wait_until


@pytest.fixture
def key(member):
    return member.create_key("Gate")


def ask(server, headers=(), path="/v1/verify") -> httpx.Response:
    return httpx.get(server.url + path, headers=list(headers), timeout=30)


def assert_refused(response: httpx.Response, code: str) -> None:
    assert response.status_code == 401, response.text
    assert response.json()["code"] == code
    assert response.headers["www-authenticate"].startswith("Bearer")
    assert response.headers["cache-control"] == "no-store"


def test_accepted_key_tells_who_calls_and_what_they_may_do(member, server, key):
    response = verify(server, key["key"], permission="devices:read")
    me = member.get("/v1/me").json()
    body = response.json()
    assert response.status_code == 200
    assert body["valid"] is True
    assert body["key"] == {"id": key["id"], "name": "Gate", "expires_at": key["expires_at"]}
    assert body["user"] == {"id": me["user"]["id"], "name": me["user"]["name"]}
    assert body["company"] == {"id": me["company"]["id"], "name": me["company"]["name"]}
    assert body["role"] == "Administrator"
    assert set(body["permissions"]) == set(me["permissions"])
    headers = response.headers
    assert headers["x-latchkey-key"] == key["id"]
    assert headers["x-latchkey-user"] == me["user"]["id"]
    assert headers["x-latchkey-company"] == me["company"]["id"]
    assert set(headers["x-latchkey-permissions"].replace(",", " ").split()) == set(me["permissions"])
    assert headers["x-latchkey-expires"]
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_scheme_ignores_letter_case(server, key, scheme):
    assert ask(server, [("Authorization", f"{scheme} {key['key']}")]).status_code == 200


def test_x_api_key_is_read_where_authorization_is_absent(server, key):
    assert ask(server, [("X-API-Key", key["key"])]).status_code == 200


def test_authorization_outweighs_x_api_key(server, key):
    headers = [("Authorization", f"Bearer {forged()}"), ("X-API-Key", key["key"])]
    assert_refused(ask(server, headers), "unknown")


def test_no_key_at_all(server):
    assert_refused(ask(server), "missing")


@pytest.mark.parametrize("parameter", ["key", "api_key", "access_token", "token"])
def test_key_in_the_url_is_not_read(server, key, parameter):
    assert_refused(ask(server, path=f"/v1/verify?{parameter}={key['key']}"), "missing")


SPOILT = {
    "truncated": lambda key: key[:-1],
    "half": lambda key: key[:20],
    "longer": lambda key: key + "x",
    "one character": lambda key: key[:10] + other_than(key[10]) + key[11:],
    "checksum": lambda key: key[:-1] + other_than(key[-1]),
    "letter case": lambda key: key.swapcase(),
    "prefix": lambda key: "xx" + key[2:],
    "prefix with its checksum": lambda key: forged("xx_" + key[3:33]),
    "dash": lambda key: key.replace("_", "-"),
    "quoted": lambda key: f'"{key}"',
    "twice": lambda key: f"{key} {key}",
    "list": lambda key: f"{key},{key}",
    "prefix alone": lambda _: "sp_",
    "10 kB": lambda _: "a" * 10_000,
    "not ASCII": lambda key: key[:-1] + "é",
}


def other_than(character: str) -> str:
    return "a" if character != "a" else "b"


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT.keys())
def test_what_has_not_the_shape_of_a_key_is_malformed(server, key, spoil):
    value = f"Bearer {spoil(key['key'])}".encode()
    response = ask(server, [(b"Authorization", value)])
    assert_refused(response, "malformed")


@pytest.mark.parametrize("value", ["", "Bearer", "Basic dXNlcjpwYXNz"])
def test_authorization_without_a_key(server, value):
    response = ask(server, [("Authorization", value)])
    assert response.status_code == 401
    assert response.json()["code"] in ("missing", "malformed")


def test_two_authorization_headers_are_refused(server, key):
    """Two readers of one request might pick different ones."""
    for second in (forged(), key["key"]):
        headers = [("Authorization", f"Bearer {key['key']}"), ("Authorization", f"Bearer {second}")]
        assert_refused(ask(server, headers), "malformed")


def test_unknown_key(server):
    assert_refused(verify(server, forged()), "unknown")


def test_deleted_key(member, server, key):
    member.delete(f"/v1/keys/{key['id']}")
    assert_refused(verify(server, key["key"]), "deleted")


def test_key_not_copied(member, server):
    assert_refused(verify(server, member.create_key(await_confirmation=True)["key"]), "not_copied")


def test_key_of_a_blocked_owner(member, server, key):
    server.cli("user", "block", member.email)
    assert_refused(verify(server, key["key"]), "owner_blocked")


def test_expired_key(new_server, tmp_path):
    folder = tmp_path / "one-database"
    first = new_server(folder=folder)
    with Browser(first) as browser:
        browser.register()
        key = browser.create_key()
    first.stop()
    assert verify(new_server(folder=folder, clock="+364d"), key["key"]).status_code == 200
    assert_refused(verify(new_server(folder=folder, clock="+368d"), key["key"]), "expired")


def test_missing_permission_is_named(member, server):
    key = member.create_key(permissions=["devices:read"])["key"]
    response = verify(server, key, permission="devices:delete")
    assert response.status_code == 403
    assert response.json()["code"] == "missing_permission"
    assert "devices:delete" in response.text
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("permission", ["devices:fly", "x", "%00", "devices:read%20"])
def test_permission_that_does_not_exist_is_never_granted(server, key, permission):
    response = ask(server, [("Authorization", f"Bearer {key['key']}")], path=f"/v1/verify?permission={permission}")
    assert 400 <= response.status_code < 500, response.text


def test_session_cookie_does_not_verify(member):
    assert_refused(member.get("/v1/verify"), "missing")


@pytest.mark.parametrize("refused", ["missing", "malformed", "unknown", "deleted"])
def test_refusal_carries_no_identity(member, server, key, refused):
    member.delete(f"/v1/keys/{key['id']}")
    headers = {
        "missing": {},
        "malformed": {"Authorization": "Bearer x"},
        "unknown": {"Authorization": f"Bearer {forged()}"},
        "deleted": {"Authorization": f"Bearer {key['key']}"},
    }[refused]
    response = ask(server, headers.items())
    assert_refused(response, refused)
    assert not [name for name, value in response.headers.items() if name.startswith("x-latchkey-") and value]


def test_identity_headers_cannot_be_split_by_names(visitor, server):
    visitor.register(name="Ирина 😀", company='Müller "&" Söhne')
    key = visitor.create_key("ключ")["key"]
    body = verify(server, key).json()
    assert body["user"]["name"] == "Ирина 😀"
    assert body["company"]["name"] == 'Müller "&" Söhne'
    assert body["key"]["name"] == "ключ"


# Last use


def test_last_use_is_written_within_a_second(member, server, key):
    assert member.key(key["id"])["last_used_at"] is None
    verify(server, key["key"])
    wait_until(lambda: member.key(key["id"])["last_used_at"], 2, "the use is written")


def test_refused_request_is_no_use(member, server):
    waiting = member.create_key(await_confirmation=True)
    used = member.create_key()
    verify(server, waiting["key"])
    verify(server, used["key"])
    wait_until(lambda: member.key(used["id"])["last_used_at"], 2, "the later use is written")
    assert member.key(waiting["id"])["last_used_at"] is None


def test_last_use_survives_sigterm(new_server, tmp_path):
    folder = tmp_path / "one-database"
    first = new_server(folder=folder)
    with Browser(first) as browser:
        browser.register()
        keys = [browser.create_key() for _ in range(5)]
        email, password = browser.email, browser.password
    for key in keys:
        verify(first, key["key"])
    assert first.stop() == 0
    with Browser(new_server(folder=folder)) as browser:
        browser.log_in(email, password)
        assert all(browser.key(key["id"])["last_used_at"] for key in keys)


# The wire


def raw(server, request: bytes) -> bytes:
    """Sends bytes as they are and reads until the server closes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        while chunk := connection.recv(65536):
            answer += chunk
        return answer


@pytest.mark.parametrize(
    "headers",
    [
        b"Authorization : Bearer KEY",
        b"Authorization: Bearer KEY\x00",
        b"Authorization: Bearer\n KEY",
        b"Authorization: Bearer KEY\r\nContent-Length: 5\r\nContent-Length: 6",
        b"Authorization: Bearer KEY\r\nTransfer-Encoding: chunked\r\nContent-Length: 6",
    ],
)
def test_request_that_two_readers_would_read_differently_is_not_accepted(server, key, headers):
    request = b"GET /v1/verify HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + headers + b"\r\n\r\n"
    answer = raw(server, request.replace(b"KEY", key["key"].encode()))
    assert not answer.startswith(b"HTTP/1.1 200") and not answer.startswith(b"HTTP/1.1 5"), answer[:200]


def test_huge_headers_do_not_disturb_the_server(server, key):
    answer = raw(server, b"GET /v1/verify HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + b"a" * 200_000 + b"\r\n\r\n")
    assert not answer or answer.split()[1] in (b"400", b"401", b"431")
    assert verify(server, key["key"]).status_code == 200


def test_made_up_keys_are_told_apart_from_deleted_ones(member, server, key):
    member.delete(f"/v1/keys/{key['id']}")
    assert refusal(verify(server, key["key"])) == "deleted"
    assert refusal(verify(server, forged(key["key"][:32] + "0"))) in ("unknown", "deleted")
