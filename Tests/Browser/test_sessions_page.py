"""Where one is signed in, on the settings page: each session in words, and ending it from afar."""

import re
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from support.client import Browser
from support.visits import Visit

SIGN_OUT = {"en": "Sign out", "ru": "Завершить сеанс"}
EVERYWHERE_ELSE = {"en": "Sign out everywhere else", "ru": "Завершить остальные сеансы"}
TITLE = {"en": "Where you are signed in", "ru": "Где выполнен вход"}


@pytest.fixture(params=[True, False], ids=["with-script", "without-script"])
def settings(request, new_visit, language) -> Visit:
    visit = new_visit("chromium", language, java_script_enabled=request.param).sign_in()
    return visit


@contextmanager
def signed_in_elsewhere(visit: Visit, agent: str):
    with Browser(visit.server) as browser:
        browser.headers["User-Agent"] = agent
        assert browser.log_in(visit.api.email, visit.api.password).status_code == 201
        yield browser


def card(visit: Visit):
    return visit.page.get_by_role("region", name=TITLE[visit.words.language])


def confirm(page: Page, verb: str) -> None:
    page.get_by_role("main").get_by_role("button", name=verb, exact=True).click()


def test_one_browser_is_signed_out(settings):
    word = settings.words.language
    with signed_in_elsewhere(settings, "curl/8.5.0") as other:
        settings.go("/settings")
        expect(card(settings).get_by_role("listitem")).to_have_count(3)  # two sessions, and the way to end all others
        card(settings).get_by_role("button", name=f"{SIGN_OUT[word]}{'' if word == 'en' else ':'} curl").click()
        expect(settings.page.get_by_role("status").filter(has_text=re.compile("Signed out|Сеанс завершён"))).to_be_visible()
        expect(card(settings).get_by_role("listitem")).to_have_count(1)
        assert other.get("/v1/me").status_code == 401


def test_all_others_are_signed_out_after_a_question(settings):
    verb = EVERYWHERE_ELSE[settings.words.language]
    with signed_in_elsewhere(settings, "curl/8.5.0") as one, signed_in_elsewhere(settings, "Night shift") as two:
        settings.go("/settings")
        card(settings).get_by_role("link", name=verb, exact=True).click()
        settings.page.get_by_role("main").get_by_role("link").last.click()  # Cancel
        assert one.get("/v1/me").status_code == 200
        settings.go("/settings")
        card(settings).get_by_role("link", name=verb, exact=True).click()
        confirm(settings.page, verb)
        expect(card(settings).get_by_role("listitem")).to_have_count(1)
        assert [one.get("/v1/me").status_code, two.get("/v1/me").status_code] == [401, 401]


def test_browser_is_named_in_words(new_visit, kind):
    """The one that looks, as it calls itself."""
    visit = new_visit(kind)
    visit.api.register()
    visit.go("/login")
    visit.page.get_by_label("E-mail", exact=True).fill(visit.api.email)
    visit.page.get_by_label("Password", exact=True).fill(visit.api.password)
    visit.button("Log in").click()
    expect(visit.page).to_have_url(visit.origin + "/")
    visit.go("/settings")
    own = card(visit).get_by_role("listitem").filter(has_text="This session")
    expect(own).to_contain_text({"chromium": "Chrome on Linux", "firefox": "Firefox on Linux"}[kind])


@pytest.mark.parametrize("shade", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_runs_off_a_small_phone(new_visit, language, shade):
    visit = new_visit("chromium", language, color_scheme=shade).sign_in()
    with signed_in_elsewhere(visit, "x" * 200), signed_in_elsewhere(visit, "curl/8.5.0"):
        for path in ("/settings", "/settings/sessions/end-others"):
            visit.page.set_viewport_size({"width": 1280, "height": 800})
            visit.go(path)
            assert visit.axe_findings() == [], path
            visit.page.set_viewport_size({"width": 320, "height": 640})
            assert not visit.has_sideways_scroll(), path
