"""The window that shows a new key: hidden from who looks on, handed over in three ways, and green in the end."""

import re
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Locator, expect

from support.client import verify
from support.server import wait_until
from support.visits import Visit

DOTS = "(element) => getComputedStyle(element).webkitTextSecurity"
SELECT = """(element) => {
    const selection = document.getSelection();
    selection.removeAllRanges();
    const range = document.createRange();
    range.selectNodeContents(element);
    selection.addRange(range);
}"""


def key_field(visit: Visit) -> Locator:
    return visit.window.get_by_label("Your key", exact=True)


def key_in_command(visit: Visit) -> Locator:
    return visit.window.locator("pre:visible [data-key-in-command]")


def pasted(visit: Visit) -> str:
    """What the clipboard holds, found out by pasting it into the search field."""
    field = visit.page.get_by_role("searchbox")
    field.fill("")
    field.press("Control+v")
    return field.input_value()


def use(visit: Visit, key: str, address: str) -> None:
    with httpx.Client(transport=httpx.HTTPTransport(local_address=address)) as client:
        headers = {"Authorization": f"Bearer {key}"}
        assert client.get(visit.server.url + "/v1/verify", headers=headers).status_code == 200


def test_key_is_dots_until_it_is_asked_for(visit):
    visit.reveal()
    show = visit.window.get_by_role("button", name="Show key", exact=True)
    for shown in (False, True, False):
        expect(show).to_have_attribute("aria-pressed", str(shown).lower())
        style = "none" if shown else "disc"
        assert key_field(visit).evaluate(DOTS) == key_in_command(visit).evaluate(DOTS) == style
        show.click()


def test_what_is_copied_from_dots_is_the_key(visit):
    key = visit.reveal()
    key_field(visit).click()
    visit.page.keyboard.press("Control+c")
    expect(visit.window.get_by_text("Copied", exact=True)).to_be_visible()
    assert key_field(visit).evaluate(DOTS) == "disc"
    visit.finish()
    assert pasted(visit) == key


def test_command_that_is_copied_from_dots_holds_the_key(visit):
    key = visit.reveal()
    command = visit.window.locator("pre:visible")
    command.evaluate(SELECT)
    visit.page.keyboard.press("Control+c")
    visit.finish()
    assert pasted(visit).startswith(f"export SMARTPLAYER_API_KEY='{key}'")
    assert "•" not in pasted(visit)


def test_line_with_the_key_is_not_broken(new_visit, kind):
    visit = new_visit(kind, viewport={"width": 320, "height": 844}).sign_in().keys_page()
    visit.reveal()
    lines = "(element) => new Set([...element.parentElement.getClientRects()].map((part) => part.bottom)).size"
    assert key_in_command(visit).evaluate(lines) == 1
    assert not visit.has_sideways_scroll()


def saved_files(visit: Visit, kind: str, downloads: Path) -> list[tuple[str, str]]:
    """What a click on the button saves, by name. Playwright hears of no download of Debian's Firefox."""
    button = visit.window.get_by_role("button", name="Download .env", exact=True)
    if kind == "chromium":
        with visit.page.expect_download() as saved:
            button.click()
        return [(saved.value.suggested_filename, Path(saved.value.path()).read_text())]
    button.click()
    return wait_until(
        lambda: [(file.name, file.read_text()) for file in downloads.glob("*.env") if file.stat().st_size],
        10,
        "the file is there",
    )


def test_key_can_be_saved_as_a_file_for_the_environment(visit, kind, downloads):
    for earlier in downloads.glob("*.env"):
        earlier.unlink()
    key = visit.reveal()
    assert saved_files(visit, kind, downloads) == [("smartplayer.env", f"SMARTPLAYER_API_KEY={key}\n")]
    visit.box.check()
    expect(visit.window.get_by_text("We have not seen you copy")).to_have_count(0)
    visit.done.click()


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_under_the_hand_that_ticks_the_box(new_visit, kind, width):
    visit = new_visit(kind, viewport={"width": width, "height": 844}).sign_in().keys_page()
    visit.reveal()
    places = [element.bounding_box() for element in (visit.box, visit.done)]
    visit.box.check()
    expect(visit.window.get_by_text("We have not seen you copy")).to_be_visible()
    expect(visit.window.get_by_text(visit.words.waiting)).to_be_visible()
    assert [element.bounding_box() for element in (visit.box, visit.done)] == places


def test_window_waits_from_the_confirmation_on_and_turns_green_with_time_and_address(visit):
    key = visit.reveal()
    expect(visit.window.get_by_text(visit.words.waiting)).to_have_count(0)
    expect(visit.window.get_by_text("The key starts to work when you check the box.")).to_be_visible()
    visit.box.check()
    expect(visit.window.get_by_text(visit.words.waiting)).to_be_visible()
    use(visit, key, "127.0.0.9")
    told = visit.window.get_by_text(re.compile(r"^First request at \d\d:\d\d:\d\d from 127\.0\.0\.9$"))
    expect(told).to_be_visible()
    at = visit.api.get("/v1/keys").json()["keys"][0]["first_use"]["at"]
    hour = (int(at[11:13]) + 3) % 24  # Moscow's: the account's zone, and not the browser's
    expect(told).to_contain_text(f"{hour:02}{at[13:19]}")
    visit.done.click()


def test_window_turns_green_where_no_stream_gets_through(visit):
    visit.page.route("**/events", lambda route: route.abort())
    key = visit.reveal()
    visit.box.check()
    expect(visit.done).to_be_enabled()
    assert verify(visit.server, key).status_code == 200
    expect(visit.window.get_by_text("First request at")).to_be_visible()
    visit.faults = [fault for fault in visit.faults if "/events" not in fault]  # Firefox's own remark on it


def test_closed_window_waits_for_nothing(visit):
    visit.reveal()
    asked = []
    visit.page.on("request", lambda request: asked.append(request.url))
    visit.finish()
    visit.reveal()
    visit.finish()
    assert len([url for url in asked if url.endswith("/events")]) == 2
    # More windows than may wait at once, one after the other.
    for _ in range(3):
        visit.reveal()
        with visit.page.expect_response("**/events") as answer:
            visit.finish()
        assert answer.value.status == 200
