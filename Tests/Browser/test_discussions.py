"""The discussions in real browsers: asking, answering and what becomes of it, by hand, by keyboard and on a phone."""

import re
from contextlib import closing

import pytest
from playwright.sync_api import Locator, expect

from support.client import Browser
from support.keyboard import Keyboard
from support.roles import add_colleague, role_of
from support.talk import DISCUSSIONS, ask, do, reply
from support.visits import Visit

LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3
CODE = "```\n" + "curl --header 'Authorization: Bearer' https://keys.example.com/v1/verify?" + "x" * 200 + "\n```"


@pytest.fixture
def elsewhere(server):
    """Somebody of another company."""
    with Browser(server) as browser:
        browser.register(name="Boris Ivanov", company="Southern Cross")
        yield browser


def come_to(visit: Visit, path: str) -> Visit:
    visit.sign_in()
    visit.go(path)
    return visit


def post(visit: Visit, text: str) -> Locator:
    return visit.page.get_by_role("article").filter(has_text=text)


def test_keyboard_alone_asks_answers_marks_closes_and_moderates(new_visit, kind):
    visit = new_visit(kind).sign_in()
    page, keyboard = visit.page, Keyboard(visit.page)
    visit.go("/help/api-keys")
    keyboard.activate(page.get_by_role("link", name="Ask a question"))
    keyboard.fill(page.get_by_label("Question in one line"), "Why does it answer 403?")
    keyboard.fill(page.get_by_label("Details"), "The key is **new**.")
    keyboard.activate(visit.button("Publish the question"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Why does it answer 403?")
    expect(page).to_have_title(re.compile(r"^Why does it answer 403\? · "))
    expect(page.locator("#question strong")).to_have_text("new")
    colleague, _ = add_colleague(visit.api, role_of(visit.api, "Viewer"))
    with closing(colleague):
        reply(colleague, page.url.removeprefix(visit.origin).partition("?")[0], "Buy my books!")

    keyboard.fill(page.get_by_label("Your reply"), "It lacked the right `devices:read`.")
    keyboard.activate(visit.button("Reply"))
    own = page.locator(".posts article").filter(has_text="It lacked the right")
    expect(own).to_be_focused()
    keyboard.activate(own.get_by_role("button", name="This helped"))
    expect(page.get_by_role("status").first).to_have_text("Marked as the answer that helped.")
    expect(page.get_by_role("region", name="The answer that helped")).to_contain_text("It lacked the right")
    spam = page.locator(".posts article").filter(has_text="Buy my books!")
    keyboard.reach(spam.get_by_role("button", name="Hide"))
    keyboard.press("Enter")
    expect(page.locator(".posts article").filter(has_text="Hidden by a moderator.")).to_contain_text("Buy my books!")
    keyboard.reach(visit.button("Close the question"))
    keyboard.press("Enter")
    expect(page.get_by_text("This question is closed.")).to_be_visible()
    expect(page.get_by_label("Your reply")).to_have_count(0)
    visit.go(DISCUSSIONS)
    row = page.get_by_role("article").filter(has_text="Why does it answer 403?").first
    expect(row).to_contain_text("Answered")
    expect(row).to_contain_text("Closed")
    expect(row).to_contain_text("1 reply")


def test_mark_is_taken_only_from_the_reply_that_the_page_showed_with_it(new_visit, language):
    visit = new_visit("chromium", language).sign_in()
    topic = ask(visit.api, "Which one helped?")
    first, second = (reply(visit.api, topic, words) for words in ("This one.", "No, this one."))
    do(visit.api, topic, "answer", reply=first)
    visit.go(topic)
    do(visit.api, topic, "answer", reply=second)
    take_away = {"en": "Take the mark away", "ru": "Снять отметку"}[language]
    helped = visit.page.locator(".posts .helped")
    helped.get_by_role("button", name=take_away).click()
    told = {"en": "Another reply has been marked meanwhile.", "ru": "Тем временем отметили другой ответ."}[language]
    expect(visit.page.get_by_role("status").first).to_contain_text(told)
    expect(visit.page.locator(f"#reply-{second}")).to_have_class(re.compile("helped"))
    expect(visit.page.locator(f"#reply-{first}")).not_to_have_class(re.compile("helped"))
    visit.page.locator(f"#reply-{second}").get_by_role("button", name=take_away).click()
    expect(visit.page.get_by_role("status").first).to_be_visible()
    expect(helped).to_have_count(0)


def test_reply_comes_into_view_once_however_often_it_is_sent(new_visit, kind, elsewhere):
    topic = ask(elsewhere, "Once?")
    visit = come_to(new_visit(kind), topic)
    page = visit.page
    page.get_by_label("Your reply").fill("Only once.")
    visit.button("Reply").dblclick()
    card = page.locator("article:target")
    expect(card).to_contain_text("Only once.")
    expect(card).to_be_in_viewport()
    expect(page).to_have_url(re.compile("#reply-rep_"))
    assert "notice" not in page.url
    place = card.get_attribute("id")
    page.reload()
    page.evaluate("history.back()")
    expect(page).not_to_have_url(re.compile("#"))
    visit.go(topic)
    expect(post(visit, "Only once.")).to_have_count(1)
    # Without scripts nothing keeps a second click from sending the form again.
    assert f"reply-{reply(visit.api, topic, 'Only once.')}" == place


def test_what_was_typed_stays_whatever_came_between(new_visit, kind, elsewhere):
    topic = ask(elsewhere, "Closed in between?")
    visit = come_to(new_visit(kind), topic)
    page, words = visit.page, "A long answer\nof two lines <b>"
    page.get_by_label("Your reply").fill(words)
    do(elsewhere, topic, "close")
    visit.button("Reply").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_text("This question is closed.")).to_be_visible()
    expect(page.get_by_label("Your reply")).to_have_value(words)
    do(elsewhere, topic, "reopen")

    visit.api.post("/logout")
    visit.button("Reply").click()
    page.get_by_label("E-mail", exact=True).fill(visit.api.email)
    page.get_by_label("Password", exact=True).fill(visit.api.password)
    visit.button("Log in").click()
    expect(page).to_have_url(visit.origin + topic)
    expect(page.get_by_label("Your reply")).to_have_value(words)
    visit.button("Reply").click()
    expect(page.locator("article:target")).to_contain_text("of two lines <b>")
    expect(page.get_by_label("Your reply")).to_have_value("")
    page.goto(visit.origin + topic)
    expect(page.get_by_label("Your reply")).to_have_value("")


def test_sending_one_text_forgets_no_other_and_a_link_that_claims_it_forgets_none(new_visit, kind):
    visit = new_visit(kind).sign_in()
    first, second = (ask(visit.api, title) for title in ("First?", "Second?"))
    details = visit.page.get_by_label("Details")
    for topic in (first, second):
        visit.go(f"{topic}?edit=question")
        details.fill(f"Unsent of {topic}")
    visit.go(f"{first}?notice=saved")
    visit.go(f"{second}?edit=question")
    visit.button("Save").click()
    expect(visit.page.locator("#question")).to_contain_text(f"Unsent of {second}")
    visit.go(f"{first}?edit=question")
    expect(details).to_have_value(f"Unsent of {first}")
    visit.go(f"{second}?edit=question")
    assert visit.page.evaluate("Object.keys(sessionStorage).filter((name) => name.includes('draft')).length") == 1


def test_who_writes_too_often_is_told_when_to_go_on_and_keeps_the_words(new_visit, language):
    visit = new_visit("chromium", language).sign_in()
    for number in range(5):
        ask(visit.api, f"Question {number}")
    visit.go(f"{DISCUSSIONS}/new")
    page = visit.page
    page.locator("#title").fill("One more")
    page.locator("#body").fill("\n  indented code?\n")
    page.locator("main form button.primary").click()
    expect(page.get_by_role("alert")).to_contain_text({"en": "in 60 minutes", "ru": "через 60 минут"}[language])
    expect(page.locator("#title")).to_have_value("One more")
    expect(page.locator("#body")).to_have_value("\n  indented code?\n")


@pytest.mark.parametrize(
    ("title", "body", "fault"),
    [
        ("ab", "Text", "#title"),
        ("x" * 151, "Text", "#title"),
        ("Question", " \n\u200b", "#body"),
        ("Question", "я" * 10_001, "#body"),
        ("Question", "字" * 10_001, "#body"),
        ("Question", "> " * 40 + "deep", "#body"),
    ],
)
def test_what_cannot_be_published_is_said_at_its_field(new_visit, language, title, body, fault):
    visit = new_visit("chromium", language).sign_in()
    visit.go(f"{DISCUSSIONS}/new")
    page = visit.page
    page.locator("#title").fill(title)
    page.locator("#body").fill(body)
    page.locator("main form button.primary").click()
    expect(page.locator(fault)).to_have_attribute("aria-invalid", "true")
    expect(page.locator(fault)).to_be_focused()
    expect(page.locator(f"{fault}-fault")).not_to_be_empty()
    expect(page.locator("#title")).to_have_value(title)
    expect(page.locator("#body")).to_have_value(body)
    assert page.title().startswith({"en": "Ask a question", "ru": "Новый вопрос"}[language])


def test_longest_text_there_may_be_is_published(member):
    topic = ask(member, "字" * 150, "字" * 10_000)
    reply(member, topic, "😀" * 10_000)
    text = member.get(topic).text
    assert "字" * 10_000 in text and "😀" * 10_000 in text


def test_own_words_are_put_right_in_their_place(new_visit, kind):
    visit = new_visit(kind).sign_in()
    topic = ask(visit.api, "Speling?", "Fisrt line\n\nSecond <line>")
    own = reply(visit.api, topic, "Misstake")
    visit.go(topic)
    page = visit.page
    page.locator("#question").get_by_role("link", name="Edit").click()
    expect(page.get_by_label("Question in one line")).to_be_focused()
    expect(page.get_by_label("Your reply")).to_have_count(0)
    expect(page.get_by_label("Details")).to_have_value("Fisrt line\n\nSecond <line>")
    page.get_by_label("Details").fill("First line")
    page.reload()
    expect(page.get_by_label("Details")).to_have_value("First line")
    page.get_by_label("Question in one line").fill("Spelling?")
    visit.button("Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Spelling?")
    expect(page.locator("#question")).to_contain_text("edited")

    page.locator(f"#reply-{own}").get_by_role("link", name="Edit").click()
    page.get_by_label("Your reply").fill("Never mind")
    page.get_by_role("link", name="Cancel").click()
    page.locator(f"#reply-{own}").get_by_role("link", name="Edit").click()
    expect(page.get_by_label("Your reply")).to_have_value("Misstake")
    page.get_by_label("Your reply").fill("Mistake")
    visit.button("Save").click()
    expect(page.locator("article:target")).to_contain_text("Mistake")


def test_nothing_runs_off_a_small_screen_whatever_people_write(new_visit, kind, language):
    visit = new_visit(kind, language, viewport={"width": 320, "height": 640})
    visit.api.register(name="W" * 100, language=language)
    visit.take_session(visit.api)
    topic = ask(visit.api, "Ж" * 150, f"{LONG_WORD}\n\n{CODE}\n\n| a | b |\n|---|---|\n| {LONG_WORD} | {'`x`' * 60} |")
    marked = reply(visit.api, topic, f"> > > {LONG_WORD}\n\n1. - 1. {CODE}\n\n<https://example.com/{'y' * 300}>")
    do(visit.api, topic, "answer", reply=marked)
    for path in (DISCUSSIONS, f"{DISCUSSIONS}/new", topic, f"{topic}?edit={marked}", "/help/api-keys"):
        visit.go(path)
        visit.page.locator("main details").evaluate_all("parts => parts.forEach((part) => part.open = true)")
        assert not visit.has_sideways_scroll(), path
