"""The rows of the API keys page: the state of each key, its uses, what is looked for, and where the focus goes."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from support.client import verify
from support.server import wait_until
from support.visits import Visit


def day(days: int) -> str:
    return (datetime.now(UTC).date() + timedelta(days=days)).isoformat()


@pytest.fixture
def english(new_visit) -> Visit:
    return new_visit().sign_in()


@pytest.fixture
def three(english) -> Visit:
    """Three keys, the newest on top: Gamma, Beta, Alpha."""
    for name in ("Alpha", "Beta", "Gamma"):
        english.api.create_key(name)
    return english.keys_page()


def test_badge_tells_the_state_of_a_key(english):
    english.api.create_key("Lasting")
    english.api.create_key("Ending", expires_on=day(12))
    english.api.create_key("Lost", await_confirmation=True)
    english.keys_page()
    expect(english.row("Lasting").locator(".badge")).to_have_text("Active")
    # Where the account lives, the next day may have begun.
    expect(english.row("Ending").locator(".badge")).to_have_text(re.compile("^Expires in 1[12] days$"))
    expect(english.row("Lost").locator(".badge")).to_have_text("Not copied")


def test_distance_stands_below_the_date_only_where_it_is_near(english):
    english.api.create_key("Far")
    english.api.create_key("Near", expires_on=day(80))
    english.keys_page()
    expect(english.row("Near").locator(".expires .below")).to_have_count(1)
    expect(english.row("Far").locator(".expires .below")).to_have_count(0)


REQUESTS = {"en": "2 requests in 30 days", "ru": "2 запроса за 30 дней"}


@pytest.mark.parametrize("width", [1280, 390])
def test_chart_tells_how_often_a_key_was_used(new_visit, language, width):
    visit = new_visit("chromium", language, viewport={"width": width, "height": 800}).sign_in()
    used = visit.api.create_key("Busy")
    visit.api.create_key("Idle")
    for _ in range(2):
        assert verify(visit.server, used["key"]).status_code == 200
    uses = f"/v1/keys/{used['id']}/uses"
    wait_until(lambda: visit.api.get(uses).json()["total"] == 2, 15, "both uses are written")
    visit.keys_page()
    expect(visit.row("Busy").get_by_role("img", name=REQUESTS[language], exact=True)).to_be_visible()
    expect(visit.row("Idle").get_by_role("img")).to_have_count(0)
    expect(visit.row("Idle").locator(".used")).to_have_text(visit.words.never)


def test_filter_finds_what_expires_soon_and_what_was_never_used(english):
    english.api.create_key("Ending", expires_on=day(5))
    used = english.api.create_key("Busy", expires_on=day(6))
    english.api.create_key("Lasting")
    verify(english.server, used["key"])
    wait_until(lambda: english.api.key(used["id"])["last_used_at"], 15, "the use is written")
    english.keys_page()
    status = english.page.get_by_label("Status")
    status.select_option(label="Expires soon")
    expect(english.rows).to_have_count(2)
    expect(english.row("Lasting")).to_have_count(0)
    status.select_option(label="Never used")
    expect(english.row("Busy")).to_have_count(0)
    expect(english.rows).to_have_count(2)
    english.page.reload()
    expect(english.page.get_by_label("Status")).to_have_value("never_used")
    expect(english.rows).to_have_count(2)


def test_phone_sorts_by_one_choice(new_visit):
    visit = new_visit("chromium", viewport={"width": 390, "height": 844}).sign_in()
    for name in ("Beta", "Alpha"):
        visit.api.create_key(name)
    visit.keys_page()
    expect(visit.rows.first).to_contain_text("Alpha")
    visit.page.get_by_label("Sort by").focus()
    visit.page.get_by_label("Sort by").select_option(label="Name, Z to A")
    expect(visit.rows.first).to_contain_text("Beta")
    expect(visit.page.get_by_label("Sort by")).to_be_focused()


def test_two_keys_fit_where_a_phone_begins(new_visit):
    visit = new_visit("chromium", "ru", viewport={"width": 390, "height": 844}).sign_in()
    for number in range(6):
        visit.api.create_key(f"Импорт расписаний {number}", permissions=["devices:read", "content:update"])
    visit.keys_page()
    assert visit.rows.first.bounding_box()["y"] < 350
    assert visit.rows.first.bounding_box()["height"] < 140


# Where the focus goes


def delete_by_bin(visit: Visit, name: str) -> None:
    visit.button(visit.words.row_bin(name)).click()
    visit.window.get_by_role("button", name="Delete key").click()
    expect(visit.row(name)).to_have_count(0)


def test_focus_goes_on_with_the_next_row_after_a_bin(three):
    delete_by_bin(three, "Beta")
    expect(three.button(three.words.row_bin("Alpha"))).to_be_focused()
    delete_by_bin(three, "Alpha")
    expect(three.button(three.words.row_bin("Gamma"))).to_be_focused()
    delete_by_bin(three, "Gamma")
    expect(three.page.get_by_role("heading", level=1)).to_be_focused()


def test_focus_goes_to_the_search_after_several_were_deleted(three):
    three.row_box("Alpha").check()
    three.row_box("Gamma").check()
    three.button(three.words.delete_selected).click()
    three.window.get_by_role("button", name="Delete 2 keys").click()
    expect(three.page.get_by_role("searchbox")).to_be_focused()
    expect(three.rows).to_have_count(1)
