"""Where no page can be had, one of ours says so in the reader's language; it is all that the browser keeps of us.

In Chromium; Firefox, which would keep the account's pages for Back, is given no worker.
"""

import re

import pytest
from playwright.sync_api import expect

from support.client import unique
from support.visits import Visit

TITLE = {"en": "No connection", "ru": "Нет связи"}
AGAIN = {"en": "Try again", "ru": "Попробовать ещё раз"}
FAILED = "This did not work"

WORKER_IS_READY = """async () => {
    const { active } = await navigator.serviceWorker.ready;
    while (active.state !== "activated")
        await new Promise((done) => active.addEventListener("statechange", done, { once: true }));
}"""
KEPT = """async () => {
    const stores = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
    const requests = (await Promise.all(stores.map((store) => store.keys()))).flat();
    return requests.map((request) => new URL(request.url).pathname);
}"""


@pytest.fixture
def prepared(new_server, new_visit):
    """Makes visits of somebody who has seen one page, so that the worker is there. Their server may be stopped."""

    def make(language: str = "en") -> Visit:
        visit = new_visit("chromium", language, server=new_server(), service_workers="allow").sign_in()
        visit.go("/settings")
        visit.page.evaluate(WORKER_IS_READY)
        return visit

    return make


def assert_says_so(visit: Visit) -> None:
    language = visit.words.language
    expect(visit.page.get_by_role("heading", level=1)).to_have_text(TITLE[language])
    expect(visit.page.locator("html")).to_have_attribute("lang", language)


def test_page_says_so_when_the_service_is_gone_and_goes_on_when_it_is_back(prepared, language):
    visit = prepared(language)
    visit.server.stop()
    visit.go("/settings/keys?sort=name")
    assert_says_so(visit)
    expect(visit.page).to_have_url(visit.origin + "/settings/keys?sort=name")
    again = visit.page.get_by_role("link", name=AGAIN[language], exact=True)
    assert again.evaluate("link => getComputedStyle(link).backgroundColor") != "rgba(0, 0, 0, 0)"
    again.click()
    assert_says_so(visit)
    visit.server.start()
    again.click()
    expect(visit.page.get_by_role("heading", name=visit.words.api_keys, level=1)).to_be_visible()
    expect(visit.page).to_have_url(visit.origin + "/settings/keys?sort=name")


def test_page_says_so_without_a_network_and_other_requests_fail_as_ever(prepared):
    visit = prepared()
    visit.go("/settings/keys")
    visit.context.set_offline(True)
    assert visit.page.evaluate("fetch('/v1/me').then(() => 'an answer', (error) => error.name)") == "TypeError"
    visit.go("/settings")
    assert_says_so(visit)
    visit.context.set_offline(False)
    visit.page.get_by_role("link", name=AGAIN["en"]).click()
    expect(visit.page.get_by_role("heading", name=visit.words.settings, level=1)).to_be_visible()


def test_answer_is_shown_as_it_is_whatever_its_status(prepared):
    visit = prepared()
    visit.go("/settings/keys")
    assert visit.page.evaluate("navigator.serviceWorker.controller !== null")
    visit.go("/nothing-here")
    expect(visit.page.get_by_role("heading", level=1)).to_have_text(re.compile("not here|not found|no such", re.I))
    visit.server.sql("ALTER TABLE audit_events RENAME TO audit_events_of_old")
    visit.go("/settings/audit")
    expect(visit.page.get_by_role("heading", level=1)).to_have_text(FAILED)
    visit.server.sql("ALTER TABLE audit_events_of_old RENAME TO audit_events")
    visit.faults.clear()  # the browser's own remark on the 503
    visit.context.clear_cookies()
    visit.go("/settings/keys")
    expect(visit.page).to_have_url(visit.origin + "/login?next=%2Fsettings%2Fkeys")


def test_browser_keeps_that_page_alone_and_nothing_of_the_account(prepared):
    visit = prepared()
    name = unique("kept")
    visit.api.create_key(name)
    for path in ("/", "/settings/keys", "/help/api-keys", "/settings/users"):
        visit.go(path)
    assert visit.page.evaluate(KEPT) == ["/offline/en"]
    visit.server.stop()
    visit.go("/settings/keys")
    assert_says_so(visit)
    text = visit.page.content()
    assert name not in text and visit.api.email not in text and "Irina" not in text


def test_page_follows_the_language_of_the_reader(prepared):
    visit = prepared()
    change = {"language": "ru", "time_zone": "Europe/Moscow"}
    assert visit.api.post("/settings/preferences", data=change).status_code == 303
    visit.go("/settings")
    visit.page.wait_for_function(f"async () => JSON.stringify(await ({KEPT})()) === '[\"/offline/ru\"]'")
    visit.server.stop()
    visit.go("/settings/keys")
    expect(visit.page.get_by_role("heading", level=1)).to_have_text(TITLE["ru"])


def test_account_is_not_shown_again_by_back_after_a_log_out(new_visit, kind):
    visit = new_visit(kind, service_workers="allow").sign_in()
    visit.go("/settings")
    if kind == "chromium":
        visit.page.evaluate(WORKER_IS_READY)
    else:
        assert visit.page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    visit.keys_page()
    visit.go("/settings")
    visit.button(visit.words.log_out).first.click()
    expect(visit.page).to_have_url(visit.origin + "/")
    visit.page.go_back()
    expect(visit.page).to_have_url(visit.origin + "/login?next=%2Fsettings")
    assert visit.api.email not in visit.page.content()
