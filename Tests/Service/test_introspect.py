"""Token introspection (RFC 7662), asked by Authlib's client as a resource server would."""

from urllib.parse import urlencode

import httpx
import pytest
import requests
from authlib.integrations.requests_client import OAuth2Session

from support.client import Browser, assert_problem, moment
from support.key_format import forged
from support.server import wait_until

INACTIVE = '{"active":false}'


def introspect(server, token: str, **members) -> requests.Response:
    with OAuth2Session(client_id="billing", default_timeout=30) as client:
        return client.introspect_token(server.url + "/v1/introspect", token=token, **members)


def post(server, body: str, content_type: str = "application/x-www-form-urlencoded") -> httpx.Response:
    return httpx.post(server.url + "/v1/introspect", content=body, headers={"Content-Type": content_type}, timeout=30)


def assert_inactive(response: requests.Response) -> None:
    """Section 2.2: nothing else, not even why."""
    assert response.status_code == 200, response.text
    assert response.text == INACTIVE
    assert response.headers["content-type"].split(";")[0] == "application/json"
    assert response.headers["cache-control"] == "no-store"


def test_active_key_tells_whose_it_is_and_what_it_may_do(member, server):
    key = member.create_key(permissions=["devices:read", "content:update"])
    response = introspect(server, key["key"], token_type_hint="access_token")
    assert response.status_code == 200, response.text
    assert response.json() == {
        "active": True,
        "scope": "devices:read content:update",
        "sub": member.get("/v1/me").json()["user"]["id"],
        "client_id": key["id"],
        "exp": int(moment(key["expires_at"]).timestamp()),
        "iat": int(moment(key["created_at"]).timestamp()),
        "token_type": "Bearer",
    }
    assert response.headers["cache-control"] == "no-store"
    assert key["key"] not in response.text


def test_key_without_rights_is_active_with_an_empty_scope(member, server):
    body = introspect(server, member.create_key(permissions=[])["key"]).json()
    assert (body["active"], body["scope"]) == (True, "")


def test_deleted_key_is_inactive_as_soon_as_the_delete_returns(member, server):
    key = member.create_key()
    assert introspect(server, key["key"]).json()["active"] is True
    member.delete(f"/v1/keys/{key['id']}")
    assert_inactive(introspect(server, key["key"]))


def test_key_that_nobody_copied_is_inactive(member, server):
    assert_inactive(introspect(server, member.create_key(await_confirmation=True)["key"]))


def test_key_of_a_blocked_owner_is_inactive(member, server):
    key = member.create_key()["key"]
    server.cli("user", "block", member.email)
    assert_inactive(introspect(server, key))


def test_expired_key_is_inactive(new_server, tmp_path):
    folder = tmp_path / "one-database"
    first = new_server(folder=folder)
    with Browser(first) as browser:
        browser.register()
        key = browser.create_key()["key"]
    first.stop()
    assert_inactive(introspect(new_server(folder=folder, clock="+368d"), key))


@pytest.mark.parametrize("token", [forged(), "x", "sp_", "Bearer x", "ключ", "a" * 10_000, "\0", " "])
def test_what_is_no_key_is_inactive(server, token):
    assert_inactive(introspect(server, token))


@pytest.mark.parametrize("body", ["", "token=", "token", "tokens=x", "token_type_hint=access_token", "token=a&token=b"])
def test_question_without_one_token_is_a_bad_request(server, body):
    assert_problem(post(server, body), 400, "token_missing")


def test_two_tokens_are_not_a_choice(member, server):
    key = member.create_key()["key"]
    body = urlencode([("token", key), ("token", key)])
    assert_problem(post(server, body), 400, "token_missing")


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "multipart/form-data; boundary=x", ""])
def test_token_is_read_from_a_form_alone(member, server, content_type):
    key = member.create_key()["key"]
    response = post(server, f'{{"token":"{key}"}}', content_type)
    assert 400 <= response.status_code < 500, response.text


def test_token_in_the_url_is_not_read(member, server):
    response = httpx.post(server.url + f"/v1/introspect?token={member.create_key()['key']}", data={}, timeout=30)
    assert_problem(response, 400, "token_missing")


def test_get_is_refused(member, server):
    """Section 2.1 asks for POST: a GET would leave the token in logs."""
    response = httpx.get(server.url + f"/v1/introspect?token={member.create_key()['key']}", timeout=30)
    assert_problem(response, 405, "method_not_allowed")


def test_use_by_introspection_counts_as_a_use(member, server):
    key = member.create_key()
    introspect(server, key["key"])
    wait_until(lambda: member.key(key["id"])["last_used_at"], 5, "the use is written")
