"""A key is given some of its owner's rights in the window, shows them in words, and follows its owner's role."""

import re

import pytest
from playwright.sync_api import Locator, expect

from support.client import PASSWORD, Browser, refusal, unique, verify
from support.visits import Visit

ONLY_SOME = {"en": "Only some", "ru": "Только некоторые"}
OPERATOR = ["devices:read", "devices:delete", "content:read", "api-keys:create", "api-keys:read"]


def choose_some(visit: Visit) -> None:
    visit.window.get_by_role("radio", name=ONLY_SOME[visit.words.language]).check()


def right(visit: Visit, name: str) -> Locator:
    return visit.window.get_by_role("checkbox", name=name, exact=True)


def permissions(visit: Visit, key: str) -> list[str]:
    return verify(visit.server, key).json()["permissions"]


def colleague(visit: Visit, rights: list[str]) -> tuple[Browser, str]:
    """Somebody of the same company in a role of these rights, signed in; and the role's id."""
    role = visit.api.post("/v1/roles", json={"name": unique("Operator"), "permissions": rights}).json()["id"]
    person = Browser(visit.server)
    form = {"name": "Pavel", "email": f"{unique('pavel')}@example.com", "role_id": role, "password": PASSWORD}
    assert visit.api.post("/v1/users", json=form).status_code == 201
    person.log_in(form["email"], PASSWORD)
    return person, role


def set_rights(visit: Visit, role: str, rights: list[str]) -> None:
    assert visit.api.patch(f"/v1/roles/{role}", json={"permissions": rights}).status_code == 200


@pytest.fixture
def operator(visit) -> Visit:
    """The keys page of a person whose role an administrator, `visit.api`, can change."""
    person, visit.role = colleague(visit, OPERATOR)
    visit.take_session(person)
    visit.operator = person
    return visit.keys_page()


# Choosing


def test_subset_is_chosen_with_the_keyboard_alone(visit):
    visit.open_create()
    keyboard = visit.page.keyboard
    keyboard.type("Dashboard")
    visit.window.get_by_role("radio", name=re.compile("^Everything")).focus()
    keyboard.press("ArrowDown")
    expect(visit.window.get_by_role("radio", name="Only some")).to_be_checked()
    visit.window.get_by_role("button", name="Nothing", exact=True).focus()
    keyboard.press("Enter")
    keyboard.press("Tab")
    if not right(visit, "Devices: create").evaluate("box => box === document.activeElement"):
        keyboard.press("Tab")  # the matrix itself is a stop: one scrolls it with the arrows
    expect(right(visit, "Devices: create")).to_be_focused()
    for key in ("ArrowRight", "Space", "ArrowDown", "Space", "End", "Home"):
        keyboard.press(key)
    expect(right(visit, "Content: create")).to_be_focused()
    keyboard.press("Tab")
    expect(visit.window.get_by_role("button", name="Cancel")).to_be_focused()
    visit.submit().press("Enter")
    key = visit.shown_key()
    visit.finish()
    assert permissions(visit, key) == ["devices:read", "content:read"]
    assert refusal(verify(visit.server, key, permission="devices:create")) == "missing_permission"


def test_everything_is_the_default_and_follows_the_role(operator):
    key = operator.reveal("All")
    operator.finish()
    assert set(permissions(operator, key)) == set(OPERATOR)
    set_rights(operator, operator.role, ["devices:read", "reports:read"])
    assert permissions(operator, key) == ["devices:read", "reports:read"]


def test_read_only_is_one_click(visit):
    visit.open_create()
    visit.name_field().fill("Reader")
    choose_some(visit)
    visit.window.get_by_role("button", name="Read only").click()
    visit.submit().click()
    key = visit.shown_key()
    visit.finish()
    assert permissions(visit, key) and all(name.endswith(":read") for name in permissions(visit, key))
    expect(visit.row("Reader")).to_contain_text("All sections: read")


def test_key_without_any_right_is_refused_with_a_sentence(visit):
    visit.open_create()
    visit.name_field().fill("Nothing")
    choose_some(visit)
    visit.window.get_by_role("button", name="Nothing", exact=True).click()
    visit.submit().click()
    expect(visit.window).to_contain_text("opens nothing")
    expect(right(visit, "Devices: create")).to_be_focused()
    assert visit.api.get("/v1/keys").json()["total"] == 0


def test_ticks_survive_a_look_at_everything_but_not_another_key(visit):
    visit.open_create()
    choose_some(visit)
    right(visit, "Devices: delete").uncheck()
    visit.window.get_by_role("radio", name=re.compile("^Everything")).check()
    expect(right(visit, "Devices: delete")).to_have_count(0)
    choose_some(visit)
    expect(right(visit, "Devices: delete")).not_to_be_checked()
    visit.page.keyboard.press("Escape")
    visit.button("Discard").click()
    visit.open_create()
    expect(visit.window.get_by_role("radio", name=re.compile("^Everything"))).to_be_checked()
    choose_some(visit)
    expect(right(visit, "Devices: delete")).to_be_checked()


def test_only_what_the_owner_has_is_offered(operator):
    operator.open_create()
    names = [box.get_attribute("value") for box in operator.window.locator("[name=permissions]").all()]
    assert set(names) == set(OPERATOR)


def test_right_lost_while_the_window_was_open_is_named_and_nothing_typed_is_lost(operator):
    operator.open_create()
    operator.name_field().fill("Screens")
    choose_some(operator)
    right(operator, "Content: read").uncheck()
    set_rights(operator, operator.role, [name for name in OPERATOR if name != "devices:delete"])
    operator.submit().click()
    expect(operator.window).to_contain_text("not yours any more: Devices: delete")
    expect(operator.name_field()).to_have_value("Screens")
    expect(right(operator, "Devices: delete")).to_have_count(0)
    expect(right(operator, "Content: read")).not_to_be_checked()
    operator.submit().click()
    key = operator.shown_key()
    operator.finish()
    assert set(permissions(operator, key)) == {"devices:read", "api-keys:create", "api-keys:read"}


