"""A service of the platform that is guarded by LatchkeyClient: the real one, in front of the real Latchkey."""

import pytest

from support.client import Browser, assert_problem, unique
from support.key_format import forged
from support.signage import Signage


@pytest.fixture(scope="module")
def signage(server, tmp_path_factory):
    with Signage(tmp_path_factory.mktemp("signage"), server.url) as running:
        yield running


@pytest.fixture
def key(member) -> str:
    return member.create_key("Lobby screens")["key"]


def test_service_learns_who_calls(member, signage, key):
    me = signage.ask("GET", "/me", key).json()
    assert me["user"] == "Irina Volkova"
    assert me["company"] == "Northern Lights"
    assert me["role"] == "Administrator"
    assert me["key"] == "Lobby screens"
    assert me["permissions"] == sorted(member.get("/v1/me").json()["permissions"])


def test_good_key_opens_every_route(signage, key):
    device = signage.ask("POST", "/devices", key, json={"name": "Lobby"})
    assert device.status_code == 201
    assert device.json()["added_by"] == "Irina Volkova"
    assert signage.ask("GET", "/devices", key).json() == [device.json()]
    assert signage.ask("PUT", "/broadcasts/welcome", key, json={"title": "Hello"}).status_code == 200
    assert signage.ask("GET", "/broadcasts/welcome", key).json()["title"] == "Hello"
    assert signage.ask("DELETE", f"/devices/{device.json()['id']}", key).status_code == 204
    assert signage.ask("GET", "/devices", key).json() == []


ROUTES = {
    "devices:read": ("GET", "/devices", None),
    "devices:create": ("POST", "/devices", {"name": "Lobby"}),
    "devices:delete": ("DELETE", "/devices/device-1", None),
    "broadcasts:read": ("GET", "/broadcasts/welcome", None),
    "broadcasts:update": ("PUT", "/broadcasts/welcome", {"title": "Hello"}),
}


def test_each_route_needs_its_own_right_and_no_other(member, signage):
    everything = set(member.get("/v1/me").json()["permissions"])
    for permission, (method, path, body) in ROUTES.items():
        only = member.create_key(permissions=[permission])["key"]
        others = member.create_key(permissions=sorted(everything - {permission}))["key"]
        answer = signage.ask(method, path, others, json=body)
        problem = assert_problem(answer, 403, "missing_permission")
        assert permission in problem["detail"]
        assert f'scope="{permission}"' in answer.headers["www-authenticate"]
        # What it does then is the service's own: a broadcast that is new needs one right more.
        passed = signage.ask(method, path, only, json=body)
        assert passed.status_code != 403 or "broadcasts:create" in passed.json()["detail"]


def test_right_that_depends_on_what_is_there_is_asked_for_in_the_handler(member, signage, key):
    updater = member.create_key(permissions=["broadcasts:update"])["key"]
    path = f"/broadcasts/{unique('evening')}"
    problem = assert_problem(signage.ask("PUT", path, updater, json={"title": "Hi"}), 403, "missing_permission")
    assert "broadcasts:create" in problem["detail"]
    assert signage.ask("PUT", path, key, json={"title": "Hi"}).status_code == 200
    assert signage.ask("PUT", path, updater, json={"title": "Ho"}).status_code == 200


def test_deleted_key_is_refused_at_the_next_request(member, signage):
    key = member.create_key()
    assert signage.ask("GET", "/devices", key["key"]).status_code == 200
    member.delete(f"/v1/keys/{key['id']}")
    answer = signage.ask("GET", "/devices", key["key"])
    assert_problem(answer, 401, "deleted")
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]


def test_blocked_owner_is_refused_at_the_next_request(member, server, signage, key):
    assert signage.ask("GET", "/devices", key).status_code == 200
    server.cli("user", "block", member.email)
    assert_problem(signage.ask("GET", "/devices", key), 401, "owner_blocked")


@pytest.mark.parametrize(
    ("presented", "code"),
    [(None, "missing"), ("nonsense", "malformed"), (forged(), "unknown")],
)
def test_what_is_no_key_of_ours_is_refused(signage, presented, code):
    assert_problem(signage.ask("GET", "/devices", presented), 401, code)


def test_key_that_nobody_copied_is_refused(member, signage):
    key = member.create_key(await_confirmation=True)["key"]
    assert_problem(signage.ask("GET", "/devices", key), 401, "not_copied")


def test_companies_see_their_own_alone(server, signage, key):
    signage.ask("POST", "/devices", key, json={"name": "Lobby"})
    with Browser(server) as other:
        other.register(company="Elsewhere")
        assert signage.ask("GET", "/devices", other.create_key()["key"]).json() == []


def test_key_in_the_url_is_not_read(signage, key):
    assert_problem(signage.ask("GET", f"/devices?key={key}&access_token={key}"), 401, "missing")


def test_service_is_closed_while_latchkey_is_down_and_opens_again(new_server, tmp_path):
    folder = tmp_path / "latchkey"
    latchkey = new_server(folder=folder)
    with Browser(latchkey) as browser, Signage(tmp_path, latchkey.url) as signage:
        browser.register()
        key = browser.create_key()["key"]
        assert signage.ask("GET", "/devices", key).status_code == 200
        latchkey.stop()
        answer = signage.ask("GET", "/devices", key)
        assert_problem(answer, 503, "unreachable")
        assert answer.headers["retry-after"] == "1"
        latchkey.start()
        assert signage.ask("GET", "/devices", key).status_code == 200
        log = signage.log.read_text()
        assert "A key could not be checked" in log
        assert key not in log
