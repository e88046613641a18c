"""The page itself goes away: its tab crashes, the computer sleeps, the session ends. What one has is not lost."""

import json
import re

import pytest
from playwright.sync_api import Error, Page, expect

from support.client import Browser, refusal, unique, verify
from support.server import wait_until
from support.visits import Visit, log_in_by_form

NIGHT = "09:00:00"
MONTH = 31 * 86_400_000  # milliseconds: longer than a session lasts unused


class Tab:
    """A tab that can crash and be brought back. Playwright gives it up then, so the browser's protocol leads it."""

    def __init__(self, visit: Visit):
        self.visit = visit
        info = visit.context.new_cdp_session(visit.page).send("Target.getTargetInfo")
        self.target = info["targetInfo"]["targetId"]
        self.protocol = visit.context.browser.new_browser_cdp_session()
        self.protocol.on("Target.receivedMessageFromTarget", self.hear)
        self.answers: dict[int, dict] = {}

    def hear(self, event: dict) -> None:
        answer = json.loads(event["message"])
        if "id" in answer:
            self.answers[answer["id"]] = answer.get("result", {})

    def crash(self) -> None:
        with self.visit.page.expect_event("crash"), pytest.raises(Error):
            self.visit.page.goto("chrome://crash")
        asked = {"targetId": self.target, "flatten": False}
        self.session = self.protocol.send("Target.attachToTarget", asked)["sessionId"]

    def send(self, method: str, **params) -> dict:
        number = len(self.answers) + 1
        message = json.dumps({"id": number, "method": method, "params": params})
        self.protocol.send("Target.sendMessageToTarget", {"sessionId": self.session, "message": message})

        def answer() -> dict | None:
            self.protocol.send("Target.getTargets")  # while this is answered, events are heard
            return self.answers.get(number)

        return wait_until(answer, 10, "the tab answers")

    def bring_back(self, path: str) -> None:
        self.send("Page.navigate", url=self.visit.origin + path)

    def value(self, expression: str):
        """What an expression is once it is anything."""
        return wait_until(
            lambda: self.send("Runtime.evaluate", expression=expression).get("result", {}).get("value"),
            10,
            "the page is there again",
        )


@pytest.fixture
def tab(new_visit) -> Tab:
    """In Chromium alone: Firefox lets nobody crash its tabs."""
    return Tab(new_visit("chromium").sign_in().keys_page())


def test_crash_while_one_types_costs_nothing(tab):
    visit = tab.visit
    visit.open_create()
    visit.name_field().fill("Nightly import")
    visit.window.locator("[data-day]").first.click()
    day = visit.window.locator("#expires_on").input_value()
    tab.crash()
    tab.bring_back("/settings/keys")
    assert tab.value("document.querySelector('#create-window[open] #name')?.value") == "Nightly import"
    assert tab.value("document.querySelector('#expires_on').value") == day


def test_crash_while_the_key_is_shown_leaves_a_row_that_opens_nothing(tab):
    key = tab.visit.reveal("Abandoned")
    tab.crash()
    tab.bring_back("/settings/keys")
    row = tab.value("document.querySelector('tbody')?.innerText")
    assert "Abandoned" in row and "not copied" in row.lower()
    assert key not in tab.value("document.documentElement.outerHTML")
    assert refusal(verify(tab.visit.server, key)) == "not_copied"


def test_night_of_sleep_leaves_the_key_on_the_screen(new_visit, kind):
    visit = new_visit(kind).sign_in()
    visit.page.clock.install()
    visit.keys_page()
    key = visit.reveal()
    visit.page.clock.fast_forward(NIGHT)
    visit.still_shows(key)
    visit.finish()
    assert verify(visit.server, key).status_code == 200


def test_night_of_sleep_leaves_what_was_typed(new_visit, kind):
    visit = new_visit(kind).sign_in()
    visit.page.clock.install()
    visit.keys_page()
    visit.open_create()
    visit.name_field().fill("Nightly import")
    visit.page.clock.fast_forward(NIGHT)
    expect(visit.name_field()).to_have_value("Nightly import")
    visit.submit().click()
    visit.shown_key()


# The session


def log_out_in_another_tab(visit: Visit) -> Page:
    other = visit.new_tab()
    visit.go("/", other)
    other.get_by_role("button", name=visit.words.log_out, exact=True).first.click()
    expect(other.get_by_role("link", name=visit.words.log_in, exact=True).first).to_be_visible()
    return other


