"""The pages about people: who sees what, who may change whom, and what ends when somebody is blocked or removed."""

import httpx
import pytest

from support.client import PASSWORD, Browser, refusal, unique, verify
from support.crowd import fill_company
from support.roles import role_of


def new_role(browser: Browser, *permissions: str) -> str:
    return browser.post("/v1/roles", json={"name": unique("role"), "permissions": permissions}).json()["id"]


def new_person(browser: Browser, role: str, name: str = "Pavel Orlov") -> dict:
    form = {"name": name, "email": f"{unique('pavel')}@example.com", "password": PASSWORD, "role_id": role}
    answer = browser.post("/v1/users", json=form)
    assert answer.status_code == 201, answer.text
    return answer.json()


@pytest.fixture
def colleague(server, member):
    """Makes colleagues of the member, signed in: `colleague(role_id)`."""
    browsers = []

    def make(role: str) -> Browser:
        person = new_person(member, role)
        browser = Browser(server)
        assert browser.log_in(person["email"], PASSWORD).status_code == 201
        browser.id = person["id"]
        browsers.append(browser)
        return browser

    yield make
    for browser in browsers:
        browser.close()


def own_id(browser: Browser) -> str:
    return browser.get("/v1/me").json()["user"]["id"]


def pages(person: str) -> list[tuple[str, str]]:
    at = f"/settings/users/{person}"
    return [
        ("GET", at), ("POST", at), ("GET", at + "/block"), ("POST", at + "/block"), ("POST", at + "/unblock"),
        ("GET", at + "/remove"), ("POST", at + "/remove"),
    ]  # fmt: skip


def test_who_may_not_see_people_is_told_which_right_is_lacking(member, colleague):
    browser = colleague(role_of(member, "Viewer"))
    for path in ("/settings/users", f"/settings/users/{own_id(member)}", "/settings/users/invite"):
        page = browser.get(path)
        assert page.status_code == 403
        assert "Your role lacks the right" in page.text
    assert 'href="/settings/users"' not in browser.get("/").text


def test_who_may_only_see_people_can_change_nothing(member, colleague):
    browser = colleague(new_role(member, "users:read"))
    page = browser.get("/settings/users")
    assert page.status_code == 200 and 'href="/settings/users/invite"' not in page.text
    page = browser.get(f"/settings/users/{own_id(member)}")
    assert "Your role lets you see people but not change them." in page.text
    assert "<form" not in page.text.split("<main")[1]
    for method, path in pages(own_id(member))[1:]:
        assert browser.request(method, path).status_code == 403, path


def test_who_holds_less_than_somebody_sees_them_but_cannot_change_them(member, colleague):
    browser = colleague(new_role(member, "users:read", "users:update", "users:delete"))
    at = f"/settings/users/{own_id(member)}"
    page = browser.get(at)
    assert page.status_code == 200 and "rights that yours lacks" in page.text
    assert "<form" not in page.text.split("<main")[1]
    fields = {"name": "Nobody", "role_id": role_of(member, "Viewer")}
    for path in (at, at + "/block", at + "/remove"):
        assert browser.post(path, data=fields).status_code == 403, path
    assert member.get("/v1/me").json()["user"]["name"] == "Irina Volkova"


def test_people_and_invitations_of_another_company_are_not_there(server, member):
    with Browser(server) as stranger:
        stranger.register()
        form = {"email": f"{unique('x')}@example.com", "role_id": role_of(stranger, "Viewer")}
        invitation = stranger.post("/v1/invitations", json=form).json()["id"]
        for method, path in pages(own_id(stranger)):
            fields = {"name": "X", "role_id": role_of(member, "Viewer")} if method == "POST" else None
            assert member.request(method, path, data=fields).status_code == 404, (method, path)
        for method in ("GET", "POST"):
            path = f"/settings/users/invitations/{invitation}/withdraw"
            assert member.request(method, path).status_code == 404
        assert stranger.get("/v1/invitations").json()["invitations"][0]["id"] == invitation
        assert "Irina Volkova" in stranger.get("/settings/users").text
        for odd in ("usr_0000000000000", "key_1v8q0k3m2n7p4", "x", "%00", "invitations"):
            assert member.get(f"/settings/users/{odd}").status_code == 404, odd


def test_the_last_administrator_stays_and_the_page_says_why(member):
    at = f"/settings/users/{own_id(member)}"
    demotion = {"name": "Irina Volkova", "role_id": role_of(member, "Viewer")}
    for answer in (member.post(at, data=demotion), member.post(at + "/block"), member.post(at + "/remove")):
        assert answer.status_code == 409
        assert "A company keeps at least one active Administrator." in answer.text
    assert member.get("/v1/me").json()["role"] == "Administrator"


