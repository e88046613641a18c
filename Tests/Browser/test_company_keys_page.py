"""All keys of a company: finding a colleague's, and cutting it off for certain."""

import re

import pytest
from playwright.sync_api import expect

from support.client import PASSWORD, Browser, refusal, unique, verify
from support.visits import Visit

WORDS = {
    "en": {
        "user": "User", "right": "Right", "show": "Show", "one": "Delete “Lobby” of Pavel Orlov?",
        "some": "Delete 2 keys of 2 users?", "bin": "Delete Lobby of Pavel Orlov", "box": "Select Lobby of Pavel Orlov",
        "own_box": "Select Chief's of Irina Volkova", "delete": "Delete key", "delete_two": "Delete 2 keys",
        "deleted": "Deleted. No server accepts", "never": "never used", "cancel": "Cancel", "blocked": "User blocked",
        "all": "Select all keys", "log": "Irina Volkova deleted the key “Lobby”", "status": "Status",
    },
    "ru": {
        "user": "Пользователь", "right": "Право", "show": "Показать",
        "one": "Удалить «Lobby»? Это ключ пользователя Pavel Orlov.",
        "some": "Удалить 2 ключа у 2 пользователей?", "bin": "Удалить Lobby, Pavel Orlov",
        "box": "Выбрать Lobby, Pavel Orlov", "own_box": "Выбрать Chief's, Irina Volkova", "delete": "Удалить ключ",
        "delete_two": "Удалить 2 ключа", "deleted": "Удалено. Ни один сервер", "never": "не использовался",
        "cancel": "Отмена", "blocked": "Заблокирован", "all": "Выбрать все ключи",
        "log": "Irina Volkova: удалён ключ «Lobby»", "status": "Состояние",
    },
}  # fmt: skip


def fill_company(visit: Visit) -> dict:
    """Two people with a key each; returns the colleague's."""
    api = visit.api
    visit.said = WORDS[visit.words.language]
    rights = ["devices:read", "devices:update", "reports:read", "api-keys:create"]
    role = api.post("/v1/roles", json={"name": "Operator", "permissions": rights}).json()
    form = {"name": "Pavel Orlov", "email": f"{unique('pavel')}@example.com", "password": PASSWORD}
    visit.pavel = api.post("/v1/users", json=form | {"role_id": role["id"]}).json()
    api.create_key("Chief's")
    with Browser(visit.server) as pavel:
        pavel.log_in(form["email"], PASSWORD)
        return pavel.create_key("Lobby")


def company_page(visit: Visit, query: str = "") -> None:
    visit.go("/settings/company-keys" + query)


@pytest.fixture
def chief(new_visit, language) -> Visit:
    visit = new_visit("chromium", language).sign_in()
    visit.lobby = fill_company(visit)
    return visit


def test_colleagues_key_is_found_and_deleted_for_certain(chief):
    said, page = chief.said, chief.page
    company_page(chief)
    expect(chief.rows).to_have_count(2)
    page.get_by_label(said["user"], exact=True).fill("orlov")
    chief.button(said["show"]).click()
    expect(chief.rows).to_have_count(1)
    chief.button(said["bin"]).click()
    expect(chief.window).to_contain_text(said["one"])
    expect(chief.window).to_contain_text(said["never"])
    expect(chief.window.get_by_role("link", name=said["cancel"])).to_be_focused()
    chief.window.get_by_role("button", name=said["delete"], exact=True).click()
    expect(page.get_by_role("status").filter(has_text=said["deleted"])).to_be_visible()
    assert refusal(verify(chief.server, chief.lobby["key"])) == "deleted"
    assert "user=orlov" in page.url and "notice" not in page.url
    chief.go("/settings/audit?action=key.deleted")
    expect(page.locator("td.what")).to_contain_text(said["log"])


def test_keys_are_filtered_by_right_and_say_their_rights(chief):
    page = chief.page
    company_page(chief)
    page.get_by_label(chief.said["right"], exact=True).select_option("users:delete")
    chief.button(chief.said["show"]).click()
    expect(chief.rows).to_have_count(1)
    expect(chief.rows).to_contain_text("Chief's")
    page.get_by_label(chief.said["right"], exact=True).select_option("devices:update")
    chief.button(chief.said["show"]).click()
    expect(chief.rows).to_have_count(2)
    assert "right=devices%3Aupdate" in page.url
    expect(chief.row("Lobby")).not_to_contain_text("devices:")
    chief.api.patch(f"/v1/users/{chief.pavel['id']}", json={"blocked": True})
    page.reload()
    expect(chief.row("Lobby")).to_contain_text(chief.said["blocked"])


def test_selected_keys_of_several_people_are_deleted_together(chief):
    said, page = chief.said, chief.page
    company_page(chief)
    delete = chief.button(chief.words.delete_selected)
    expect(delete).to_be_hidden()
    page.get_by_role("checkbox", name=said["all"]).check()
    expect(delete).to_be_visible()
    delete.click()
    expect(chief.window).to_contain_text(said["some"])
    page.keyboard.press("Escape")
    expect(chief.window).to_be_hidden()
    assert verify(chief.server, chief.lobby["key"]).status_code == 200
    delete.click()
    chief.window.get_by_role("button", name=said["delete_two"], exact=True).click()
    expect(chief.rows).to_have_count(0)
    assert refusal(verify(chief.server, chief.lobby["key"])) == "deleted"


def test_everything_works_without_script(new_visit, language):
    visit = new_visit("chromium", language, java_script_enabled=False).sign_in()
    lobby = fill_company(visit)
    said, page = visit.said, visit.page
    company_page(visit, "?sort=name")
    for box in (said["box"], said["own_box"]):
        page.get_by_role("checkbox", name=box, exact=True).check()
    visit.button(visit.words.delete_selected).click()
    expect(page.get_by_role("main")).to_contain_text(said["some"])
    page.get_by_role("link", name=said["cancel"]).click()
    expect(page).to_have_url(re.compile(r"/settings/company-keys\?sort=name$"))
    visit.button(said["bin"]).click()
    visit.button(said["delete"]).click()
    expect(page.get_by_role("status").filter(has_text=said["deleted"])).to_be_visible()
    expect(visit.rows).to_have_count(1)
    assert refusal(verify(visit.server, lobby["key"])) == "deleted"


@pytest.mark.parametrize("width", [320, 390, 700, 961, 1280])
def test_page_fits_every_width(new_visit, width):
    visit = new_visit("chromium", "ru", viewport={"width": width, "height": 800}).sign_in()
    lobby = fill_company(visit)
    visit.api.create_key("W" * 100)
    for query in ("", f"/delete?id={lobby['id']}"):
        company_page(visit, query)
        assert not visit.has_sideways_scroll()
    company_page(visit)
    visit.page.get_by_role("checkbox", name=visit.said["all"]).check()
    assert not visit.has_sideways_scroll()


def test_keyboard_alone_deletes_a_key(new_visit, kind):
    visit = new_visit(kind).sign_in()
    lobby = fill_company(visit)
    company_page(visit)
    visit.button(visit.said["bin"]).focus()
    visit.page.keyboard.press("Enter")
    expect(visit.window.get_by_role("link", name=visit.said["cancel"])).to_be_focused()
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Enter")
    expect(visit.rows).to_have_count(1)
    assert refusal(verify(visit.server, lobby["key"])) == "deleted"
