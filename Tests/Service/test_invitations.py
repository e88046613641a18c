"""Coming in by an invitation: the pages, the limits, and two who are quick at once."""

import concurrent.futures
import sqlite3

import httpx
import pytest

from support.client import PASSWORD, Browser, assert_problem, unique
from support.roles import role_of

WEEK = 7 * 24 * 3600


def invite(browser: Browser, email: str | None = None, role: str = "Viewer") -> str:
    """Invites somebody, and returns the token of the link."""
    form = {"email": email or f"{unique('pavel')}@example.com", "role_id": role_of(browser, role)}
    answer = browser.post("/v1/invitations", json=form)
    assert answer.status_code == 201, answer.text
    return answer.json()["link"].rsplit("/", 1)[1]


def joining(token: str, **members) -> dict:
    return {"token": token, "name": "Pavel Orlov", "password": PASSWORD} | members


def join_by_page(browser: Browser, token: str, **fields) -> httpx.Response:
    data = {"name": "Pavel Orlov", "password": PASSWORD, "time_zone": "Europe/Moscow"} | fields
    return browser.post(f"/invitations/{token}", data=data)


def test_the_page_takes_the_invited_in(server, member, visitor):
    email = f"{unique('pavel')}@example.com"
    token = invite(member, email)
    page = visitor.get(f"/invitations/{token}")
    assert page.status_code == 200
    for text in (email, "Northern Lights", "Irina Volkova", "Viewer"):
        assert text in page.text
    answer = join_by_page(visitor, token)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    me = visitor.get("/v1/me").json()
    assert (me["user"]["email"], me["user"]["time_zone"], me["role"]) == (email, "Europe/Moscow", "Viewer")
    with Browser(server) as again:
        assert again.log_in(email, PASSWORD).status_code == 201


def test_each_refusal_has_its_page(server, member, visitor):
    used, withdrawn, taken = invite(member), invite(member), invite(member, f"{(email := unique('t'))}@example.com")
    assert join_by_page(visitor, used).status_code == 303
    mine = member.get("/v1/invitations").json()["invitations"]
    gone = next(one["id"] for one in mine if one["email"] != f"{email}@example.com")
    assert member.delete(f"/v1/invitations/{gone}").json() == {"deleted": 1}
    with Browser(server) as other:
        other.register(email=f"{email}@example.com")
    visitor.cookies.clear()
    for token, status, sentence in [
        (used, 409, "has been used already"),
        (withdrawn, 404, "does not work any more"),
        ("x" * 32, 404, "does not work any more"),
        (taken, 409, "There is an account with this e-mail"),
    ]:
        for page in (visitor.get(f"/invitations/{token}"), join_by_page(visitor, token)):
            assert page.status_code == status, page.text
            assert sentence in page.text
            assert 'href="/login"' in page.text


def test_a_wrong_field_is_said_beside_it_and_the_link_still_works(member, visitor):
    token = invite(member)
    page = join_by_page(visitor, token, name="", password="short")
    assert page.status_code == 422
    assert "Enter a name." in page.text and "Use at least 8 characters." in page.text
    assert join_by_page(visitor, token).status_code == 303


def test_joining_ends_the_session_that_the_browser_had(server, member, visitor):
    visitor.register(name="Boris Petrov")
    before = visitor.cookies["latchkey"]
    token = invite(member)
    assert "Boris Petrov" in visitor.get(f"/invitations/{token}").text
    assert join_by_page(visitor, token).status_code == 303
    with Browser(server) as other:
        other.cookies.set("latchkey", before)
        assert other.get("/v1/me").status_code == 401


def test_of_two_tabs_that_use_one_link_at_once_one_joins(server, member):
    token = invite(member)

    def attempt(_) -> tuple[int, str]:
        with Browser(server) as browser:
            answer = browser.post("/v1/invitations/accept", json=joining(token))
            return answer.status_code, answer.json().get("code", "")

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(attempt, range(4)))
    assert answers == [(201, "")] + [(409, "invitation_used")] * 3


def test_after_a_week_the_link_is_over(new_server, tmp_path):
    first = new_server(folder=tmp_path / "one")
    with Browser(first) as browser:
        browser.register()
        token = invite(browser)
    first.stop()
    later = new_server(folder=tmp_path / "one", clock=f"+{WEEK}")
    with Browser(later) as browser:
        assert_problem(browser.post("/v1/invitations/accept", json=joining(token)), 409, "invitation_expired")
        assert "This invitation is over" in browser.get(f"/invitations/{token}").text


@pytest.mark.parametrize(("setting", "joins"), [("invite", True), ("closed", False)])
def test_who_may_come_in_is_what_the_setting_says(setting, joins, new_server, tmp_path):
    before = new_server(folder=tmp_path / "one")
    with Browser(before) as browser:
        browser.register()
        email, password, token = browser.email, browser.password, invite(browser)
    before.stop()
    server = new_server("--registration", setting, folder=tmp_path / "one")
    with Browser(server) as browser:
        form = {"name": "X", "email": "x@example.com", "password": PASSWORD, "company": "Y"}
        assert_problem(browser.post("/v1/accounts", json=form), 403, "registration_closed")
        page = browser.get("/register")
        assert page.status_code == 403
        assert ("An invitation is needed" in page.text) == joins
        answer = browser.post("/v1/invitations/accept", json=joining(token))
        if joins:
            assert answer.status_code == 201
        else:
            assert_problem(answer, 403, "registration_closed")
            assert browser.get(f"/invitations/{token}").status_code == 403
            browser.log_in(email, password)
            form = {"email": "new@example.com", "role_id": role_of(browser, "Viewer")}
            assert_problem(browser.post("/v1/invitations", json=form), 403, "registration_closed")


@pytest.mark.sqlite
def test_the_link_is_kept_nowhere_but_as_its_digest(new_server):
    server = new_server("--log-level", "trace")
    with Browser(server) as browser:
        browser.register()
        token = invite(browser)
        browser.get(f"/invitations/{token}")
        assert browser.post("/v1/invitations/accept", json=joining(token)).status_code == 201
    server.stop()
    assert token not in server.log.read_text()
    for file in server.database.parent.iterdir():
        assert token.encode() not in file.read_bytes(), file
    with sqlite3.connect(server.database) as database:
        counts = database.execute("SELECT count(*), count(used_at), count(role_id) FROM invitations").fetchone()
    assert counts == (1, 1, 0)


def test_a_key_may_invite_as_far_as_its_rights_go(member, server):
    key = member.create_key(permissions=["users:create", "users:read"])["key"]
    headers = {"Authorization": f"Bearer {key}"}
    form = {"email": f"{unique('pavel')}@example.com", "role_id": role_of(member, "Viewer")}
    assert_problem(httpx.post(server.url + "/v1/invitations", json=form, headers=headers), 403, "permission_not_held")
    role = member.post("/v1/roles", json={"name": unique("r"), "permissions": ["users:read"]}).json()["id"]
    answer = httpx.post(server.url + "/v1/invitations", json=form | {"role_id": role}, headers=headers)
    assert answer.status_code == 201
    listed = httpx.get(server.url + "/v1/invitations", headers=headers).json()["invitations"]
    assert [one["id"] for one in listed] == [answer.json()["id"]]
