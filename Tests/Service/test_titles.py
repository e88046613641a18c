"""A tab, a history and a screen reader tell pages apart by their titles."""

import re

import pytest

from support.pages import SIGNED_IN, SIGNED_OUT


@pytest.mark.parametrize("language", ["en", "ru"])
def test_titles_name_the_page_first_and_the_platform_last(visitor, member, language):
    member.post("/settings/preferences", data={"language": language, "time_zone": "Europe/Moscow"})
    member.create_key()
    for browser, paths in ((visitor, SIGNED_OUT), (member, SIGNED_IN)):
        titles = {}
        for path in paths:
            text = browser.get(path, headers={"Accept-Language": language}).text
            named, _, platform = re.search(r"<title>(.+)</title>", text)[1].rpartition(" · ")
            assert named and platform == "SmartPlayer", path
            assert text.count("<h1") == 1, path
            titles.setdefault(named, []).append(path)
        assert [paths for paths in titles.values() if len(paths) > 1] == [], titles
