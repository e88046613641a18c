"""The keyboard alone is enough: for the way to a key, for one's settings, and for all that an administrator does."""

import re

import pytest
from playwright.sync_api import Page, expect

from support.client import PASSWORD, Browser, refusal, unique, verify
from support.keyboard import Keyboard
from support.roles import add_colleague, add_role, role_named
from support.visits import Visit


@pytest.fixture
def chief(new_visit, kind) -> Visit:
    visit = new_visit(kind).sign_in()
    visit.keyboard = Keyboard(visit.page)
    return visit


def link(page: Page, name: str):
    return page.get_by_role("main").get_by_role("link", name=name, exact=True)


def button(page: Page, name: str | re.Pattern):
    return page.get_by_role("main").get_by_role("button", name=name, exact=isinstance(name, str))


def go_by_bar(visit: Visit, name: str) -> None:
    """By the bar at the side, and then past it."""
    visit.keyboard.activate(visit.page.locator(".side-bar").get_by_role("link", name=name, exact=True))
    expect(visit.page.get_by_role("heading", level=1)).to_have_text(name)
    visit.keyboard.activate(visit.page.locator("a.skip"))


def is_done(visit: Visit, text: str) -> None:
    expect(visit.page.get_by_role("main").get_by_role("status").filter(has_text=text)).to_be_visible()


def test_the_way_from_the_first_page_to_a_key_and_its_deletion(new_visit, kind):
    visit = new_visit(kind)
    words, page, keys = visit.words, visit.page, Keyboard(visit.page)
    visit.keyboard = keys
    visit.go("/")
    keys.activate(page.get_by_role("link", name=words.register, exact=True).first)
    email = f"{unique('irina')}@example.com"
    for label, text in (
        (words.name, "Irina Volkova"), (words.email, email), (words.password, PASSWORD), (words.company, "Acme"),
    ):  # fmt: skip
        keys.fill(page.get_by_label(label, exact=True), text)
    keys.press("Enter")
    expect(page).to_have_url(visit.origin + "/")
    keys.activate(page.locator("summary").filter(has_text=words.for_developers))
    keys.activate(visit.button(words.open).or_(link(page, words.open)))
    keys.activate(button(page, words.create_key).first)
    expect(visit.name_field()).to_be_focused()
    keys.type("Nightly import")
    keys.activate(visit.submit())
    key = visit.shown_key()
    keys.activate(visit.button(words.copy_key))
    keys.activate(visit.box, "Space")
    expect(visit.done).to_be_enabled()
    keys.activate(visit.done)
    expect(visit.window).to_be_hidden()
    assert verify(visit.server, key).status_code == 200
    keys.activate(page.get_by_role("button", name=words.row_bin("Nightly import")))
    expect(visit.window).to_be_visible()
    keys.activate(visit.window.get_by_role("button", name=re.compile("^Delete")))
    expect(visit.rows).to_have_count(0)
    assert refusal(verify(visit.server, key)) == "deleted"
    keys.activate(page.get_by_role("button", name=words.log_out, exact=True), "Enter")
    expect(page.get_by_role("link", name=words.log_in, exact=True).first).to_be_visible()


def test_somebody_is_invited_given_another_role_blocked_unblocked_and_removed(chief, new_visit, kind):
    page, keys = chief.page, chief.keyboard
    chief.go("/")
    go_by_bar(chief, "Users")
    keys.activate(link(page, "Invite"))
    email = f"{unique('pavel')}@example.com"
    keys.fill(page.get_by_label("E-mail", exact=True), email)
    keys.choose(page.get_by_label("Role", exact=True), "View")
    keys.activate(button(page, "Invite"))
    address = page.get_by_label("Invitation link")
    keys.activate(button(page, "Copy link"))

    guest = new_visit(kind)
    guest.page.goto(address.input_value())
    theirs = Keyboard(guest.page)
    theirs.fill(guest.page.get_by_label("Name", exact=True), "Pavel Orlov")
    theirs.fill(guest.page.get_by_label("Password", exact=True), PASSWORD)
    theirs.press("Enter")
    expect(guest.page).to_have_url(guest.origin + "/")

    page.bring_to_front()  # Firefox gives its keys to one window
    go_by_bar(chief, "Users")
    keys.activate(link(page, "Pavel Orlov"))
    keys.choose(page.get_by_label("Role", exact=True), "Edit")
    keys.activate(button(page, "Save"))
    is_done(chief, "Saved")
    assert "Editor" in page.get_by_label("Role", exact=True).locator("option:checked").inner_text()
    keys.activate(link(page, "Block"))
    keys.activate(button(page, "Block"))
    is_done(chief, "Blocked. No server accepts their keys any more.")
    guest.go("/settings")
    expect(guest.page).to_have_url(re.compile("/login"))
    page.bring_to_front()
    keys.activate(button(page, "Unblock"))
    is_done(chief, "Unblocked.")
    keys.activate(link(page, "Remove"))
    keys.activate(button(page, "Remove"))
    is_done(chief, "Removed. No server accepts their keys any more.")
    expect(chief.rows).to_have_count(1)


