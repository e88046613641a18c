"""How much a person does from the form that logs them in to a key in their clipboard: little, and the same each time."""

import pytest
from playwright.sync_api import Locator, expect

from support.client import PASSWORD, verify
from support.visits import Visit

CLICKS = 7
SECONDS = 20
# A person who knows the way: 12 keystrokes a second is a quick typist's burst, and a click with the way to it takes
# 1.3 s (the keystroke-level model has 1.1 s for pointing and 0.2 s for pressing). Computed, so no machine can be slow.
PER_CLICK, PER_KEYSTROKE = 1.3, 1 / 12


class Hands:
    """Clicks and types in sight of what it does, and counts both."""

    def __init__(self, visit: Visit):
        self.visit = visit
        self.clicks = self.keystrokes = 0

    def click(self, control: Locator) -> None:
        control.click()
        self.clicks += 1

    def type(self, text: str) -> None:
        """Where the focus is already."""
        self.visit.page.keyboard.type(text)
        self.keystrokes += len(text)

    def press(self, key: str) -> None:
        self.visit.page.keyboard.press(key)
        self.keystrokes += 1

    @property
    def seconds(self) -> float:
        return self.clicks * PER_CLICK + self.keystrokes * PER_KEYSTROKE


def log_in(hands: Hands, email: str) -> None:
    visit = hands.visit
    visit.go("/login")
    hands.click(visit.page.get_by_label(visit.words.email, exact=True))
    hands.type(email)
    hands.press("Tab")
    hands.type(PASSWORD)
    hands.press("Enter")
    expect(visit.page).to_have_url(visit.origin + "/")


def by_settings(hands: Hands) -> None:
    """As the way is described: down to Settings, For Developers, Open, Create key."""
    visit = hands.visit
    hands.click(visit.page.locator("summary").filter(has_text=visit.words.for_developers))
    hands.click(visit.button(visit.words.open))
    hands.click(visit.button(visit.words.create_key).first)


def by_main_page(hands: Hands) -> None:
    """By the main page's own link."""
    hands.click(hands.visit.page.locator("main a[href$='#create']").first)


@pytest.mark.parametrize("way", [by_settings, by_main_page])
def test_copied_key_is_seven_clicks_and_twenty_seconds_away(new_visit, kind, language, way):
    visit = new_visit(kind, language)
    visit.api.register(language=language)
    hands = Hands(visit)
    log_in(hands, visit.api.email)
    way(hands)
    expect(visit.name_field()).to_be_focused()
    hands.type("Nightly import")
    hands.press("Enter")
    key = visit.shown_key()
    hands.click(visit.button(visit.words.copy_key))
    hands.click(visit.box)
    expect(visit.done).to_be_enabled()
    hands.click(visit.done)
    expect(visit.window).to_be_hidden()
    assert verify(visit.server, key).status_code == 200
    print(f"{way.__name__}: {hands.clicks} clicks, {hands.keystrokes} keystrokes, {hands.seconds:.1f} s")  # by -rP
    assert hands.clicks <= CLICKS
    assert hands.seconds < SECONDS
