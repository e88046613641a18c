"""The API page: draws the OpenAPI document, explains each code at its own anchor, and tries each call for real."""

import json

import httpx
import pytest
from playwright.sync_api import Locator, expect

from support.visits import Visit


@pytest.fixture
def docs(new_visit, kind) -> Visit:
    visit = new_visit(kind)
    visit.go("/docs")
    expect(visit.page.get_by_role("heading", name="Problem codes")).to_be_visible()
    return visit


def document(visit: Visit) -> dict:
    return httpx.get(visit.server.url + "/openapi.json").json()


def attempt(visit: Visit, summary: str, **fields: str) -> tuple[str, dict]:
    """Sends a call by its form, and returns what the page shows of the status and the body."""
    call = visit.page.get_by_role("article", name=summary, exact=True)
    form = call.locator("form")
    if not form.is_visible():
        call.get_by_text("Try it", exact=True).click()
    for label, text in fields.items():
        form.get_by_label(label, exact=True).fill(text)
    form.get_by_role("button", name="Send").click()
    return form.locator(".outcome").inner_text(), json.loads(answer(form).inner_text())


def answer(form: Locator) -> Locator:
    return form.get_by_role("group", name="Answer", exact=True)


def test_every_call_is_listed_and_leads_to_its_description(docs):
    articles = docs.page.locator("article").evaluate_all("all => all.map(one => '#' + one.id)")
    calls = [part for item in document(docs)["paths"].values() for part in item.values() if "operationId" in part]
    assert sorted(articles) == sorted(f"#call-{call['operationId']}" for call in calls)
    links = docs.page.get_by_role("navigation", name="Contents").locator("ul ul a")
    assert links.evaluate_all("all => all.map(one => one.hash)") == articles
    links.last.click()
    expect(docs.page.locator("article").last).to_be_in_viewport()


def test_type_of_a_problem_leads_to_its_explanation(docs):
    anchors = docs.page.locator("tr[id]").evaluate_all("rows => rows.map(row => row.id)")
    codes = [code["const"] for code in document(docs)["components"]["schemas"]["ProblemCode"]["oneOf"]]
    assert anchors == codes
    problem = httpx.get(docs.server.url + "/v1/me").json()
    tab = docs.new_tab()
    docs.go(problem["type"], tab)
    expect(tab.locator("#not_signed_in")).to_be_in_viewport()


def test_call_without_session_or_key_is_refused(docs):
    status, problem = attempt(docs, "Who the caller is")
    assert status.startswith("401")
    assert problem["code"] == "not_signed_in"


def test_calls_are_made_as_the_session_and_then_with_a_pasted_key(docs):
    docs.sign_in()
    status, me = attempt(docs, "Who the caller is")
    assert status.startswith("200")
    assert me["user"]["email"] == docs.api.email

    status, created = attempt(docs, "Create a key", Body='{"name": "From the docs", "permissions": ["devices:read"]}')
    assert status.startswith("201")

    docs.page.get_by_label("API key for the calls of this page").fill(created["key"])
    status, verified = attempt(docs, "Check a key", permission="devices:read")
    assert status.startswith("200")
    assert verified["key"]["id"] == created["id"]
    status, refused = attempt(docs, "Look at a key", id=created["id"])
    assert status.startswith("403")
    assert refused["code"] == "missing_permission"


def test_page_is_accessible_with_everything_unfolded(new_visit):
    for shade in ("light", "dark"):
        visit = new_visit("chromium", color_scheme=shade)
        visit.go("/docs")
        expect(visit.page.get_by_role("heading", name="Problem codes")).to_be_visible()
        visit.page.evaluate("for (const part of document.querySelectorAll('main details')) part.open = true")
        assert visit.axe_findings() == []


def test_page_fits_a_phone(new_visit):
    visit = new_visit("chromium", viewport={"width": 390, "height": 844})
    visit.go("/docs")
    expect(visit.page.get_by_role("heading", name="Problem codes")).to_be_visible()
    visit.page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    assert visit.page.evaluate("document.documentElement.scrollWidth") == 390
