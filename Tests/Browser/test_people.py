"""People in real browsers: invited, come in, blocked, removed; by the keyboard alone, and on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from support.client import PASSWORD, Browser, unique
from support.roles import role_of
from support.visits import Visit


@pytest.fixture
def people(new_visit, kind) -> Visit:
    """An administrator on the page of the people, in each of the browsers."""
    visit = new_visit(kind).sign_in()
    visit.go("/settings/users")
    return visit


def add_person(browser: Browser, name: str, role: str = "Viewer") -> dict:
    form = {"name": name, "email": f"{unique('pavel')}@example.com", "password": PASSWORD}
    answer = browser.post("/v1/users", json=form | {"role_id": role_of(browser, role)})
    assert answer.status_code == 201, answer.text
    return answer.json()


def invite(visit: Visit, email: str, role: str = "Viewer") -> str:
    """Invites by the page, and returns the link that it shows."""
    page = visit.page
    page.get_by_role("link", name="Invite", exact=True).click()
    page.get_by_label("E-mail", exact=True).fill(email)
    page.get_by_label("Role", exact=True).select_option(label=role)
    visit.button("Invite").click()
    expect(page.get_by_role("heading", name=f"{email} is invited")).to_be_visible()
    expect(page.get_by_text("No mail is sent from here. Pass the link on yourself.")).to_be_visible()
    return page.get_by_label("Invitation link").input_value()


def join(page: Page, link: str, name: str = "Pavel Orlov") -> None:
    page.goto(link)
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Join", exact=True).click()


def test_somebody_is_invited_and_comes_in_with_their_role(people, new_visit, kind):
    email = f"{unique('pavel')}@example.com"
    link = invite(people, email, "Editor")
    people.page.get_by_role("link", name="Done", exact=True).click()
    expect(people.page.get_by_role("region", name=re.compile("^Invitations"))).to_contain_text(email)
    guest = new_visit(kind)
    guest.page.goto(link)
    expect(guest.page.get_by_role("heading", name="Join Northern Lights")).to_be_visible()
    expect(guest.page.get_by_text("Your role will be Editor.")).to_be_visible()
    expect(guest.page.get_by_label("E-mail", exact=True)).to_have_value(email)
    join(guest.page, link)
    expect(guest.page).to_have_url(guest.origin + "/")
    guest.go("/settings")
    expect(guest.page.get_by_text("Editor", exact=True)).to_be_visible()
    people.go("/settings/users")
    expect(people.row("Pavel Orlov")).to_contain_text("Editor")
    expect(people.page.get_by_text(re.compile("^Invitations"))).to_have_count(0)
    again = new_visit(kind)
    again.page.goto(link)
    expect(again.page.get_by_text("This invitation has been used already.")).to_be_visible()


def test_a_new_link_takes_the_old_ones_place_and_withdrawing_ends_it(people, new_visit, kind):
    email = f"{unique('pavel')}@example.com"
    old = invite(people, email)
    people.go("/settings/users")
    people.button(f"New link for {email}").click()
    new = people.page.get_by_label("Invitation link").input_value()
    assert new != old
    guest = new_visit(kind)
    guest.page.goto(old)
    expect(guest.page.get_by_text("This link does not work any more.")).to_be_visible()
    people.go("/settings/users")
    people.page.get_by_role("link", name=f"Withdraw the invitation of {email}").click()
    people.button("Withdraw").click()
    expect(people.page.get_by_text("Withdrawn. The link does not work any more.")).to_be_visible()
    guest.page.goto(new)
    expect(guest.page.get_by_text("This link does not work any more.")).to_be_visible()


def test_the_link_is_copied_or_said_not_to_be(people):
    link = invite(people, f"{unique('pavel')}@example.com")
    if people.context.browser.browser_type.name == "chromium":
        people.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=people.origin)
    people.button("Copy link").click()
    expect(people.page.get_by_text("Copied", exact=True)).to_be_visible()
    people.page.get_by_label("Invitation link").evaluate("field => field.readOnly = false")
    people.page.get_by_label("Invitation link").fill("")
    people.page.keyboard.press("ControlOrMeta+V")
    expect(people.page.get_by_label("Invitation link")).to_have_value(link)


def test_what_was_done_to_somebody_is_said_once(people):
    add_person(people.api, "Pavel Orlov")
    people.page.reload()
    people.page.get_by_role("link", name="Pavel Orlov").click()
    people.page.get_by_role("link", name="Block", exact=True).click()
    people.button("Block").click()
    expect(people.page.get_by_text("Blocked. No server accepts their keys any more.")).to_be_visible()
    people.page.reload()
    expect(people.page.get_by_text("No server accepts their keys any more.")).to_have_count(0)
    people.button("Unblock").click()
    expect(people.page.get_by_text("Unblocked.")).to_be_visible()


def test_removing_asks_first_and_then_they_are_gone(people):
    add_person(people.api, "Pavel Orlov")
    people.page.reload()
    people.page.get_by_role("link", name="Pavel Orlov").click()
    people.page.get_by_role("link", name="Remove", exact=True).click()
    people.page.get_by_role("link", name="Cancel").click()
    expect(people.page.get_by_role("heading", name="Pavel Orlov")).to_be_visible()
    people.page.get_by_role("link", name="Remove", exact=True).click()
    people.button("Remove").click()
    expect(people.page.get_by_text("Removed. No server accepts their keys any more.")).to_be_visible()
    expect(people.rows).to_have_count(1)


def test_choosing_a_filter_is_enough(people):
    add_person(people.api, "Pavel Orlov")
    people.page.reload()
    expect(people.rows).to_have_count(2)
    people.page.get_by_label("Role", exact=True).select_option(label="Viewer")
    expect(people.rows).to_have_count(1)
    expect(people.page).to_have_url(re.compile(r"/settings/users\?role=rol_\w+$"))
    people.page.get_by_label("Name or e-mail").fill("nobody")
    people.page.keyboard.press("Enter")
    people.page.get_by_role("link", name="Show everybody").click()
    expect(people.rows).to_have_count(2)


def test_the_keyboard_alone_is_enough_to_invite(people):
    email = f"{unique('pavel')}@example.com"
    press_until_focused(people.page, "a[href='/settings/users/invite']")
    people.page.keyboard.press("Enter")
    press_until_focused(people.page, "#email")
    people.page.keyboard.type(email)
    people.page.keyboard.press("Enter")
    expect(people.page.get_by_role("heading", name=f"{email} is invited")).to_be_visible()
    press_until_focused(people.page, "[data-copies-link]")
    press_until_focused(people.page, "main a.primary")
    people.page.keyboard.press("Enter")
    expect(people.page.get_by_text(email)).to_be_visible()


def press_until_focused(page: Page, selector: str) -> None:
    page.locator(selector).wait_for()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the Tab key does not lead to {selector}")


def test_everything_works_without_scripts(new_visit):
    visit = new_visit("chromium", java_script_enabled=False).sign_in()
    visit.go("/settings/users")
    link = invite(visit, f"{unique('pavel')}@example.com")
    expect(visit.page.get_by_role("button", name="Copy link")).to_have_count(0)
    guest = new_visit("chromium", java_script_enabled=False)
    join(guest.page, link)
    expect(guest.page).to_have_url(guest.origin + "/")
    visit.go("/settings/users")
    visit.page.get_by_role("link", name="Pavel Orlov").click()
    visit.page.get_by_role("link", name="Remove", exact=True).click()
    visit.button("Remove").click()
    expect(visit.rows).to_have_count(1)


def paths(visit: Visit) -> list[str]:
    """Every page about people, with what makes each as full as it gets."""
    person = add_person(visit.api, "Очень длинное имя человека " * 3)
    visit.api.patch(f"/v1/users/{person['id']}", json={"blocked": True})
    form = {"email": f"{unique('a' * 50)}@a-rather-long-name-of-a-host.example.com"}
    invitation = visit.api.post("/v1/invitations", json=form | {"role_id": role_of(visit.api, "Viewer")}).json()
    me = visit.api.get("/v1/me").json()["user"]["id"]
    token = invitation["link"].rsplit("/", 1)[1]
    return [
        "/settings/users", "/settings/users?query=nothing", "/settings/users/invite", f"/settings/users/{me}",
        f"/settings/users/{person['id']}", f"/settings/users/{me}/block", f"/settings/users/{me}/remove",
        f"/settings/users/invitations/{invitation['id']}/withdraw", f"/invitations/{token}", "/invitations/gone",
    ]  # fmt: skip


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_runs_off_the_side(new_visit, language, width):
    visit = new_visit("chromium", language, viewport={"width": width, "height": 800}).sign_in()
    for path in paths(visit):
        visit.go(path)
        assert not visit.has_sideways_scroll(), path
