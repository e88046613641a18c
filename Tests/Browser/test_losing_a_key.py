"""Every way of losing a new key by accident that we could think of: none of them works."""

import pytest
from playwright.sync_api import Error, expect

from support.client import refusal, unique, verify

# Closing the window


def test_esc_does_not_close_the_window(visit):
    key = visit.reveal()
    for _ in range(4):
        visit.page.keyboard.press("Escape")
        visit.still_shows(key)


def test_click_outside_does_not_close_the_window(visit):
    key = visit.reveal()
    for place in ((5, 5), (5, 600), (1270, 10)):
        visit.page.mouse.click(*place)
        visit.still_shows(key)


def test_window_has_no_other_way_out_than_done(visit):
    key = visit.reveal()
    expect(visit.done).to_be_disabled()
    for button in visit.window.get_by_role("button").all():
        if (
            button.is_visible()
            and button.is_enabled()
            and not button.evaluate("button => button.inert || !!button.closest('[inert]')")
        ):
            button.click()
            visit.still_shows(key)


def test_enter_does_not_complete_what_the_box_has_not(visit):
    key = visit.reveal()
    visit.box.focus()
    visit.page.keyboard.press("Enter")
    visit.page.locator(":is(input, textarea)[readonly]:visible").press("Enter")
    visit.still_shows(key)
    assert refusal(verify(visit.server, key)) == "not_copied"


def test_page_behind_the_window_is_out_of_reach(visit):
    key = visit.reveal()
    with pytest.raises(Error):
        visit.button(visit.words.delete_all).click(timeout=500)
    visit.still_shows(key)


def test_only_the_box_makes_the_key_work(visit):
    key = visit.reveal("Import")
    assert refusal(verify(visit.server, key)) == "not_copied"
    visit.finish()
    assert verify(visit.server, key).status_code == 200
    expect(visit.row("Import")).to_be_visible()


def test_unticking_the_box_takes_done_away_again(visit):
    visit.reveal()
    visit.box.check()
    expect(visit.done).to_be_enabled()
    visit.box.uncheck()
    expect(visit.done).to_be_disabled()


# Leaving the page


def test_reload_asks_first(visit):
    key = visit.reveal()
    asked = visit.answer_dialogs(stay=True)
    with pytest.raises(Error):
        visit.page.reload(timeout=2000)
    assert asked == ["beforeunload"]
    visit.still_shows(key)


def test_back_asks_first(new_visit, kind):
    visit = new_visit(kind).sign_in()
    visit.go("/settings")
    visit.keys_page()
    key = visit.reveal()
    asked = visit.answer_dialogs(stay=True)
    with visit.page.expect_event("dialog"):
        visit.page.evaluate("() => { setTimeout(() => history.back()) }")
    visit.still_shows(key)
    assert asked == ["beforeunload"]


def test_closing_the_tab_asks_first(visit):
    key = visit.reveal()
    asked = visit.answer_dialogs(stay=True)
    with visit.page.expect_event("dialog"):
        visit.page.close(run_before_unload=True)
    visit.still_shows(key)
    assert asked == ["beforeunload"]


def test_leaving_all_the_same_leaves_a_row_that_says_so(visit):
    key = visit.reveal("Abandoned")
    visit.answer_dialogs(stay=False)
    visit.page.reload()
    expect(visit.row("Abandoned")).to_contain_text("not copied", ignore_case=True)
    assert key not in visit.everything()
    assert refusal(verify(visit.server, key)) == "not_copied"
    visit.row("Abandoned").get_by_role("button", name=visit.words.row_bin("Abandoned")).click()
    visit.window.get_by_role("button", name="Delete").click()
    expect(visit.row("Abandoned")).to_have_count(0)


def test_nothing_asks_once_the_key_is_copied(visit):
    visit.reveal()
    visit.finish()
    asked = visit.answer_dialogs(stay=True)
    visit.page.reload()
    assert asked == []


# Afterwards


def test_key_is_nowhere_in_the_page_once_it_is_done(visit):
    key = visit.reveal()
    visit.finish()
    assert key not in visit.everything()
    visit.open_create()
    assert key not in visit.everything()


def test_back_never_shows_the_key_again(visit):
    key = visit.reveal()
    visit.finish()
    visit.go("/settings")
    visit.page.go_back()
    expect(visit.button(visit.words.delete_all)).to_be_visible()
    assert key not in visit.everything()
    visit.page.go_forward()
    assert key not in visit.everything()


def test_back_to_a_page_that_was_left_in_the_middle_never_shows_the_key(visit):
    key = visit.reveal(unique("left"))
    visit.answer_dialogs(stay=False)
    visit.go("/settings")
    visit.page.go_back()
    expect(visit.button(visit.words.delete_all)).to_be_visible()
    assert key not in visit.everything()
    expect(visit.box).to_be_hidden()
