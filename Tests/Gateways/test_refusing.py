"""A refusal reaches the client with its status, its code and its challenge."""

import pytest
from exchange import ask
from full_house import FullHouse

from support.client import Browser
from support.key_format import forged
from support.server import wait_until

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
def test_request_without_a_key_is_refused_as_missing(gateway, method):
    assert_refused(ask(gateway, method=method), 401, "missing", None)


def test_refused_body_is_not_in_the_way_of_the_answer(gateway):
    assert_refused(ask(gateway, method="POST", body=b"x" * 100_000), 401, "missing", None)


@pytest.mark.parametrize("key", ["x", "sp_" + "0" * 36, "Bearer"])
def test_malformed_key_is_refused_with_its_code(gateway, key):
    assert_refused(ask(gateway, key), 401, "malformed", "invalid_token")


def test_unknown_key_is_refused_with_its_code(gateway):
    assert_refused(ask(gateway, forged()), 401, "unknown", "invalid_token")


def test_key_in_the_url_is_no_key(gateway, reader):
    assert_refused(ask(gateway, path=f"/api/devices?access_token={reader['key']}"), 401, "missing", None)


def test_deleted_key_is_refused_at_the_next_request(gateway, owner):
    key = owner.create_key(permissions=["devices:read"])
    assert ask(gateway, key["key"]).status == 200
    owner.delete(f"/v1/keys/{key['id']}")
    assert_refused(ask(gateway, key["key"]), 401, "deleted", "invalid_token")


def test_key_that_lacks_the_right_of_the_route_is_refused_and_told_which(gateway, reader):
    answer = ask(gateway, reader["key"], "/api/content")
    assert_refused(answer, 403, "missing_permission", "insufficient_scope")
    assert 'scope="content:read"' in answer.headers["www-authenticate"]


def test_owner_sees_what_was_refused_and_from_where(new_gateway, new_server):
    server = new_server("--trusted-proxies", "127.0.0.1")
    with Browser(server) as browser:
        browser.register()
        key = browser.create_key(permissions=["devices:read"])
        gateway = new_gateway(server.port)
        made_up = [("X-Forwarded-For", "203.0.113.7"), ("X-Real-IP", "203.0.113.7")]
        assert ask(gateway, key["key"], "/api/content/7?q=1", "PUT", made_up, address="127.0.0.2").status == 403
        refusals = wait_until(lambda: browser.get(f"/v1/keys/{key['id']}/refusals").json()["refusals"], 10, "written")
    assert [(refusal["method"], refusal["path"].split("?")[0]) for refusal in refusals] == [("PUT", "/api/content/7")]
    assert refusals[0]["code"] == "missing_permission"
    assert refusals[0]["address"] == "127.0.0.2"


def test_path_that_can_be_read_in_two_ways_is_refused(gateway, reader):
    assert_refused(ask(gateway, reader["key"], "/api/devices;x"), 403, "path_refused", "invalid_request")


def test_expired_key_is_refused_with_its_code(new_gateway, new_server, tmp_path):
    first = new_server(folder=tmp_path / "one-database")
    with Browser(first) as browser:
        browser.register()
        key = browser.create_key()["key"]
    first.stop()
    later = new_gateway(new_server(folder=tmp_path / "one-database", clock="+368d").port)
    assert_refused(ask(later, key), 401, "expired", "invalid_token")


PLATFORM = """
platform: {name: Signals, key_prefix: sp}
sections:
  - {id: devices, name: Devices}
routes:
  - {method: GET, path: /api/devices/**, permission: devices:read}
otherwise: refuse
"""


def test_path_that_no_rule_names_is_refused_where_the_platform_says_so(new_gateway, new_server, tmp_path):
    (tmp_path / "platform.yaml").write_text(PLATFORM)
    server = new_server("--platform", str(tmp_path / "platform.yaml"))
    with Browser(server) as browser:
        browser.register()
        key = browser.create_key()["key"]
    gateway = new_gateway(server.port)
    assert ask(gateway, key).status == 200
    assert_refused(ask(gateway, key, "/api/reports"), 403, "no_route", "insufficient_scope")
    assert_refused(ask(gateway, key, method="POST"), 403, "no_route", "insufficient_scope")


@pytest.mark.parametrize(("status", "code"), [(429, "rate_limited"), (503, "not_current")])
def test_request_to_come_again_later_is_passed_on(new_gateway, status, code):
    """Latchkey sends no 429 itself yet, a proxy before it may; and no 503 at will. So something stands in for them."""
    with FullHouse(status, code) as house:
        gateway = new_gateway(house.port)
        answer = ask(gateway, "sp_x")
    assert answer.status == status, answer
    if (gateway.name, status) == ("envoy", 503):
        return  # to Envoy a 503 is no answer at all: it says 503 itself
    assert (answer.headers["retry-after"], answer.code) == ("7", code), answer
