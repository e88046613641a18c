"""The film in the help: it is played by the browsers, said in both languages, small, and what its description says."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from support.visits import Visit

FOLDER = Path(__file__).resolve().parents[2] / "docs/help/video"
FILMS = json.loads((FOLDER / "tutorial.json").read_text())
LANGUAGES = ["en", "ru"]
LONGEST, LARGEST, LARGEST_STILL = 90, 3_000_000, 9_000
# Letters a second: what subtitles of films allow for adults.
QUICKEST = 20
CUE = re.compile(r"(\d\d):(\d\d):(\d\d\.\d{3}) --> (\d\d):(\d\d):(\d\d\.\d{3})\n(.+)")

CUES = """async (track) => {
    track.track.mode = "showing";
    if (track.readyState < 2) await new Promise((done) => track.addEventListener("load", done, { once: true }));
    return [...track.track.cues].map((cue) => [cue.startTime, cue.endTime, cue.text]);
}"""
PLAY = """async (video) => {
    await video.play();
    const begun = video.currentTime;
    while (video.currentTime <= begun)
        await new Promise((done) => video.addEventListener("timeupdate", done, { once: true }));
    return { width: video.videoWidth, height: video.videoHeight, seconds: video.duration };
}"""
JUMP = """(video) => new Promise((done) => {
    video.addEventListener("seeked", () => done(video.currentTime), { once: true });
    video.currentTime = video.duration - 3;
})"""


def cues(film: str, language: str) -> list[list]:
    """What the file of captions says: from, until, text."""
    text = (FOLDER / f"{film}.{language}.vtt").read_text()
    assert text.startswith("WEBVTT\n")

    def seconds(hours: str, minutes: str, rest: str) -> float:
        return int(hours) * 3600 + int(minutes) * 60 + float(rest)

    return [[seconds(*cue[:3]), seconds(*cue[3:6]), cue[6]] for cue in CUE.findall(text)]


@pytest.fixture
def article(new_visit, kind, language) -> Visit:
    visit = new_visit(kind, language)
    visit.asked = []
    visit.page.on("request", lambda request: visit.asked.append(request.url))
    visit.parts = []
    visit.page.on("response", lambda response: visit.parts.append(response) if ".web" in response.url else None)
    visit.go("/help/api-keys")
    return visit


def test_film_plays_and_jumps_and_is_as_long_as_it_says(article):
    video = article.page.locator("video")
    video.scroll_into_view_if_needed()
    before = video.bounding_box()
    assert not [url for url in article.asked if re.search(r"\.(webm|mp4|vtt)$", url)], "loaded before anybody pressed Play"
    played = video.evaluate(PLAY)
    film = FILMS[f"tutorial-{article.words.language}"]
    assert (played["width"], played["height"]) == (film["width"], film["height"])
    assert played["seconds"] == pytest.approx(film["seconds"], abs=0.2)
    assert played["seconds"] < LONGEST
    assert video.bounding_box() == before
    assert video.evaluate(JUMP) == pytest.approx(played["seconds"] - 3, abs=0.5)
    film_parts = [part for part in article.parts if part.url.endswith(".webm")]
    assert film_parts and {part.status for part in film_parts} <= {200, 206}
    assert any(part.status == 206 for part in film_parts)


def test_captions_are_there_in_both_languages_and_the_readers_is_shown(article):
    language = article.words.language
    tracks = article.page.locator("video track")
    assert tracks.evaluate_all("tracks => tracks.map((track) => track.srclang)") == LANGUAGES
    shown = "tracks => tracks.filter((track) => track.track.mode === 'showing').map((track) => track.srclang)"
    assert tracks.evaluate_all(shown) == []
    article.page.locator("video").evaluate(PLAY)
    assert tracks.evaluate_all(shown) == [language]
    for place, spoken in enumerate(LANGUAGES):
        expected = cues(f"tutorial-{language}", spoken)
        found = tracks.nth(place).evaluate(CUES)
        assert [text for _, _, text in found] == [text for _, _, text in expected]
        assert [times for *times, _ in found] == [pytest.approx(times) for *times, _ in expected]


@pytest.mark.parametrize("language", LANGUAGES)
def test_film_for_browsers_without_webm_plays_too(new_visit, language):
    visit = new_visit("chromium", language)
    visit.go("/help/api-keys")
    video = visit.page.locator("video")
    video.locator("source[type='video/webm']").evaluate("source => source.remove()")
    video.evaluate("video => video.load()")
    played = video.evaluate(PLAY)
    assert video.evaluate("video => video.currentSrc").endswith(f"tutorial-{language}.mp4")
    assert played["seconds"] == pytest.approx(FILMS[f"tutorial-{language}"]["seconds"], abs=0.2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_film_can_be_downloaded(new_visit, language):
    visit = new_visit("chromium", language)
    visit.go("/help/api-keys")
    with visit.page.expect_download() as download:
        visit.page.locator("figure.film a").click()
    assert download.value.suggested_filename == f"tutorial-{language}.mp4"
    assert Path(download.value.path()).read_bytes() == (FOLDER / f"tutorial-{language}.mp4").read_bytes()


def test_still_fills_the_films_room(article):
    video = article.page.locator("video")
    expect(video).to_be_visible()
    box = video.bounding_box()
    assert box["width"] / box["height"] == pytest.approx(16 / 9, abs=0.01)
    address = video.get_attribute("poster")
    assert article.page.request.get(article.origin + address).headers["content-type"] == "image/avif"


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_are_small_and_what_their_description_says(language):
    name = f"tutorial-{language}"
    film = FILMS[name]
    assert film["seconds"] < LONGEST
    for ending, largest in (("mp4", LARGEST), ("webm", LARGEST), ("avif", LARGEST_STILL)):
        assert 1000 < (FOLDER / f"{name}.{ending}").stat().st_size < largest
    for ending, digest in film["sha256"].items():
        assert hashlib.sha256((FOLDER / f"{name}.{ending}").read_bytes()).hexdigest() == digest
    for spoken in LANGUAGES:
        said = cues(name, spoken)
        assert [times for *times, _ in said] == [pytest.approx(times) for *times, _ in film["captions"]]
        assert said[-1][1] <= film["seconds"]
        for (start, end, text), (following, _, _) in zip(said, [*said[1:], [film["seconds"], 0, ""]], strict=True):
            assert end <= following
            assert len(text) / (end - start) <= QUICKEST, text


def test_there_is_a_film_in_each_language_and_no_file_beside_them():
    endings = ["mp4", "webm", "avif", *(f"{spoken}.vtt" for spoken in LANGUAGES)]
    expected = {f"{name}.{ending}" for name in FILMS for ending in endings} | {"tutorial.json"}
    assert set(FILMS) == {f"tutorial-{language}" for language in LANGUAGES}
    assert {path.name for path in FOLDER.iterdir()} == expected
