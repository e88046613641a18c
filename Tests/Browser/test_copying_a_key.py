"""Copying a new key either works or says that it did not, in every browser and under every address."""

from playwright.sync_api import expect

from support.client import verify
from support.visits import Visit

DENY_CLIPBOARD = """
    Object.defineProperty(navigator, 'clipboard', {value: {writeText: () => Promise.reject(new Error('denied'))}});
    document.execCommand = () => false;
"""


def pasted(visit: Visit) -> str:
    """What the clipboard holds, found out by pasting it into the search field."""
    field = visit.page.get_by_role("searchbox")
    field.fill("")
    field.press("Control+v")
    return field.input_value()


def test_copy_icon_copies_the_whole_key(visit):
    key = visit.reveal()
    visit.button(visit.words.copy_key).click()
    expect(visit.window.get_by_text("Copied", exact=True)).to_be_visible()
    visit.finish()
    assert pasted(visit) == key


def test_denied_clipboard_says_so_and_selects_the_key(new_visit, kind):
    visit = new_visit(kind).sign_in()
    visit.page.add_init_script(DENY_CLIPBOARD)
    visit.keys_page()
    key = visit.reveal()
    visit.button(visit.words.copy_key).click()
    expect(visit.window.get_by_text("Copied", exact=True)).to_have_count(0)
    expect(
        visit.window.get_by_role("status").or_(visit.window.get_by_role("alert")).filter(has_text="cop")
    ).to_be_visible()
    selected = "() => { const f = document.activeElement; return f.value.slice(f.selectionStart, f.selectionEnd) }"
    assert visit.page.evaluate(selected) == key
    visit.page.keyboard.press("Control+c")
    visit.finish()
    assert pasted(visit) == key


def test_copying_works_on_plain_http_under_another_name(new_visit, kind):
    visit = new_visit(kind, host="latchkey.test").sign_in().keys_page()
    assert visit.page.evaluate("[isSecureContext, typeof navigator.clipboard]") == [False, "undefined"]
    key = visit.reveal()
    visit.button(visit.words.copy_key).click()
    expect(visit.window.get_by_text("Copied", exact=True)).to_be_visible()
    visit.finish()
    assert verify(visit.server, key).status_code == 200
    assert pasted(visit) == key


def test_box_warns_when_nothing_was_seen_to_be_copied_and_still_believes_the_person(visit):
    key = visit.reveal()
    visit.box.check()
    expect(visit.done).to_be_enabled()
    visit.still_shows(key)
    visit.finish()
    assert verify(visit.server, key).status_code == 200
