"""The forms that strangers fill in: passwords that can be looked at, and faults that lead to their fields."""

import pytest
from playwright.sync_api import expect

from support.client import PASSWORD, unique
from support.visits import Visit

SHOW = {"en": "Show password", "ru": "Показать пароль"}


def password_field(visit: Visit):
    return visit.page.get_by_label(visit.words.password, exact=True)


def unveil(visit: Visit):
    return visit.page.get_by_role("button", name=SHOW[visit.words.language], exact=True)


@pytest.mark.parametrize("path", ["/register", "/login"])
def test_password_can_be_looked_at(new_visit, kind, language, path):
    visit = new_visit(kind, language)
    visit.go(path)
    password_field(visit).fill("what I typed")
    expect(unveil(visit)).to_have_attribute("aria-pressed", "false")
    unveil(visit).click()
    expect(password_field(visit)).to_have_attribute("type", "text")
    expect(unveil(visit)).to_have_attribute("aria-pressed", "true")
    unveil(visit).press("Enter")
    expect(password_field(visit)).to_have_attribute("type", "password")
    expect(password_field(visit)).to_have_value("what I typed")


def test_shown_password_is_hidden_again_when_it_is_sent(new_visit, kind):
    visit = new_visit(kind)
    visit.go("/login")
    visit.page.get_by_label(visit.words.email, exact=True).fill(f"{unique('nobody')}@example.com")
    password_field(visit).fill(PASSWORD)
    unveil(visit).click()
    types = "form => form.addEventListener('submit', () => sessionStorage.setItem('type', form.elements.password.type))"
    visit.page.locator("form[action='/login']").evaluate(types)
    visit.button(visit.words.log_in).click()
    visit.page.locator(".note.bad").wait_for()
    assert visit.page.evaluate("sessionStorage.getItem('type')") == "password"


def test_no_button_promises_what_only_scripts_can_do(new_visit):
    visit = new_visit("chromium", java_script_enabled=False)
    visit.go("/register")
    expect(password_field(visit)).to_be_visible()
    expect(visit.page.locator("[data-unveils]")).to_be_hidden()


def test_each_password_of_a_form_has_a_button_of_its_own_name(new_visit, language):
    visit = new_visit("chromium", language).sign_in()
    visit.go("/settings")
    visit.page.locator("#security").evaluate("part => part.open = true")
    names = [button.get_attribute("aria-label") for button in visit.page.locator("#security [data-unveils]").all()]
    assert names == {
        "en": ["Show current password", "Show new password"],
        "ru": ["Показать текущий пароль", "Показать новый пароль"],
    }[language]


@pytest.mark.parametrize("has_scripts", [True, False])
def test_summary_of_faults_leads_to_each_field(new_visit, kind, language, has_scripts):
    visit = new_visit(kind, language, java_script_enabled=has_scripts)
    visit.go("/register")
    visit.page.get_by_label(visit.words.name, exact=True).fill("Irina Volkova")
    visit.button(visit.words.register).click()
    links = visit.page.get_by_role("alert").get_by_role("link")
    expect(links).to_have_text([visit.words.email, visit.words.password, visit.words.company])
    visit.page.get_by_role("alert").get_by_role("link", name=visit.words.company, exact=True).click()
    expect(visit.page.get_by_label(visit.words.company, exact=True)).to_be_focused()
