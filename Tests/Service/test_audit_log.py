"""The audit log: one row for each act, in the act's own transaction, never to be rewritten, and found again."""

import sqlite3
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from support.client import PASSWORD, Browser, assert_problem, unique
from support.roles import role_of

ADDRESS = "127.0.0.7"


@pytest.fixture
def chief(server):
    """An administrator who comes from an address of their own."""
    with Browser(server, address=ADDRESS) as browser:
        browser.identity = browser.register()
        yield browser


def events(browser: Browser, **filters) -> list[dict]:
    response = browser.get("/v1/audit", params=filters)
    assert response.status_code == 200, response.text
    return response.json()["events"]


def colleague(chief: Browser, role: str = "Viewer") -> dict:
    form = {"name": "Pavel", "email": f"{unique('pavel')}@example.com", "password": PASSWORD}
    response = chief.post("/v1/users", json=form | {"role_id": role_of(chief, role)})
    assert response.status_code == 201, response.text
    return response.json()


class Log:
    """Looks at what each act adds to the log."""

    def __init__(self, browser: Browser):
        self.browser = browser
        self.seen = {event["id"] for event in events(browser)}

    def expect(self, action: str, target: str, before: str | None = None, after: str | None = None) -> None:
        new = [event for event in events(self.browser) if event["id"] not in self.seen]
        self.seen |= {event["id"] for event in new}
        assert [
            (event["action"], event["target"], event["before"], event["after"], event["address"], event["actor"])
            for event in new
        ] == [(action, target, before, after, ADDRESS, self.browser.identity["user"]["id"])]

    def expect_nothing(self) -> None:
        assert {event["id"] for event in events(self.browser)} == self.seen


def test_each_act_on_keys_leaves_one_row(chief):
    log = Log(chief)
    key = chief.create_key("Nightly", await_confirmation=True)
    log.expect("key.created", key["id"], after="Nightly")
    chief.post(f"/v1/keys/{key['id']}/confirm")
    log.expect("key.confirmed", key["id"])
    chief.post(f"/v1/keys/{key['id']}/confirm")
    log.expect_nothing()
    chief.delete(f"/v1/keys/{key['id']}")
    log.expect("key.deleted", key["id"], before="Nightly")
    assert chief.delete(f"/v1/keys/{key['id']}").status_code == 404
    log.expect_nothing()


def test_each_act_on_people_leaves_one_row(chief):
    log = Log(chief)
    pavel = colleague(chief)
    log.expect("user.added", pavel["id"], after=f"{pavel['email']}, Viewer")
    path = f"/v1/users/{pavel['id']}"
    chief.patch(path, json={"role_id": role_of(chief, "Editor")})
    log.expect("user.changed", pavel["id"], before="Viewer", after="Editor")
    chief.patch(path, json={"name": "Павел"})
    log.expect("user.changed", pavel["id"], before="Pavel", after="Павел")
    chief.patch(path, json={"blocked": True})
    log.expect("user.blocked", pavel["id"])
    chief.patch(path, json={"blocked": False})
    log.expect("user.unblocked", pavel["id"])
    chief.delete(path)
    log.expect("user.removed", pavel["id"], before=f"{pavel['email']}, Editor")


def test_each_act_on_roles_leaves_one_row_with_the_rights_before_and_after(chief):
    log = Log(chief)
    role = chief.post("/v1/roles", json={"name": "Operator", "permissions": ["reports:read", "devices:read"]}).json()
    log.expect("role.added", role["id"], after="Operator: devices:read reports:read")
    path = f"/v1/roles/{role['id']}"
    chief.patch(path, json={"name": "Night", "permissions": ["devices:update"]})
    log.expect("role.changed", role["id"], "Operator: devices:read reports:read", "Night: devices:update")
    assert_problem(chief.patch(path, json={"name": "viewer"}), 409, "name_taken")
    log.expect_nothing()
    chief.delete(path)
    log.expect("role.deleted", role["id"], before="Night: devices:update")


def test_each_act_on_ones_own_account_leaves_one_row(chief):
    user = chief.identity["user"]["id"]
    registered = events(chief)
    assert [(event["action"], event["target"]) for event in registered] == [("account.registered", user)]
    log = Log(chief)
    chief.post("/settings/profile", data={"name": "Irina Orlova"})
    log.expect("profile.changed", user, before="Irina Volkova", after="Irina Orlova")
    form = {"current_password": chief.password, "new_password": "another quiet garden"}
    assert chief.post("/settings/password", data=form).status_code == 303
    log.expect("password.changed", user)
    chief.delete("/v1/session")
    assert chief.log_in(chief.email, "another quiet garden").status_code == 201
    assert [event["action"] for event in events(chief)[:2]] == ["session.started", "session.ended"]


