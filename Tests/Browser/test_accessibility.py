"""axe finds nothing, on any page, whatever window is open, in light and dark; and the keyboard alone is enough."""

import pytest
from playwright.sync_api import expect

from support.client import verify
from support.visits import Visit

SIGNED_OUT = ["/", "/login", "/register", "/docs", "/nothing-here"]
SIGNED_IN = [
    "/",
    "/settings",
    "/settings/keys",
    "/settings/keys?query=nothing",
    "/settings/keys/new",
    "/settings/keys/delete?all=true",
]


@pytest.fixture(params=["light", "dark"])
def shade(request, new_visit, language) -> Visit:
    return new_visit("chromium", language, color_scheme=request.param)


def assert_accessible(visit: Visit) -> None:
    assert visit.axe_findings() == []


def test_signed_out_pages(shade):
    for path in SIGNED_OUT:
        shade.go(path)
        assert_accessible(shade)


def test_pages_that_refuse(shade):
    shade.go("/login")
    shade.page.locator("form").first.evaluate("form => form.noValidate = true")
    shade.page.get_by_label(shade.words.email, exact=True).fill("nobody@example.com")
    shade.page.get_by_label(shade.words.password, exact=True).fill("wrong-password")
    shade.button(shade.words.log_in).click()
    expect(shade.page.get_by_label(shade.words.email, exact=True)).to_have_value("nobody@example.com")
    assert_accessible(shade)


def test_signed_in_pages(shade):
    shade.sign_in()
    shade.keys_page()
    assert_accessible(shade)
    key = shade.api.create_key("Used")
    shade.api.create_key("Waiting", await_confirmation=True)
    verify(shade.server, key["key"])
    for path in SIGNED_IN:
        shade.go(path)
        for details in shade.page.locator("details").all():
            details.evaluate("part => part.open = true")
        assert_accessible(shade)


def test_windows(shade):
    shade.sign_in()
    for number in range(11):
        shade.api.create_key(f"Key {number}")
    shade.keys_page()
    shade.page.get_by_role("checkbox", name=shade.words.row_box("Key 3"), exact=True).check()
    assert_accessible(shade)
    shade.button(shade.words.delete_all).click()
    expect(shade.window).to_be_visible()
    assert_accessible(shade)
    shade.page.keyboard.press("Escape")
    shade.open_create()
    assert_accessible(shade)
    shade.submit().click()
    expect(shade.name_field()).to_have_attribute("aria-invalid", "true")
    assert_accessible(shade)
    shade.name_field().fill("Import")
    shade.submit().click()
    shade.shown_key()
    assert_accessible(shade)
    shade.box.check()
    expect(shade.done).to_be_enabled()
    assert_accessible(shade)


def focus_by_tab(visit: Visit, locator, key: str = "Tab", limit: int = 60) -> None:
    """Presses Tab until the control has the focus, and checks that one sees it."""
    for _ in range(limit):
        if locator.evaluate("control => control === document.activeElement"):
            break
        visit.page.keyboard.press(key)
    expect(locator).to_be_focused()
    seen = locator.evaluate(
        """control => [control, control.closest('label'), control.parentElement].filter(Boolean).some((element) => {
            const style = getComputedStyle(element);
            return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
        })"""
    )
    assert seen, "the focus cannot be seen"


def test_keyboard_alone_is_enough(visit):
    words, page = visit.words, visit.page
    focus_by_tab(visit, visit.button(words.create_key).first)
    page.keyboard.press("Enter")
    expect(visit.name_field()).to_be_focused()
    page.keyboard.type("Nightly import")
    focus_by_tab(visit, visit.submit())
    page.keyboard.press("Enter")
    key = visit.shown_key()
    copy = visit.button(words.copy_key)
    focus_by_tab(visit, copy)
    page.keyboard.press("Enter")
    focus_by_tab(visit, visit.box)
    page.keyboard.press("Space")
    expect(visit.done).to_be_enabled()
    focus_by_tab(visit, visit.done)
    page.keyboard.press("Enter")
    expect(visit.window).to_be_hidden()
    assert verify(visit.server, key).status_code == 200
    expect(visit.row("Nightly import")).to_be_visible()

    focus_by_tab(visit, page.get_by_role("checkbox", name=words.row_box("Nightly import")))
    page.keyboard.press("Space")
    focus_by_tab(visit, visit.button(words.delete_selected), key="Shift+Tab")  # the bar stands above the table
    page.keyboard.press("Enter")
    expect(visit.window).to_be_visible()
    focus_by_tab(visit, visit.window.get_by_role("button", name="Delete", exact=False).last)
    page.keyboard.press("Enter")
    expect(visit.rows).to_have_count(0)


def test_focus_stays_in_the_window(visit):
    visit.open_create()
    for _ in range(25):
        visit.page.keyboard.press("Tab")
        inside = "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        assert visit.page.evaluate(inside)


def test_focus_comes_back_to_the_button_that_opened_the_window(visit):
    visit.open_create()
    visit.page.keyboard.press("Escape")
    expect(visit.window).to_be_hidden()
    expect(visit.button(visit.words.create_key).first).to_be_focused()
