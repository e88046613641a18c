"""Ten thousand keys in one account: the page stays right. How quick it is, Benchmarks/pages tells."""

import re

import pytest
from playwright.sync_api import expect

from support.crowd import fill_company
from support.server import Server
from support.visits import Visit
from support.words import ENGLISH

PAGE_SIZE = 50
MANY = 10_000


@pytest.fixture(scope="module")
def crowded(browsers, tmp_path_factory):
    """One account with ten thousand keys, for all the tests below; none of them changes it."""
    with Server(tmp_path_factory.mktemp("crowded")) as server:
        context = browsers["chromium"].new_context(locale="en-GB")
        visit = Visit(context, server, ENGLISH)
        visit.sign_in()
        fill_company(server.database, visit.api.email, keys=MANY, keys_of=visit.api.email)
        yield visit
        visit.close()


def test_ten_thousand_keys_are_shown_in_pages(crowded):
    crowded.keys_page()
    expect(crowded.rows).to_have_count(PAGE_SIZE)
    expect(crowded.page.get_by_text(re.compile("1–50 of 10,?000"))).to_be_visible()
    expect(crowded.rows.first).to_contain_text("Key 00000")
    crowded.page.get_by_role("link", name="Next").click()
    expect(crowded.rows.first).to_contain_text("Key 00050")
    crowded.go("/settings/keys?page=200")
    expect(crowded.rows.last).to_contain_text("Key 09999")


@pytest.mark.parametrize("sort", ["name", "key", "created", "expires", "last_used"])
def test_ten_thousand_keys_are_sorted(crowded, sort):
    for order in (sort, f"-{sort}"):
        crowded.go(f"/settings/keys?sort={order}")
        expect(crowded.rows).to_have_count(PAGE_SIZE)


def test_ten_thousand_keys_are_searched_while_typing(crowded):
    crowded.keys_page()
    crowded.page.get_by_role("searchbox").press_sequentially("key 0777")
    expect(crowded.rows).to_have_count(10)
    expect(crowded.rows.first).to_contain_text("Key 07770")


def test_box_for_all_does_not_pretend_to_select_other_pages(crowded):
    """Fifty rows are shown, so fifty may be deleted by what one sees; the rest needs "Delete all keys"."""
    crowded.keys_page()
    crowded.all_box.check()
    crowded.button(crowded.words.delete_selected).click()
    expect(crowded.window.get_by_role("button", name="Delete 50 keys")).to_be_visible()
    crowded.page.keyboard.press("Escape")


def test_delete_all_of_ten_thousand_names_their_number(crowded):
    crowded.keys_page()
    crowded.button(crowded.words.delete_all).click()
    expect(crowded.window).to_contain_text(re.compile("10,?000"))
    crowded.page.keyboard.press("Escape")
