"""What was recorded: pictures of the page, and what the pointer, the camera and the speaker did, each with its time.

Times are in seconds of the film, places in pixels of the page.
"""

from dataclasses import dataclass, field

# The page, and below it a band in which the captions stand, so that they hide nothing.
PAGE_WIDTH, PAGE_HEIGHT = 1280, 630
WIDTH, HEIGHT = 1280, 720
# How far from the middle of what one sees a thing may stand, as a part of the way to the edge.
COMFORT = 0.6


@dataclass(frozen=True)
class Move:
    """The pointer goes from one place to another."""

    start: float
    end: float
    origin: tuple[float, float]
    target: tuple[float, float]

    def at(self, moment: float) -> tuple[float, float]:
        part = ease((moment - self.start) / (self.end - self.start))
        return tuple(a + (b - a) * part for a, b in zip(self.origin, self.target, strict=True))


@dataclass(frozen=True)
class View:
    """From this moment on the camera looks here: the middle of what it sees, and how much larger than it is."""

    start: float
    middle: tuple[float, float]
    zoom: float

    @property
    def half(self) -> tuple[float, float]:
        """From its middle to its right and lower edge."""
        return PAGE_WIDTH / self.zoom / 2, PAGE_HEIGHT / self.zoom / 2

    @property
    def within(self) -> "View":
        """The same, moved until it sees nothing beyond the page."""
        sizes = (PAGE_WIDTH, PAGE_HEIGHT)
        middle = tuple(
            min(max(half, at), size - half) for at, half, size in zip(self.middle, self.half, sizes, strict=True)
        )
        return View(self.start, middle, self.zoom)

    def towards(self, place: tuple[float, float], start: float) -> "View":
        """As far in the direction of a place as makes it well seen."""
        middle = []
        for at, half, target in zip(self.middle, self.half, place, strict=True):
            slack = half * COMFORT
            middle.append(min(max(at, target - slack), target + slack))
        return View(start, tuple(middle), self.zoom).within


@dataclass
class Recording:
    language: str
    frames: list[tuple[float, bytes]] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    clicks: list[float] = field(default_factory=list)
    views: list[View] = field(default_factory=list)
    # What is said from when on, by its name in `flow.SAID`.
    lines: list[tuple[float, str]] = field(default_factory=list)
    still: float = 0
    length: float = 0

    def cues(self) -> list[tuple[float, float, str]]:
        """From when until when each line is shown."""
        ends = [start for start, _ in self.lines[1:]] + [self.length]
        return [(start, end - 0.1, name) for (start, name), end in zip(self.lines, ends, strict=True)]


def ease(part: float) -> float:
    """As a hand moves: slow, quick, slow (the path of least jerk)."""
    part = min(1, max(0, part))
    return part**3 * (10 - 15 * part + 6 * part**2)
