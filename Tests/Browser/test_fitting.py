"""Every page and window fits: on a small phone, with text twice as large, and without moving while it loads."""

import pytest

from support.fitting import misfits, shifts
from support.tour import WHO, walk
from support.visits import Visit

# A tour has a hundred stops; a busy machine may take its time.
pytestmark = pytest.mark.timeout(600)
PHONE, SMALL_PHONE, DESK = 390, 320, 1280
DEFAULT_SIZE = 16  # of text, as browsers come, in CSS pixels


def resize(visit: Visit, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 800})


def set_text_size(visit: Visit, times: int) -> None:
    """What a reader sets for all pages, which `rem` follows. In Chromium; a Firefox is started with its size."""
    protocol = visit.context.new_cdp_session(visit.page)
    protocol.send("Page.setFontSizes", {"fontSizes": {"standard": DEFAULT_SIZE * times, "fixed": 13 * times}})


def assert_nothing(found: dict[str, list[str]]) -> None:
    lines = [f"{name}: {fault}" for name, faults in found.items() for fault in faults]
    assert not lines, "\n".join(lines)


@pytest.mark.parametrize("who", WHO)
def test_nothing_runs_off_a_small_phone(new_visit, household, kind, language, who):
    visit = new_visit(kind, language, viewport={"width": SMALL_PHONE, "height": 640})
    found = {stop.name: misfits(visit) for stop in walk(visit, household(language), who)}
    assert_nothing(found)


@pytest.mark.parametrize("who", WHO)
def test_text_of_twice_the_size_is_all_there(new_visit, household, kind, language, who):
    visit = new_visit({"chromium": kind, "firefox": "firefox-large"}[kind], language)
    if kind == "chromium":
        set_text_size(visit, 2)
    found = {}
    for stop in walk(visit, household(language), who):
        for width in (PHONE, DESK):
            resize(visit, width)
            found[f"{stop.name} at {width}"] = misfits(visit)
        assert visit.page.evaluate("getComputedStyle(document.documentElement).fontSize") == f"{2 * DEFAULT_SIZE}px"
    assert_nothing(found)


@pytest.mark.parametrize("width", [SMALL_PHONE, PHONE])
def test_bar_of_the_api_page_has_room_for_text_of_twice_the_size(new_visit, kind, width):
    """The bar floats over the page, so nobody else looks whether its own parts lie over each other."""
    visit = new_visit({"chromium": kind, "firefox": "firefox-large"}[kind])
    if kind == "chromium":
        set_text_size(visit, 2)
    resize(visit, width)
    visit.go("/docs")
    visit.page.locator(".call").first.wait_for()
    name, button = (visit.page.locator(part).bounding_box() for part in (".docs-brand", ".docs-menu > summary"))
    assert name["x"] + name["width"] <= button["x"] or name["y"] + name["height"] <= button["y"]
    assert button["x"] + button["width"] <= width


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_nothing_moves_while_a_page_loads(new_visit, household, language, width, who):
    """As on a first visit: nothing is kept from the page before."""
    visit = new_visit("chromium", language, viewport={"width": width, "height": 800})
    visit.context.new_cdp_session(visit.page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    found = {}
    for stop in walk(visit, household(language), who):
        if not stop.steps:
            found[stop.name] = shifts(visit)
    assert_nothing(found)
