"""The lists of the discussions: questions, pages of replies, notifications, and who may see any of it."""

import re
from contextlib import ExitStack

import pytest
from playwright.sync_api import expect

from support.client import Browser, unique
from support.server import Server
from support.talk import DISCUSSIONS, ask, do, reply
from support.visits import Visit

PLATFORM = """
platform: {{name: Ward, key_prefix: wd, discussions: {audience}}}
sections:
  - {{id: logs, name: {{en: Logs, ru: Записи}}, actions: [read]}}
"""


@pytest.fixture
def company(server):
    """`company("Boris Ivanov")`: somebody with a company of their own, on the shared server or another."""
    with ExitStack() as stack:

        def found(name: str, at: Server = server, **members) -> Browser:
            browser = stack.enter_context(Browser(at))
            browser.register(name=name, company=f"Company of {name}", **members)
            return browser

        yield found


def replies(visit: Visit):
    return visit.page.locator("section.posts:not(.solution) article")


def test_long_thread_has_pages_and_every_reply_a_place_of_its_own(new_visit, kind, company):
    asker, *others = [company(f"Person {number}") for number in range(3)]
    topic = ask(asker, "Many replies?")
    said = [reply(others[number % 2], topic, f"Reply number {number}") for number in range(20)]
    said += [reply(company("Late Comer"), topic, "The one that helped")]
    do(asker, topic, "answer", reply=said[-1])
    visit = new_visit(kind).sign_in()
    visit.go(topic)
    page = visit.page
    expect(replies(visit)).to_have_count(20)
    solution = page.get_by_role("region", name="The answer that helped")
    expect(solution.get_by_role("article")).to_contain_text("The one that helped")
    solution.get_by_role("link", name="Go to the reply").click()
    expect(page).to_have_url(f"{visit.origin}{topic}?page=2#reply-{said[-1]}")
    expect(replies(visit)).to_have_count(1)
    expect(page.locator("article:target")).to_be_focused()
    page.get_by_role("link", name="Previous").click()
    expect(page.locator(f"#reply-{said[0]}")).to_contain_text("Reply number 0")
    visit.go(f"{topic}?page=99")
    expect(replies(visit)).to_have_count(1)
    page.get_by_label("Your reply").fill("")
    visit.button("Reply").click()
    expect(page.locator("#body")).to_have_attribute("aria-invalid", "true")
    expect(replies(visit)).to_have_count(1)


def test_bell_tells_of_a_reply_until_it_was_read(new_visit, company, language):
    visit = new_visit("chromium", language).sign_in()
    topic = ask(visit.api, "Does it ring?")
    own = reply(visit.api, topic, "Let me add something.")
    place = visit.page.locator(".side-bar a[href='/notifications']")
    visit.go("/")
    expect(place.locator(".new-count")).to_have_count(0)
    boris = company("Boris Ivanov")
    first = reply(boris, topic, "It does.")
    reply(boris, topic, "Loudly.")
    visit.go("/")
    expect(place.locator(".new-count")).to_have_text("1")
    expect(place).to_have_accessible_name(
        {"en": re.compile("Notifications *, 1 new"), "ru": re.compile("Уведомления *, 1 новое")}[language]
    )
    place.click()
    row = visit.page.locator("main article")
    expect(row).to_contain_text({"en": "2 new replies", "ru": "2 новых ответа"}[language])
    row.get_by_role("link").click()
    expect(visit.page).to_have_url(re.compile(f"#reply-{first}$"))
    expect(visit.page.locator(".new-count")).to_have_count(0)
    expect(visit.page.locator(f"#reply-{own}")).to_be_visible()
    visit.go("/notifications")
    expect(visit.page.locator("main article")).to_have_count(0)

    reply(boris, topic, "Once more.")
    visit.go("/notifications")
    visit.page.locator("main form button").click()
    expect(visit.page.locator("main article")).to_have_count(0)
    do(visit.api, topic, "unfollow")
    reply(boris, topic, "And again.")
    visit.go("/notifications")
    expect(visit.page.locator("main article")).to_have_count(0)


def test_reply_that_came_after_the_page_stays_new_when_all_is_marked(new_visit, company, language):
    visit = new_visit("chromium", language).sign_in()
    first, second = (ask(visit.api, title) for title in ("Shown?", "Shown and more?"))
    boris = company("Boris Ivanov")
    for topic in (first, second):
        reply(boris, topic, "There when the page was opened.")
    visit.go("/notifications")
    rows = visit.page.locator("main article")
    expect(rows).to_have_count(2)
    since = reply(boris, second, "Said since then.")
    visit.page.locator("main form button").click()
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text({"en": "1 new reply", "ru": "1 новый ответ"}[language])
    told = {"en": "What is below has come since.", "ru": "Ниже — то, что пришло позже."}[language]
    expect(visit.page.get_by_role("status").first).to_contain_text(told)
    rows.get_by_role("link").click()
    expect(visit.page).to_have_url(re.compile(f"#reply-{since}$"))


def test_bell_stands_in_the_top_bar_of_a_phone(new_visit, company):
    visit = new_visit(viewport={"width": 390, "height": 800}).sign_in()
    visit.go("/")
    bell = visit.page.locator("header").get_by_role("link", name="Notifications, 1 new")
    expect(bell).to_have_count(0)
    reply(company("Boris Ivanov"), ask(visit.api, "On the phone?"))
    visit.go("/")
    bell.click()
    expect(visit.page).to_have_url(visit.origin + "/notifications")


