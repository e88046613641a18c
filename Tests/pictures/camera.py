"""Takes a scene in every width and theme, so that two runs give the same pictures: nothing moves or is of chance."""

import base64
import io

from PIL import Image
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserType, CDPSession, Page

from pictures.company import NOW, ZONE, Stage
from pictures.scenes import Scene
from support import words
from support.visits import Visit

THEMES = ("light", "dark")
# What one sees at once on a phone, a tablet and a laptop.
HEIGHTS = {390: 844, 768: 1024, 1280: 800}
# A page that is longer says the same again.
TALLEST = 1400
GAP = 10  # pixels between the widths, in a colour that no page has
GROUND = (154, 160, 172)
LOCALES = {"en": "en-GB", "ru": "ru-RU"}
# The machine's fonts and screen have no say in how letters are drawn.
CHROMIUM = {
    "executable_path": "/usr/bin/chromium",
    "args": ["--no-sandbox", "--font-render-hinting=none", "--disable-lcd-text", "--force-color-profile=srgb"],
}

# Keys, tokens and numbers of requests are of chance (the last without zeros in front): in their places stand others.
MASK = """() => {
    const rules = [
        [/(sp_|invitations\\/)[0-9A-Za-z_-]{20,}/g, (whole, kept) => kept + whole.slice(kept.length).replace(/./g,
            (_, at) => "n7Kq2Wd9Xa4RtB6mZ8"[at % 18])],
        [/\\b[0-9a-f]{28,32}\\b/g, () => "5b0c9d1e7f2a4863b0c9d1e7f2a48635"],
    ];
    const masked = (text) => rules.reduce((text, [pattern, by]) => text.replace(pattern, by), text);
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const text = masked(texts.currentNode.data);
        if (text !== texts.currentNode.data) texts.currentNode.data = text;
    }
    for (const field of document.querySelectorAll("textarea, input[readonly]")) {
        const text = masked(field.value);
        if (text !== field.value) field.value = text;
    }
}"""
# Fonts that a page has not asked for yet would come while it is taken; carets blink, what waits breathes,
# and the buttons of a film are the browser's own.
SETTLE = """async () => {
    const still = new CSSStyleSheet();
    still.replaceSync("*, ::before, ::after { animation: none !important; transition: none !important;"
        + " caret-color: transparent !important; }");
    document.adoptedStyleSheets = [still];
    for (const film of document.querySelectorAll("video")) film.style.visibility = "hidden";
    await Promise.all([...document.fonts].map((font) => font.load()));
    await Promise.all([...document.images].map((image) => { image.loading = "eager"; return image.decode(); }));
    document.activeElement?.matches(":focus-visible") || document.activeElement?.blur();
}"""

# A picture may have another source in the other theme, which browsers ask for a moment later.
LOADED = """() => [...document.images].every((image) => {
    const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
    const isRight = !image.closest("picture") || image.currentSrc.includes("-dark.") === isDark;
    return isRight && image.complete && image.naturalWidth > 0;
})"""
DECODED = "() => Promise.all([...document.images].map((image) => image.decode()))"


def launch(browser_type: BrowserType) -> Chromium:
    return browser_type.launch(**CHROMIUM)


class Camera:
    """One language's pictures from one browser; each of its people has a context of their own."""

    def __init__(self, chromium: Chromium, stage: Stage, language: str):
        self.chromium = chromium
        self.stage = stage
        self.company = stage.companies[language]
        self.visits: dict[str | None, Visit] = {}

    def visit(self, who: str | None) -> Visit:
        if who not in self.visits:
            language = self.company.names.language
            context = self.chromium.new_context(
                locale=LOCALES[language], timezone_id=ZONE, reduced_motion="reduce", service_workers="block"
            )
            context.set_default_timeout(15_000)
            context.clock.set_fixed_time(NOW.replace(" ", "T") + "Z")
            context.grant_permissions(["clipboard-read", "clipboard-write"])
            self.visits[who] = Visit(context, self.stage.server, words.ALL[language])
            if who:
                self.visits[who].take_session(self.company.sessions[who])
        return self.visits[who]

    def take(self, scene: Scene) -> dict[str, Image.Image]:
        """A scene in each theme, its widths side by side."""
        visit = self.visit(scene.who)
        strips = {theme: [] for theme in THEMES}
        protocol = visit.context.new_cdp_session(visit.page)
        for width in scene.widths:
            if scene.is_played_anew or width == scene.widths[0]:
                self.play(scene, visit, width)
            fit(visit.page, width, scene.is_screen)
            for theme in THEMES:
                visit.page.emulate_media(color_scheme=theme)
                visit.page.wait_for_function(LOADED)
                visit.page.evaluate(DECODED)
                strips[theme].append(shoot(protocol))
        protocol.detach()
        if scene.end:
            scene.end(visit, self.company, self.stage)
        return {theme: side_by_side(pictures) for theme, pictures in strips.items()}

    def play(self, scene: Scene, visit: Visit, width: int) -> None:
        """From an empty page on, so that nothing is left of what was played before."""
        if visit.page.url.startswith(visit.origin):
            visit.page.evaluate("sessionStorage.clear()")
        visit.page.goto("about:blank")
        resize(visit.page, width, HEIGHTS[width])
        scene.play(visit, self.company, self.stage)
        visit.page.mouse.move(0, 0)
        visit.page.evaluate(SETTLE)
        visit.page.evaluate(MASK)

    def close(self) -> None:
        for visit in self.visits.values():
            visit.close()


def fit(page: Page, width: int, is_screen: bool) -> None:
    """Makes the window so wide, and so high that all of the page is seen where all of it is wanted."""
    resize(page, width, HEIGHTS[width])
    page.evaluate("scrollTo(0, 0); document.getElementById(location.hash.slice(1))?.scrollIntoView({ block: 'end' })")
    if not is_screen:
        height = page.evaluate("document.documentElement.scrollHeight")
        resize(page, width, min(max(height, HEIGHTS[width]), TALLEST))


def resize(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function("([width, height]) => innerWidth === width && innerHeight === height", arg=[width, height])


def shoot(protocol: CDPSession) -> Image.Image:
    shot = protocol.send("Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True})
    return Image.open(io.BytesIO(base64.b64decode(shot["data"]))).convert("RGB")


def side_by_side(pictures: list[Image.Image]) -> Image.Image:
    width = sum(picture.width for picture in pictures) + GAP * (len(pictures) - 1)
    strip = Image.new("RGB", (width, max(picture.height for picture in pictures)), GROUND)
    left = 0
    for picture in pictures:
        strip.paste(picture, (left, 0))
        left += picture.width + GAP
    return strip
