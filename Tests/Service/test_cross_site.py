"""Requests that change something are refused unless our own pages sent them."""

import pytest

from support.client import Browser, assert_problem, unique


@pytest.fixture
def bare(member):
    """A signed-in browser that says nothing of where its requests come from."""
    del member.headers["Sec-Fetch-Site"]
    return member


def try_to_create(browser: Browser, **headers):
    return browser.post("/v1/keys", json={"name": unique("key")}, headers=headers)


def test_silent_request_with_a_session_is_refused(bare):
    assert_problem(try_to_create(bare), 403, "cross_site")
    assert bare.get("/v1/keys").json()["total"] == 0


@pytest.mark.parametrize("site", ["cross-site", "same-site", "nonsense", ""])
def test_other_sites_are_refused(bare, site):
    assert_problem(try_to_create(bare, **{"Sec-Fetch-Site": site}), 403, "cross_site")


def test_matching_origin_is_enough(bare, server):
    assert try_to_create(bare, Origin=server.url).status_code == 201


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1", "http://127.0.0.1:1", "http://localhost:{port}", ""]
)
def test_other_origin_is_refused(bare, server, origin):
    assert_problem(try_to_create(bare, Origin=origin.format(port=server.port)), 403, "cross_site")


def test_fetch_metadata_outweighs_the_origin(bare, server):
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": server.url}
    assert_problem(try_to_create(bare, **headers), 403, "cross_site")


def test_origin_is_held_against_the_host_that_was_asked(bare, server):
    """Browsers send no Sec-Fetch-Site over plain HTTP to a name on the local net."""
    host = f"latchkey.test:{server.port}"
    assert try_to_create(bare, Host=host, Origin=f"http://{host}").status_code == 201


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v1/keys"),
        ("POST", "/v1/keys/delete"),
        ("POST", "/v1/keys/some-id/confirm"),
        ("DELETE", "/v1/keys/some-id"),
        ("DELETE", "/v1/session"),
        ("POST", "/settings/keys"),
        ("POST", "/settings/keys/delete"),
        ("POST", "/settings/profile"),
        ("POST", "/settings/password"),
        ("POST", "/settings/preferences"),
        ("POST", "/logout"),
    ],
)
def test_every_changing_path_is_guarded(bare, method, path):
    response = bare.request(method, path, headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"})
    assert response.status_code == 403
    assert bare.get("/v1/me").status_code == 200


@pytest.mark.parametrize("path", ["/v1/session", "/v1/accounts"])
def test_cross_site_log_in_is_refused_without_a_session_too(visitor, member, path):
    """Else another site could sign a visitor in to the attacker's account."""
    body = {"email": member.email, "password": member.password}
    response = visitor.post(path, json=body, headers={"Sec-Fetch-Site": "cross-site"})
    assert_problem(response, 403, "cross_site")
    assert "set-cookie" not in response.headers


def test_program_without_a_session_may_be_silent(visitor, member):
    del visitor.headers["Sec-Fetch-Site"]
    assert visitor.log_in(member.email, member.password).status_code == 201


@pytest.mark.parametrize("path", ["/login", "/register"])
def test_cross_site_forms_are_refused(visitor, member, path):
    form = {"email": member.email, "password": member.password, "name": "x", "company": "y"}
    response = visitor.post(path, data=form, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert "set-cookie" not in response.headers


def test_no_origin_is_invited_to_read(member):
    response = member.get("/v1/keys", headers={"Origin": "https://evil.example"})
    assert not [name for name in response.headers if name.startswith("access-control-")]