def log_in_there(visit: Visit, other: Page, person: Browser | None = None) -> None:
    visit.go("/login", other)
    page, visit.page = visit.page, other
    log_in_by_form(visit, (person or visit.api).email)
    expect(other).to_have_url(visit.origin + "/")
    visit.page = page
    page.bring_to_front()


def let_the_session_run_out(visit: Visit) -> Page:
    """As if nobody had come for a month."""
    visit.server.sql(
        f"UPDATE sessions SET created_at = created_at - {MONTH}, seen_at = seen_at - {MONTH} WHERE user_id ="
        f" (SELECT id FROM users WHERE email = '{visit.api.email}')"
    )
    return visit.new_tab()


ENDINGS = pytest.mark.parametrize("end", [log_out_in_another_tab, let_the_session_run_out])


@ENDINGS
def test_session_that_ends_while_one_types_costs_nothing(visit, end):
    visit.open_create()
    visit.name_field().fill("Nightly import")
    other = end(visit)
    visit.page.bring_to_front()
    visit.submit().click()
    expect(visit.window).to_contain_text("You are logged out")
    expect(visit.name_field()).to_have_value("Nightly import")
    log_in_there(visit, other)
    visit.submit().click()
    visit.shown_key()


@ENDINGS
def test_session_that_ends_while_the_key_is_shown_leaves_it_there(visit, end):
    key = visit.reveal()
    other = end(visit)
    visit.page.bring_to_front()
    visit.box.click()
    expect(visit.window.get_by_role("alert")).to_contain_text(re.compile("logged out|Log in", re.IGNORECASE))
    expect(visit.box).not_to_be_checked()
    expect(visit.done).to_be_disabled()
    visit.still_shows(key)
    log_in_there(visit, other)
    visit.finish()
    assert verify(visit.server, key).status_code == 200
    expect(visit.rows).to_have_count(1)


@pytest.fixture
def somebody(server):
    """Somebody else who logs in at the same browser."""
    with Browser(server) as browser:
        browser.register(name="Pavel Orlov", email=f"{unique('pavel')}@example.com")
        yield browser


def test_somebody_else_who_logs_in_meanwhile_is_given_no_key_and_what_was_typed_stays(visit, somebody):
    visit.open_create()
    visit.name_field().fill("Nightly import")
    log_in_there(visit, log_out_in_another_tab(visit), somebody)
    visit.submit().click()
    expect(visit.window.get_by_role("alert")).to_contain_text("Another account is logged in here now")
    expect(visit.name_field()).to_have_value("Nightly import")
    assert somebody.get("/v1/keys").json()["total"] == 0
    log_in_there(visit, log_out_in_another_tab(visit))
    visit.submit().click()
    visit.shown_key()
    visit.finish()
    expect(visit.row("Nightly import")).to_have_count(1)


def test_somebody_else_who_logs_in_meanwhile_loses_none_of_their_keys(visit, somebody):
    keys = [visit.api.create_key()["key"], somebody.create_key()["key"]]
    visit.keys_page()
    visit.button(visit.words.delete_all).click()
    expect(visit.window).to_be_visible()
    visit.take_session(somebody)
    visit.window.locator("[type=submit]").click()
    expect(visit.window.get_by_role("alert")).to_contain_text("Another account is logged in here now")
    visit.page.keyboard.press("Escape")
    visit.button(visit.words.delete_all).click()
    expect(visit.page.locator("[data-toast]")).to_contain_text("Another account is logged in here now")
    expect(visit.window).to_be_hidden()
    assert [verify(visit.server, key).status_code for key in keys] == [200, 200]


def test_somebody_else_who_logs_in_meanwhile_confirms_nothing_and_the_key_stays(visit, somebody):
    key = visit.reveal()
    log_in_there(visit, log_out_in_another_tab(visit), somebody)
    visit.box.click()
    expect(visit.box).not_to_be_checked()
    expect(visit.done).to_be_disabled()
    visit.still_shows(key)
    assert refusal(verify(visit.server, key)) == "not_copied"


def test_deleting_asked_for_after_the_session_ended_says_so_and_deletes_nothing(visit):
    key = visit.api.create_key("Import")["key"]
    visit.keys_page()
    visit.button(visit.words.row_bin("Import")).click()
    expect(visit.window).to_be_visible()
    other = log_out_in_another_tab(visit)
    visit.page.bring_to_front()
    delete = visit.window.locator("[type=submit]")
    delete.click()
    expect(visit.window).to_contain_text("You are logged out")
    assert verify(visit.server, key).status_code == 200
    log_in_there(visit, other)
    delete.click()
    expect(visit.rows).to_have_count(0)
    assert refusal(verify(visit.server, key)) == "deleted"
