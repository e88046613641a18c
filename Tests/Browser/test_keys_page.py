"""The API keys page: selecting, deleting, sorting, searching, and ten thousand rows."""

import re

import pytest
from playwright.sync_api import expect

from support.client import refusal, verify
from support.server import wait_until
from support.visits import Visit


@pytest.fixture
def three(visit) -> Visit:
    """Three keys, the newest on top: Gamma, Beta, Alpha."""
    visit.made = {name: visit.api.create_key(name) for name in ("Alpha", "Beta", "Gamma")}
    return visit.keys_page()


def wait_for_order(visit: Visit, *names: str) -> None:
    for position, name in enumerate(names):
        expect(visit.rows.nth(position)).to_contain_text(name)
    expect(visit.rows).to_have_count(len(names))


def use(visit: Visit, key: dict) -> None:
    """Calls with a key, and waits until the use is written."""
    assert verify(visit.server, key["key"]).status_code == 200
    wait_until(lambda: visit.api.key(key["id"])["last_used_at"], 5, "the use is written")


# Looking


def test_empty_page_leads_to_the_first_key(visit):
    expect(visit.page.get_by_text("No keys yet")).to_be_visible()
    expect(visit.page.get_by_role("table")).to_have_count(0)
    expect(visit.button(visit.words.delete_all)).to_be_disabled()
    visit.button(visit.words.create_key).last.click()
    expect(visit.window).to_be_visible()


def test_key_shows_only_its_last_four_characters(three):
    for name, key in three.made.items():
        expect(three.row(name)).to_contain_text(key["last4"])
    text = three.page.content()
    assert not any(key["key"][3:15] in text for key in three.made.values())


def test_dates_are_dates_with_the_exact_time_on_hover(three):
    row = three.row("Alpha")
    created = row.locator("time").first
    expect(created).to_have_text(three.words.month)
    assert re.search(r"\d{1,2}:\d{2}", created.get_attribute("title"))
    assert created.get_attribute("datetime").startswith("20")
    expect(row).to_contain_text(three.words.never)


IN_WORDS = {"en": re.compile("now|ago"), "ru": re.compile("только что|назад")}


def test_last_use_is_told_in_words(new_visit, language):
    visit = new_visit("chromium", language).sign_in()
    key = visit.api.create_key("Used")
    use(visit, key)
    visit.keys_page()
    expect(visit.row("Used")).not_to_contain_text(visit.words.never)
    expect(visit.row("Used")).to_contain_text(IN_WORDS[language])


def test_table_is_sorted_by_any_column_both_ways(three):
    header = three.page.get_by_role("columnheader", name=three.words.columns[0])
    header.get_by_role("link").click()
    wait_for_order(three, "Alpha", "Beta", "Gamma")
    expect(header).to_have_attribute("aria-sort", "ascending")
    three.page.get_by_role("columnheader", name=three.words.columns[0]).get_by_role("link").click()
    wait_for_order(three, "Gamma", "Beta", "Alpha")
    for column in three.words.columns[1:]:
        three.page.get_by_role("columnheader", name=column, exact=True).get_by_role("link").click()
        expect(three.page.get_by_role("columnheader", name=column, exact=True)).to_have_attribute(
            "aria-sort", re.compile("ascending|descending")
        )
        expect(three.rows).to_have_count(3)
    three.page.go_back()
    expect(three.rows).to_have_count(3)


def test_search_finds_by_name_and_by_last_characters_and_says_when_nothing_fits(three):
    search = three.page.get_by_role("searchbox")
    search.fill("ALPH")
    wait_for_order(three, "Alpha")
    search.fill(three.made["Beta"]["last4"])
    wait_for_order(three, "Beta")
    search.fill("nothing like it")
    expect(three.page.get_by_text(re.compile("No keys? match|Nothing found|No results", re.I)).first).to_be_visible()
    search.fill("")
    expect(three.rows).to_have_count(3)


def test_whole_key_in_the_search_finds_it_and_stands_in_no_address(three):
    """The visit fails where a key is part of an address."""
    search = three.page.get_by_role("searchbox")
    search.fill(three.made["Beta"]["key"])
    search.press("Enter")
    wait_for_order(three, "Beta")
    assert three.made["Beta"]["key"] not in three.page.url


def test_search_stands_in_the_address(three):
    three.page.get_by_role("searchbox").fill("beta")
    wait_for_order(three, "Beta")
    three.page.reload()
    wait_for_order(three, "Beta")


def test_odd_names_are_shown_as_they_are(visit):
    names = ["x" * 100, "مفتاح الاستيراد", "<script>alert(1)</script>", "👨‍👩‍👧‍👦"]
    for name in names:
        visit.api.create_key(name)
    visit.keys_page()
    for name in names:
        expect(visit.page.get_by_role("checkbox", name=visit.words.row_box(name), exact=True)).to_be_visible()
    assert not visit.has_sideways_scroll()


# Selecting


def test_box_for_all_has_three_states(three):
    expect(three.all_box).not_to_be_checked()
    three.row_box("Alpha").check()
    assert three.all_box.evaluate("box => box.indeterminate")
    three.row_box("Beta").check()
    three.row_box("Gamma").check()
    expect(three.all_box).to_be_checked()
    assert not three.all_box.evaluate("box => box.indeterminate")
    three.all_box.uncheck()
    for name in three.made:
        expect(three.row_box(name)).not_to_be_checked()
    three.all_box.check()
    for name in three.made:
        expect(three.row_box(name)).to_be_checked()


