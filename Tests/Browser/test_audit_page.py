"""The audit log as a page: what happened as sentences, filters that stay in the address, and files to take along."""

import csv
import io
import re

import pytest
from playwright.sync_api import expect

from support.client import PASSWORD, unique
from support.visits import Visit

WORDS = {
    "en": {
        "created": "Irina Volkova created the key “Nightly import”",
        "added": "Irina Volkova added Pavel Orlov",
        "operator": "The operator blocked Pavel Orlov",
        "changed": "Irina Volkova changed the role “Night shift”",
        "gained": "Devices: delete",
        "lost": "Reports: read",
        "robot": "With the key “Robot”",
        "who": "Who", "deed": "What was done", "about": "About", "show": "Show", "all": "Show everything",
        "older": "Older", "newer": "Newer", "csv": "Download CSV", "lines": "Download JSON Lines",
        "nothing": "No event matches", "first_day": "From",
    },
    "ru": {
        "created": "Irina Volkova: создан ключ «Nightly import»",
        "added": "Irina Volkova: добавлен пользователь Pavel Orlov",
        "operator": "Оператор: заблокирован пользователь Pavel Orlov",
        "changed": "Irina Volkova: изменена роль «Night shift»",
        "gained": "Устройства: удаление",
        "lost": "Отчёты: чтение",
        "robot": "С помощью ключа «Robot»",
        "who": "Кто", "deed": "Что сделано", "about": "О чём", "show": "Показать", "all": "Показать всё",
        "older": "Старше", "newer": "Новее", "csv": "Скачать CSV", "lines": "Скачать JSON Lines",
        "nothing": "Таких записей нет", "first_day": "С",
    },
}  # fmt: skip


def fill_log(visit: Visit) -> None:
    """One of everything that the page tells in a way of its own."""
    api = visit.api
    role = api.post("/v1/roles", json={"name": "Shift", "permissions": ["devices:read", "reports:read"]}).json()
    change = {"name": "Night shift", "permissions": ["devices:read", "devices:delete"]}
    assert api.patch(f"/v1/roles/{role['id']}", json=change).status_code == 200
    email = f"{unique('pavel')}@example.com"
    form = {"name": "Pavel Orlov", "email": email, "password": PASSWORD, "role_id": role["id"]}
    assert api.post("/v1/users", json=form).status_code == 201
    robot = api.create_key("Robot")
    answer = api.post("/v1/keys", json={"name": "Nightly import"}, headers={"Authorization": f"Bearer {robot['key']}"})
    assert answer.status_code == 201
    assert visit.server.cli("user", "block", email).returncode == 0


def audit_page(visit: Visit, query: str = "") -> Visit:
    visit.go("/settings/audit" + query)
    return visit


def told(visit: Visit):
    """The rows that tell an event; the others are days."""
    return visit.page.locator("td.what")


@pytest.fixture
def reader(new_visit, language) -> Visit:
    visit = new_visit("chromium", language).sign_in()
    visit.said = WORDS[language]
    fill_log(visit)
    return visit


def test_every_kind_of_event_is_a_sentence(reader):
    said = reader.said
    audit_page(reader)
    expect(told(reader).filter(has_text=said["operator"])).to_have_count(1)
    expect(told(reader).filter(has_text=said["created"])).to_contain_text(said["robot"])
    expect(told(reader).filter(has_text=said["added"])).to_contain_text("@example.com, Night shift")
    changed = told(reader).filter(has_text=said["changed"])
    expect(changed).to_contain_text("Shift → ")
    expect(changed.locator(".added")).to_contain_text(said["gained"])
    expect(changed.locator(".taken")).to_contain_text(said["lost"])
    expect(changed).not_to_contain_text("devices:")


