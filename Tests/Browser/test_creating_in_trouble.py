"""Creating a key over a bad connection, in haste, or in two tabs: one key or none, and nothing typed is lost."""

import pytest
from playwright.sync_api import Error, expect

from support.client import verify

# A bad connection


def test_connection_lost_while_creating_keeps_what_was_typed(visit):
    visit.open_create()
    visit.name_field().fill("Import")
    visit.page.route("**/v1/keys", lambda route: route.abort())
    visit.submit().click()
    expect(visit.window).to_contain_text("connection")
    expect(visit.name_field()).to_have_value("Import")
    visit.page.unroute("**/v1/keys")
    visit.submit().click()
    visit.shown_key()
    assert visit.api.get("/v1/keys").json()["total"] == 1


def test_answer_lost_on_its_way_leaves_a_key_that_opens_nothing(visit):
    def lose(route):
        visit.api.create_key("Import", await_confirmation=True)  # what the page asked for
        route.abort()

    visit.open_create()
    visit.name_field().fill("Import")
    visit.page.route("**/v1/keys", lose)
    visit.submit().click()
    expect(visit.window).to_contain_text("connection")
    assert [key["status"] for key in visit.api.get("/v1/keys").json()["keys"]] == ["not_copied"]
    visit.page.unroute("**/v1/keys")
    visit.submit().click()
    expect(visit.name_field()).to_have_attribute("aria-invalid", "true")


def test_connection_lost_while_confirming_leaves_the_key_on_the_screen(visit):
    key = visit.reveal()
    visit.page.route("**/confirm", lambda route: route.abort())
    visit.box.click()
    expect(visit.box).not_to_be_checked()
    expect(visit.done).to_be_disabled()
    visit.still_shows(key)
    visit.page.unroute("**/confirm")
    visit.finish()
    assert verify(visit.server, key).status_code == 200


def test_session_that_ends_before_the_key_is_made_keeps_what_was_typed(visit):
    visit.open_create()
    visit.name_field().fill("Import")
    visit.api.delete("/v1/session")
    visit.submit().click()
    expect(visit.window).to_contain_text("You are logged out")
    expect(visit.name_field()).to_have_value("Import")
    visit.api.log_in(visit.api.email, visit.api.password)
    visit.take_session(visit.api)
    visit.submit().click()
    visit.shown_key()


def test_session_that_ends_meanwhile_leaves_the_key_on_the_screen(visit):
    key = visit.reveal()
    visit.api.delete("/v1/session")
    visit.box.click()
    expect(visit.box).not_to_be_checked()
    visit.still_shows(key)
    asked = visit.answer_dialogs(stay=True)
    with pytest.raises(Error):
        visit.page.reload(timeout=2000)
    assert asked == ["beforeunload"]


# Haste, and two tabs


def test_double_click_creates_one_key(visit):
    visit.open_create()
    visit.name_field().fill("Import")
    visit.submit().dblclick()
    key = visit.shown_key()
    visit.finish()
    assert visit.api.get("/v1/keys").json()["total"] == 1
    assert verify(visit.server, key).status_code == 200


def test_slow_server_cannot_be_asked_twice(visit):
    waiting = []
    visit.page.route("**/v1/keys", lambda route: waiting.append(route))
    visit.open_create()
    visit.name_field().fill("Import")
    visit.submit().click()
    expect(visit.submit()).to_have_attribute("aria-busy", "true")
    visit.name_field().press("Enter")
    visit.page.keyboard.press("Escape")
    expect(visit.window).to_be_visible()
    assert len(waiting) == 1
    waiting[0].continue_()
    visit.shown_key()


def test_of_two_tabs_that_create_one_name_the_later_is_told(visit):
    other = visit.new_tab()
    visit.go("/settings/keys", other)
    other.get_by_role("button", name=visit.words.create_key, exact=True).first.click()
    key = visit.reveal("Import")
    window = other.get_by_role("dialog")
    window.get_by_label(visit.words.columns[0], exact=True).fill("IMPORT")
    window.get_by_role("button", name=visit.words.create_key, exact=True).click()
    expect(window).to_contain_text("already")
    expect(window.get_by_label(visit.words.columns[0], exact=True)).to_have_value("IMPORT")
    visit.page.bring_to_front()
    visit.still_shows(key)


def test_taken_name_is_told_while_typing(visit):
    visit.api.create_key("Café")
    visit.open_create()
    visit.name_field().press_sequentially("cafe\u0301")
    expect(visit.name_field()).to_have_attribute("aria-invalid", "true")
    visit.name_field().fill("Tea")
    expect(visit.name_field()).not_to_have_attribute("aria-invalid", "true")
