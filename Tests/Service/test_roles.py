"""Changing a role: what it would touch, that nothing is overwritten unseen, and that every key follows at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from support.client import Browser, assert_problem, refusal, unique, verify
from support.roles import add_colleague, add_role, administrator_role, role

STRANGE_IDS = ["rol_0000000000000", "rol_", "nothing", "key_0000000000000"]


def preview(browser: Browser, role_id: str, **members):
    return browser.post(f"/v1/roles/{role_id}/preview", json=members)


# The preview


def test_preview_counts_the_people_and_the_keys_whose_rights_change_and_changes_nothing(member, server):
    made = add_role(member, "devices:read", "devices:delete", "api-keys:create")
    boris, _ = add_colleague(member, made["id"])
    vera, _ = add_colleague(member, made["id"])
    keys = [boris.create_key(), boris.create_key(permissions=["devices:delete"]), vera.create_key()]
    vera.create_key(permissions=["devices:read"])  # has nothing of what is taken
    vera.create_key(await_confirmation=True)
    deleted = vera.create_key()
    assert vera.delete(f"/v1/keys/{deleted['id']}").status_code == 200

    answer = preview(member, made["id"], permissions=["devices:read", "api-keys:create", "reports:read"])
    assert answer.status_code == 200, answer.text
    assert answer.json() == {"people": 2, "keys": 3, "takes": ["devices:delete"], "gives": ["reports:read"]}
    assert role(member, made["id"]) == made | {"users": 2}
    assert all(verify(server, key["key"], "devices:delete").status_code == 200 for key in keys)


def test_preview_passes_over_the_keys_of_those_who_are_blocked(member):
    made = add_role(member, "devices:read", "api-keys:create")
    boris, boris_id = add_colleague(member, made["id"])
    boris.create_key()
    member.patch(f"/v1/users/{boris_id}", json={"blocked": True})
    assert preview(member, made["id"], permissions=[]).json()["keys"] == 0


def test_preview_of_a_new_name_touches_no_key(member):
    made = add_role(member, "devices:read", "api-keys:create")
    boris, _ = add_colleague(member, made["id"])
    boris.create_key()
    answer = preview(member, made["id"], name=unique("renamed"))
    assert answer.json() == {"people": 1, "keys": 0, "takes": [], "gives": []}


def test_preview_refuses_what_the_change_would_refuse(member):
    made, other = add_role(member, "roles:update", "devices:read"), add_role(member)
    boris, _ = add_colleague(member, made["id"])
    viewer, _ = add_colleague(member, other["id"])
    for ask in (
        lambda browser, role_id, body: browser.patch(f"/v1/roles/{role_id}", json=body),
        lambda browser, role_id, body: browser.post(f"/v1/roles/{role_id}/preview", json=body),
    ):
        assert_problem(ask(member, made["id"], {"name": other["name"].upper()}), 409, "name_taken", "name")
        assert_problem(ask(member, made["id"], {"name": " "}), 422, "name_empty", "name")
        assert_problem(ask(member, made["id"], {"version": "0" * 16}), 409, "role_changed")
        assert_problem(ask(member, administrator_role(member)["id"], {}), 409, "role_built_in")
        assert_problem(ask(boris, made["id"], {"permissions": ["devices:delete"]}), 403, "permission_not_held")
        assert_problem(ask(viewer, made["id"], {}), 403, "missing_permission")
    # A right that is there already may stay, and may be taken.
    assert preview(boris, other["id"], permissions=["devices:read"]).json()["gives"] == ["devices:read"]


# Two tabs


def test_change_made_from_an_older_version_is_refused_and_overwrites_nothing(member):
    made = add_role(member, "devices:read")
    path = f"/v1/roles/{made['id']}"
    first = member.patch(path, json={"permissions": ["devices:read", "reports:read"], "version": made["version"]})
    assert first.status_code == 200, first.text
    late = member.patch(path, json={"permissions": [], "version": made["version"]})
    assert_problem(late, 409, "role_changed")
    assert role(member, made["id"])["permissions"] == ["devices:read", "reports:read"]
    again = member.patch(path, json={"permissions": [], "version": first.json()["version"]})
    assert again.status_code == 200, again.text


def test_a_new_name_makes_a_new_version_too(member):
    made = add_role(member, "devices:read")
    renamed = member.patch(f"/v1/roles/{made['id']}", json={"name": unique("renamed")}).json()
    assert renamed["version"] != made["version"]


def test_of_many_changes_at_once_from_one_version_exactly_one_is_made(member):
    made = add_role(member)
    path, rights = f"/v1/roles/{made['id']}", ["devices:read", "reports:read", "content:read", "users:read"]

    def change(right: str) -> int:
        return member.patch(path, json={"permissions": [right], "version": made["version"]}).status_code

    with ThreadPoolExecutor(len(rights)) as pool:
        statuses = dict(zip(rights, pool.map(change, rights), strict=True))
    assert sorted(statuses.values()) == [200, 409, 409, 409]
    assert role(member, made["id"])["permissions"] == [right for right in rights if statuses[right] == 200]


def test_cycle_of_new_names_is_refused_until_one_steps_aside(member):
    one, two = add_role(member), add_role(member)

    def rename(made: dict, name: str):
        return member.patch(f"/v1/roles/{made['id']}", json={"name": name})

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(rename, [one, two] * 5, [two["name"], one["name"]] * 5))
    for answer in answers:
        assert_problem(answer, 409, "name_taken", "name")
    steps = [(one, unique("aside")), (two, one["name"]), (one, two["name"])]
    assert [rename(made, name).status_code for made, name in steps] == [200, 200, 200]


# Live keys


def test_right_that_a_role_loses_stops_counting_in_a_subset_and_counts_again_when_it_is_back(member, server):
    made = add_role(member, "devices:read", "devices:update", "api-keys:create")
    boris, _ = add_colleague(member, made["id"])
    key = boris.create_key(permissions=["devices:read", "devices:update"])["key"]
    path = f"/v1/roles/{made['id']}"
    assert verify(server, key, "devices:update").status_code == 200
    member.patch(path, json={"permissions": ["devices:read", "api-keys:create", "reports:read"]})
    assert refusal(verify(server, key, "devices:update")) == "missing_permission"
    assert verify(server, key).json()["permissions"] == ["devices:read"]
    member.patch(path, json={"permissions": made["permissions"] + ["reports:read"]})
    assert verify(server, key, "devices:update").status_code == 200
    assert refusal(verify(server, key, "reports:read")) == "missing_permission"


# Other companies, and those who may not


def test_roles_of_another_company_are_like_roles_that_do_not_exist(member, server):
    made = add_role(member, "devices:read")
    with Browser(server) as stranger:
        stranger.register()
        for role_id in [made["id"], *STRANGE_IDS]:
            page = f"/settings/roles/{role_id}"
            answers = [
                preview(stranger, role_id, name="Stolen"),
                stranger.get(page),
                stranger.post(page, data={"name": "Stolen", "step": "apply"}),
                stranger.get(f"{page}/delete"),
                stranger.post(f"{page}/delete"),
            ]
            assert [answer.status_code for answer in answers] == [404] * 5, role_id
        assert stranger.get("/settings/roles/new", params={"from": made["id"]}).status_code == 404
        assert made["name"] not in stranger.get("/settings/roles").text
    assert role(member, made["id"])["name"] == made["name"]


@pytest.mark.parametrize("right", [None, "roles:read"])
def test_pages_say_which_right_is_lacking_and_do_nothing(member, right):
    made = add_role(member, *([right] if right else []))
    boris, _ = add_colleague(member, made["id"])
    page = f"/settings/roles/{made['id']}"
    statuses = [boris.get(path).status_code for path in ("/settings/roles", "/settings/roles/matrix.xlsx", page)]
    assert statuses == ([200] * 3 if right else [403] * 3)
    for answer in (
        boris.post(page, data={"name": "Mine", "step": "apply"}),
        boris.post("/settings/roles", data={"name": "Mine"}),
        boris.get("/settings/roles/new"),
        boris.get(f"{page}/delete"),
        boris.post(f"{page}/delete"),
    ):
        assert answer.status_code == 403
        assert "Your role lacks the right" in answer.text
    assert boris.post(page, data={}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert role(member, made["id"])["name"] == made["name"]


def test_address_that_names_nothing_tells_nothing_to_those_who_lack_the_right(member):
    boris, _ = add_colleague(member, add_role(member)["id"])
    for path in ("/settings/roles/nothing", "/settings/roles/nothing/delete", "/settings/users/nothing"):
        assert boris.get(path).status_code == 403
        assert member.get(path).status_code == 404


def test_page_that_refuses_to_delete_a_role_does_not_say_that_nobody_has_it(member):
    made = add_role(member, "devices:read")
    page = f"/settings/roles/{made['id']}/delete"
    claim = "Nobody has it."
    assert claim in member.get(page).text
    invitation = {"email": f"{unique('boris')}@example.com", "role_id": made["id"]}
    assert member.post("/v1/invitations", json=invitation).status_code == 201
    refused = member.post(page)
    assert refused.status_code == 409
    assert 'class="note bad"' in refused.text and claim not in refused.text


def test_names_of_colleagues_are_shown_only_to_those_who_may_see_users(member):
    made = add_role(member, "roles:read", "roles:update", "devices:read")
    boris, _ = add_colleague(member, made["id"], name="Boris the Quiet")
    fields = {"name": made["name"], "version": made["version"], "right": ["roles:read", "roles:update"]}
    page = f"/settings/roles/{made['id']}"
    seen, hidden = member.post(page, data=fields), boris.post(page, data=fields)
    assert "This takes Devices: read from 1 person" in seen.text and "This takes Devices: read" in hidden.text
    assert "Boris the Quiet" in seen.text
    main = hidden.text[hidden.text.index("<main") :]  # the bar beside it bears his own name
    assert "Boris the Quiet" not in main and "/settings/users" not in main


def test_form_with_nonsense_is_no_fault_of_ours(member):
    made = add_role(member, "devices:read")
    page = f"/settings/roles/{made['id']}"
    bodies = [
        {},
        {"step": "dance", "right": ["nothing:read", "", "devices"], "name": made["name"]},
        {"step": "apply", "name": "a" * 101, "version": made["version"]},
        {"step": "apply", "name": "a\x00b", "version": made["version"]},
        {"step": "apply", "name": made["name"], "version": "\x00"},
        {"step": "preview", "name": made["name"], "right": ["devices:read"] * 3000, "version": made["version"]},
    ]
    statuses = [member.post(page, data=body).status_code for body in bodies]
    assert all(status in (200, 303, 409, 422) for status in statuses), statuses
    assert role(member, made["id"])["permissions"] == ["devices:read"]
