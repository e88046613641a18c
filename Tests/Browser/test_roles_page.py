"""The roles in real browsers: the list, the matrix by keyboard, the preview, and what a change does to live keys."""

import re

import pytest
from playwright.sync_api import Locator, expect

from support.client import refusal, unique, verify
from support.roles import add_colleague, add_role, administrator_role, role, role_named
from support.visits import Visit

APPLIED = "Applied. Every key already follows."


@pytest.fixture
def visit(new_visit, kind) -> Visit:
    """Somebody signed in who may change every role but one, in each of the browsers."""
    return new_visit(kind).sign_in()


def open_role(visit: Visit, made: dict) -> None:
    visit.go(f"/settings/roles/{made['id']}")


def box(visit: Visit, name: str) -> Locator:
    return visit.page.get_by_role("checkbox", name=name, exact=True)


def chosen(visit: Visit) -> set[str]:
    return set(visit.page.locator("[name=right]:checked").evaluate_all("boxes => boxes.map((box) => box.value)"))


def preview(visit: Visit) -> None:
    visit.button("Preview changes").click()
    expect(visit.page.get_by_role("heading", name="What will change")).to_be_visible()


# The matrix


def test_arrow_keys_move_in_the_matrix_and_space_switches(visit):
    open_role(visit, add_role(visit.api, "devices:read"))
    press = visit.page.keyboard.press
    visit.page.get_by_label("Role name").focus()
    press("Tab")
    expect(box(visit, "Devices: create")).to_be_focused()
    press("ArrowRight")
    press("ArrowDown")
    press("Space")
    expect(box(visit, "Content: read")).to_be_focused()
    expect(box(visit, "Content: read")).to_be_checked()
    press("ArrowUp")
    press("Space")
    expect(box(visit, "Devices: read")).not_to_be_checked()
    for key, name in (
        ("End", "Devices: delete"), ("Home", "All of Devices"), ("ArrowUp", "Everything in every section"),
        ("ArrowLeft", "Everything in every section"), ("Control+End", "API keys: delete"),
        ("ArrowDown", "API keys: delete"), ("Control+Home", "Everything in every section"),
    ):  # fmt: skip
        press(key)
        expect(box(visit, name)).to_be_focused()
    press("Tab")  # the matrix is one stop, and the way on leads out of it
    expect(visit.button("Preview changes")).to_be_focused()
    press("Shift+Tab")
    expect(box(visit, "Everything in every section")).to_be_focused()
    assert chosen(visit) == {"content:read"}


def test_boxes_of_a_row_and_a_column_switch_all_of_it(visit):
    open_role(visit, add_role(visit.api, "devices:read"))
    whole, column = box(visit, "All of Devices"), box(visit, "Read everywhere")
    expect(whole).to_have_js_property("indeterminate", True)
    whole.check()
    assert chosen(visit) == {f"devices:{action}" for action in ("create", "read", "update", "delete")}
    column.check()
    assert len(chosen(visit)) == 4 + 9
    box(visit, "Reports: read").uncheck()
    expect(column).to_have_js_property("indeterminate", True)
    whole.uncheck()
    assert len(chosen(visit)) == 8
    box(visit, "Everything in every section").check()
    assert len(chosen(visit)) == 40
    preview(visit)
    expect(visit.page.get_by_role("main")).to_contain_text("This gives 39 rights.")


def test_administrator_is_fixed_and_says_why(visit):
    open_role(visit, administrator_role(visit.api))
    boxes = visit.page.get_by_role("checkbox")
    expect(boxes).to_have_count(40)
    for one in boxes.all():
        expect(one).to_be_checked()
        expect(one).to_be_disabled()
    main = visit.page.get_by_role("main")
    expect(main).to_contain_text("The Administrator has every right and cannot be changed")
    expect(main.get_by_role("button")).to_have_count(0)
    expect(main.get_by_role("link", name="Delete role")).to_have_count(0)


