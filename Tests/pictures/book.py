"""The pictures of the README and of the help: parts of real pages, twice as fine as a screen shows them."""

import base64
import io

from PIL import Image
from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import Browser as Chromium

from pictures.camera import LOCALES, MASK, SETTLE
from pictures.company import NOW, ZONE, Stage
from support import words
from support.server import PROJECT

README = PROJECT / "docs/images/api-keys.png"
HELP = PROJECT / "docs/help/pictures"
# By fineness, in pixels a pixel of the page: what a file may weigh, and the quality of AVIF, from 0 to 100.
MAXIMUM_BYTES = {1: 12_000, 2: 40_000}
QUALITY = {1: 42, 2: 50}
WIDTH = 1120  # the narrowest at which the table of keys is one, so that it is large enough in an article

class Book:
    """Takes them before a stage, in one browser."""

    def __init__(self, chromium: Chromium, stage: Stage):
        self.chromium = chromium
        self.stage = stage

    def page(self, language: str, who: str, width: int, height: int) -> Page:
        context = self.chromium.new_context(
            locale=LOCALES[language], timezone_id=ZONE, viewport={"width": width, "height": height},
            device_scale_factor=2, reduced_motion="reduce", service_workers="block",
        )  # fmt: skip
        context.clock.set_fixed_time(NOW.replace(" ", "T") + "Z")
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        browser = self.stage.companies[language].sessions[who]
        url = self.stage.server.url
        context.add_cookies([{"name": "latchkey", "value": browser.cookies["latchkey"], "url": url}])
        return context.new_page()

    def take_readme(self) -> None:
        page = self.page("en", "owner", 1280, 800)
        page.goto(self.stage.server.url + "/settings/keys")
        page.evaluate(SETTLE)
        shot = Image.open(io.BytesIO(page.screenshot()))
        shot.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(README, optimize=True)

    def take_help(self, language: str) -> None:
        said, names = words.ALL[language], self.stage.companies[language].names
        page = self.page(language, "guide", WIDTH, 900)
        page.goto(self.stage.server.url + "/settings")
        page.get_by_text(said.for_developers, exact=True).click()
        opened = page.locator("details[open]")
        expect(opened.get_by_text(said.open, exact=True)).to_be_visible()
        save(page, opened, f"help-developers-{language}", margin=8)

        page.goto(self.stage.server.url + "/settings/keys")
        table = page.locator(".keys-card")
        save(page, page.locator("main > .section"), f"help-keys-{language}", margin=24, until=table)

        page.get_by_role("button", name=said.create_key, exact=True).first.click()
        window = page.get_by_role("dialog")
        window.get_by_label(said.columns[0], exact=True).fill(names.import_)
        save(page, window, f"help-create-{language}", margin=0)

        window.get_by_role("button", name=said.create_key, exact=True).click()
        window.get_by_role("button", name=said.copy_key, exact=True).click()
        window.get_by_role("checkbox", name=said.copied_box, exact=True).check()
        expect(window.get_by_role("button", name=said.done, exact=True)).to_be_enabled()
        save(page, window, f"help-reveal-{language}", margin=0)


def save(page: Page, part: Locator, name: str, margin: int, until: Locator | None = None) -> None:
    """A part of the page in both themes, or that part until the end of another; for coarse and for fine screens."""
    page.evaluate(SETTLE)
    page.evaluate(MASK)
    page.evaluate("document.activeElement.blur()")
    for theme, called in (("dark", f"{name}-dark"), ("light", name)):
        page.emulate_media(color_scheme=theme)
        clip = place(page, part, margin, until or part)
        for fineness, ending in ((1, ".avif"), (2, "-2x.avif")):
            (HELP / f"{called}{ending}").write_bytes(avif(page, clip, fineness, called))


def place(page: Page, part: Locator, margin: int, last: Locator) -> dict[str, float]:
    part.scroll_into_view_if_needed()
    box, end, scrolled = part.bounding_box(), last.bounding_box(), page.evaluate("scrollY")
    return {
        "x": max(0, box["x"] - margin),
        "y": max(0, box["y"] - margin) + scrolled,
        "width": min(page.viewport_size["width"], box["width"] + 2 * margin),
        "height": end["y"] + end["height"] - box["y"] + 2 * margin,
    }


def avif(page: Page, clip: dict[str, float], fineness: int, name: str) -> bytes:
    """By the browser's own protocol, which draws anew for each fineness instead of making a picture smaller."""
    protocol = page.context.new_cdp_session(page)
    taken = protocol.send(
        "Page.captureScreenshot", {"format": "png", "clip": {**clip, "scale": fineness}, "captureBeyondViewport": True}
    )
    made = io.BytesIO()
    shot = Image.open(io.BytesIO(base64.b64decode(taken["data"]))).convert("RGB")
    shot.save(made, "AVIF", quality=QUALITY[fineness], speed=4)
    most = MAXIMUM_BYTES[fineness]
    assert made.tell() <= most, f"{name}: {made.tell()} bytes, more than {most}"
    return made.getvalue()
