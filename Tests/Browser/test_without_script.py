"""Everything that HTML can do alone: listing, creating, deleting, with JavaScript switched off."""

import contextlib
import re

import pytest
from playwright.sync_api import Error, Page, expect

from support.client import refusal, unique, verify
from support.server import wait_until
from support.visits import KEY, Visit, register_by_form


@pytest.fixture
def plain(new_visit, language) -> Visit:
    return new_visit("chromium", language, java_script_enabled=False)


def settled_content(page: Page) -> str:
    def content() -> str | None:
        with contextlib.suppress(Error):  # while it is between two pages
            return page.content()
        return None

    return wait_until(content, 10, "the browser shows a page")


def test_flow_works_without_script(plain):
    words, page = plain.words, plain.page
    plain.go("/register")
    register_by_form(plain, f"{unique('irina')}@example.com")
    plain.keys_page()
    plain.button(words.create_key).first.click()
    page.get_by_label(words.columns[0], exact=True).fill("Nightly import")
    plain.button(words.create_key).last.click()
    key = KEY.search(page.locator(":is(input, textarea)[readonly]").input_value())[0]
    assert refusal(verify(plain.server, key)) == "not_copied"
    plain.box.check()
    plain.done.click()
    expect(page).to_have_url(plain.origin + "/settings/keys")
    expect(plain.row("Nightly import")).to_be_visible()
    assert verify(plain.server, key).status_code == 200

    with contextlib.suppress(Error):  # the browser may offer to send the form again instead of a page
        page.go_back(timeout=3000)
    assert key not in settled_content(page)

    plain.keys_page()
    plain.button(words.row_bin("Nightly import")).click()
    expect(page.get_by_role("main")).to_contain_text("Nightly import")
    page.get_by_role("main").get_by_role("button", name=re.compile(f"^{words.delete}")).click()
    expect(page).to_have_url(re.compile("/settings/keys"))
    expect(plain.row("Nightly import")).to_have_count(0)
    assert refusal(verify(plain.server, key)) == "deleted"


def test_done_needs_the_box(plain):
    plain.sign_in().go("/settings/keys/new")
    plain.page.get_by_label(plain.words.columns[0], exact=True).fill("Import")
    plain.button(plain.words.create_key).last.click()
    key = plain.page.locator(":is(input, textarea)[readonly]").input_value()
    plain.done.click()
    assert refusal(verify(plain.server, key)) == "not_copied"
    expect(plain.box).to_be_visible()


def test_selected_keys_are_deleted(plain):
    plain.sign_in()
    keys = {name: plain.api.create_key(name) for name in ("Alpha", "Beta", "Gamma")}
    plain.keys_page()
    for name in ("Alpha", "Gamma"):
        plain.page.get_by_role("checkbox", name=plain.words.row_box(name), exact=True).check()
    plain.button(plain.words.delete_selected).click()
    plain.page.get_by_role("main").get_by_role("button", name=re.compile(f"^{plain.words.delete}")).click()
    expect(plain.rows).to_have_count(1)
    assert {name: verify(plain.server, key["key"]).status_code for name, key in keys.items()} == {
        "Alpha": 401, "Beta": 200, "Gamma": 401,
    }  # fmt: skip


def test_all_keys_are_deleted(plain):
    plain.sign_in()
    for number in range(3):
        plain.api.create_key(f"Key {number}")
    plain.keys_page()
    plain.button(plain.words.delete_all).click()
    plain.page.get_by_role("main").get_by_role("button", name=re.compile(f"^{plain.words.delete}")).click()
    expect(plain.rows).to_have_count(0)
    assert plain.api.get("/v1/keys").json()["total"] == 0


def test_wrong_entries_come_back_with_their_words(plain):
    plain.sign_in()
    plain.api.create_key("Import")
    plain.go("/settings/keys/new")
    field = plain.page.get_by_label(plain.words.columns[0], exact=True)
    field.fill("IMPORT")
    plain.button(plain.words.create_key).last.click()
    expect(field).to_have_value("IMPORT")
    expect(field).to_have_attribute("aria-invalid", "true")
    described_by = field.get_attribute("aria-describedby").split()[-1]
    expect(plain.page.locator(f"#{described_by}")).not_to_be_empty()


def test_table_is_searched_sorted_and_paged_by_links(plain):
    plain.sign_in()
    for number in range(52):
        plain.api.create_key(f"Key {number:02}")
    plain.keys_page()
    expect(plain.rows).to_have_count(50)
    plain.go("/settings/keys?sort=name&page=2")
    expect(plain.rows).to_have_count(2)
    expect(plain.rows.first).to_contain_text("Key 50")
    plain.page.get_by_role("searchbox").fill("key 07")
    plain.page.get_by_role("searchbox").press("Enter")
    expect(plain.rows).to_have_count(1)
