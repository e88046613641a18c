"""The API keys page by single keys of the keyboard, which can be switched off (WCAG 2.1.4)."""

import pytest
from playwright.sync_api import expect

from support.visits import Visit


@pytest.fixture
def three(visit) -> Visit:
    """Three keys, the newest on top: Gamma, Beta, Alpha."""
    for name in ("Alpha", "Beta", "Gamma"):
        visit.api.create_key(name)
    return visit.keys_page()


def press(visit: Visit, *keys: str) -> None:
    for key in keys:
        visit.page.keyboard.press(key)


def test_slash_goes_to_the_search_and_types_nothing(three):
    press(three, "/")
    search = three.page.get_by_role("searchbox")
    expect(search).to_be_focused()
    press(three, "n", "x", "/")
    expect(search).to_have_value("nx/")
    expect(three.window).to_be_hidden()


def test_n_opens_the_window_in_which_it_is_a_letter(three):
    press(three, "n")
    expect(three.name_field()).to_be_focused()
    press(three, "n", "?")
    expect(three.name_field()).to_have_value("n?")


def test_arrows_move_between_rows_and_x_selects(three):
    press(three, "ArrowDown")
    expect(three.row_box("Gamma")).to_be_focused()
    press(three, "ArrowDown", "ArrowDown", "ArrowDown")
    expect(three.row_box("Alpha")).to_be_focused()
    press(three, "ArrowUp", "x")
    expect(three.row_box("Beta")).to_be_checked()
    press(three, "x")
    expect(three.row_box("Beta")).not_to_be_checked()


def test_delete_asks_about_the_row_and_about_what_is_selected(three):
    press(three, "Delete")
    expect(three.window).to_be_hidden()
    press(three, "ArrowDown", "Delete")
    expect(three.window).to_contain_text("Gamma")
    press(three, "Escape")
    expect(three.window).to_be_hidden()
    three.row_box("Gamma").focus()
    press(three, "x", "ArrowDown", "x", "ArrowDown", "Delete")
    expect(three.window).to_contain_text("Delete 2 keys?")
    press(three, "n", "x", "ArrowDown")
    expect(three.window).to_contain_text("Delete 2 keys?")


def test_question_mark_lists_the_keys_and_there_they_are_switched_off_for_good(three):
    press(three, "?")
    expect(three.window).to_contain_text("Keyboard shortcuts")
    three.window.get_by_role("checkbox").uncheck()
    press(three, "Escape")
    for _ in range(2):
        press(three, "n", "?", "/")
        expect(three.window).to_be_hidden()
        expect(three.page.get_by_role("searchbox")).not_to_be_focused()
        three.page.reload()
    three.button("Keyboard shortcuts").click()
    three.window.get_by_role("checkbox").check()
    press(three, "Escape", "n")
    expect(three.name_field()).to_be_focused()


def test_russian_keyboard_has_them_in_the_same_places(three):
    press_key = """([key, code]) =>
        document.body.dispatchEvent(new KeyboardEvent("keydown", {key, code, bubbles: true}))"""
    three.page.evaluate(press_key, ["т", "KeyN"])
    expect(three.name_field()).to_be_focused()
    press(three, "Escape")
    three.page.evaluate(press_key, [",", "Slash"])
    expect(three.window).to_contain_text("Keyboard shortcuts")
    press(three, "Escape")
    three.page.evaluate(press_key, [".", "Slash"])
    expect(three.page.get_by_role("searchbox")).to_be_focused()


def test_keys_of_the_browser_stay_its_own(three):
    press(three, "Control+n", "Alt+x", "Shift+ArrowDown")
    expect(three.window).to_be_hidden()
    expect(three.all_box).not_to_be_checked()