def test_a_role_is_added_by_the_matrix_changed_and_deleted_once_its_people_have_another(chief):
    page, keys = chief.page, chief.keyboard
    chief.go("/settings")
    go_by_bar(chief, "Roles")
    keys.activate(link(page, "Add role"))
    name = unique("Operator")
    keys.fill(page.get_by_label("Role name"), name)
    keys.press("Tab")
    expect(page.get_by_role("checkbox", name="Devices: create")).to_be_focused()
    keys.press("ArrowRight", "Space")  # Devices: read
    keys.press("ArrowDown", "Space")  # Content: read
    keys.activate(button(page, "Add role"))
    is_done(chief, "The role is added")
    role = role_named(chief.api, name)
    assert role["permissions"] == ["devices:read", "content:read"]
    colleague, _ = add_colleague(chief.api, role["id"])
    colleague.close()

    keys.reach(page.get_by_label("Role name"))
    keys.press("Tab", "Space")  # Devices: create, where one comes into the matrix
    keys.activate(button(page, "Preview changes"))
    expect(page.get_by_role("heading", name="What will change")).to_be_visible()
    keys.activate(button(page, "Apply"))
    is_done(chief, "Applied.")
    assert len(role_named(chief.api, name)["permissions"]) == 3

    keys.activate(link(page, "Delete role"))
    keys.activate(link(page, "Show these users"))
    keys.activate(link(page, "Boris Ivanov"))
    keys.choose(page.get_by_label("Role", exact=True), "View")
    keys.activate(button(page, "Save"))
    is_done(chief, "Saved")
    go_by_bar(chief, "Roles")
    keys.activate(link(page, name))
    keys.activate(link(page, "Delete role"))
    keys.activate(button(page, "Delete role"))
    is_done(chief, "The role is deleted.")


def test_the_log_is_filtered_and_taken_along(new_visit):
    """In Chromium alone: Playwright hears of no download of Debian's Firefox."""
    visit = new_visit().sign_in()
    page, keys = visit.page, Keyboard(visit.page)
    visit.keyboard = keys
    visit.api.create_key("Nightly import")
    visit.go("/")
    go_by_bar(visit, "Audit log")
    keys.choose(page.get_by_label("What was done", exact=True), "Key cr")
    keys.fill(page.get_by_label("About", exact=True), "nightly")
    keys.press("Enter")
    expect(page.locator("td.what")).to_have_count(1)
    keys.reach(link(page, "Download CSV"))
    with page.expect_download() as download:
        keys.press("Enter")
    assert "Nightly import" in download.value.path().read_text("utf-8-sig")


def test_a_colleagues_key_is_deleted(chief):
    page, keys = chief.page, chief.keyboard
    role = add_role(chief.api, "devices:read", "api-keys:create")
    colleague, _ = add_colleague(chief.api, role["id"])
    lobby = colleague.create_key("Lobby")["key"]
    colleague.close()
    chief.go("/")
    go_by_bar(chief, "Company keys")
    keys.fill(page.get_by_label("User", exact=True), "Boris")
    keys.activate(button(page, "Show"))
    expect(chief.rows).to_have_count(1)
    keys.activate(page.get_by_role("checkbox", name="Select all keys"), "Space")
    keys.activate(chief.button(chief.words.delete_selected))
    expect(chief.window).to_be_visible()
    keys.activate(chief.window.get_by_role("button", name="Delete key"))
    is_done(chief, "Deleted.")
    assert refusal(verify(chief.server, lobby)) == "deleted"


def test_settings_are_changed(chief):
    page, keys, api = chief.page, chief.keyboard, chief.api
    with Browser(chief.server) as elsewhere:
        elsewhere.log_in(api.email, PASSWORD)
        chief.go("/")
        go_by_bar(chief, "Settings")
        keys.fill(page.get_by_label("Name", exact=True), "Irina Petrova")
        keys.press("Enter")
        is_done(chief, "Saved")
        keys.activate(link(page, "Sign out everywhere else"))
        keys.activate(button(page, "Sign out everywhere else"))
        is_done(chief, "Signed out everywhere else.")
        assert elsewhere.get("/v1/me").status_code == 401
    keys.fill(page.get_by_label("Current password", exact=True), PASSWORD)
    keys.fill(page.get_by_label("New password", exact=True), PASSWORD + "-2")
    keys.press("Enter")
    is_done(chief, "password")
    keys.reach(page.get_by_label("Language", exact=True))
    keys.press("ArrowDown")
    keys.activate(button(page, "Save").last)
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(page.get_by_label("Имя", exact=True)).to_have_value("Irina Petrova")
