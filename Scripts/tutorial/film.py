"""Draws the film from a recording, picture by picture: the page as the camera sees it, and the pointer over it."""

import io
from bisect import bisect_right
from collections.abc import Iterator

from PIL import Image, ImageDraw

from tutorial.recording import HEIGHT, PAGE_HEIGHT, PAGE_WIDTH, WIDTH, Recording, ease

PER_SECOND = 30
BAND = (24, 24, 27)
ACCENT = (37, 99, 235)
# Seconds that the camera needs for its way, a click for its ring, and for which the pointer is seen pressed.
TURN, RING, PRESS = 0.8, 0.5, 0.16
# An arrow in a field of 24 by 24, its point at 4, 2.
ARROW = ((4, 2), (4, 19.2), (8.3, 15.3), (11.1, 21.6), (14.2, 20.2), (11.5, 14.1), (17.2, 13.8))
ARROW_SIZE = 34
STILL = (704, 396)  # as wide as the article
FINE = 4  # drawn so many times larger, then made smaller: smooth edges


class Film:
    def __init__(self, recording: Recording):
        self.recording = recording
        recording.frames.sort(key=lambda frame: frame[0])
        self.times = [at for at, _ in recording.frames]
        self.arrows = {size: arrow(size) for size in (ARROW_SIZE, round(ARROW_SIZE * 0.86))}
        self.decoded: tuple[int, Image.Image | None] = (-1, None)

    @property
    def count(self) -> int:
        return int(self.recording.length * PER_SECOND)

    def pictures(self) -> Iterator[bytes]:
        """Each picture as RGB bytes."""
        before, drawn = None, b""
        for number in range(self.count):
            moment = number / PER_SECOND
            seen = self.seen(moment)
            if seen != before:
                before, drawn = seen, self.picture(moment).tobytes()
            yield drawn

    def picture(self, moment: float) -> Image.Image:
        number, view, place, ring, pressed = self.seen(moment)
        picture = Image.new("RGB", (WIDTH, HEIGHT), BAND)
        page = self.page(number)
        scale = page.width / PAGE_WIDTH
        shown = page.resize(
            (WIDTH, PAGE_HEIGHT * WIDTH // PAGE_WIDTH), Image.Resampling.LANCZOS, box=[edge * scale for edge in view]
        )
        picture.paste(shown)
        if ring is not None:
            self.draw_ring(picture, place, ring)
        image = self.arrows[round(ARROW_SIZE * 0.86) if pressed else ARROW_SIZE]
        tip = image.width * 4 // 24, image.height * 2 // 24
        picture.paste(image, (place[0] - tip[0], place[1] - tip[1]), image)
        return picture

    def seen(self, moment: float) -> tuple:
        """All that a picture depends on, so that none is drawn twice."""
        view = self.view(moment)
        clicked = [at for at in self.recording.clicks if at <= moment < at + RING]
        ring = (moment - clicked[-1]) / RING if clicked else None
        pressed = bool(clicked) and moment < clicked[-1] + PRESS
        return self.number(moment), view, self.pointer(moment, view), ring, pressed

    def number(self, moment: float) -> int:
        """Which picture of the page was the last by then."""
        return max(0, bisect_right(self.times, moment) - 1)

    def page(self, number: int) -> Image.Image:
        if self.decoded[0] != number:
            _, data = self.recording.frames[number]
            self.decoded = (number, Image.open(io.BytesIO(data)).convert("RGB"))
        return self.decoded[1]

    def view(self, moment: float) -> tuple[float, float, float, float]:
        """The part of the page that the camera sees: its edges."""
        (x, y), width = (PAGE_WIDTH / 2, PAGE_HEIGHT / 2), PAGE_WIDTH
        for view in self.recording.views:
            if view.start > moment:
                break
            part = ease((moment - view.start) / TURN)
            x, y = x + (view.middle[0] - x) * part, y + (view.middle[1] - y) * part
            width += (PAGE_WIDTH / view.zoom - width) * part
        height = width * PAGE_HEIGHT / PAGE_WIDTH
        edges = x - width / 2, y - height / 2, x + width / 2, y + height / 2
        return tuple(round(edge, 2) for edge in edges)

    def pointer(self, moment: float, view: tuple) -> tuple[int, int]:
        """Its place in the picture."""
        begun = [move for move in self.recording.moves if move.start <= moment]
        x, y = begun[-1].at(moment) if begun else self.recording.moves[0].origin
        zoom = WIDTH / (view[2] - view[0])
        return round((x - view[0]) * zoom), round((y - view[1]) * zoom)

    def draw_ring(self, picture: Image.Image, place: tuple[int, int], part: float) -> None:
        radius = 8 + 20 * ease(part**0.6)
        size = 2 * 30 * FINE
        ring = Image.new("L", (size, size))
        box = [size / 2 - radius * FINE, size / 2 - radius * FINE, size / 2 + radius * FINE, size / 2 + radius * FINE]
        strength = round(255 * (1 - part))
        ImageDraw.Draw(ring).ellipse(box, fill=strength // 4, outline=strength, width=3 * FINE)
        mask = ring.resize((60, 60), Image.Resampling.LANCZOS)
        picture.paste(Image.new("RGB", mask.size, ACCENT), (place[0] - 30, place[1] - 30), mask)

    def still(self) -> Image.Image:
        """A picture of the page alone, in the shape of the film: what is shown before it plays."""
        page = self.page(self.number(self.recording.still))
        margin = (page.width - page.height * WIDTH / HEIGHT) / 2
        box = (margin, 0, page.width - margin, page.height)
        return page.resize(STILL, Image.Resampling.LANCZOS, box=box)

    def sheet(self, columns: int = 4, rows: int = 6) -> Image.Image:
        """Frames from the whole film, to be looked at."""
        width, height = WIDTH // 2, HEIGHT // 2
        sheet = Image.new("RGB", (columns * width, rows * height))
        for place in range(columns * rows):
            picture = self.picture((place + 0.5) * self.recording.length / (columns * rows))
            sheet.paste(picture.resize((width, height)), (place % columns * width, place // columns * height))
        return sheet


def arrow(size: int) -> Image.Image:
    """A pointer that is seen on light and dark."""
    large = size * FINE
    image = Image.new("RGBA", (large, large))
    points = [(x * large / 24, y * large / 24) for x, y in ARROW]
    draw = ImageDraw.Draw(image)
    draw.polygon(points, fill=(17, 17, 20, 255))
    draw.line([*points, points[0], points[1]], fill="white", width=round(1.6 * large / 24), joint="curve")
    return image.resize((size, size), Image.Resampling.LANCZOS)
