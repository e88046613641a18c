"""Every page is HTML as the standard has it: what the server sends, and what scripts make of it."""

import pytest

from support.markup import faults
from support.tour import WHO, walk


@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_pages_and_windows_are_valid_html(new_visit, household, language, tmp_path):
    sources = {}
    for who in WHO:
        visit = new_visit("chromium", language)
        sent = []
        visit.page.on("response", lambda it, sent=sent: it.request.is_navigation_request() and sent.append(it))
        for stop in walk(visit, household(language), who):
            sources[f"{who}, {stop.name}"] = sent[-1].text()
            if stop.steps:
                shown = visit.page.evaluate("document.documentElement.outerHTML")
                sources[f"{who}, {stop.name}, as it stands"] = f"<!DOCTYPE html>{shown}"
    found = faults(sources, tmp_path)
    assert not found, "\n".join(found)
