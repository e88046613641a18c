"""Everything that HTML can do alone: listing, creating, deleting, with JavaScript switched off."""

import contextlib
import re

import pytest
from playwright.sync_api import Error, Page, expect

from support.client import PASSWORD, Browser, refusal, unique, verify
from support.server import wait_until
from support.visits import KEY, Visit, log_in_by_form, register_by_form


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


def test_form_of_one_account_makes_no_key_for_another(plain):
    told = {"en": "Another account is logged in here now", "ru": "выполнен вход под другой учётной записью"}
    plain.sign_in().go("/settings/keys/new")
    page, (name, create) = plain.page, (plain.words.columns[0], plain.words.create_key)
    page.get_by_label(name, exact=True).fill("Import")
    page.locator("[name=rights][value=some]").check()
    page.locator("[name=permissions]:not([value='devices:read'])").evaluate_all("all => all.forEach((box) => box.click())")
    with Browser(plain.server) as other:
        other.register(language=plain.words.language)
        plain.take_session(other)
        for _ in range(2):
            plain.button(create).last.click()
            expect(page.get_by_role("alert").filter(has_text=told[plain.words.language])).to_be_visible()
            expect(page.get_by_label(name, exact=True)).to_have_value("Import")
        assert other.get("/v1/keys").json()["total"] == 0
    plain.take_session(plain.api)
    plain.button(create).last.click()
    assert KEY.search(page.locator(":is(input, textarea)[readonly]").input_value())
    (key,) = plain.api.get("/v1/keys").json()["keys"]
    assert (key["name"], key["permissions"]) == ("Import", ["devices:read"])


def test_page_of_one_account_deletes_no_key_of_another(plain):
    plain.sign_in().api.create_key()
    plain.go("/settings/keys/delete?all=true")
    with Browser(plain.server) as other:
        other.register(language=plain.words.language)
        other.create_key()
        plain.take_session(other)
        plain.page.get_by_role("main").get_by_role("button", name=re.compile(f"^{plain.words.delete}")).click()
        told = {"en": "nothing was created or deleted", "ru": "ничего не создано и не удалено"}
        expect(plain.page.get_by_role("main")).to_contain_text(told[plain.words.language])
        assert other.get("/v1/keys").json()["total"] == plain.api.get("/v1/keys").json()["total"] == 1


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


def test_logging_in_and_out_and_choosing_a_language(plain):
    plain.api.register(language=plain.words.language)
    page = plain.page
    plain.go("/login")
    page.get_by_label(plain.words.email, exact=True).fill(plain.api.email)
    page.get_by_label(plain.words.password, exact=True).fill("wrong-password")
    plain.button(plain.words.log_in).click()
    expect(page.get_by_role("alert").first).to_be_visible()
    log_in_by_form(plain, plain.api.email)
    expect(page).to_have_url(plain.origin + "/")
    page.locator("summary").filter(has_text=plain.words.for_developers).click()
    plain.button(plain.words.open).click()
    expect(page).to_have_url(plain.origin + "/settings/keys")
    plain.button(plain.words.log_out).click()
    expect(page.get_by_role("link", name=plain.words.log_in, exact=True).first).to_be_visible()
    other = {"en": "Русский", "ru": "English"}[plain.words.language]
    plain.button(other).click()
    expect(page.locator("html")).not_to_have_attribute("lang", plain.words.language)


def test_settings_are_changed(plain):
    plain.sign_in()
    page, api = plain.page, plain.api
    plain.go("/settings")
    field = page.locator("#profile").get_by_label(plain.words.name, exact=True)
    field.fill("")
    field.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("Irina Petrova")
    field.press("Enter")
    expect(page.get_by_role("status").first).to_be_visible()
    expect(field).to_have_value("Irina Petrova")

    for name, text in (("current_password", PASSWORD), ("new_password", PASSWORD + "-2")):
        page.locator(f"#security [name={name}]").fill(text)
    page.locator("#security .actions button").click()
    expect(page.get_by_role("status").first).to_be_visible()
    with Browser(plain.server) as elsewhere:
        assert elsewhere.log_in(api.email, PASSWORD).status_code == 401
        assert elsewhere.log_in(api.email, PASSWORD + "-2").status_code == 201

    other = {"en": "ru", "ru": "en"}[plain.words.language]
    page.locator("#language").select_option(other)
    page.locator("#time_zone").select_option("Asia/Tokyo")
    page.locator("#preferences form").get_by_role("button").first.click()
    expect(page.locator("html")).to_have_attribute("lang", other)
    expect(page.locator("#time_zone")).to_have_value("Asia/Tokyo")


def test_keys_are_filtered_and_the_log_is_taken_along(plain):
    plain.sign_in()
    plain.api.create_key("Import")
    plain.api.create_key("Lost", await_confirmation=True)
    plain.keys_page()
    plain.page.locator("#status").select_option("not_copied")
    plain.page.get_by_role("searchbox").press("Enter")
    expect(plain.rows).to_have_count(1)
    expect(plain.row("Lost")).to_be_visible()
    plain.go("/settings/audit")
    plain.page.locator("#action").select_option("keys")
    plain.page.locator("#action").press("Tab")
    plain.page.locator("form.filters .button").first.click()
    expect(plain.page.locator("td.what")).to_have_count(2)
    with plain.page.expect_download() as download:
        plain.page.locator("a[href*=export]").first.click()
    assert "Import" in download.value.path().read_text("utf-8-sig")
