"""What a person sees when something inside has failed: what to do, a number to tell us, and nothing of the inside."""

import re

import pytest

from support.client import Browser

LANGUAGES = {
    "en": ("This did not work", "tell us this number of the request:"),
    "ru": ("Не получилось", "сообщите нам номер запроса:"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_of_a_failure_shows_the_number_that_the_log_has_and_no_more(new_server, language):
    server = new_server()
    title, quote = LANGUAGES[language]
    with Browser(server) as browser:
        browser.register(language=language)
        server.sql("ALTER TABLE audit_events RENAME TO audit_events_of_old")
        page = browser.get("/settings/audit")
    assert page.status_code in (500, 503)
    assert title in page.text and quote in page.text
    number = re.search(r"<code>([0-9a-f]+)</code>", page.text)[1]
    told = [line for line in server.log.read_text().splitlines() if number in line]
    assert any("A request failed." in line and "/settings/audit" in line for line in told), told
    assert not re.search(r"audit_events|sqlite|select |no such|\.swift", page.text, re.IGNORECASE)
    assert page.headers["cache-control"] == "no-store"


def test_page_that_is_not_there_names_no_number(visitor):
    page = visitor.get("/nothing-here")
    assert page.status_code == 404 and "<code>" not in page.text
