"""A person in front of a real browser, who finds things by their role and accessible name."""

import json
import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, Response, expect

from support.client import PASSWORD, Browser, unique
from support.server import Server
from support.words import Words

KEY = re.compile(r"sp_[0-9A-Za-z]{36}")
AXE = Axe().axe_script

# The browser's own remark on an answer that the page is prepared for; what the page loads is watched separately.
EXPECTED_REMARK = re.compile(
    r"^Failed to load resource: (the server responded with a status of 4|net::ERR_(FAILED|INTERNET))"
)

# Firefox tells of a font that it had not finished loading when the test went on to another page (NS_BINDING_ABORTED).
ABORTED_FONT = re.compile(r"download failed \(font-family.*status=2152398850")


class Visit:
    """One page of one browser context, watched for errors and for calls to other hosts."""

    def __init__(self, context: BrowserContext, server: Server, words: Words, host: str = "127.0.0.1"):
        self.context = context
        self.server = server
        self.words = words
        self.origin = f"http://{host}:{server.port}"
        self.faults: list[str] = []
        self.api = Browser(server)
        self.page = self.new_tab()

    def new_tab(self) -> Page:
        page = self.context.new_page()
        page.on("console", lambda message: self.note_remark(message.type, message.text))
        page.on("pageerror", lambda error: self.note_error(str(error)))
        page.on("request", lambda request: self.note_request(request.url))
        page.on("response", self.note_response)
        return page

    def note_remark(self, kind: str, text: str) -> None:
        is_policy = "Content-Security-Policy" in text or "Content Security Policy" in text
        if is_policy or (kind == "error" and not EXPECTED_REMARK.match(text)):
            self.faults.append(f"console: {text}")

    def note_error(self, text: str) -> None:
        if not ABORTED_FONT.search(text):
            self.faults.append(f"uncaught: {text}")

    def note_request(self, url: str) -> None:
        if not url.startswith((self.origin + "/", "data:", "blob:", "about:")):
            self.faults.append(f"asked another host: {url}")
        if KEY.search(url):
            self.faults.append(f"a key in an address: {url}")

    def note_response(self, response: Response) -> None:
        if "/assets/" in response.url and response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")

    def close(self) -> None:
        """Ends the visit; a fault seen on the way fails the test."""
        self.context.close()
        self.api.close()
        assert not self.faults, self.faults

    # Signing in

    def sign_in(self) -> "Visit":
        """A new account, made behind the page's back, so that a test starts where its subject is."""
        self.api.register(language=self.words.language, time_zone="Europe/Moscow")
        self.take_session(self.api)
        return self

    def take_session(self, browser: Browser) -> None:
        self.context.add_cookies([{"name": "latchkey", "value": browser.cookies["latchkey"], "url": self.origin}])

    # Moving about

    def go(self, path: str, page: Page | None = None) -> None:
        (page or self.page).goto(self.origin + path)

    def keys_page(self) -> "Visit":
        self.go("/settings/keys")
        return self

    def button(self, name: str | re.Pattern) -> Locator:
        return self.page.get_by_role("button", name=name, exact=isinstance(name, str))

    @property
    def window(self) -> Locator:
        return self.page.get_by_role("dialog")

    @property
    def rows(self) -> Locator:
        return self.page.locator("tbody").get_by_role("row")

    def row(self, key_name: str) -> Locator:
        return self.rows.filter(has_text=key_name)

    def row_box(self, key_name: str) -> Locator:
        return self.page.get_by_role("checkbox", name=self.words.row_box(key_name), exact=True)

    @property
    def all_box(self) -> Locator:
        return self.page.get_by_role("checkbox", name=re.compile(f"^{self.words.select_all}"))

    # Creating a key

    def open_create(self) -> Locator:
        self.button(self.words.create_key).first.click()
        expect(self.window).to_be_visible()
        return self.window

    def name_field(self) -> Locator:
        return self.window.get_by_label(self.words.columns[0], exact=True)

    def submit(self) -> Locator:
        return self.window.get_by_role("button", name=self.words.create_key, exact=True)

    def reveal(self, key_name: str | None = None) -> str:
        """Creates a key in the window up to the moment when it is shown, and reads it."""
        self.open_create()
        self.name_field().fill(key_name or unique("key"))
        self.submit().click()
        return self.shown_key()

    @property
    def box(self) -> Locator:
        return self.page.get_by_role("checkbox", name=self.words.copied_box, exact=True)

    @property
    def done(self) -> Locator:
        return self.button(self.words.done)

    def shown_key(self) -> str:
        """The key in the open window; fails when none is there to be read."""
        expect(self.box).to_be_visible()
        field = self.page.locator(":is(input, textarea)[readonly]:visible")
        expect(field).to_have_value(KEY)
        return field.input_value()

    def still_shows(self, key: str) -> None:
        expect(self.window).to_be_visible()
        assert self.shown_key() == key

    def answer_dialogs(self, stay: bool) -> list[str]:
        """Answers the browser's own "leave this page?", and notes that it asked."""
        asked = []

        def answer(dialog):
            asked.append(dialog.type)
            dialog.dismiss() if stay else dialog.accept()

        self.page.on("dialog", answer)
        return asked

    def finish(self) -> None:
        self.box.check()
        expect(self.done).to_be_enabled()
        self.done.click()
        expect(self.window).to_be_hidden()

    # Looking closer

    def everything(self) -> str:
        """All that the page holds, seen or not: its tree, its fields, its stores and its place in the history."""
        return json.dumps(
            self.page.evaluate(
                """() => [document.documentElement.outerHTML, location.href, history.state, document.cookie,
                    [...document.querySelectorAll('input, textarea')].map((field) => field.value),
                    {...localStorage}, {...sessionStorage}]"""
            )
        )

    def has_sideways_scroll(self) -> bool:
        return self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")

    def axe_findings(self) -> list[str]:
        """What axe finds wrong, one line each; animations must be over, or their colours are judged half-way."""
        self.page.evaluate(
            """() => Promise.all(document.getAnimations()
                .filter((animation) => animation.effect.getComputedTiming().endTime !== Infinity)
                .map((animation) => animation.finished.catch(() => 0)))"""
        )
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        found = self.page.evaluate("axe.run({resultTypes: ['violations']}).then((results) => results.violations)")
        return [
            f"{finding['id']}: {node['html'][:160]} ({node['failureSummary'][:300]})"
            for finding in found
            for node in finding["nodes"]
        ]


def register_by_form(visit: Visit, email: str) -> None:
    """Fills the registration form in, as a visitor does."""
    words, page = visit.words, visit.page
    page.get_by_label(words.name, exact=True).fill("Irina Volkova")
    page.get_by_label(words.email, exact=True).fill(email)
    page.get_by_label(words.password, exact=True).fill(PASSWORD)
    page.get_by_label(words.company, exact=True).fill("Northern Lights")
    visit.button(words.register).click()


def log_in_by_form(visit: Visit, email: str) -> None:
    words, page = visit.words, visit.page
    page.get_by_label(words.email, exact=True).fill(email)
    page.get_by_label(words.password, exact=True).fill(PASSWORD)
    visit.button(words.log_in).click()
