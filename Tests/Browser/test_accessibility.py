"""axe finds nothing, on any page, whatever window is open, in light and dark; and windows keep the focus."""

import pytest
from playwright.sync_api import expect

from support.tour import WHO, walk
from support.visits import Visit

# axe asks for the names of dialogs by role, and not of the element.
NAMELESS = """() => [...document.querySelectorAll("dialog:modal")]
    .filter((one) => !one.ariaLabel && !document.getElementById(one.getAttribute("aria-labelledby"))?.innerText.trim())
    .map((one) => `a window without a name: ${one.outerHTML.slice(0, 120)}`)"""


def findings(visit: Visit, shades: list[str]) -> list[str]:
    """What axe finds in one shade after the other; an empty one is what the browser was started with."""
    found = []
    for shade in shades:
        if shade:
            visit.page.emulate_media(color_scheme=shade)
        found += [f"{shade} {finding}" for finding in visit.axe_findings()]
    return found + visit.page.evaluate(NAMELESS)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(
    ("kind", "shades"), [("chromium", ["dark", "light"]), ("firefox", [""]), ("firefox-dark", [""])]
)
def test_axe_finds_nothing_wherever_one_comes(new_visit, household, kind, language, shades, who):
    visit = new_visit(kind, language)
    found = [
        f"{stop.name}: {finding}"
        for stop in walk(visit, household(language), who)
        for finding in findings(visit, shades)
    ]
    assert not found, "\n".join(found)


def test_firefox_in_the_dark_is_dark(new_visit):
    """Else the test above would say the same twice."""
    seen = {}
    for kind in ("firefox", "firefox-dark"):
        visit = new_visit(kind)
        visit.go("/login")
        seen[kind] = visit.page.evaluate("getComputedStyle(document.body).color")
    assert seen["firefox"] != seen["firefox-dark"]


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
