"""The help is open to everybody, in the language of the reader, and says what the service says."""

import re

import pytest

from support.client import Browser

CODES = [
    "missing", "malformed", "unknown", "deleted", "expired", "not_copied", "owner_blocked", "missing_permission",
    "path_refused", "no_route", "not_current",
]  # fmt: skip


@pytest.fixture(params=["en", "ru"])
def language(request) -> str:
    return request.param


@pytest.fixture
def person(server, language):
    """Somebody signed in who reads that language."""
    with Browser(server) as browser:
        browser.register(language=language)
        yield browser


def page(browser, path: str, language: str) -> str:
    answer = browser.get(path, headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert f'<html lang="{language}">' in answer.text
    return answer.text


@pytest.mark.parametrize("path", ["/help", "/help/api-keys", "/help/people", "/help/search", "/help/search?q=key"])
def test_help_is_open_to_visitors_and_people_alike(visitor, person, path, language):
    assert "/login?next=" not in page(visitor, path, language)
    assert 'action="/logout"' in page(person, path, language)


def test_article_has_a_section_for_each_code_of_a_refusal(visitor, language):
    text = page(visitor, "/help/api-keys", language)
    for code in CODES:
        assert f'<h3 id="{code}">' in text


def test_article_names_the_address_of_this_service(visitor):
    text = page(visitor, "/help/api-keys", "en")
    assert f"{visitor.server.url}/v1/verify" in text and "example.com" not in text


def test_every_link_and_picture_of_the_help_leads_somewhere(person, language):
    for path in ("/help", "/help/api-keys", "/help/people"):
        text = page(person, path, language)
        anchors = set(re.findall(r' id="([^"]+)"', text))
        for target in set(re.findall(r'(?:href|src)="([^"]+)"', text)):
            if target.startswith("#"):
                assert target[1:] in anchors, target
            else:
                place, _, anchor = target.partition("#")
                answer = person.get(place)
                assert answer.status_code == 200, target
                assert not anchor or f'id="{anchor}"' in answer.text, target


def test_question_is_shown_as_text(visitor):
    text = page(visitor, "/help/search?q=%3Cscript%3Ealert(1)%3C/script%3E%22onfocus=%22", "en")
    assert "<script>alert" not in text and "&lt;script&gt;alert(1)" in text and '"onfocus' not in text


@pytest.mark.parametrize("question", ["", "%20", "%00", "%FF", "a" * 5000, "+".join(["key"] * 500)])
def test_odd_questions_are_answered(visitor, question):
    page(visitor, f"/help/search?q={question}", "en")


def test_help_is_only_read(visitor):
    assert visitor.post("/help/api-keys").status_code == 405
    assert visitor.get("/help/nothing").status_code == 404
