"""All keys of a company: found by whose they are and by what they may do now, and cut off together."""

import pytest

from support.client import PASSWORD, Browser, assert_problem, refusal, unique, verify

RIGHTS = ["devices:read", "devices:update", "reports:read", "api-keys:create"]


@pytest.fixture
def team(server):
    """An administrator, and a colleague with a role of a few rights."""
    with Browser(server) as chief, Browser(server) as pavel:
        chief.register()
        role = chief.post("/v1/roles", json={"name": "Operator", "permissions": RIGHTS}).json()
        form = {"name": "Pavel Orlov", "email": f"{unique('pavel')}@example.com", "password": PASSWORD}
        pavel.identity = chief.post("/v1/users", json=form | {"role_id": role["id"]}).json()
        assert pavel.log_in(form["email"], PASSWORD).status_code == 201
        yield chief, pavel, role["id"]


def names(chief: Browser, **filters) -> list[str]:
    response = chief.get("/v1/company/keys", params={"sort": "name"} | filters)
    assert response.status_code == 200, response.text
    page = response.json()
    assert page["total"] == len(page["keys"])
    return [key["name"] for key in page["keys"]]


def test_keys_are_found_by_their_user(team):
    chief, pavel, _ = team
    chief.create_key("Chief's")
    pavel.create_key("Pavel's")
    assert names(chief) == ["Chief's", "Pavel's"]
    assert names(chief, user=pavel.identity["id"]) == ["Pavel's"]
    assert names(chief, user="usr_0000000000001") == []
    assert_problem(chief.get("/v1/company/keys?user=Pavel"), 422, "invalid", "user")


def test_keys_are_found_by_what_they_may_do_at_this_moment(team):
    chief, pavel, role = team
    chief.create_key("A chief's")
    chief.create_key("B chief's devices", permissions=["devices:read"])
    pavel.create_key("C Pavel's")
    pavel.create_key("D Pavel's reports", permissions=["reports:read"])
    assert names(chief, permission="devices:read") == ["A chief's", "B chief's devices", "C Pavel's"]
    assert names(chief, permission="reports:read") == ["A chief's", "C Pavel's", "D Pavel's reports"]
    assert names(chief, permission="users:delete") == ["A chief's"]
    chief.patch(f"/v1/roles/{role}", json={"permissions": ["devices:read"]})
    assert names(chief, permission="reports:read") == ["A chief's"]
    chief.patch(f"/v1/roles/{role}", json={"permissions": RIGHTS})
    assert names(chief, permission="reports:read", user=pavel.identity["id"]) == ["C Pavel's", "D Pavel's reports"]
    assert_problem(chief.get("/v1/company/keys?permission=devices:fly"), 422, "invalid", "permission")


def test_filter_by_right_says_what_verify_says(team, server):
    chief, pavel, _ = team
    keys = {
        name: owner.create_key(name, **subset)["key"]
        for owner, name, subset in [
            (chief, "all", {}), (chief, "none", {"permissions": []}), (chief, "one", {"permissions": ["content:read"]}),
            (pavel, "role", {}), (pavel, "part", {"permissions": ["reports:read", "devices:read"]}),
        ]
    }  # fmt: skip
    for permission in ("devices:read", "devices:update", "content:read", "settings:read"):
        open_to = {name for name, key in keys.items() if verify(server, key, permission).status_code == 200}
        assert set(names(chief, permission=permission)) == open_to, permission


def test_several_keys_are_deleted_at_once_everywhere(team, server):
    chief, pavel, _ = team
    mine, his, left = chief.create_key("Mine"), pavel.create_key("His"), pavel.create_key("Left")
    answer = chief.post("/v1/company/keys/delete", json={"ids": [mine["id"], his["id"], "key_nothing", mine["id"]]})
    assert answer.status_code == 200
    assert answer.json()["deleted"] == 2 and answer.json()["nodes"] == {"acknowledged": 1, "fenced": 0}
    assert refusal(verify(server, mine["key"])) == refusal(verify(server, his["key"])) == "deleted"
    assert verify(server, left["key"]).status_code == 200
    events = chief.get("/v1/audit?action=key.deleted").json()["events"]
    assert {(event["target"], event["before"]) for event in events} == {(mine["id"], "Mine"), (his["id"], "His")}
    again = chief.post("/v1/company/keys/delete", json={"ids": [mine["id"]]})
    assert_problem(again, 404, "not_found")
    assert_problem(chief.post("/v1/company/keys/delete", json={"ids": []}), 404, "not_found")
    assert_problem(chief.post("/v1/company/keys/delete", json={}), 422, "required", "ids")


def test_keys_of_another_company_are_not_there(team, server):
    chief, pavel, _ = team
    key = pavel.create_key("His")
    with Browser(server) as stranger:
        stranger.register()
        stranger.create_key("Own")
        assert names(stranger) == ["Own"]
        assert names(stranger, user=pavel.identity["id"]) == []
        assert_problem(stranger.post("/v1/company/keys/delete", json={"ids": [key["id"]]}), 404, "not_found")
        assert "His" not in stranger.get(f"/settings/company-keys?user={pavel.identity['id']}").text
        asked = stranger.get(f"/settings/company-keys/delete?id={key['id']}")
        assert asked.status_code == 303 and "nothing-selected" in asked.headers["location"]
    assert verify(server, key["key"]).status_code == 200


def test_who_lacks_a_right_sees_and_deletes_nothing(team):
    chief, pavel, role = team
    key = chief.create_key("Chief's")
    for rights, sees in (([], False), (["users:read"], False), (["users:read", "api-keys:read"], True)):
        chief.patch(f"/v1/roles/{role}", json={"permissions": rights})
        assert pavel.get("/v1/company/keys").status_code == (200 if sees else 403)
        page = pavel.get("/settings/company-keys")
        assert page.status_code == (200 if sees else 403)
        assert ("Chief&#39;s" in page.text) == sees
        assert "checkbox" not in page.text
        form = {"id": key["id"]}
        assert pavel.post("/settings/company-keys/delete", data=form).status_code == 403
        assert_problem(pavel.post("/v1/company/keys/delete", json={"ids": [key["id"]]}), 403, "missing_permission")
    assert chief.key(key["id"])["status"] == "active"


def test_deleting_leads_back_to_the_list_one_came_from_and_nowhere_else(team):
    chief, _, _ = team
    for back, led in [
        ("/settings/company-keys?sort=name", "/settings/company-keys?sort=name&notice=deleted-one"),
        ("https://example.com/", "/settings/company-keys?notice=deleted-one"),
        ("/logout", "/settings/company-keys?notice=deleted-one"),
    ]:
        form = {"id": chief.create_key()["id"], "back": back}
        assert chief.post("/settings/company-keys/delete", data=form).headers["location"] == led
