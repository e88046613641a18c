"""Chromium and Firefox as Debian ships them, one process each for a worker; every test has a context of its own."""

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from support import words
from support.household import Household, furnish
from support.visits import Visit

OTHER_HOST = "latchkey.test"  # resolved to the loopback inside the browsers only; not a secure context

CHROMIUM = {
    "executable_path": "/usr/bin/chromium",
    "args": ["--no-sandbox", f"--host-resolver-rules=MAP {OTHER_HOST} 127.0.0.1"],
    # Else the tests would never meet a page that the browser kept in memory for Back.
    "ignore_default_args": ["--disable-back-forward-cache"],
}
FIREFOX = {
    "executable_path": "/usr/bin/firefox-esr",
    "channel": "moz-firefox",
    "firefox_user_prefs": {"network.dns.localDomains": OTHER_HOST},
}
# Debian's Firefox refuses the emulation of these that Playwright asks for by default.
FIREFOX_CONTEXT = dict.fromkeys(("color_scheme", "reduced_motion", "forced_colors", "contrast"), "null")
# So it takes a Firefox of its own to see a page in the dark, and another for text of twice the size.
OWN_FIREFOXES = {
    "firefox-dark": {"layout.css.prefers-color-scheme.content-override": 0, "ui.systemUsesDarkTheme": 1},
    "firefox-large": {f"font.size.variable.{script}": 32 for script in ("x-western", "x-cyrillic", "x-unicode")},
}

expect.set_options(timeout=10_000)


@pytest.fixture(scope="session")
def downloads(tmp_path_factory):
    """Where Firefox puts what it is given; else that would be among the downloads of whoever runs the tests."""
    return tmp_path_factory.mktemp("downloads")


class Browsers:
    """Each is started when it is asked for the first time: "chromium", "firefox", "firefox-dark", "firefox-large"."""

    def __init__(self, playwright: Playwright, downloads):
        self.playwright = playwright
        self.kept = {"browser.download.folderList": 2, "browser.download.dir": str(downloads)}
        self.running: dict[str, Browser] = {}

    def __getitem__(self, kind: str) -> Browser:
        if kind not in self.running:
            self.running[kind] = self.launch(kind)
        return self.running[kind]

    def launch(self, kind: str) -> Browser:
        if kind == "chromium":
            return self.playwright.chromium.launch(**CHROMIUM)
        preferences = FIREFOX["firefox_user_prefs"] | self.kept | OWN_FIREFOXES.get(kind, {})
        return self.playwright.firefox.launch(**FIREFOX | {"firefox_user_prefs": preferences})

    def close(self) -> None:
        for browser in self.running.values():
            browser.close()


@pytest.fixture(scope="session")
def browsers(downloads):
    with sync_playwright() as playwright:
        running = Browsers(playwright, downloads)
        yield running
        running.close()


@pytest.fixture(scope="session")
def household(server):
    """`household("ru")`: a company with everything in it that a page can show, the same one for all that only look."""
    furnished: dict[str, Household] = {}

    def of(language: str) -> Household:
        if language not in furnished:
            furnished[language] = furnish(server, language)
        return furnished[language]

    yield of
    for house in furnished.values():
        house.close()


@pytest.fixture
def new_visit(browsers, server):
    """Makes visits: `new_visit("firefox", "ru")`. Faults that they met fail the test at its end."""
    visits = []

    def make(kind: str = "chromium", language: str = "en", host="127.0.0.1", server=server, **options) -> Visit:
        locale = {"en": "en-GB", "ru": "ru-RU"}[language]
        defaults = FIREFOX_CONTEXT if kind.startswith("firefox") else {}
        context = browsers[kind].new_context(**(defaults | {"locale": locale} | options))
        context.set_default_timeout(10_000)
        visit = Visit(context, server, words.ALL[language], host)
        visits.append(visit)
        return visit

    yield make
    for visit in visits:
        visit.close()


@pytest.fixture(params=["chromium", "firefox"])
def kind(request) -> str:
    return request.param


@pytest.fixture(params=["en", "ru"])
def language(request) -> str:
    return request.param


@pytest.fixture
def visit(new_visit, kind) -> Visit:
    """Somebody signed in, on the API keys page, in each of the browsers."""
    return new_visit(kind).sign_in().keys_page()
