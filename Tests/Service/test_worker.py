"""What a browser is given for the time when the service cannot be reached: a page, and the worker that keeps it."""

import re

import pytest

from support.client import Browser
from support.server import run_cli


@pytest.mark.parametrize("language", ["en", "ru"])
def test_page_is_the_same_for_everybody(visitor, member, language):
    path = f"/offline/{language}"
    pages = [visitor.get(path, headers={"Accept-Language": "ru"}), member.get(path)]
    for page in pages:
        assert page.status_code == 200 and "set-cookie" not in page.headers
        assert f'<html lang="{language}">' in page.text and '<a class="button primary" href="">' in page.text
        assert "<script" not in page.text and "<form" not in page.text
    assert pages[0].text == pages[1].text


def test_worker_rules_over_all_pages_and_is_not_kept_for_long(visitor):
    worker = visitor.get("/worker.js")
    assert worker.status_code == 200
    assert worker.headers["content-type"] == "text/javascript; charset=utf-8"
    assert int(re.fullmatch(r"max-age=(\d+)", worker.headers["cache-control"])[1]) <= 3600
    assert visitor.get("/worker.js", headers={"If-None-Match": worker.headers["etag"]}).status_code == 304
    assert visitor.post("/worker.js").status_code == visitor.post("/offline/en").status_code == 405
    assert visitor.get("/offline/xx").status_code == 404


def test_worker_is_another_whenever_its_page_is(server, new_server, tmp_path):
    platform = tmp_path / "platform.yaml"
    with Browser(server) as browser:
        usual = browser.get("/worker.js").text
    shown = run_cli("platform", "show").stdout
    platform.write_text(shown.replace("SmartPlayer", "Renamed"))
    with Browser(new_server("--platform", str(platform))) as browser:
        assert "Renamed" in browser.get("/offline/en").text
        assert browser.get("/worker.js").text != usual