@pytest.mark.sqlite
def test_act_and_row_are_one_transaction(new_server):
    """Where the row cannot be written, the act does not happen."""
    server = new_server()
    with Browser(server) as chief, sqlite3.connect(server.database) as database:
        chief.register()
        key, role, pavel = chief.create_key("Nightly"), role_of(chief, "Viewer"), colleague(chief)
        chief.post("/v1/roles", json={"name": "Unused", "permissions": []})
        unused = role_of(chief, "Unused")
        before = [chief.get(path).json() for path in ("/v1/keys", "/v1/roles", "/v1/users")]
        database.execute("CREATE TRIGGER full BEFORE INSERT ON audit_events BEGIN SELECT RAISE(ABORT, 'full'); END")
        database.commit()
        form = {"name": "New", "email": f"{unique('new')}@example.com", "password": PASSWORD, "role_id": role}
        acts = [
            ("POST", "/v1/keys", {"name": "Another"}), ("DELETE", f"/v1/keys/{key['id']}", None),
            ("POST", "/v1/keys/delete", {"all": True}), ("DELETE", f"/v1/company/keys/{key['id']}", None),
            ("POST", "/v1/company/keys/delete", {"ids": [key["id"]]}),
            ("POST", "/v1/roles", {"name": "More", "permissions": []}), ("DELETE", f"/v1/roles/{unused}", None),
            ("PATCH", f"/v1/roles/{unused}", {"name": "Renamed"}), ("POST", "/v1/users", form),
            ("PATCH", f"/v1/users/{pavel['id']}", {"blocked": True}), ("DELETE", f"/v1/users/{pavel['id']}", None),
        ]  # fmt: skip
        for method, path, body in acts:
            assert_problem(chief.request(method, path, json=body), 503, "unavailable")
        assert chief.get("/settings/audit/export?format=csv").status_code == 503
        assert [chief.get(path).json() for path in ("/v1/keys", "/v1/roles", "/v1/users")] == before


def test_what_a_key_did_names_the_key(chief, server):
    key = chief.create_key("Robot")
    headers = {"Authorization": f"Bearer {key['key']}"}
    made = httpx.post(server.url + "/v1/keys", headers=headers, json={"name": "By a robot"}).json()
    event = events(chief)[0]
    assert (event["action"], event["target"], event["after"]) == ("key.created", made["id"], "By a robot")
    assert (event["actor"], event["key"]) == (chief.identity["user"]["id"], key["id"])
    assert events(chief, target=key["id"])[0]["key"] is None


def test_what_the_operator_did_names_nobody(chief, server):
    assert server.cli("user", "block", colleague(chief)["email"]).returncode == 0
    event = events(chief)[0]
    assert (event["action"], event["actor"], event["address"]) == ("user.blocked", None, "cli")


def test_log_of_another_company_is_not_there(chief, server):
    key = chief.create_key("Nightly")
    with Browser(server) as stranger:
        stranger.register()
        assert len(events(stranger)) == 1
        for filters in ({"target": "Nightly"}, {"target": key["id"]}, {"actor": chief.identity["user"]["id"]}):
            assert events(stranger, **filters) == []
        page = stranger.get(f"/settings/audit?target={key['id']}&person={chief.identity['user']['id']}")
        assert page.status_code == 200 and "Nightly" not in page.text
        assert "Nightly" not in stranger.get("/settings/audit/export?format=csv").text


def test_log_is_found_again_by_what_it_was_about_and_by_day(chief):
    nightly, weekly = chief.create_key("Ночной импорт"), chief.create_key("Weekly")
    chief.delete(f"/v1/keys/{nightly['id']}")
    assert [event["action"] for event in events(chief, target="НОЧНОЙ")] == ["key.deleted", "key.created"]
    assert [event["target"] for event in events(chief, target=weekly["id"])] == [weekly["id"]]
    assert [event["target"] for event in events(chief, target="weekl", action="key.created")] == [weekly["id"]]
    today = datetime.now(UTC).date()
    around = {"from": str(today - timedelta(days=1)), "to": str(today + timedelta(days=1))}
    assert events(chief, **around) == events(chief)
    assert events(chief, **{"from": str(today + timedelta(days=2))}) == []
    assert events(chief, to=str(today - timedelta(days=2))) == []
    assert_problem(chief.get("/v1/audit?from=2026-02-30"), 422, "date_invalid", "from")
    assert_problem(chief.get("/v1/audit?to=yesterday"), 422, "date_invalid", "to")


def test_page_names_the_platforms_roles_in_the_readers_language(server):
    with Browser(server) as chief:
        chief.register(language="ru")
        pavel = colleague(chief)
        chief.patch(f"/v1/users/{pavel['id']}", json={"role_id": role_of(chief, "Editor")})
        page = chief.get("/settings/audit").text
        assert f"<bdi>{pavel['email']}, Наблюдатель</bdi>" in page
        assert "<bdi>Наблюдатель</bdi>" in page and "<bdi>Редактор</bdi>" in page
        assert "Viewer" not in page and "Editor" not in page


def test_log_is_for_those_who_may_read_the_settings(chief, server):
    pavel = colleague(chief, "Editor")
    with Browser(server) as editor:
        editor.log_in(pavel["email"], PASSWORD)
        assert_problem(editor.get("/v1/audit"), 403, "missing_permission")
        for path in ("/settings/audit", "/settings/audit/export?format=csv"):
            response = editor.get(path)
            assert response.status_code == 403
            assert "Settings: read" in response.text and "administrator" in response.text
        assert 'href="/settings/audit"' not in editor.get("/").text
    assert 'href="/settings/audit"' in chief.get("/").text
    assert httpx.get(server.url + "/settings/audit").headers["location"] == "/login?next=%2Fsettings%2Faudit"
