"""Where the pictures lie, and whether what the pages look like now is what they looked like then."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy
from PIL import Image

from pictures.camera import GROUND
from support.server import PROJECT

ALBUM = PROJECT / "docs/pictures"
FAILED = PROJECT / "test-results/pictures"
# The one that is made of others, and compared with nothing.
COVER = "cover.webp"
COLOURS = 32
RENEW = "make pictures"


@dataclass(frozen=True)
class Tolerance:
    """How much of a picture may differ, and from what on a pixel does."""

    # Of 255, in the colour that differs the most.
    level: int
    share: float

    def __str__(self) -> str:
        return f"{self.share:.2%} of the pixels by more than {self.level} of 255"


# The same browser draws the same picture, but for the rounding of a shadow. A border that moves by one pixel, or a word
# of quiet text that changes, is more than this.
SAME_BROWSER = Tolerance(level=8, share=0.0001)
# Another version of it may draw the edges of letters otherwise, and a control of its own. What has moved or has another
# ground is more than this; a changed word may not be.
OTHER_BROWSER = Tolerance(level=64, share=0.01)


def name(scene: str, language: str, theme: str) -> str:
    return f"{scene}-{language}-{theme}.webp"


def browser_of_album() -> str:
    """The version of Chromium that drew the pictures."""
    return json.loads((ALBUM / "album.json").read_text())["chromium"]


def tolerance(version: str) -> Tolerance:
    return SAME_BROWSER if version == browser_of_album() else OTHER_BROWSER


def reduced(picture: Image.Image) -> Image.Image:
    """The picture in its `COLOURS` most telling colours: of the edges of letters a few steps are enough.

    Grounds, lines and ink stay exactly as they are. The same picture always gives the same one.
    """
    counted = picture.getcolors(picture.width * picture.height)
    counts = numpy.array([count for count, _ in counted])
    colours = numpy.array([colour for _, colour in counted], dtype=numpy.int16)
    chosen = [int(counts.argmax())]
    distance = numpy.abs(colours - colours[chosen[0]]).max(axis=1)
    while len(chosen) < min(COLOURS, len(counts)):
        # What is frequent and far from all that is chosen is missed the most; the sign of a status is small.
        chosen.append(int((counts**0.6 * distance**2.0).argmax()))
        distance = numpy.minimum(distance, numpy.abs(colours - colours[chosen[-1]]).max(axis=1))
    palette = Image.new("P", (1, 1))
    palette.putpalette(colours[chosen].astype(numpy.uint8).tobytes())
    return picture.quantize(palette=palette, dither=Image.Dither.NONE).convert("RGB")


def keep(picture: Image.Image, called: str) -> None:
    reduced(picture).save(ALBUM / called, "WEBP", lossless=True, quality=60, method=4)


def open_picture(called: str) -> Image.Image | None:
    path = ALBUM / called
    return Image.open(path).convert("RGB") if path.exists() else None


def difference(before: Image.Image, after: Image.Image, level: int) -> tuple[float, Image.Image]:
    """The share of pixels that differ by more than a level, and a picture that shows them.

    What only one of two pictures of unequal size has differs.
    """
    size = (max(before.width, after.width), max(before.height, after.height))
    first, second = (numpy.asarray(laid_out(picture, size), dtype=numpy.int16) for picture in (before, after))
    differs = numpy.abs(first - second).max(axis=2) > level
    shown = (255 - (255 - second) // 4).astype(numpy.uint8)
    shown[differs] = (214, 0, 96)
    return float(differs.mean()), Image.fromarray(shown)


def laid_out(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """A picture on a ground of that size."""
    if picture.size == size:
        return picture
    ground = Image.new("RGB", size, GROUND)
    ground.paste(picture)
    return ground


def judge(picture: Image.Image, called: str, allowed: Tolerance) -> str | None:
    """What is wrong with a picture, in a sentence; the pictures that show it are written into `FAILED`."""
    before, picture = open_picture(called), reduced(picture)
    stem = called.removesuffix(".webp")
    FAILED.mkdir(parents=True, exist_ok=True)
    if before is None:
        picture.save(FAILED / f"{stem}-after.png")
        return f"{called}: docs/pictures has no such picture"
    share, shown = difference(before, picture, allowed.level)
    if share <= allowed.share:
        return None
    for kind, image in (("before", before), ("after", picture), ("difference", shown)):
        image.save(FAILED / f"{stem}-{kind}.png")
    sizes = "" if before.size == picture.size else f", and its size, {before.size} before, is {picture.size}"
    return f"{called}: {share:.3%} of it differs{sizes}"
