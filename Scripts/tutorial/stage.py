"""Acts on a page as a person with a mouse does, and keeps what the browser draws meanwhile."""

import base64
import itertools
import math
import time

from playwright.sync_api import Locator, Page

from tutorial.recording import PAGE_HEIGHT, PAGE_WIDTH, Move, Recording, View, ease

# The recording takes that much longer than the film, so that a busy machine has time to draw what moves.
SLOWNESS = 2.5
# Letters a second of who reads at ease.
READING = 14
# Seconds between two keys, in turns: nobody types evenly.
KEYSTROKES = (0.07, 0.05, 0.09, 0.06, 0.11, 0.05, 0.08)

SCROLLER = """part => {
    const holds = (part) => part.scrollHeight > part.clientHeight && getComputedStyle(part).overflowY === "auto";
    while (part && !holds(part)) part = part.parentElement;
    return part ?? document.scrollingElement;
}"""
SCROLL = "(part, y) => part.scrollTo({ top: y, behavior: 'instant' })"


class Stage:
    def __init__(self, page: Page, said: dict[str, tuple[str, ...]], language: str):
        self.page = page
        self.said = said
        self.recording = Recording(language)
        self.pointer = (PAGE_WIDTH * 0.62, PAGE_HEIGHT * 0.8)
        self.protocol = page.context.new_cdp_session(page)
        self.protocol.on("Page.screencastFrame", self.keep)
        page.on("load", lambda _: self.slow_down())
        self.begun = 0.0

    # Recording

    def begin(self) -> None:
        self.slow_down()
        self.protocol.send("Page.startScreencast", {"format": "jpeg", "quality": 96})
        self.begun = time.time()
        self.look()

    def end(self) -> Recording:
        self.recording.length = self.now()
        self.protocol.send("Page.stopScreencast")
        return self.recording

    def now(self) -> float:
        return (time.time() - self.begun) / SLOWNESS

    def keep(self, frame: dict) -> None:
        at = (frame["metadata"]["timestamp"] - self.begun) / SLOWNESS
        self.recording.frames.append((at, base64.b64decode(frame["data"])))
        self.protocol.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]})

    def slow_down(self) -> None:
        """What the page animates itself goes as slowly as all the rest."""
        self.protocol.send("Animation.enable")
        self.protocol.send("Animation.setPlaybackRate", {"playbackRate": 1 / SLOWNESS})

    # Acting

    def pause(self, seconds: float) -> None:
        self.page.wait_for_timeout(seconds * SLOWNESS * 1000)

    def say(self, name: str) -> None:
        """Shows a line, once the one before has been there long enough to be read."""
        if self.recording.lines:
            start, before = self.recording.lines[-1]
            self.pause(max(0, start + self.reading_time(before) - self.now()))
        self.recording.lines.append((self.now(), name))

    def reading_time(self, name: str) -> float:
        return max(2.4, 0.6 + max(map(len, self.said[name])) / READING)

    def look(self, at: Locator | None = None, zoom: float = 1) -> None:
        """Turns the camera to a part of the page, or to all of it."""
        middle = centre(at) if at else (PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
        self.recording.views.append(View(self.now(), middle, zoom).within)

    def bring(self, what: Locator, across: float = 0.5, down: float = 0.5) -> tuple[float, float]:
        """Has a place within a part of the page seen, by page and camera, and says where it is."""
        box = what.bounding_box()
        if not 0 <= box["y"] + box["height"] * down <= PAGE_HEIGHT - 8:
            self.scroll(what, PAGE_HEIGHT * 0.6)
            box = what.bounding_box()
        place = (box["x"] + box["width"] * across, box["y"] + box["height"] * down)
        view = self.recording.views[-1]
        if view.zoom > 1 and (turned := view.towards(place, self.now())).middle != view.middle:
            self.recording.views.append(turned)
        return place

    def move(self, to: Locator, across: float = 0.5, down: float = 0.5) -> None:
        """Brings the pointer to a place within a part of the page; what lies under it feels it on the way."""
        target = self.bring(to, across, down)
        way = math.dist(self.pointer, target)
        start, length = self.now(), 0.3 + way / 1100
        move = Move(start, start + length, self.pointer, target)
        self.recording.moves.append(move)
        while (moment := self.now()) < move.end:
            self.page.mouse.move(*move.at(moment))
            self.page.wait_for_timeout(30)
        self.page.mouse.move(*target)
        self.pointer = target

    def click(self, what: Locator, across: float = 0.5, down: float = 0.5) -> None:
        self.move(what, across, down)
        self.pause(0.15)
        self.recording.clicks.append(self.now())
        self.page.mouse.down()
        self.pause(0.08)
        self.page.mouse.up()

    def type(self, text: str) -> None:
        for letter, gap in zip(text, itertools.cycle(KEYSTROKES), strict=False):
            self.page.keyboard.type(letter)
            self.pause(gap)

    def scroll(self, what: Locator, to: float, seconds: float = 0.9) -> None:
        """Brings the upper edge of something to this height of the window, as far as what holds it can be scrolled."""
        scroller = what.evaluate_handle(SCROLLER)
        origin, furthest = scroller.evaluate("part => [part.scrollTop, part.scrollHeight - part.clientHeight]")
        target = min(max(0, origin + what.bounding_box()["y"] - to), furthest)
        start = self.now()
        while (part := (self.now() - start) / seconds) < 1:
            scroller.evaluate(SCROLL, origin + (target - origin) * ease(part))
            self.page.wait_for_timeout(30)
        scroller.evaluate(SCROLL, target)
        self.pause(0.2)


def centre(part: Locator) -> tuple[float, float]:
    box = part.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
