"""Discussions over HTTP: who reads and writes, what each answer holds, and what is refused."""

import pytest

from support.client import Browser, assert_problem, moment, unique
from support.roles import add_colleague, role_of
from support.talk import DISCUSSIONS

PLATFORM = 'platform: {name: Harbour, key_prefix: hb, discussions: %s}\nsections: [{id: berths, name: Berths}]\n'


@pytest.fixture
def forum(new_server, tmp_path):
    """Makes a server whose platform has an audience."""

    def start(audience: str):
        file = tmp_path / f"{audience}.yaml"
        file.write_text(PLATFORM % audience)
        return new_server("--platform", str(file))

    return start


def ask(browser: Browser, title: str = "How do I rotate a key?", body: str = "I have **one** key.") -> dict:
    answer = browser.post("/v1/topics", json={"title": title, "body": body})
    assert answer.status_code == 201, answer.text
    return answer.json()


def reply(browser: Browser, topic: dict, body: str = "Make a second one.") -> dict:
    answer = browser.post(f"/v1/topics/{topic['id']}/replies", json={"body": body})
    assert answer.status_code == 201, answer.text
    return answer.json()


def thread(browser: Browser, topic: dict, **parameters) -> dict:
    answer = browser.get(f"/v1/topics/{topic['id']}", params=parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()


def change(browser: Browser, thing: dict, **members):
    kind = "topics" if thing["id"].startswith("top_") else "replies"
    return browser.patch(f"/v1/{kind}/{thing['id']}", json=members)


def titles(browser: Browser, **parameters) -> list[str]:
    answer = browser.get("/v1/topics", params=parameters)
    assert answer.status_code == 200, answer.text
    return [topic["title"] for topic in answer.json()["topics"]]


def test_question_and_answer_between_two_companies(server, member):
    with Browser(server) as other:
        other.register(name="Pavel Orlov", company="Southern Cross")
        topic = ask(member, title := unique("How"))
        assert topic["author"] == {"name": "Irina Volkova", "you": True}
        assert topic["may"] == ["reply", "edit", "answer", "close", "hide", "follow"]
        first = reply(other, topic, "Make *two*.\r\n\r\n- so\r\n")
        assert first["body"] == "Make *two*.\n\n- so"
        seen = thread(member, topic)
        assert [one["author"] for one in seen["replies"]] == [{"name": "Pavel Orlov", "you": False}]
        assert (seen["followed"], seen["total"], seen["next_cursor"], seen["answer"]) == (True, 1, None, None)
        assert seen["topic"]["last_by"] == "Pavel Orlov"
        assert moment(seen["topic"]["last_at"]) == moment(first["created_at"])
        answered = change(member, topic, answer_id=first["id"]).json()
        assert answered["answer"]["id"] == answered["topic"]["answer_id"] == first["id"]
        assert title in titles(other, state="answered", query=title.upper())
        assert change(member, topic, answer_id=None).json()["answer"] is None
        text = member.get("/v1/topics").text + thread(other, topic)["topic"]["body"]
        assert other.email not in text and "Southern Cross" not in text and "usr_" not in text


@pytest.mark.parametrize("audience", ["signed-in", "company", "public", "off"])
def test_strangers_and_keys_see_what_the_audience_says(forum, audience):
    server = forum(audience)
    stranger = Browser(server)
    with Browser(server) as chief, Browser(server) as rival, Browser(server) as program, stranger:
        chief.register()
        rival.register()
        key = chief.create_key()["key"]
        program.headers["Authorization"] = f"Bearer {key}"
        if audience == "off":
            for browser in (chief, rival, program, stranger):
                assert_problem(browser.get("/v1/topics"), 404, "not_found")
                assert_problem(browser.get("/v1/notifications"), 404, "not_found")
                assert_problem(browser.post("/v1/topics", json={"title": "May I?", "body": "x"}), 404, "not_found")
            return
        topic = ask(chief)
        address = f"/v1/topics/{topic['id']}"
        for browser in (program, stranger):
            assert_problem(browser.post("/v1/topics", json={"title": "May I?", "body": "x"}), 401, "not_signed_in")
            assert_problem(browser.post(f"{address}/replies", json={"body": "x"}), 401, "not_signed_in")
            assert_problem(browser.patch(address, json={"closed": True}), 401, "not_signed_in")
            assert_problem(browser.get("/v1/notifications"), 401, "not_signed_in")
        for path in ("/v1/topics", address):
            assert_problem(program.get(path), 401, "not_signed_in")
            if audience == "public":
                assert stranger.get(path).status_code == 200
            else:
                assert_problem(stranger.get(path), 401, "not_signed_in")
        if audience == "company":
            assert titles(rival) == []
            assert_problem(rival.get(address), 404, "not_found")
            assert_problem(rival.post(f"{address}/replies", json={"body": "x"}), 404, "not_found")
            assert_problem(rival.patch(address, json={"followed": True}), 404, "not_found")
            assert_problem(rival.delete(address), 404, "not_found")
        else:
            assert titles(rival) == [topic["title"]]
        if audience == "public":
            assert thread(stranger, topic)["topic"]["may"] == []


def test_administrator_moderates_their_own_people_and_nobody_elses(server, member):
    viewer, _ = add_colleague(member, role_of(member, "Viewer"))
    with Browser(server) as rival:
        rival.register()
        topic = ask(viewer)
        answer = reply(viewer, topic)
        for thing in (topic, answer):
            path = f"/v1/{'topics' if thing is topic else 'replies'}/{thing['id']}"
            assert_problem(rival.delete(path), 403, "missing_permission")
            assert_problem(rival.patch(path, json={"body": "mine"}), 403, "missing_permission")
        assert_problem(change(rival, topic, closed=True), 403, "missing_permission")
        assert change(member, answer, hidden=True).json()["hidden"] == "moderator"
        placeholder = thread(rival, topic)["replies"][0]
        assert (placeholder["body"], placeholder["hidden"], placeholder["may"]) == (None, "moderator", [])
        assert thread(viewer, topic)["replies"][0]["body"] == "Make a second one."
        assert_problem(change(viewer, answer, hidden=False), 403, "moderated")
        assert member.delete(f"/v1/topics/{topic['id']}").json() == {"hidden": 1}
        assert_problem(rival.get(f"/v1/topics/{topic['id']}"), 404, "not_found")
        assert thread(viewer, topic)["topic"]["hidden"] == "moderator"
        log = [event["action"] for event in member.get("/v1/audit").json()["events"]]
        assert log[:3] == ["topic.hidden", "reply.hidden", "topic.created"]
    viewer.close()


def test_closed_topic_takes_no_words(server, member):
    topic = ask(member)
    answer = reply(member, topic)
    closed = change(member, topic, closed=True).json()["topic"]
    assert closed["closed"] is True and "reply" not in closed["may"]
    assert_problem(member.post(f"/v1/topics/{topic['id']}/replies", json={"body": "x"}), 409, "topic_closed")
    assert_problem(change(member, answer, body="else"), 409, "topic_closed")
    assert_problem(change(member, topic, title="Another one"), 409, "topic_closed")
    reopened = change(member, topic, closed=False, title="Another one").json()["topic"]
    assert (reopened["closed"], reopened["title"]) == (False, "Another one") and reopened["edited_at"]


def test_words_that_cannot_be_are_refused_with_their_fault(member):
    good = {"title": "How so?", "body": "So."}
    for field, text, code in [
        ("title", "ab", "title_too_short"),
        ("title", "\u200b\u200b\u200b", "title_too_short"),
        ("title", "x" * 151, "title_too_long"),
        ("title", "two\nlines", "text_has_control_characters"),
        ("body", " \r\n ", "text_empty"),
        ("body", "[only]: http://a.example", "text_empty"),
        ("body", "я" * 10_001, "text_too_long"),
        ("body", "a\u0007b", "text_has_control_characters"),
        ("body", "a\u0000b", "text_has_control_characters"),
        ("body", ">" * 40 + " deep", "text_too_nested"),
    ]:
        assert_problem(member.post("/v1/topics", json=good | {field: text}), 422, code, field)
    assert_problem(member.post("/v1/topics", json={"title": "", "body": ""}), 422, "invalid", "body")
    topic = ask(member, "x" * 150, "я" * 10_000)
    assert_problem(member.post(f"/v1/topics/{topic['id']}/replies", json={"body": ""}), 422, "text_empty")
    assert_problem(change(member, topic, answer_id="rep_0000000000001"), 422, "reply_unknown", "answer_id")
    assert_problem(change(member, topic, answer_id="nonsense"), 422, "reply_unknown", "answer_id")
    assert_problem(member.get("/v1/topics", params={"cursor": "x"}), 422, "cursor_invalid", "cursor")
    assert_problem(
        member.get(f"/v1/topics/{topic['id']}", params={"cursor": "rep_0000000000001"}), 422, "cursor_invalid", "cursor"
    )


def test_floods_are_held_up(member):
    for number in range(5):
        topic = ask(member, f"Question {number}")
    refused = member.post("/v1/topics", json={"title": "Question 6", "body": "x"})
    assert_problem(refused, 429, "rate_limited")
    assert 3500 < int(refused.headers["retry-after"]) <= 3600
    for number in range(10):
        reply(member, topic, f"Reply {number}")
    refused = member.post(f"/v1/topics/{topic['id']}/replies", json={"body": "Reply 11"})
    assert_problem(refused, 429, "rate_limited")
    assert 1 <= int(refused.headers["retry-after"]) <= 60


def test_floods_of_edits_are_held_up(member):
    answer = reply(member, topic := ask(member))
    for number in range(15):
        assert change(member, topic, body=f"Edit {number}").status_code == 200
        assert change(member, answer, body=f"Edit {number}").status_code == 200
    for thing in (topic, answer):
        refused = change(member, thing, body="Another")
        assert_problem(refused, 429, "rate_limited")
    assert 500 < int(refused.headers["retry-after"]) <= 600
    assert thread(member, topic)["replies"][0]["body"] == "Edit 14"
    page = member.post(f"{DISCUSSIONS}/{topic['id']}/edit", data={"title": "Kept?", "body": "Typed *once*"})
    assert page.status_code == 429 and "Kept?" in page.text and "Typed *once*" in page.text


def test_same_words_sent_twice_are_one_topic_and_one_reply(member):
    topic = ask(member, title := unique("Twice"))
    assert ask(member, title)["id"] == topic["id"]
    assert reply(member, topic)["id"] == reply(member, topic)["id"]
    assert thread(member, topic)["total"] == 1


def test_pages_of_both_lists_are_followed_by_their_cursors(server, member):
    mark = unique("page")
    topics = [ask(member, f"{mark} {number}") for number in range(3)]
    found, cursor = [], ""
    while cursor is not None:
        page = member.get("/v1/topics", params={"query": mark, "limit": 2, "cursor": cursor}).json()
        assert page["total"] == 3
        found += [topic["id"] for topic in page["topics"]]
        cursor = page["next_cursor"]
    assert found == [topic["id"] for topic in reversed(topics)]
    said = [reply(member, topics[0], str(number))["id"] for number in range(3)]
    first = thread(member, topics[0], limit=2)
    assert [one["id"] for one in first["replies"]] == said[:2]
    rest = thread(member, topics[0], limit=2, cursor=first["next_cursor"])
    assert [one["id"] for one in rest["replies"]] == said[2:] and rest["next_cursor"] is None


def test_news_come_of_others_and_go_when_they_were_seen(server, member):
    with Browser(server) as other:
        other.register(name="Pavel Orlov")
        topic = ask(member)
        reply(member, topic, "My own")
        assert member.get("/v1/notifications").json() == {"notifications": []}
        answer = reply(other, topic)
        (news,) = member.get("/v1/notifications").json()["notifications"]
        assert (news["topic_id"], news["new_replies"], news["first_reply_id"]) == (topic["id"], 1, answer["id"])
        assert news["last_by"] == "Pavel Orlov"
        assert member.post("/v1/notifications/seen").json() == {"notifications": []}
        assert member.get("/v1/notifications").json() == {"notifications": []}
        assert change(member, topic, followed=False).json()["followed"] is False
        reply(other, topic, "Another")
        assert member.get("/v1/notifications").json() == {"notifications": []}


@pytest.mark.parametrize("shown", [None, "", "now", "1e3", "9" * 30, "-5"])
def test_form_that_names_no_moment_marks_nothing_as_read(server, member, shown):
    with Browser(server) as other:
        other.register(name="Pavel Orlov")
        reply(other, ask(member))
        answer = member.post("/notifications", data={} if shown is None else {"shown": shown})
        assert answer.status_code == (303 if shown == "-5" else 422), answer.text
        assert len(member.get("/v1/notifications").json()["notifications"]) == 1


@pytest.mark.parametrize("fields", [{}, {"reply": "nonsense"}, {"unmark": ""}, {"unmark": "rep_x"}])
def test_form_that_names_no_reply_changes_no_mark(member, fields):
    topic = ask(member)
    marked = reply(member, topic)
    assert change(member, topic, answer_id=marked["id"]).status_code == 200
    answer = member.post(f"{DISCUSSIONS}/{topic['id']}/answer", data=fields)
    assert answer.status_code == 422 and "not there any more" in answer.text
    assert thread(member, topic)["topic"]["answer_id"] == marked["id"]


def test_operator_hides_what_no_company_shows_again(server, member):
    topic = ask(member)
    answer = reply(member, topic)
    for kind, thing in (("topic", topic), ("reply", answer)):
        done = server.cli(kind, "hide", thing["id"])
        assert (done.returncode, done.stdout) == (0, f"{thing['id']} is hidden.\n")
        assert_problem(change(member, thing, hidden=False), 403, "moderated")
    with Browser(server) as other:
        other.register()
        assert_problem(other.get(f"/v1/topics/{topic['id']}"), 404, "not_found")
        assert server.cli("topic", "show", topic["id"]).returncode == 0
        assert thread(other, topic)["replies"][0]["hidden"] == "moderator"
        assert server.cli("reply", "show", answer["id"]).returncode == 0
        assert thread(other, topic)["replies"][0]["body"] == "Make a second one."
    events = member.get("/v1/audit").json()["events"][:4]
    assert [(one["action"], one["actor"]) for one in events] == [
        ("reply.shown", None), ("topic.shown", None), ("reply.hidden", None), ("topic.hidden", None)
    ]  # fmt: skip
    for command in (["topic", "hide", "top_0000000000001"], ["reply", "show", "nonsense"]):
        assert server.cli(*command).returncode == 1


def test_words_of_other_companies_go_when_each_gets_its_own_discussions(forum, tmp_path):
    server = forum("signed-in")
    with Browser(server) as chief, Browser(server) as rival:
        chief.register(name="Irina Volkova")
        rival.register(name="Pavel Orlov")
        topic = ask(chief)
        foreign = reply(rival, topic, "Words of another company")
        own = reply(chief, topic, "Our own words")
        change(chief, topic, answer_id=foreign["id"]).raise_for_status()
        server.stop()
        (tmp_path / "signed-in.yaml").write_text(PLATFORM % "company")
        server.start()
        seen = thread(chief, topic)
        assert [one["id"] for one in seen["replies"]] == [own["id"]]
        assert (seen["total"], seen["answer"], seen["topic"]["replies"]) == (1, None, 1)
        assert chief.get("/v1/topics", params={"state": "answered"}).json()["total"] == 0
        assert_problem(change(chief, foreign, hidden=True), 404, "not_found")
        page = f"{DISCUSSIONS}/{topic['id']}"
        assert chief.get(f"{page}/replies/{foreign['id']}").status_code == 404
        for path in (DISCUSSIONS, page, "/notifications", "/settings/audit"):
            text = chief.get(path).raise_for_status().text
            assert "another company" not in text and "Pavel Orlov" not in text, path


def test_acknowledged_reply_survives_kill_9(new_server):
    server = new_server()
    with Browser(server) as browser:
        browser.register()
        topic = ask(browser)
        answer = reply(browser, topic)
    server.kill()
    server.start()
    with Browser(server) as again:
        assert again.log_in(browser.email, browser.password).status_code == 201
        assert [one["id"] for one in thread(again, topic)["replies"]] == [answer["id"]]
