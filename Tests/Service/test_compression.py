"""What is packed for the way, what is not, and how a cache can tell the two apart."""

import gzip
import re
from datetime import date, timedelta

import httpx
import pytest

from support.client import Browser, unique

PAGES = ["/", "/settings", "/settings/keys", "/nothing-here", "/docs"]
FILES = ["/assets/pages.css", "/assets/keys.js", "/favicon.ico", "/openapi.json"]


def fetch(browser: Browser, path: str, accepted: str, method: str = "GET", **headers) -> tuple[httpx.Response, bytes]:
    """An answer, and its body as it came over the wire."""
    with browser.stream(method, path, headers={"Accept-Encoding": accepted} | headers) as response:
        return response, b"".join(response.iter_raw())


@pytest.mark.parametrize("path", PAGES + FILES)
def test_client_that_takes_gzip_gets_the_same_content_in_fewer_bytes(member, path):
    plain, text = fetch(member, path, "identity")
    packed, bytes_sent = fetch(member, path, "br, gzip;q=0.8")
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) == len(bytes_sent) < len(text)
    # Times of day may have gone on between the two.
    assert abs(len(gzip.decompress(bytes_sent)) - len(text)) < 20
    for response in (plain, packed):
        assert response.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize("accepted", ["", "identity", "br", "gzip;q=0", "*;q=0", "gzip; q=0.0, *"])
def test_client_that_does_not_take_gzip_gets_none(member, accepted):
    for path in ("/settings/keys", "/assets/pages.css"):
        response, body = fetch(member, path, accepted)
        assert "content-encoding" not in response.headers
        assert int(response.headers["content-length"]) == len(body)


def test_star_stands_for_gzip(member):
    assert fetch(member, "/settings", "*")[0].headers["content-encoding"] == "gzip"


@pytest.mark.parametrize("path", FILES)
def test_codings_of_a_file_have_tags_of_their_own(visitor, path):
    plain = fetch(visitor, path, "identity")[0].headers["etag"]
    packed = fetch(visitor, path, "gzip")[0].headers["etag"]
    assert plain != packed
    for accepted, known, status in [
        ("gzip", packed, 304), ("identity", plain, 304), ("gzip", plain, 200), ("identity", packed, 200),
        ("gzip", f'"other", W/{packed}', 304), ("identity", "*", 304),
    ]:  # fmt: skip
        response, body = fetch(visitor, path, accepted, **{"If-None-Match": known})
        assert response.status_code == status, (accepted, known)
        assert (body == b"") == (status == 304)
        assert response.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", ["/settings/keys", "/assets/pages.css", "/assets/inter-400.woff2", "/openapi.json"])
@pytest.mark.parametrize("accepted", ["gzip", "identity"])
def test_head_says_what_get_says_and_sends_nothing(member, path, accepted):
    asked, nothing = fetch(member, path, accepted, "HEAD")
    got, _ = fetch(member, path, accepted)
    assert asked.status_code == got.status_code == 200 and nothing == b""
    assert dict(asked.headers) | {"date": ""} == dict(got.headers) | {"date": ""}


def test_answer_that_holds_a_key_is_never_packed(member):
    """Its length would tell of the key to those who see the line and may make the browser ask (BREACH)."""
    form = {"name": unique("page"), "expires_on": (date.today() + timedelta(days=30)).isoformat()}
    page = member.post("/settings/keys", data=form, headers={"Accept-Encoding": "gzip"})
    made = member.post("/v1/keys", json={"name": unique("api")}, headers={"Accept-Encoding": "gzip"})
    for response in (page, made):
        assert re.search(r"sp_[0-9A-Za-z]{36}", response.text), response.text[:300]
        assert "content-encoding" not in response.headers


def test_fonts_and_answers_of_the_api_are_sent_as_they_are(member):
    for path in ("/assets/inter-400.woff2", "/v1/me", "/v1/keys"):
        response, _ = fetch(member, path, "gzip")
        assert "content-encoding" not in response.headers and "vary" not in response.headers