def place_of_window(visit: Visit) -> list[int]:
    """Its layout's left, top, width and height, whatever animation it is in."""
    return visit.window.evaluate(
        "window => [window.offsetLeft, window.offsetTop, window.offsetWidth, window.offsetHeight]"
    )


@pytest.mark.parametrize("is_chosen", [False, True])
@pytest.mark.parametrize("size", [(1280, 900), (1280, 640), (390, 800)])
def test_window_keeps_its_place_and_size_in_both_steps(new_visit, kind, size, is_chosen):
    """And where rights are chosen one by one, the list of them is below what does not move."""
    visit = new_visit(kind, viewport={"width": size[0], "height": size[1]}).sign_in().keys_page()
    visit.open_create()
    places = [place_of_window(visit)]
    if is_chosen:
        *before, height = places.pop()
        choose_some(visit)
        places.append(place_of_window(visit))
        assert places[0][:3] == before and places[0][3] >= height
        assert places[0][1] + places[0][3] <= size[1]
    visit.name_field().fill("Import")
    visit.submit().click()
    visit.shown_key()
    for tab in ("Python", "Go", "curl"):
        visit.window.get_by_text(tab, exact=True).click()
        places.append(place_of_window(visit))
    assert places == [places[0]] * len(places)
    assert not visit.has_sideways_scroll()


# The list


def test_list_tells_each_keys_rights_in_words(new_visit, language):
    visit = new_visit("chromium", language).sign_in()
    visit.api.create_key("All")
    visit.api.create_key("Some", permissions=["devices:read", "devices:create", "content:read"])
    four = ["devices:read", "content:read", "reports:read", "users:read"]
    visit.api.create_key("Four", permissions=four)
    visit.keys_page()
    told = {
        "en": ("Everything you may do", "Devices: read and create; Content: read", "and 2 more sections"),
        "ru": ("Всё, что разрешено вам", "Устройства: чтение и создание; Контент: чтение", "и ещё 2 раздела"),
    }[language]
    expect(visit.row("All")).to_contain_text(told[0])
    expect(visit.row("Some")).to_contain_text(told[1])
    visit.row("Four").get_by_text(told[2]).click()
    expect(visit.row("Four").get_by_text({"en": "Reports: read", "ru": "Отчёты: чтение"}[language])).to_be_visible()


def test_badge_comes_when_the_role_takes_a_right_and_goes_when_it_gives_it_back(operator):
    key = operator.operator.create_key("Screens", permissions=["devices:read", "devices:delete"])
    operator.keys_page()
    row = operator.row("Screens")
    expect(row).to_contain_text("Devices: read and delete")
    expect(row).not_to_contain_text("Fewer rights")

    set_rights(operator, operator.role, ["devices:read", "api-keys:read"])
    assert operator.operator.key(key["id"])["lost_permissions"] == ["devices:delete"]
    assert refusal(verify(operator.server, key["key"], permission="devices:delete")) == "missing_permission"
    operator.keys_page()
    expect(row).to_contain_text("Devices: read")
    row.get_by_text("Fewer rights").click()
    expect(row.get_by_text("Devices: delete", exact=False)).to_be_visible()

    set_rights(operator, operator.role, OPERATOR)
    assert operator.operator.key(key["id"])["lost_permissions"] == []
    assert verify(operator.server, key["key"], permission="devices:delete").status_code == 200
    operator.keys_page()
    expect(row).not_to_contain_text("Fewer rights")


# Without scripts


@pytest.fixture
def plain(new_visit, language) -> Visit:
    visit = new_visit("chromium", language, java_script_enabled=False).sign_in()
    visit.go("/settings/keys/new")
    visit.page.get_by_label(visit.words.columns[0], exact=True).fill("Import")
    return visit


def submit_plain(visit: Visit) -> None:
    visit.button(visit.words.create_key).last.click()


def test_subset_works_without_script(plain):
    plain.page.get_by_role("radio", name=ONLY_SOME[plain.words.language]).check()
    for box in plain.page.locator("[name=permissions]:not([value='devices:read'])").all():
        box.uncheck()
    submit_plain(plain)
    key = plain.page.locator("[readonly]").input_value()
    plain.box.check()
    plain.done.click()
    assert permissions(plain, key) == ["devices:read"]


def test_unticked_rights_are_never_given_because_everything_was_chosen_after_all(plain):
    plain.page.get_by_role("radio", name=ONLY_SOME[plain.words.language]).check()
    plain.page.locator("[value='devices:delete']").uncheck()
    plain.page.get_by_role("radio").first.check()
    submit_plain(plain)
    expect(plain.page.locator("#permissions-fault")).not_to_be_empty()
    expect(plain.page.locator("[value='devices:delete']")).not_to_be_checked()
    expect(plain.page.get_by_label(plain.words.columns[0], exact=True)).to_have_value("Import")
    assert plain.api.get("/v1/keys").json()["total"] == 0


def test_nothing_chosen_without_script_is_refused_with_a_sentence(plain):
    plain.page.get_by_role("radio", name=ONLY_SOME[plain.words.language]).check()
    for box in plain.page.locator("[name=permissions]").all():
        box.uncheck()
    submit_plain(plain)
    expect(plain.page.locator("#permissions-fault")).not_to_be_empty()
    assert plain.api.get("/v1/keys").json()["total"] == 0