def test_rights_that_the_editor_lacks_cannot_be_given(visit):
    own = add_role(visit.api, "roles:read", "roles:update", "roles:create", "devices:read")
    other = add_role(visit.api, "reports:read")
    boris, _ = add_colleague(visit.api, own["id"])
    visit.take_session(boris)
    open_role(visit, other)
    locked = box(visit, "Devices: delete")
    expect(locked).to_be_disabled()
    expect(locked).to_have_accessible_description(re.compile("You do not have"))
    expect(box(visit, "Devices: read")).to_be_enabled()
    expect(box(visit, "Reports: read")).to_be_enabled()  # it is there already
    box(visit, "Everything in every section").check()
    assert chosen(visit) == {"reports:read", *own["permissions"]}
    preview(visit)
    visit.button("Apply").click()
    expect(visit.page.get_by_role("status")).to_have_text(APPLIED)
    assert set(role(visit.api, other["id"])["permissions"]) == {"reports:read", *own["permissions"]}
    visit.go(f"/settings/roles/new?from={administrator_role(visit.api)['id']}")
    expect(visit.page.get_by_role("main")).to_contain_text("Left out, since you do not have it yourself")
    assert chosen(visit) == set(own["permissions"])


# A change, from the form to the keys


def test_preview_names_whom_it_touches_and_applying_reaches_a_live_key_at_its_next_verify(visit):
    made = add_role(visit.api, "devices:read", "devices:delete", "api-keys:create", name=unique("Operator"))
    people = [add_colleague(visit.api, made["id"], name=f"Person {number:02}")[0] for number in range(12)]
    keys = [person.create_key()["key"] for person in people[:7]]
    open_role(visit, made)
    box(visit, "Devices: delete").uncheck()
    box(visit, "Reports: read").check()
    preview(visit)
    main = visit.page.get_by_role("main")
    expect(main).to_contain_text("This takes Devices: delete from 12 people and 7 live keys.")
    expect(main).to_contain_text("This gives Reports: read to 12 people and 7 live keys.")
    names = main.get_by_role("listitem").filter(has_text="Person")
    expect(names).to_have_text([f"Person {number:02}" for number in range(10)])
    expect(main).to_contain_text("and 2 more")
    assert all(verify(visit.server, key, "devices:delete").status_code == 200 for key in keys)

    visit.button("Apply").click()
    expect(visit.page.get_by_role("status")).to_have_text(APPLIED)
    assert {refusal(verify(visit.server, key, "devices:delete")) for key in keys} == {"missing_permission"}
    assert all(verify(visit.server, key, "reports:read").status_code == 200 for key in keys)
    visit.page.reload()
    expect(visit.page.get_by_text(APPLIED)).to_have_count(0)


def test_going_back_to_editing_keeps_what_was_typed(visit):
    made = add_role(visit.api, "devices:read")
    open_role(visit, made)
    name = unique("Renamed <role> & “more”")
    visit.page.get_by_label("Role name").fill(name)
    box(visit, "Content: update").check()
    preview(visit)
    expect(visit.page.get_by_role("main")).to_contain_text(f"The name changes from “{made['name']}” to “{name}”.")
    visit.button("Back to editing").click()
    expect(visit.page.get_by_label("Role name")).to_have_value(name)
    assert chosen(visit) == {"devices:read", "content:update"}
    assert role(visit.api, made["id"])["name"] == made["name"]


