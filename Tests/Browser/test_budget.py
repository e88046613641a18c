"""The first visit of any page is small: bytes, requests and scripts as the browser meets them, fonts apart."""

import pytest

from support.client import Browser, verify
from support.pages import SIGNED_IN, SIGNED_OUT
from support.visits import Visit

BYTES, REQUESTS, SCRIPT_BYTES = 60_000, 8, 20_000
# The icon, which Playwright tells of on some pages only.
UNSEEN = 1
ARTICLE = "/help/api-keys"
KEYS = 50


class Load:
    """What one page asks for, as (kind, bytes with their heads) of each request."""

    def __init__(self, visit: Visit, path: str):
        finished = []

        def note(request) -> None:
            finished.append(request)

        visit.page.on("requestfinished", note)
        with visit.page.expect_event("load"):
            visit.go(path)
        visit.page.wait_for_load_state("networkidle")
        visit.page.remove_listener("requestfinished", note)
        icons = [request for request in finished if request.url.endswith("/favicon.svg")]
        self.unseen = UNSEEN - len(icons)
        self.requests = [(request.resource_type, self.size(request)) for request in finished]

    @staticmethod
    def size(request) -> int:
        sizes = request.sizes()
        return sizes["responseHeadersSize"] + sizes["responseBodySize"]

    def of(self, *kinds: str) -> int:
        return sum(size for kind, size in self.requests if kind in kinds)

    @property
    def total(self) -> int:
        return sum(size for kind, size in self.requests if kind != "font")

    @property
    def count(self) -> int:
        """What the browser had kept already is no request."""
        return self.unseen + sum(kind != "font" and size > 0 for kind, size in self.requests)


def assert_within_budget(load: Load) -> None:
    shown = f"{load.total} bytes, {load.count} requests, {load.of('script')} bytes of scripts: {load.requests}"
    assert load.of("document") and load.of("stylesheet") and load.of("script"), shown
    assert load.total <= BYTES, shown
    assert load.count <= REQUESTS, shown
    assert load.of("script") <= SCRIPT_BYTES, shown


@pytest.mark.parametrize("path", [*SIGNED_OUT, "/docs", ARTICLE])
def test_first_page_of_a_stranger_is_small(new_visit, path):
    assert_within_budget(Load(new_visit(), path))


@pytest.fixture(scope="module")
def busy(server):
    """Somebody with as many keys as a page of them shows, used and refused."""
    with Browser(server) as browser:
        browser.register(language="ru", time_zone="Europe/Moscow", company="ООО «Северное сияние»")
        for number in range(KEYS):
            rights = ["devices:read", "content:update"] if number % 4 == 0 else None
            key = browser.create_key(f"Выгрузка расписаний {number}", permissions=rights)["key"]
            verify(server, key, "devices:read" if number % 2 else "devices:nothing")
        yield browser


@pytest.mark.parametrize("path", [*SIGNED_IN, ARTICLE])
def test_first_page_of_a_member_is_small_however_many_keys_they_have(new_visit, busy, path):
    visit = new_visit(language="ru")
    visit.take_session(busy)
    assert_within_budget(Load(visit, path))


def test_second_page_asks_for_nothing_but_itself_and_its_script(new_visit, busy):
    visit = new_visit(language="ru")
    visit.take_session(busy)
    Load(visit, "/")
    again = Load(visit, "/settings/keys")
    assert again.of("stylesheet", "font") == 0, again.requests
    assert again.count <= UNSEEN + 3, again.requests
