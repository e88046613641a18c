"""Writes what is said as WebVTT, a file a language, and what each film holds as tutorial.json."""

import hashlib
import json
from pathlib import Path

from tutorial.flow import LANGUAGES, SAID
from tutorial.recording import HEIGHT, WIDTH, Recording


def write(recording: Recording, folder: Path, name: str) -> None:
    for place, language in enumerate(LANGUAGES):
        cues = [f"{time(start)} --> {time(end)}\n{SAID[line][place]}\n" for start, end, line in recording.cues()]
        (folder / f"{name}.{language}.vtt").write_text("\n".join(["WEBVTT\n", *cues]))
    describe(recording, folder, name)


def describe(recording: Recording, folder: Path, name: str) -> None:
    """Notes of this film what was recorded, beside what is noted of the others. By the digests the service knows at its
    start whether a film is another, and needs not read it."""
    manifest = folder / "tutorial.json"
    films = json.loads(manifest.read_text()) if manifest.exists() else {}
    films[name] = {
        "width": WIDTH,
        "height": HEIGHT,
        "seconds": round(recording.length, 2),
        "sha256": {
            ending: hashlib.sha256((folder / f"{name}.{ending}").read_bytes()).hexdigest() for ending in ("mp4", "webm")
        },
        "captions": [[round(start, 3), round(end, 3), line] for start, end, line in recording.cues()],
    }
    manifest.write_text(json.dumps(dict(sorted(films.items())), indent=2) + "\n")


def time(seconds: float) -> str:
    """`00:01:02.345`"""
    minutes, thousandths = divmod(round(seconds * 1000), 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{thousandths // 1000:02}.{thousandths % 1000:03}"