def test_two_tabs_never_overwrite_each_other(visit):
    made = add_role(visit.api, "devices:read", "reports:read")
    open_role(visit, made)
    box(visit, "Devices: update").check()
    preview(visit)
    other = visit.api.patch(f"/v1/roles/{made['id']}", json={"permissions": ["reports:read", "content:read"]})
    assert other.status_code == 200
    visit.button("Apply").click()
    main = visit.page.get_by_role("main")
    expect(main.get_by_role("heading", level=1)).to_have_text("The role was changed meanwhile")
    expect(main.locator("section").first).to_contain_text("Content: read")
    expect(main.locator("section").last).to_contain_text("Devices: read and update")
    assert role(visit.api, made["id"])["permissions"] == ["content:read", "reports:read"]

    visit.button("Continue with my version").click()
    assert chosen(visit) == {"devices:read", "devices:update", "reports:read"}
    preview(visit)
    expect(main).to_contain_text("This takes Content: read.")
    visit.button("Apply").click()
    expect(visit.page.get_by_role("status")).to_have_text(APPLIED)
    assert role(visit.api, made["id"])["permissions"] == ["devices:read", "devices:update", "reports:read"]


def test_name_that_another_role_bears_is_refused_and_stays_in_the_field(visit):
    made, other = add_role(visit.api, "devices:read"), add_role(visit.api)
    open_role(visit, made)
    field = visit.page.get_by_label("Role name")
    field.fill(other["name"].upper())
    box(visit, "Content: read").check()
    visit.button("Preview changes").click()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("Another role has this name"))
    expect(field).to_have_value(other["name"].upper())
    expect(field).to_be_focused()
    assert chosen(visit) == {"devices:read", "content:read"}


def test_form_without_a_change_says_so(visit):
    open_role(visit, add_role(visit.api, "devices:read"))
    visit.button("Preview changes").click()
    expect(visit.page.get_by_role("status")).to_contain_text("Nothing is different yet")


# Adding, copying, deleting


def test_copy_of_a_role_has_its_rights_and_a_name_of_its_own(visit):
    made = add_role(visit.api, "devices:read", "reports:read", name=unique("Operator"))
    open_role(visit, made)
    visit.page.get_by_role("link", name="Clone").click()
    field = visit.page.get_by_label("Role name")
    expect(field).to_have_value(f"Copy of {made['name']}")
    assert chosen(visit) == {"devices:read", "reports:read"}
    name = unique("Night operator")
    field.fill(name)
    visit.button("Add role").click()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text(name)
    expect(visit.page.get_by_role("status")).to_contain_text("The role is added")
    copy = role_named(visit.api, name)
    assert (copy["permissions"], copy["users"]) == (made["permissions"], 0)


def test_role_is_deleted_only_when_nobody_has_it(visit):
    made = add_role(visit.api, "devices:read", name=unique("Operator"))
    _, boris = add_colleague(visit.api, made["id"])
    open_role(visit, made)
    visit.page.get_by_role("link", name="Delete role").click()
    main = visit.page.get_by_role("main")
    expect(main).to_contain_text("1 person has this role")
    expect(main.get_by_role("button")).to_have_count(0)
    people = main.get_by_role("link", name="Show these users")
    expect(people).to_have_attribute("href", f"/settings/users?role={made['id']}")
    visit.api.delete(f"/v1/users/{boris}")
    visit.page.reload()
    visit.button("Delete role").click()
    expect(visit.page.get_by_role("status")).to_contain_text("The role is deleted.")
    expect(visit.page.get_by_role("link", name=made["name"])).to_have_count(0)


# The list


def test_role_is_found_among_200_while_its_name_is_typed(visit):
    for number in range(197):
        add_role(visit.api, "devices:read", name=f"Team {number:03}")
    visit.go("/settings/roles")
    expect(visit.rows).to_have_count(100)
    expect(visit.rows.first).to_contain_text("Administrator")
    visit.page.get_by_role("link", name="Next").click()
    expect(visit.rows.last).to_contain_text("Viewer")
    visit.page.get_by_role("searchbox").press_sequentially("team 17")
    expect(visit.rows).to_have_count(10)
    visit.page.get_by_role("link", name="Team 173").click()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("Team 173")
    visit.go("/settings/roles?query=nobody")
    expect(visit.page.get_by_role("main")).to_contain_text("No role has “nobody” in its name.")
