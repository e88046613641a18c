"""Every page and window looks as it did when its pictures were taken: in both languages and themes, in three widths."""

import warnings

import pytest

from pictures import album
from pictures.camera import Camera, launch
from pictures.company import Stage
from pictures.scenes import SCENES


@pytest.fixture(scope="session")
def cameras(browsers, tmp_path_factory):
    """A camera for each language, before a stage of this worker's own."""
    chromium = launch(browsers["chromium"].browser_type)
    with Stage(tmp_path_factory.mktemp("stage") / "server") as stage:
        made = {language: Camera(chromium, stage, language) for language in stage.companies}
        yield made
    chromium.close()


@pytest.fixture(scope="session")
def allowed(cameras) -> album.Tolerance:
    running, drawn_by = cameras["en"].chromium.version, album.browser_of_album()
    if running != drawn_by:
        warnings.warn(
            f"docs/pictures was drawn by Chromium {drawn_by}, and this is {running}: only what differs in"
            f" {album.OTHER_BROWSER} is found. `{album.RENEW}` draws it anew.",
            stacklevel=1,
        )
    return album.tolerance(running)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_page_looks_as_it_did(cameras, allowed, language, scene):
    taken = cameras[language].take(scene)
    found = [
        album.judge(picture, album.name(scene.name, language, theme), allowed) for theme, picture in taken.items()
    ]
    faults = [fault for fault in found if fault]
    assert not faults, (
        f"allowed are {allowed}:\n" + "\n".join(faults) + f"\nBefore, after and the difference lie in {album.FAILED}."
        f" Look at them; if the new look is meant, renew the pictures by `{album.RENEW}`."
    )


def test_album_holds_nothing_that_is_not_taken():
    expected = {
        album.name(scene.name, language, theme)
        for scene in SCENES
        for language in ("en", "ru")
        for theme in ("light", "dark")
    }
    assert {path.name for path in album.ALBUM.glob("*.webp")} - {album.COVER} == expected
