"""Somebody who has a keyboard and nothing else: they go where Tab leads, and see where they are."""

from playwright.sync_api import Locator, Page, expect

# Around a control that is hidden behind its drawing the focus is drawn by what stands around it.
SHOWS_FOCUS = """control => [control, control.closest('label'), control.parentElement].filter(Boolean).some((element) => {
    const style = getComputedStyle(element);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
})"""
HAS_FOCUS = "control => control === document.activeElement"
LIES_BEHIND = """control => document.activeElement !== document.body
    && !!(control.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING)"""


class Keyboard:
    def __init__(self, page: Page):
        self.page = page
        self.presses = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
        self.presses += len(keys)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.presses += len(text)

    def reach(self, control: Locator, limit: int = 80) -> None:
        """Presses Tab until the control has the focus, backwards where that is the way, and checks that one sees it."""
        expect(control).to_be_visible()
        key = "Shift+Tab" if control.evaluate(LIES_BEHIND) else "Tab"
        for _ in range(limit):
            if control.evaluate(HAS_FOCUS):
                break
            self.press(key)
        expect(control).to_be_focused()
        assert control.evaluate(SHOWS_FOCUS), "the focus cannot be seen"

    def activate(self, control: Locator, key: str = "Enter") -> None:
        self.reach(control)
        self.press(key)

    def fill(self, field: Locator, text: str) -> None:
        """Replaces what a field holds."""
        self.reach(field)
        self.press("ControlOrMeta+a")
        self.type(text)

    def choose(self, select: Locator, beginning: str) -> None:
        """A list takes what one types for the beginning of a choice."""
        self.reach(select)
        self.type(beginning)
