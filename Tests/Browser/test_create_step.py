"""The first step of creating a key: nothing typed is lost by accident, and the day is chosen in the page's language."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, expect

from support.client import Browser
from support.visits import Visit

ONLY_SOME = "Only some"
KEPT = "JSON.stringify([{...sessionStorage}, {...localStorage}])"


def question(visit: Visit) -> Locator:
    return visit.page.locator("#discard-window")


def day_field(visit: Visit) -> Locator:
    return visit.window.get_by_label(visit.words.columns[3], exact=True)


def chosen(visit: Visit) -> Locator:
    """The field that keeps the day as the server wants it."""
    return visit.window.locator("input[type=date]")


# Losing what was typed


def test_esc_and_a_click_outside_ask_before_what_was_typed_is_lost(visit):
    visit.open_create()
    visit.name_field().fill("Import")
    for leave in (lambda: visit.page.keyboard.press("Escape"), lambda: visit.page.mouse.click(5, 300)):
        leave()
        expect(question(visit)).to_be_visible()
        visit.page.keyboard.press("Escape")
        expect(question(visit)).to_be_hidden()
        expect(visit.name_field()).to_have_value("Import")
    visit.page.keyboard.press("Escape")
    question(visit).get_by_role("button", name="Keep editing").click()
    expect(visit.name_field()).to_have_value("Import")
    visit.page.keyboard.press("Escape")
    question(visit).get_by_role("button", name="Discard").click()
    expect(visit.window).to_be_hidden()
    visit.open_create()
    expect(visit.name_field()).to_have_value("")


def test_esc_closes_at_once_where_nothing_was_typed(visit):
    visit.open_create()
    visit.page.keyboard.press("Escape")
    expect(visit.window).to_be_hidden()


def test_reload_keeps_what_was_typed(visit):
    visit.open_create()
    visit.name_field().fill("Import")
    visit.window.get_by_role("button", name="30 days").click()
    day = chosen(visit).input_value()
    visit.window.get_by_role("radio", name=ONLY_SOME).check()
    visit.window.get_by_role("checkbox", name="Devices: delete", exact=True).uncheck()
    visit.page.reload()
    expect(visit.name_field()).to_have_value("Import")
    expect(chosen(visit)).to_have_value(day)
    expect(visit.window.get_by_role("radio", name=ONLY_SOME)).to_be_checked()
    expect(visit.window.get_by_role("checkbox", name="Devices: delete", exact=True)).not_to_be_checked()
    expect(visit.window.get_by_role("checkbox", name="Devices: read", exact=True)).to_be_checked()


def test_back_keeps_what_was_typed(visit):
    visit.open_create()
    visit.name_field().fill("Import")
    visit.go("/settings")
    visit.page.go_back()
    expect(visit.name_field()).to_have_value("Import")


def test_draft_ends_with_cancel_and_with_the_key(visit):
    visit.open_create()
    visit.name_field().fill("Import")
    visit.window.get_by_role("button", name="Cancel").click()
    visit.page.reload()
    expect(visit.button(visit.words.delete_all)).to_be_visible()
    expect(visit.window).to_be_hidden()
    assert "Import" not in visit.page.evaluate(KEPT)
    key = visit.reveal("Export")
    kept = visit.page.evaluate(KEPT)
    assert "Export" not in kept and key not in kept


def test_key_typed_as_a_name_and_the_draft_of_another_person_are_not_kept(visit):
    visit.open_create()
    visit.name_field().fill("sp_" + "a1B2" * 9)
    assert "sp_a1B2" not in visit.page.evaluate(KEPT)
    visit.name_field().fill("Import")
    visit.context.clear_cookies()
    with Browser(visit.server) as other:
        other.register()
        visit.take_session(other)
    visit.page.reload()
    expect(visit.button(visit.words.delete_all)).to_be_visible()
    expect(visit.window).to_be_hidden()
    visit.open_create()
    expect(visit.name_field()).to_have_value("")


# The day


def test_day_is_written_and_told_in_the_pages_language(new_visit, language):
    visit = new_visit("chromium", language).sign_in().keys_page()
    visit.open_create()
    longest = chosen(visit).get_attribute("max")
    year, month, day = longest.split("-")
    expect(day_field(visit)).to_have_value(re.compile(f"^{int(day)} \\S+ {year}"))
    told = {"en": "through the end of the day", "ru": "до конца дня"}[language]
    expect(visit.window).to_contain_text(told)
    written = day_field(visit).input_value()
    for text in (f"{day}.{month}.{year}", f"{int(day)}/{int(month)}/{year}", longest, written.upper()):
        day_field(visit).fill("")
        expect(chosen(visit)).to_have_value("")
        day_field(visit).fill(text)
        expect(chosen(visit)).to_have_value(longest)
    day_field(visit).fill("soon")
    day_field(visit).press("Tab")
    expect(day_field(visit)).to_have_attribute("aria-invalid", "true")


def a_wednesday() -> date:
    """In the middle of a month to come: a week to and fro is the same month."""
    days = (date.today() + timedelta(days=40 + days) for days in range(70))
    return next(day for day in days if day.weekday() == 2 and 11 <= day.day <= 14)


def test_calendar_is_moved_about_by_the_keyboard(visit):
    visit.open_create()
    wednesday = a_wednesday()
    sunday = wednesday + timedelta(days=4)
    month_later = (sunday.replace(day=1) + timedelta(days=32)).replace(day=sunday.day)
    day_field(visit).fill(wednesday.isoformat())
    visit.window.get_by_role("button", name="Choose a day").click()
    calendar = visit.page.get_by_role("dialog", name="Choose a day")
    focused = "document.activeElement.dataset.day"
    assert visit.page.evaluate(focused) == wednesday.isoformat()
    moves = {"ArrowRight": 1, "ArrowDown": 8, "ArrowLeft": 7, "ArrowUp": 0, "Home": -2, "End": 4}
    for key, days in moves.items():
        visit.page.keyboard.press(key)
        assert visit.page.evaluate(focused) == (wednesday + timedelta(days=days)).isoformat(), key
    visit.page.keyboard.press("PageDown")
    assert visit.page.evaluate(focused) == month_later.isoformat()
    visit.page.keyboard.press("PageUp")
    assert visit.page.evaluate(focused) == sunday.isoformat()
    visit.page.keyboard.press("Escape")
    expect(calendar).to_have_count(0)
    expect(chosen(visit)).to_have_value(wednesday.isoformat())
    expect(visit.name_field()).to_be_visible()
    visit.window.get_by_role("button", name="Choose a day").press("Enter")
    visit.page.keyboard.press("ArrowDown")
    visit.page.keyboard.press("Enter")
    next_week = wednesday + timedelta(days=7)
    expect(chosen(visit)).to_have_value(next_week.isoformat())
    expect(day_field(visit)).to_have_value(f"{next_week:%-d %B %Y}")


def test_calendar_offers_no_day_on_which_a_key_may_not_end(visit):
    visit.open_create()
    longest = chosen(visit).get_attribute("max")
    visit.window.get_by_role("button", name="Choose a day").click()
    calendar = visit.page.get_by_role("dialog", name="Choose a day")
    visit.page.keyboard.press("ArrowRight")
    assert visit.page.evaluate("document.activeElement.dataset.day") == longest
    beyond = date.fromisoformat(longest) + timedelta(days=1)
    if beyond.day > 1:  # else it is in a month that the calendar does not turn to
        calendar.locator(f"[data-day='{beyond}']").click(force=True)  # else the tool waits until it can be chosen
    expect(calendar).to_be_visible()
    expect(chosen(visit)).to_have_value(longest)


# Its look


def test_rights_unfold_when_only_some_are_given(visit):
    visit.open_create()
    matrix = visit.window.locator("[data-matrix]")
    expect(matrix).to_be_hidden()
    visit.window.get_by_role("radio", name=ONLY_SOME).check()
    expect(matrix).to_be_visible()


@pytest.mark.parametrize("height", [844, 600])
def test_buttons_stay_in_sight_on_a_phone(new_visit, language, height):
    visit = new_visit("chromium", language, viewport={"width": 390, "height": height}).sign_in().keys_page()
    visit.open_create()
    expect(visit.submit()).to_be_in_viewport(ratio=1)
    visit.window.get_by_role("radio").last.check()
    expect(visit.submit()).to_be_in_viewport(ratio=1)
