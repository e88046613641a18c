"""From a phone to a desk: nothing runs off the side, and targets can be hit by a thumb."""

import pytest
from playwright.sync_api import expect

from support.visits import Visit

PATHS = ["/", "/settings", "/settings/keys", "/settings/keys/new", "/settings/keys/delete?all=true"]


@pytest.fixture(params=[390, 768, 1280])
def width(request) -> int:
    return request.param


@pytest.fixture
def sized(new_visit, kind, language, width) -> Visit:
    return new_visit(kind, language, viewport={"width": width, "height": 800})


def test_nothing_runs_off_the_side(sized):
    for path in ("/", "/login", "/register", "/docs", "/nothing-here"):
        sized.go(path)
        assert not sized.has_sideways_scroll(), path
    sized.sign_in()
    for name in ("x" * 100, "Очень длинное название ключа для ночного импорта " * 2, "Short"):
        sized.api.create_key(name.strip())
    for path in PATHS:
        sized.go(path)
        for details in sized.page.locator("details").all():
            details.evaluate("part => part.open = true")
        assert not sized.has_sideways_scroll(), path


def test_windows_fit_the_screen(sized):
    sized.sign_in().keys_page()
    sized.reveal("Import")
    box = sized.window.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= sized.page.viewport_size["width"]
    assert box["y"] >= 0 and box["y"] + box["height"] <= sized.page.viewport_size["height"]
    assert not sized.has_sideways_scroll()
    sized.done.scroll_into_view_if_needed()
    expect(sized.done).to_be_in_viewport()


def test_buttons_of_a_phone_are_big_enough(new_visit):
    """24 CSS pixels is the least that WCAG 2.2 allows (2.5.8); ours aim at 44."""
    visit = new_visit("chromium", viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True).sign_in()
    visit.api.create_key("Import")
    visit.keys_page()
    for button in visit.page.get_by_role("button").all():
        if button.is_visible():
            box = button.bounding_box()
            assert box["width"] >= 40 and box["height"] >= 40, button.evaluate("button => button.outerHTML")