def test_bin_appears_with_a_selection_and_deletes_it(three):
    bin_button = three.button(three.words.delete_selected)
    expect(bin_button).to_be_hidden()
    three.row_box("Alpha").check()
    three.row_box("Gamma").check()
    expect(bin_button).to_be_visible()
    bin_button.click()
    three.window.get_by_role("button", name="Delete 2 keys", exact=True).click()
    wait_for_order(three, "Beta")
    expect(bin_button).to_be_hidden()
    statuses = {name: verify(three.server, key["key"]).status_code for name, key in three.made.items()}
    assert statuses == {"Alpha": 401, "Beta": 200, "Gamma": 401}


def test_selection_survives_sorting(three):
    three.row_box("Beta").check()
    three.page.get_by_role("columnheader", name=three.words.columns[0]).get_by_role("link").click()
    wait_for_order(three, "Alpha", "Beta", "Gamma")
    expect(three.row_box("Beta")).to_be_checked()
    assert three.all_box.evaluate("box => box.indeterminate")


# Deleting


def test_bin_of_a_row_asks_and_deletes_that_key(three):
    three.button(three.words.row_bin("Beta")).click()
    expect(three.window).to_contain_text("Beta")
    three.page.keyboard.press("Escape")
    expect(three.window).to_be_hidden()
    assert verify(three.server, three.made["Beta"]["key"]).status_code == 200
    three.button(three.words.row_bin("Beta")).click()
    three.window.get_by_role("button", name=re.compile("^Delete")).click()
    wait_for_order(three, "Gamma", "Alpha")
    assert refusal(verify(three.server, three.made["Beta"]["key"])) == "deleted"


def test_delete_all_says_how_many_and_which_were_used_last_week(three):
    use(three, three.made["Alpha"])
    three.button(three.words.delete_all).click()
    expect(three.window).to_contain_text("3 keys")
    expect(three.window).to_contain_text("Alpha")
    expect(three.window).not_to_contain_text("Beta")
    three.window.get_by_role("button", name="Cancel", exact=True).click()
    expect(three.window).to_be_hidden()
    expect(three.rows).to_have_count(3)
    three.button(three.words.delete_all).click()
    three.window.get_by_role("button", name="Delete 3 keys", exact=True).click()
    expect(three.page.get_by_text("No keys yet")).to_be_visible()
    assert {refusal(verify(three.server, key["key"])) for key in three.made.values()} == {"deleted"}


def test_deleting_more_than_ten_asks_for_a_word(new_visit, kind, language):
    visit = new_visit(kind, language).sign_in()
    for number in range(11):
        visit.api.create_key(f"Key {number}")
    visit.keys_page()
    visit.button(visit.words.delete_all).click()
    expect(visit.window).to_contain_text("11")
    confirm = visit.window.get_by_role("button", name=re.compile(f"^{visit.words.delete}"))
    confirm.click()
    field = visit.window.get_by_role("textbox")
    expect(field).to_have_attribute("aria-invalid", "true")
    assert visit.api.get("/v1/keys").json()["total"] == 11
    field.fill(field.get_attribute("data-expected"))
    confirm.click()
    expect(visit.window).to_be_hidden()
    assert visit.api.get("/v1/keys").json()["total"] == 0


def test_lost_connection_while_deleting_is_told_and_can_be_tried_again(three):
    three.page.route("**/v1/keys/delete", lambda route: route.abort())
    three.button(three.words.row_bin("Beta")).click()
    confirm = three.window.get_by_role("button", name=re.compile("^Delete"))
    confirm.click()
    expect(three.window).to_contain_text("connection")
    three.page.unroute("**/v1/keys/delete")
    confirm.click()
    wait_for_order(three, "Gamma", "Alpha")


def test_key_deleted_in_another_tab_does_not_trip_this_one(three):
    three.api.delete(f"/v1/keys/{three.made['Beta']['id']}")
    three.button(three.words.row_bin("Beta")).click()
    expect(three.page.get_by_text("No keys are selected.")).to_be_visible()
    wait_for_order(three, "Gamma", "Alpha")


# The day a key ends


def test_presets_and_calendar_choose_the_day(visit):
    visit.open_create()
    day = visit.window.locator("input[type=date]")
    longest = day.get_attribute("max")
    expect(day).to_have_value(longest)
    assert day.get_attribute("min") < longest
    for chip, days in (("30 days", 30), ("90 days", 90)):
        visit.window.get_by_role("button", name=chip, exact=True).click()
        chosen = visit.page.evaluate(
            "([a, b]) => (Date.parse(a) - Date.parse(b)) / 864e5", [day.input_value(), day.get_attribute("min")]
        )
        assert chosen in (days, days - 1)
    visit.window.get_by_role("button", name="1 year", exact=True).click()
    expect(day).to_have_value(longest)


def test_day_beyond_the_year_is_not_taken(visit):
    visit.open_create()
    visit.name_field().fill("Import")
    day = visit.window.locator("input[type=date]")
    text = visit.window.get_by_label(visit.words.columns[3], exact=True)
    text.fill(f"15.01.{int(day.get_attribute('max')[:4]) + 1}")
    visit.submit().click()
    expect(text).to_have_attribute("aria-invalid", "true")
    assert visit.api.get("/v1/keys").json()["total"] == 0
