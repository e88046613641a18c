"""A refusal reaches the client with its status, its code and its challenge, and nothing reaches the upstream."""

import pytest
from exchange import ask

from support.client import Browser
from support.key_format import forged

TITLES = {401: "Unauthorized", 403: "Forbidden"}


def assert_refused(answer, status: int, code: str, error: str | None) -> None:
    """A problem document (RFC 9457) and a challenge (RFC 6750, section 3)."""
    assert (answer.status, answer.code) == (status, code), answer
    assert answer.headers["content-type"].split(";")[0] == "application/problem+json"
    assert f'"title":"{TITLES[status]}"' in answer.body.decode()
    assert answer.headers["www-authenticate"].startswith("Bearer realm=")
    assert (f'error="{error}"' in answer.headers["www-authenticate"]) or not error
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_missing_key(gateway, method):
    assert_refused(ask(gateway, method=method), 401, "missing", None)


def test_refused_body_is_not_in_the_way_of_the_answer(gateway):
    assert_refused(ask(gateway, method="POST", body=b"x" * 100_000), 401, "missing", None)


@pytest.mark.parametrize("key", ["x", "sp_" + "0" * 36, "Bearer"])
def test_malformed_key(gateway, key):
    assert_refused(ask(gateway, key), 401, "malformed", "invalid_token")


def test_unknown_key(gateway):
    assert_refused(ask(gateway, forged()), 401, "unknown", "invalid_token")


def test_key_in_the_url_is_no_key(gateway, reader):
    assert_refused(ask(gateway, path=f"/api/devices?access_token={reader['key']}"), 401, "missing", None)


def test_deleted_key_is_refused_at_the_next_request(gateway, owner):
    key = owner.create_key(permissions=["devices:read"])
    assert ask(gateway, key["key"]).status == 200
    owner.delete(f"/v1/keys/{key['id']}")
    assert_refused(ask(gateway, key["key"]), 401, "deleted", "invalid_token")


def test_key_that_lacks_the_right_of_the_route(gateway, reader):
    answer = ask(gateway, reader["key"], "/api/content")
    assert_refused(answer, 403, "missing_permission", "insufficient_scope")
    assert 'scope="content:read"' in answer.headers["www-authenticate"]


def test_path_that_can_be_read_in_two_ways(gateway, reader):
    assert_refused(ask(gateway, reader["key"], "/api/devices;x"), 403, "path_refused", "invalid_request")


def test_expired_key(new_gateway, new_server, tmp_path):
    first = new_server(folder=tmp_path / "one-database")
    with Browser(first) as browser:
        browser.register()
        key = browser.create_key()["key"]
    first.stop()
    later = new_gateway(new_server(folder=tmp_path / "one-database", clock="+368d").port)
    assert_refused(ask(later, key), 401, "expired", "invalid_token")
