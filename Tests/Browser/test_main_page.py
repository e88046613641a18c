"""The first page of the account: what needs attention, how much the keys are used, and the way to the next key."""

import contextlib
import re
import sqlite3
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, expect

from support.client import verify
from support.server import wait_until
from support.visits import Visit

DAY = 86_400_000  # milliseconds


def age(visit: Visit, key_id_name: str, days: int) -> None:
    """Lets a key have been made days ago."""
    with contextlib.closing(sqlite3.connect(visit.server.database, timeout=30)) as database, database:
        made = int(time.time() * 1000) - days * DAY
        database.execute(
            "UPDATE keys SET created_at = ? WHERE name = ? AND user_id = (SELECT id FROM users WHERE email = ?)",
            (made, key_id_name, visit.api.email),
        )


def furnish(visit: Visit) -> None:
    """Keys of each kind that a person should look at, one with a long name, and one that is in use."""
    soon = (datetime.now(ZoneInfo("Europe/Moscow")).date() + timedelta(days=5)).isoformat()  # where they live
    busy = visit.api.create_key("Busy")["key"]
    visit.api.create_key("Soon " + "х" * 90, expires_on=soon)
    visit.api.create_key("Lost", await_confirmation=True)
    visit.api.create_key("Idle", expires_on=(datetime.now(UTC).date() + timedelta(days=90)).isoformat())
    age(visit, "Idle", 20)
    refused = visit.api.create_key("Refused", permissions=["content:read"])
    for _ in range(3):
        verify(visit.server, busy)
    verify(visit.server, refused["key"], "devices:delete")

    def is_written() -> bool:
        counted = visit.api.key(visit.api.get("/v1/keys?query=Busy").json()["keys"][0]["id"])["last_used_at"]
        return counted is not None and bool(visit.api.get(f"/v1/keys/{refused['id']}/refusals").json()["refusals"])

    wait_until(is_written, 10, "uses and refusals are written")


@pytest.fixture
def main_page(new_visit, language) -> Visit:
    visit = new_visit("chromium", language).sign_in()
    furnish(visit)
    visit.go("/")
    return visit


@pytest.fixture
def english(new_visit) -> Visit:
    visit = new_visit("chromium").sign_in()
    furnish(visit)
    visit.go("/")
    return visit


def attention(visit: Visit, key_name: str) -> Locator:
    return visit.page.locator(".attention li").filter(has_text=key_name)


def test_what_needs_attention_is_a_row_with_a_link_and_a_verb(english):
    page = english.page
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Good (morning|afternoon|evening), Irina.$"))
    expect(attention(english, "Soon")).to_contain_text("Expires in 5 days")
    expect(attention(english, "Lost")).to_contain_text("Never copied")
    expect(attention(english, "Idle")).to_contain_text("Never used; created 3 weeks ago")
    expect(attention(english, "Refused")).to_contain_text("The key lacks")
    expect(attention(english, "Busy")).to_have_count(0)
    attention(english, "Refused").get_by_role("link", name="See why Refused was refused").click()
    expect(page).to_have_url(re.compile("/settings/keys/refusals"))
    english.go("/")
    attention(english, "Idle").get_by_role("link", name="Idle", exact=True).click()
    expect(english.rows).to_have_count(1)
    english.go("/")
    attention(english, "Idle").get_by_role("link", name="Delete Idle").click()
    english.page.get_by_role("main").get_by_role("button", name="Delete key").click()
    english.go("/")
    expect(page.get_by_role("heading", name="Needs your attention")).to_be_visible()
    expect(attention(english, "Idle")).to_have_count(0)


def test_chart_says_the_same_to_eye_and_ear(english):
    chart = english.page.get_by_role("img", name=re.compile("30 days: 3 requests in 30 days, at most 3 a day"))
    expect(chart.locator("rect")).to_have_count(30)
    expect(chart.locator("rect.none")).to_have_count(29)
    table = english.page.get_by_role("table", name=re.compile("days in UTC"))
    expect(table.get_by_role("row")).to_have_count(31)
    expect(table.get_by_role("row").last).to_have_text(re.compile(r"\d{4}\s*3$"))


def test_create_key_opens_the_window_once(english):
    english.page.get_by_role("link", name="Create key", exact=True).click()
    expect(english.window).to_be_visible()
    expect(english.name_field()).to_be_focused()
    english.page.keyboard.press("Escape")
    expect(english.window).to_be_hidden()
    english.page.reload()
    expect(english.button("Create key").first).to_be_visible()
    expect(english.window).to_be_hidden()


def test_create_key_leads_to_its_button_without_script(new_visit, language):
    visit = new_visit("chromium", language, java_script_enabled=False).sign_in()
    visit.api.create_key("Import")
    visit.go("/")
    visit.page.get_by_role("link", name=visit.words.create_key, exact=True).click()
    expect(visit.button(visit.words.create_key).first).to_be_visible()


def test_new_account_sees_three_steps_and_no_chart(new_visit, language):
    visit = new_visit("chromium", language).sign_in()
    visit.go("/")
    expect(visit.page.locator(".steps li")).to_have_count(3)
    expect(visit.page.locator(".uses, .attention")).to_have_count(0)
    visit.page.get_by_role("link", name=visit.words.create_key, exact=True).click()
    expect(visit.window).to_be_visible()


def test_long_names_neither_run_off_a_small_phone_nor_swallow_the_page(main_page):
    main_page.page.set_viewport_size({"width": 320, "height": 640})
    assert not main_page.has_sideways_scroll()
    name = attention(main_page, "Soon").locator(".key-name")
    assert name.bounding_box()["height"] < 60