def test_blocking_ends_sessions_and_keys_and_unblocking_brings_the_keys_back(server, member, colleague):
    browser = colleague(new_role(member, "api-keys:create"))
    key = browser.create_key()["key"]
    at = f"/settings/users/{browser.id}"
    assert "Their 1 live key stops working." in member.get(at + "/block").text
    assert member.post(at + "/block").status_code == 303
    assert refusal(verify(server, key)) == "owner_blocked"
    assert browser.get("/v1/me").status_code == 401
    assert "Unblock" in member.get(at).text
    assert member.post(at + "/unblock").status_code == 303
    assert verify(server, key).status_code == 200
    assert browser.get("/v1/me").status_code == 401


def test_removing_deletes_the_keys_and_frees_the_address(server, member, colleague):
    browser = colleague(new_role(member, "api-keys:create"))
    email = browser.get("/v1/me").json()["user"]["email"]
    key = browser.create_key()["key"]
    verify(server, key)
    at = f"/settings/users/{browser.id}"
    assert "Their 1 key is deleted for good." in member.get(at + "/remove").text
    answer = member.post(at + "/remove")
    assert (answer.status_code, answer.headers["location"]) == (303, "/settings/users?notice=removed")
    assert refusal(verify(server, key)) == "deleted"
    assert member.get(at).status_code == 404
    form = {"email": email, "role_id": role_of(member, "Viewer")}
    assert member.post("/v1/invitations", json=form).status_code == 201


def test_a_new_name_and_role_count_at_once(server, member, colleague):
    browser = colleague(new_role(member, "api-keys:create", "devices:read"))
    key = browser.create_key()["key"]
    assert verify(server, key, "devices:read").status_code == 200
    form = {"name": "Павел <b>Орлов</b>", "role_id": new_role(member, "api-keys:create")}
    answer = member.post(f"/settings/users/{browser.id}", data=form)
    assert answer.status_code == 303
    assert refusal(verify(server, key, "devices:read")) == "missing_permission"
    page = member.get(answer.headers["location"]).text
    assert "Saved, and in force everywhere." in page
    assert "Павел &lt;b&gt;Орлов&lt;/b&gt;" in page
    again = member.post(f"/settings/users/{browser.id}", data=form | {"name": " "})
    assert again.status_code == 422 and "Enter a name." in again.text


def test_inviting_by_the_page_says_what_is_wrong(member, colleague):
    viewer = role_of(member, "Viewer")
    for fields, status, sentence in [
        ({"email": "nobody", "role_id": viewer}, 422, "Enter an e-mail address"),
        ({"email": "a@example.com", "role_id": "rol_0000000000001"}, 422, "Choose a role from the list."),
        ({"email": member.email.upper(), "role_id": viewer}, 409, "There is an account with this e-mail already."),
    ]:
        page = member.post("/settings/users/invite", data=fields)
        assert page.status_code == status and sentence in page.text, page.text
    less = colleague(new_role(member, "users:read", "users:create"))
    page = less.post("/settings/users/invite", data={"email": "a@example.com", "role_id": viewer})
    assert page.status_code == 403 and "This role has rights that yours lacks." in page.text


@pytest.mark.sqlite
def test_thousands_of_people_are_searched_filtered_and_paged(new_server):
    server = new_server()
    with Browser(server) as browser:
        browser.register()
        viewer = role_of(browser, "Viewer")
        server.stop()
        fill_company(server.database, browser.email, users=5000)
        server.start()
        page = browser.get("/settings/users")
        assert "1–50 of 5,001" in page.text
        assert page.text.count("<tr>") == 51
        last = browser.get("/settings/users?page=101").text
        assert "5,001–5,001 of 5,001" in last
        assert browser.get("/settings/users?page=99999").text.count("5,001–5,001") == 1
        found = browser.get("/settings/users?query=PERSON 04321").text
        assert "Person 04321" in found and found.count("<tr>") == 2
        assert "1–50 of 5,000" in browser.get(f"/settings/users?role={viewer}&state=active").text
        assert "Nobody has this role and this status." in browser.get("/settings/users?state=blocked").text
        assert "Nobody has “%”" in browser.get("/settings/users?query=%25").text


def test_pages_that_change_something_take_no_request_of_another_site(member):
    at = f"/settings/users/{own_id(member)}"
    for path in (at, at + "/block", at + "/remove", "/settings/users/invite", f"/invitations/{'x' * 32}"):
        answer = httpx.post(
            str(member.base_url) + path, cookies=dict(member.cookies), headers={"Sec-Fetch-Site": "cross-site"}
        )
        assert answer.status_code == 403, path