def test_questions_are_filtered_and_searched_without_script(new_visit, company, language):
    visit = new_visit("chromium", language, java_script_enabled=False).sign_in()
    word = unique("Ёлка")
    mine, other = ask(visit.api, f"{word} mine"), company("Boris Ivanov")
    others = ask(other, f"{word} of others")
    helped = reply(visit.api, others)
    do(other, others, "answer", reply=helped)
    do(visit.api, mine, "close")
    visit.go(DISCUSSIONS)
    page = visit.page
    page.get_by_role("searchbox").fill(word.lower().replace("ё", "Ё"))
    page.get_by_role("searchbox").press("Enter")
    titles = page.locator(".topics h2")
    expect(titles).to_have_text([f"{word} of others", f"{word} mine"])
    for state, found in {
        "open": [others], "answered": [others], "closed": [mine], "mine": [mine], "followed": [others, mine],
    }.items():  # fmt: skip
        page.locator(f".topic-states a[href*='state={state}']").click()
        expect(page.get_by_role("searchbox")).to_have_value(word.lower().replace("ё", "Ё"))
        shown = page.locator(".topics h2 a")
        expect(shown).to_have_count(len(found))
        assert [link.get_attribute("href") for link in shown.all()] == found, state
    page.get_by_role("searchbox").fill("zebra <b>")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator(".empty .button")).to_have_attribute("href", DISCUSSIONS)


def test_everything_works_without_script(new_visit, company):
    visit = new_visit("firefox", java_script_enabled=False).sign_in()
    page = visit.page
    visit.go("/help/api-keys")
    page.get_by_role("link", name="Ask a question").click()
    page.get_by_label("Question in one line").fill("No scripts?")
    page.get_by_label("Details").fill("None.")
    visit.button("Publish the question").click()
    topic = page.url.removeprefix(visit.origin).partition("?")[0]
    page.get_by_label("Your reply").fill("Not one.")
    visit.button("Reply").click()
    own = page.locator("article:target")
    own.get_by_role("button", name="This helped").click()
    expect(own).to_contain_text("Take the mark away")
    own.get_by_role("link", name="Edit").click()
    page.get_by_label("Your reply").fill("Not a single one.")
    visit.button("Save").click()
    expect(own).to_contain_text("Not a single one.")
    own.get_by_role("button", name="Take back").click()
    expect(own).to_contain_text("Taken back by its author.")
    own.get_by_role("button", name="Show again").click()
    expect(own).not_to_contain_text("Taken back")
    visit.button("Stop following").click()
    expect(visit.button("Follow")).to_be_visible()
    page.locator("#question").get_by_role("button", name="Take back").click()
    expect(page.get_by_text("Taken back by its author. Only the author and the moderators see it.")).to_be_visible()
    assert company("Boris Ivanov").get(topic).status_code == 404


def test_newest_questions_stand_on_top_of_the_article_for_members_alone(new_visit, server, company):
    topics = [ask(company(f"Person {number}"), unique("Newest")) for number in range(6)]
    visit = new_visit().sign_in()
    visit.go("/help/api-keys")
    shown = visit.page.get_by_role("region", name="Discussions").get_by_role("heading", level=3).get_by_role("link")
    expect(shown).to_have_count(5)
    assert [link.get_attribute("href") for link in shown.all()] == topics[:0:-1]
    with Browser(server) as stranger:
        assert DISCUSSIONS not in stranger.get("/help/api-keys").text
        for path in (DISCUSSIONS, f"{DISCUSSIONS}/new", topics[0], "/notifications"):
            answer = stranger.get(path)
            assert (answer.status_code, answer.headers["location"][:6]) == (303, "/login"), path


@pytest.mark.parametrize(
    ("audience", "stranger_sees", "other_sees"), [("public", 200, 200), ("company", 303, 404), ("off", 404, 404)]
)
def test_platform_file_says_who_reads(new_server, tmp_path, company, audience, stranger_sees, other_sees):
    (tmp_path / "platform.yaml").write_text(PLATFORM.format(audience=audience))
    server = new_server("--platform", str(tmp_path / "platform.yaml"))
    irina, boris = company("Irina Volkova", server), company("Boris Ivanov", server)
    if audience == "off":
        topic = f"{DISCUSSIONS}/top_0000000000001"
        assert irina.get(DISCUSSIONS).status_code == irina.get(f"{DISCUSSIONS}/new").status_code == 404
        assert irina.post(f"{DISCUSSIONS}/new", data={"title": "Why?", "body": "?"}).status_code == 404
        page = irina.get("/help/api-keys").text
        assert DISCUSSIONS not in page and "/notifications" not in page
    else:
        topic = ask(irina, "Who reads this?")
    with Browser(server) as stranger:
        for path in (DISCUSSIONS, topic):
            assert stranger.get(path).status_code == stranger_sees, path
        assert stranger.post(f"{topic}/replies", data={"body": "Me"}).status_code == 303
        seen = stranger.get(topic).text
        assert "<textarea" not in seen and "/follow" not in seen
        assert ("Who reads this?" in stranger.get("/help/api-keys").text) == (audience == "public")
    assert boris.get(topic).status_code == other_sees
    if audience == "company":
        assert "Who reads this?" not in boris.get(DISCUSSIONS).text


def test_moderator_has_no_say_over_another_company(company):
    irina, boris = company("Irina Volkova"), company("Boris Ivanov")
    topic = ask(irina, "Mine?")
    said = reply(irina, topic)
    page = boris.get(topic).text
    for deed in ("close", "hide", "answer", "edit", f"replies/{said}/hide", f"replies/{said}/edit"):
        assert f"{topic}/{deed}\"" not in page
        answer = boris.post(f"{topic}/{deed}", data={"title": "Yours?", "body": "Yours", "reply": said})
        assert answer.status_code == 403, deed
    assert "Mine?" in irina.get(topic).text
