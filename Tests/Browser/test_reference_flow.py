"""From a stranger to a key that opens something and is refused once deleted: every step by its name."""

import re

from playwright.sync_api import expect

from support.client import refusal, unique, verify
from support.visits import Visit, log_in_by_form, register_by_form


def walk_to_the_keys_page(visit: Visit) -> None:
    """Main page, down to Settings, down to For Developers, Open."""
    words, page = visit.words, visit.page
    settings = page.get_by_role("main").get_by_role("heading", name=words.settings, exact=True)
    settings.scroll_into_view_if_needed()
    expect(settings).to_be_in_viewport()
    category = page.locator("summary").filter(has_text=words.for_developers)
    open_button = visit.button(words.open)
    expect(open_button).to_be_hidden()
    category.scroll_into_view_if_needed()
    category.click()
    expect(open_button).to_be_visible()
    assert is_in_upper_left(category, open_button)
    open_button.click()
    expect(page).to_have_url(visit.origin + "/settings/keys")
    expect(page.get_by_role("heading", name=words.api_keys, level=1)).to_be_visible()


def is_in_upper_left(category, button) -> bool:
    """Below the row that was expanded, left of its middle, with nothing of the part to the left of it."""
    row, box = category.bounding_box(), button.bounding_box()
    return box["y"] >= row["y"] + row["height"] - 1 and box["x"] - row["x"] < row["width"] / 4


def assert_page_is_as_described(visit: Visit) -> None:
    words, page = visit.words, visit.page
    expect(visit.button(words.delete_all)).to_be_visible()
    create, delete_all = (
        visit.button(words.create_key).first.bounding_box(),
        visit.button(words.delete_all).bounding_box(),
    )
    heading = page.get_by_role("heading", level=1).bounding_box()
    assert delete_all["x"] < create["x"] and create["x"] > page.viewport_size["width"] / 2
    assert abs(create["y"] - heading["y"]) < 80


def columns(visit: Visit) -> list[str]:
    return [text.strip() for text in visit.page.get_by_role("columnheader").all_inner_texts() if text.strip()]


def test_reference_flow(new_visit, kind, language):
    visit = new_visit(kind, language)
    words, page = visit.words, visit.page
    email, name = f"{unique('irina')}@example.com", "Nightly import"

    visit.go("/")
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.get_by_role("link", name=words.register, exact=True).first.click()
    register_by_form(visit, email)
    expect(page).to_have_url(visit.origin + "/")
    walk_to_the_keys_page(visit)
    assert_page_is_as_described(visit)

    key = visit.reveal(name)
    assert refusal(verify(visit.server, key)) == "not_copied"
    expect(visit.done).to_be_disabled()
    page.get_by_role("button", name=words.copy_key, exact=True).click()
    visit.box.check()
    expect(page.get_by_text(words.waiting)).to_be_visible()
    response = verify(visit.server, key, permission="devices:read")
    assert (response.status_code, response.json()["user"]["name"]) == (200, "Irina Volkova")
    expect(page.get_by_text(words.waiting)).to_be_hidden()
    visit.done.click()
    expect(visit.window).to_be_hidden()

    row = visit.row(name)
    expect(row).to_contain_text(key[-4:])
    assert [column for column in columns(visit) if column in words.columns] == list(words.columns)
    expect(row).to_contain_text(words.month)
    expect(row).not_to_contain_text(words.never)
    assert key not in visit.everything()

    row.get_by_role("button", name=words.row_bin(name), exact=True).click()
    visit.window.get_by_role("button", name=re.compile(words.delete)).click()
    expect(visit.window).to_be_hidden()
    expect(row).to_have_count(0)
    assert refusal(verify(visit.server, key)) == "deleted"


def test_log_out_and_in_again(new_visit, kind, language):
    visit = new_visit(kind, language).sign_in()
    words, page = visit.words, visit.page
    visit.go("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    visit.button(words.log_out).first.click()
    page.get_by_role("link", name=words.log_in, exact=True).first.click()
    log_in_by_form(visit, visit.api.email)
    expect(page).to_have_url(visit.origin + "/")
    visit.go("/settings/keys")
    expect(visit.button(words.delete_all)).to_be_visible()


def test_after_signing_in_one_arrives_where_one_wanted_to_go(new_visit, kind):
    visit = new_visit(kind)
    visit.api.register()
    visit.go("/settings/keys")
    log_in_by_form(visit, visit.api.email)
    expect(visit.page).to_have_url(visit.origin + "/settings/keys")


def test_faults_of_a_form_stand_at_their_fields_and_nothing_typed_is_lost(new_visit, kind):
    visit = new_visit(kind)
    visit.api.register()
    visit.go("/register")
    register_by_form(visit, visit.api.email)
    field = visit.page.get_by_label(visit.words.email, exact=True)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()
    expect(field).to_have_value(visit.api.email)
    expect(visit.page.get_by_label(visit.words.company, exact=True)).to_have_value("Northern Lights")


def test_time_zone_of_the_browser_is_taken_at_registration(new_visit):
    visit = new_visit("chromium", timezone_id="Asia/Vladivostok")
    email = f"{unique('irina')}@example.com"
    visit.go("/register")
    register_by_form(visit, email)
    expect(visit.page).to_have_url(visit.origin + "/")
    visit.api.log_in(email, "Correct-Horse-7-Battery")
    assert visit.api.get("/v1/me").json()["user"]["time_zone"] == "Asia/Vladivostok"


def test_language_can_be_chosen_before_and_after_signing_in(new_visit, kind):
    visit = new_visit(kind)
    visit.go("/login")
    visit.page.get_by_role("button", name="Русский").click()
    expect(visit.page.locator("html")).to_have_attribute("lang", "ru")
    expect(visit.page).to_have_url(visit.origin + "/login")
    visit.sign_in().go("/settings")
    expect(visit.page.locator("html")).to_have_attribute("lang", "en")