def test_filters_stay_in_the_address_and_are_dropped_together(reader):
    said, page = reader.said, reader.page
    audit_page(reader)
    everything = told(reader).count()
    page.get_by_label(said["who"], exact=True).fill("irina")
    page.get_by_label(said["deed"], exact=True).select_option("keys")
    reader.button(said["show"]).click()
    expect(told(reader)).to_have_count(2)
    assert "person=irina" in page.url and "action=keys" in page.url
    page.reload()
    expect(page.get_by_label(said["who"], exact=True)).to_have_value("irina")
    page.get_by_label(said["about"], exact=True).fill("NIGHTLY")
    page.keyboard.press("Enter")
    expect(told(reader)).to_have_count(1)
    page.get_by_label(said["who"], exact=True).fill("nobody at all")
    reader.button(said["show"]).click()
    expect(page.get_by_role("heading", name=said["nothing"])).to_be_visible()
    page.get_by_role("link", name=said["all"]).first.click()
    expect(told(reader)).to_have_count(everything)


def test_a_name_leads_to_all_that_it_did_or_underwent(reader):
    page = reader.page
    audit_page(reader)
    told(reader).filter(has_text=reader.said["created"]).get_by_role("link", name="Nightly import").click()
    expect(told(reader)).to_have_count(1)
    expect(page.get_by_label(reader.said["about"], exact=True)).to_have_value("Nightly import")
    told(reader).get_by_role("link", name="Irina Volkova").click()
    expect(page.get_by_label(reader.said["who"], exact=True)).to_have_value("Irina Volkova")


def test_files_hold_what_the_page_shows(reader):
    audit_page(reader, "?action=roles")
    with reader.page.expect_download() as download:
        reader.page.get_by_role("link", name=reader.said["csv"]).click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text("utf-8-sig"))))
    assert [row["action"] for row in rows] == ["role.changed", "role.added"]
    with reader.page.expect_download() as download:
        reader.page.get_by_role("link", name=reader.said["lines"]).click()
    assert re.fullmatch(r"audit-\d{4}-\d\d-\d\d\.jsonl", download.value.suggested_filename)


def test_pages_are_turned_without_script(new_visit, language):
    visit = new_visit("chromium", language, java_script_enabled=False).sign_in()
    said = WORDS[language]
    for number in range(110):
        visit.api.create_key(f"Key {number:03}")
    audit_page(visit)
    expect(told(visit)).to_have_count(50)
    expect(told(visit).first).to_contain_text("Key 109")
    visit.page.get_by_role("link", name=said["older"]).click()
    expect(told(visit).first).to_contain_text("Key 059")
    visit.page.get_by_role("link", name=said["older"]).click()
    expect(told(visit)).to_have_count(11)
    expect(visit.page.get_by_role("link", name=said["older"])).to_have_count(0)
    visit.page.get_by_role("link", name=said["newer"]).click()
    expect(told(visit).first).to_contain_text("Key 059")
    visit.page.get_by_role("link", name=said["newer"]).click()
    expect(told(visit).first).to_contain_text("Key 109")
    expect(visit.page.get_by_role("link", name=said["newer"])).to_have_count(0)


@pytest.mark.parametrize("width", [320, 390, 700, 961, 1280])
def test_page_fits_every_width(new_visit, width):
    visit = new_visit("chromium", "ru", viewport={"width": width, "height": 800}).sign_in()
    fill_log(visit)
    visit.api.create_key("W" * 100)
    for query in ("", "?person=" + "w" * 100):
        audit_page(visit, query)
        assert not visit.has_sideways_scroll()


def test_keyboard_alone_filters_the_log(new_visit, kind):
    visit = new_visit(kind).sign_in()
    said = WORDS["en"]
    visit.api.create_key("Nightly import")
    audit_page(visit)
    visit.page.get_by_label(said["who"], exact=True).focus()
    visit.page.keyboard.type("irina")
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.type("Key cr")  # a list takes what one types for the beginning of a choice
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Enter")
    expect(visit.page).to_have_url(re.compile("action=key.created"))
    expect(told(visit)).to_have_count(1)
