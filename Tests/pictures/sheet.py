"""The contact sheet: every picture on one page, and the cover, a few of them on one picture."""

from html import escape

from PIL import Image

from pictures import album
from pictures.camera import THEMES
from pictures.scenes import SCENES, Scene

LANGUAGES = ("en", "ru")
# What the cover shows, left to right and top to bottom, each as wide as a page on a laptop and as high as its screen.
COVER_SCENES = (
    ("main", "en", "light"), ("keys", "en", "dark"), ("reveal-copied", "ru", "light"),
    ("users", "ru", "dark"), ("role", "en", "light"), ("audit", "ru", "light"),
)  # fmt: skip
COVER_COLUMNS, COVER_WIDTH, COVER_GAP = 3, 560, 16

HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Pictures of every page</title>
<style>
:root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif; }
body { margin: 24px; }
h1 { font-size: 20px; }
h2 { margin: 32px 0 8px; font-size: 16px; scroll-margin-top: 8px; }
nav { columns: 12rem; }
.row { display: flex; flex-wrap: wrap; gap: 16px; align-items: start; }
figure { margin: 0; }
figcaption { color: GrayText; font-size: 12px; }
img { display: block; max-width: 100%; height: auto; border: 1px solid color-mix(in srgb, CanvasText 20%, transparent); }
</style>
</head>
<body>
"""


def write(version: str) -> None:
    names = "\n".join(f'<a href="#{scene.name}">{scene.name}</a><br>' for scene in SCENES)
    text = f"{HEAD}<h1>Pictures of every page</h1>\n"
    text += f"<p>Taken by <code>make pictures</code> with Chromium {escape(version)}."
    text += f" A test compares each with the page as it is.</p>\n<nav>\n{names}\n</nav>\n"
    text += "".join(section(scene) for scene in SCENES) + "</body>\n</html>\n"
    (album.ALBUM / "index.html").write_text(text)


def section(scene: Scene) -> str:
    figures = [figure(scene, language, theme) for language in LANGUAGES for theme in THEMES]
    return f'<h2 id="{scene.name}">{scene.name}</h2>\n<div class="row">{"".join(figures)}</div>\n'


def figure(scene: Scene, language: str, theme: str) -> str:
    called = album.name(scene.name, language, theme)
    with Image.open(album.ALBUM / called) as picture:
        width, height = picture.size
    return (
        f'<figure><a href="{called}"><img src="{called}" alt="{scene.name}" loading="lazy" width="{width // 3}"'
        f' height="{height // 3}"></a><figcaption>{language}, {theme}</figcaption></figure>\n'
    )


def write_cover() -> None:
    height = COVER_WIDTH * 800 // 1280
    rows = -(-len(COVER_SCENES) // COVER_COLUMNS)
    size = [count * (side + COVER_GAP) + COVER_GAP for count, side in ((COVER_COLUMNS, COVER_WIDTH), (rows, height))]
    cover = Image.new("RGB", tuple(size), (225, 228, 234))
    for number, (scene, language, theme) in enumerate(COVER_SCENES):
        strip = album.open_picture(album.name(scene, language, theme))
        picture = strip.crop((strip.width - 1280, 0, strip.width, 800))
        small = picture.resize((COVER_WIDTH, height), Image.Resampling.LANCZOS)
        row, column = divmod(number, COVER_COLUMNS)
        cover.paste(small, (COVER_GAP + column * (COVER_WIDTH + COVER_GAP), COVER_GAP + row * (height + COVER_GAP)))
    cover.save(album.ALBUM / album.COVER, "WEBP", quality=80, method=6)
