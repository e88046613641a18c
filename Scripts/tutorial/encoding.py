"""Writes a film as files that browsers play: H.264 in mp4, VP9 in webm, and the still as AVIF."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from tutorial.film import PER_SECOND, Film
from tutorial.recording import HEIGHT, WIDTH

MAXIMUM_BYTES = 3_000_000
MAXIMUM_STILL_BYTES = 9_000  # it comes with the article, whether or not somebody plays the film
FFMPEG = ["ffmpeg", "-y", "-loglevel", "error", "-nostdin"]
# As television has its colours; said in the file, since players guess otherwise.
COLOURS = ["-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709", "-color_range", "tv"]
ONCE_IN_TEN_SECONDS = ["-g", str(10 * PER_SECOND)]  # a whole picture, for who jumps
MP4 = ["-c:v", "libx264", "-preset", "slower", "-crf", "24", "-profile:v", "high", "-level", "3.1",
       *ONCE_IN_TEN_SECONDS, "-movflags", "+faststart"]  # fmt: skip
WEBM = ["-c:v", "libvpx-vp9", "-crf", "34", "-b:v", "0", "-row-mt", "1", "-threads", "2", *ONCE_IN_TEN_SECONDS]


def write(film: Film, name: Path) -> None:
    """Puts the files in their place when all are there: a build meanwhile must not take half of one."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / name.name
        whole = Path(folder) / "whole.mkv"
        draw(film, whole)
        encode(whole, made.with_suffix(".mp4"), *MP4)
        for step in ("1", "2"):
            target = made.with_suffix(".webm") if step == "2" else Path("/dev/null")
            speed = ["-deadline", "good", "-cpu-used", "5" if step == "1" else "3"]
            encode(whole, target, *WEBM, *speed, "-pass", step, "-passlogfile", f"{folder}/pass", "-f", "webm")
        film.still().save(made.with_suffix(".avif"), quality=36, speed=4)
        for ending, most in ((".mp4", MAXIMUM_BYTES), (".webm", MAXIMUM_BYTES), (".avif", MAXIMUM_STILL_BYTES)):
            assert made.with_suffix(ending).stat().st_size < most, f"{made.with_suffix(ending)} is too large"
            shutil.move(made.with_suffix(ending), name.with_suffix(ending))


def draw(film: Film, target: Path) -> None:
    """Every picture once, without loss."""
    source = ["-f", "rawvideo", "-pixel_format", "rgb24", "-video_size", f"{WIDTH}x{HEIGHT}",
              "-framerate", str(PER_SECOND), "-i", "-"]  # fmt: skip
    colours = ["-vf", "scale=out_color_matrix=bt709:out_range=tv", "-pix_fmt", "yuv420p", *COLOURS]
    lossless = ["-c:v", "libx264", "-preset", "ultrafast", "-qp", "0"]
    command = [argument for argument in FFMPEG if argument != "-nostdin"]
    with subprocess.Popen([*command, *source, *colours, *lossless, target], stdin=subprocess.PIPE) as ffmpeg:
        for picture in film.pictures():
            ffmpeg.stdin.write(picture)
    assert ffmpeg.returncode == 0, "ffmpeg failed"


def encode(source: Path, target: Path, *options: str) -> None:
    plain = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-an", "-pix_fmt", "yuv420p"]
    subprocess.run([*FFMPEG, "-i", source, *plain, *COLOURS, *options, target], check=True)
