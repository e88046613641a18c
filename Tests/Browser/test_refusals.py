"""Why was I refused? A key's refusals as its owner reads them, and what would decide about a request."""

import re

import httpx
import pytest
from playwright.sync_api import expect

from support.client import Browser, refusal, verify
from support.server import Server, wait_until
from support.visits import Visit

PAGE = "/settings/keys/refusals"


def call(server: Server, key: str, method: str, path: str) -> httpx.Response:
    """A request through a gateway."""
    original = {"X-Original-Method": method, "X-Original-URI": path}
    return httpx.get(server.url + "/v1/authorize", headers={"Authorization": f"Bearer {key}"} | original, timeout=30)


def refused(visit: Visit, key: dict, count: int) -> None:
    """Waits until so many refusals are written."""
    path = f"/v1/keys/{key['id']}/refusals"
    wait_until(lambda: len(visit.api.get(path).json()["refusals"]) == count, 10, "the refusals are written")


def ask(visit: Visit, method: str, path: str) -> None:
    words = {"en": ("Method", "Path"), "ru": ("Метод", "Путь")}[visit.words.language]
    visit.page.get_by_label(words[0], exact=True).select_option(method)
    visit.page.get_by_label(words[1], exact=True).fill(path)
    visit.page.get_by_label(words[1], exact=True).press("Enter")


def test_refusal_made_a_moment_ago_appears_on_the_open_page(visit):
    key = visit.api.create_key("Reader", permissions=["devices:read"])
    visit.keys_page()
    visit.page.get_by_role("link", name="Why was I refused?").click()
    visit.page.get_by_label("Key", exact=True).select_option(key["id"])
    expect(visit.page.get_by_text("This key was not refused")).to_be_visible()
    assert refusal(call(visit.server, key["key"], "DELETE", "/api/devices/7?token=private")) == "missing_permission"
    expect(visit.rows).to_have_count(1)
    for text in ("DELETE /api/devices/7", "127.0.0.1", "lacks the right “Devices: delete”", "missing_permission"):
        expect(visit.rows.first).to_contain_text(text)
    assert "private" not in visit.page.content() and key["key"] not in visit.everything()


def test_row_of_a_refused_key_leads_to_its_refusals(visit):
    key = visit.api.create_key("Reader", permissions=["devices:read"])
    visit.api.create_key("Never refused")
    verify(visit.server, key["key"], permission="devices:delete")
    refused(visit, key, 1)
    visit.keys_page()
    expect(visit.row("Never refused").get_by_role("link", name=re.compile("refusal"))).to_have_count(0)
    visit.row("Reader").get_by_role("link", name=re.compile("^1 refusal")).click()
    expect(visit.page.get_by_role("heading", name="Why was I refused?")).to_be_visible()
    expect(visit.rows).to_have_count(1)


def test_refresh_button_brings_what_is_new(visit):
    key = visit.api.create_key("Reader", permissions=["devices:read"])
    visit.go(f"{PAGE}?key={key['id']}")
    verify(visit.server, key["key"], permission="devices:delete")
    refused(visit, key, 1)
    visit.page.get_by_role("link", name="Refresh").click()
    expect(visit.rows).to_have_count(1)


def test_each_key_shows_its_own_refusals_and_a_deleted_one_is_still_there(visit):
    keys = {name: visit.api.create_key(name, permissions=["devices:read"]) for name in ("Alpha", "Beta")}
    verify(visit.server, keys["Alpha"]["key"], permission="content:read")
    refused(visit, keys["Alpha"], 1)
    visit.api.delete(f"/v1/keys/{keys['Beta']['id']}")
    verify(visit.server, keys["Beta"]["key"])
    refused(visit, keys["Beta"], 1)
    visit.go(PAGE)
    choice = visit.page.get_by_label("Key", exact=True)
    expect(choice.locator("option:checked")).to_contain_text("Beta (deleted)")
    expect(visit.rows).to_contain_text(["The key was deleted."])
    choice.select_option(keys["Alpha"]["id"])
    expect(visit.rows).to_contain_text(["lacks the right “Content: read”"])


@pytest.mark.parametrize(
    ("method", "path", "verdict", "rule"),
    [
        ("GET", "/api/devices/7", "would be allowed", "GET /api/devices/** needs the right “Devices: read”"),
        ("DELETE", "/api/devices/7", "lacks the right “Devices: delete”", "DELETE /api/devices/**"),
        ("GET", "/elsewhere", "would be allowed", "No rule of the platform names this request"),
        ("GET", "/api//devices", "can be read in two ways", "can be read in two ways"),
    ],
)
def test_explanation_tells_the_verdict_and_the_rule_that_decides(new_visit, method, path, verdict, rule):
    visit = new_visit("chromium").sign_in()
    key = visit.api.create_key("Reader", permissions=["devices:read"])
    visit.go(f"{PAGE}?key={key['id']}")
    ask(visit, method, path)
    explanation = visit.page.locator("#explain")
    expect(explanation).to_contain_text(verdict)
    expect(explanation).to_contain_text(rule)
    expect(visit.page.get_by_label("Path", exact=True)).to_have_value(path)
    answer = call(visit.server, key["key"], method, path)
    assert (answer.status_code == 200) == ("allowed" in verdict)


def test_explanation_works_without_script_and_asks_for_a_path(new_visit, language):
    visit = new_visit("chromium", language, java_script_enabled=False).sign_in()
    key = visit.api.create_key("Import", await_confirmation=True)
    visit.go(f"{PAGE}?key={key['id']}")
    ask(visit, "POST", "devices")
    expect(visit.page.locator("#path-fault")).not_to_be_empty()
    ask(visit, "POST", "/api/devices")
    expect(visit.page.locator("#explain")).to_contain_text("not_copied")


def test_keys_of_others_are_not_found(visit):
    with Browser(visit.server) as stranger:
        stranger.register()
        key = stranger.create_key()
    for path in (f"{PAGE}?key={key['id']}", f"{PAGE}?key=nonsense"):
        visit.go(path)
        expect(visit.page.get_by_role("heading", name="There is no such page")).to_be_visible()


def test_page_without_keys_leads_to_creating_one(visit):
    visit.go(PAGE)
    expect(visit.page.get_by_text("No keys yet")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_runs_off_the_side(new_visit, language, width):
    visit = new_visit("chromium", language, viewport={"width": width, "height": 800}).sign_in()
    key = visit.api.create_key("x" * 100, permissions=["devices:read"])
    call(visit.server, key["key"], "DELETE", "/api/devices/" + "y" * 300)
    refused(visit, key, 1)
    for query in ("", "&method=DELETE&path=/api/devices/" + "z" * 300):
        visit.go(f"{PAGE}?key={key['id']}{query}")
        assert not visit.has_sideways_scroll()
