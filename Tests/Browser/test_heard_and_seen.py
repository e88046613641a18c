"""Those who listen hear what has been done, and those who need more contrast, or colours of their own, see it."""

import pytest
from playwright.sync_api import expect

from support.visits import Visit

PAGES = ["/", "/settings", "/settings/keys", "/settings/users", "/settings/roles", "/nothing-here"]


def live_region(visit: Visit):
    return visit.page.locator("[aria-live=polite]:not(main *)")


def test_place_of_announcements_is_on_every_page_from_the_beginning(new_visit):
    visit = new_visit()
    for path in ["/", "/login", "/register"]:
        visit.go(path)
        expect(live_region(visit)).to_have_count(1)
    visit.sign_in()
    for path in PAGES:
        visit.go(path)
        # Hidden by no style, or a screen reader would not know it.
        expect(live_region(visit)).to_have_css("display", "block")
        expect(live_region(visit)).to_have_css("visibility", "visible")


def test_what_was_done_is_said_in_the_place_that_was_there(visit):
    visit.api.create_key("Lobby")
    visit.keys_page()
    visit.page.evaluate("window.region = document.querySelector('body > [aria-live]')")
    visit.row("Lobby").get_by_role("button", name=visit.words.row_bin("Lobby")).click()
    visit.window.get_by_role("button", name="Delete", exact=False).last.click()
    expect(live_region(visit)).to_contain_text("Deleted.")
    assert visit.page.evaluate("window.region.isConnected && window.region.innerText.includes('Deleted.')")


def test_notice_that_a_page_brings_is_said_after_it_has_come(visit):
    visit.go("/settings")
    visit.page.get_by_label(visit.words.name, exact=True).fill("Irina Petrova")
    visit.page.get_by_label(visit.words.name, exact=True).press("Enter")
    shown = visit.page.locator("main .note.good")
    expect(shown).to_be_visible()
    expect(live_region(visit)).to_contain_text(shown.inner_text())


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_are_accessible_with_more_contrast(new_visit, theme):
    visit = new_visit(contrast="more", color_scheme=theme).sign_in()
    visit.api.create_key("Waiting", await_confirmation=True)
    for path in PAGES:
        visit.go(path)
        assert visit.axe_findings() == [], path
    line, text = visit.page.evaluate(
        """() => { const style = getComputedStyle(document.documentElement);
            return ['--grey-4', '--grey-8'].map((name) => style.getPropertyValue(name)) }"""
    )
    assert "#e3e6ec" not in line and "#565d6c" not in text


def test_what_grounds_said_is_said_by_lines_in_forced_colours(new_visit):
    visit = new_visit(forced_colors="active").sign_in()
    visit.api.create_key("Waiting", await_confirmation=True)
    visit.keys_page()
    visit.row_box("Waiting").check()
    here = visit.page.get_by_role("navigation").get_by_role("link", name=visit.words.api_keys, exact=True).first
    for marked in (visit.row("Waiting"), here):
        expect(marked).to_have_css("outline-style", "solid")
    expect(visit.page.locator(".badge").first).to_have_css("border-top-style", "solid")
    visit.open_create()
    expect(visit.submit()).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
