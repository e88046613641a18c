"""The help as people read it: by eye, by keyboard, on a small screen, on paper, and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from support.client import verify
from support.server import wait_until
from support.visits import Visit

PATHS = ["/help", "/help/api-keys", "/help/people", "/help/search", "/help/search?q=401", "/help/search?q=zebra"]
TITLE = {"en": "Getting an API key", "ru": "Как получить API-ключ"}
SEARCH = {"en": "Search the help", "ru": "Поиск по справке"}
QUESTION = {"en": "expir", "ru": "истек"}
NOTHING = {"en": "Nothing in the help has all of these words", "ru": "Все эти слова вместе в справке не встречаются"}


def search(visit: Visit, text: str) -> None:
    field = visit.page.get_by_role("searchbox", name=SEARCH[visit.words.language])
    field.fill(text)
    field.press("Enter")


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_nothing_runs_off_the_side_of_a_small_screen(new_visit, kind, language, is_signed_in):
    visit = new_visit(kind, language, viewport={"width": 320, "height": 640})
    if is_signed_in:
        visit.sign_in()
    for path in PATHS:
        visit.go(path)
        assert not visit.has_sideways_scroll(), path


def test_help_is_found_from_every_side(new_visit, kind, language):
    visit = new_visit(kind, language)
    visit.go("/login")
    visit.page.locator("footer").get_by_role("link").last.click()
    visit.page.get_by_role("link", name=TITLE[language], exact=True).click()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text(TITLE[language])
    visit.sign_in()
    for path in ("/", "/settings/keys"):
        visit.go(path)
        visit.page.get_by_role("navigation").locator("a[href='/help']").click()
        expect(visit.page).to_have_url(re.compile("/help$"))
        expect(visit.page.locator("nav [aria-current=page]").first).to_have_attribute("href", "/help")
    visit.keys_page()
    visit.page.locator("main a[href='/help/api-keys']").click()
    expect(visit.page).to_have_title(re.compile(f"^{TITLE[language]} · "))


def test_search_leads_to_the_section_by_keyboard_alone(new_visit, kind, language):
    visit = new_visit(kind, language)
    visit.go("/help/api-keys")
    field = visit.page.get_by_role("searchbox")
    for _ in range(12):
        visit.page.keyboard.press("Tab")
        if field.evaluate("field => field === document.activeElement"):
            break
    visit.page.keyboard.type(QUESTION[language])
    visit.page.keyboard.press("Enter")
    first = visit.page.locator(".results a").first
    expect(first).to_have_attribute("href", "/help/api-keys#expired")
    expect(visit.page.locator(".results mark").first).to_be_visible()
    expect(visit.page.locator(".results")).not_to_contain_text("<")
    first.focus()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("#expired")).to_be_in_viewport()


def test_search_says_when_nothing_is_found_and_when_nothing_was_asked(new_visit, language):
    visit = new_visit("chromium", language)
    visit.go("/help")
    search(visit, "zebra <b>")
    expect(visit.page.get_by_role("heading", level=1)).to_contain_text("zebra <b>")
    expect(visit.page.get_by_role("status")).to_contain_text(NOTHING[language])
    expect(visit.page.get_by_role("searchbox")).to_have_value("zebra <b>")
    search(visit, "  ")
    expect(visit.page.get_by_role("link", name=TITLE[language], exact=True)).to_be_visible()


def test_all_of_it_works_without_script(new_visit, language):
    visit = new_visit("chromium", language, java_script_enabled=False)
    visit.go("/help")
    search(visit, QUESTION[language])
    visit.page.locator(".results a").first.click()
    expect(visit.page.locator("#expired")).to_be_in_viewport()
    visit.page.locator(".contents a").last.click()
    expect(visit.page.locator("#refusals")).to_be_in_viewport()


def test_refusal_leads_to_what_it_means(new_visit, kind, language):
    visit = new_visit(kind, language).sign_in()
    key = visit.api.create_key("Reader", permissions=["devices:read"])
    verify(visit.server, key["key"], permission="devices:delete")
    path = f"/v1/keys/{key['id']}/refusals"
    wait_until(lambda: visit.api.get(path).json()["refusals"], 10, "the refusal is written")
    visit.go("/settings/keys/refusals")
    visit.rows.get_by_role("link", name="missing_permission").click()
    expect(visit.page.locator("#missing_permission")).to_be_in_viewport()


def test_pictures_keep_their_room_while_they_load(new_visit, language):
    visit = new_visit("chromium", language)
    visit.go("/help/api-keys")
    pictures = visit.page.locator(".prose img")
    expect(pictures).to_have_count(4)
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
        handle = picture.element_handle()
        visit.page.wait_for_function("picture => picture.complete && picture.naturalWidth > 0", arg=handle)
        natural = picture.evaluate("picture => picture.naturalWidth / picture.naturalHeight")
        shown = picture.evaluate("picture => picture.width / picture.height")
        assert natural == pytest.approx(shown, rel=0.02)
        assert picture.get_attribute("alt")


def test_paper_gets_the_text_alone(new_visit):
    visit = new_visit("chromium").sign_in()
    visit.go("/help/api-keys")
    visit.page.emulate_media(media="print")
    expect(visit.page.get_by_role("heading", level=1)).to_be_visible()
    for other in (".side-bar", ".contents", "input[type=search]"):
        expect(visit.page.locator(other)).to_be_hidden()
    assert visit.page.locator("#expired .anchor").is_hidden()


def test_article_reads_in_lines_of_a_bearable_length(new_visit):
    visit = new_visit("chromium", viewport={"width": 1440, "height": 900}).sign_in()
    visit.go("/help/api-keys")
    ems = "text => text.clientWidth / parseFloat(getComputedStyle(text).fontSize)"
    width = visit.page.locator(".prose > p").first.evaluate(ems)
    assert 30 <= width <= 40  # about 68 characters: a letter is half as wide as its size
    contents, text = visit.page.locator(".contents").bounding_box(), visit.page.locator("div.prose").bounding_box()
    assert contents["x"] >= text["x"] + text["width"]
