"""A part of a file, as players and downloads that go on ask for it (RFC 9110, section 14)."""

import httpx
import pytest

from support.wire import Connection

FONT = "/assets/inter-400.woff2"
SHEET = "/assets/pages.css"


@pytest.fixture(scope="module")
def font(server) -> bytes:
    return httpx.get(server.url + FONT).content


def ask(server, path: str = FONT, method: str = "GET", **headers) -> httpx.Response:
    """As a player does, which takes no packed bytes unless it is said."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.request(method, server.url + path, headers={"Accept-Encoding": "identity"} | named)


@pytest.mark.parametrize(
    ("asked", "first", "end"),
    [
        ("bytes=0-0", 0, 1), ("bytes=0-99", 0, 100), ("bytes=100-199", 100, 200), ("Bytes=7-7", 7, 8),
        ("bytes=500-", 500, None), ("bytes=-1", -1, None), ("bytes=-300", -300, None),
        ("bytes=10-99999999999999999999999", 10, None), ("bytes=0-", 0, None), ("bytes=-99999999", 0, None),
    ],
)  # fmt: skip
def test_one_part_is_answered_with_these_bytes_and_says_where_they_stand(server, font, asked, first, end):
    answer = ask(server, Range=asked)
    start, stop, _ = slice(first, end).indices(len(font))
    assert answer.status_code == 206
    assert answer.content == font[first:end]
    assert answer.headers["content-range"] == f"bytes {start}-{stop - 1}/{len(font)}"
    assert int(answer.headers["content-length"]) == stop - start
    whole = ask(server)
    for name in ("etag", "cache-control", "content-type", "accept-ranges", "x-content-type-options"):
        assert answer.headers[name] == whole.headers[name]


def test_file_comes_together_from_its_parts(server, font):
    parts = [ask(server, Range=f"bytes={start}-{start + 4095}").content for start in range(0, len(font), 4096)]
    assert b"".join(parts) == font


@pytest.mark.parametrize("asked", ["bytes={0}-", "bytes={0}-{0}", "bytes=-0", "bytes=99999999999999999999-"])
def test_part_after_the_end_is_refused_with_the_length(server, font, asked):
    answer = ask(server, Range=asked.format(len(font)))
    assert (answer.status_code, answer.content) == (416, b"")
    assert answer.headers["content-range"] == f"bytes */{len(font)}"


@pytest.mark.parametrize(
    "asked",
    [
        "bytes=0-1,5-6", "bytes=0-0,-1", "bytes=5-2", "bytes=", "bytes=-", "bytes", "bytes=a-b", "bytes=1-x", "bytes=x-1",
        "bytes=0x1-2", "bytes=--1", "bytes=1-2-3", "bytes=+1-2", "bytes=1 -2", "items=0-1", "=0-1", "bytes=١-٢", ",", "",
    ],
)  # fmt: skip
def test_several_parts_and_what_is_no_range_get_the_whole(server, font, asked):
    answer = ask(server, Range=asked.encode())
    assert (answer.status_code, answer.content) == (200, font)
    assert answer.headers["accept-ranges"] == "bytes" and "content-range" not in answer.headers


def test_range_said_twice_gets_the_whole(server, font):
    answer = httpx.get(server.url + FONT, headers=[("Range", "bytes=0-1"), ("Range", "bytes=4-5")])
    assert (answer.status_code, answer.content) == (200, font)


def test_part_goes_on_only_with_the_version_that_it_began_with(server, font):
    tag = ask(server).headers["etag"]
    assert ask(server, Range="bytes=5-", If_Range=tag).status_code == 206
    for other in ('"0123456789abcdef"', "W/" + tag, "Mon, 23 Nov 2026 12:00:00 GMT", "*", tag.strip('"'), ""):
        answer = ask(server, Range="bytes=5-", If_Range=other)
        assert (answer.status_code, answer.content) == (200, font), other
    # Beyond the end of another version is not beyond the end of this one.
    assert ask(server, Range="bytes=99999999-", If_Range='"other"').status_code == 200


def test_who_has_the_file_is_told_so_before_any_part(server):
    tag = ask(server).headers["etag"]
    for asked in ("bytes=0-9", "bytes=99999999-"):
        assert ask(server, Range=asked, If_None_Match=tag).status_code == 304


def test_part_is_of_the_plain_bytes_and_never_packed(server):
    plain = ask(server, SHEET)
    packed = ask(server, SHEET, Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip" and "accept-ranges" not in packed.headers
    part = ask(server, SHEET, Range="bytes=10-29", Accept_Encoding="gzip")
    assert (part.status_code, part.content) == (206, plain.content[10:30])
    assert "content-encoding" not in part.headers
    assert part.headers["etag"] == plain.headers["etag"] != packed.headers["etag"]
    assert part.headers["vary"] == "Accept-Encoding"
    # Who began with the packed bytes must not go on with the plain ones.
    again = ask(server, SHEET, Range="bytes=10-29", Accept_Encoding="gzip", If_Range=packed.headers["etag"])
    assert again.status_code == 200 and again.content == plain.content


def test_head_knows_no_parts(server, font):
    answer = ask(server, method="HEAD", Range="bytes=0-9")
    assert (answer.status_code, int(answer.headers["content-length"])) == (200, len(font))
    assert answer.headers["accept-ranges"] == "bytes"


def test_connection_stays_in_step_after_parts(server, font):
    request = b"GET %s HTTP/1.1\r\nHost: latchkey.example\r\nRange: %s\r\n\r\n"
    asked = [b"bytes=0-9", b"bytes=99999999-", b"bytes=-5"]
    with Connection(server) as connection:
        connection.send(b"".join(request % (FONT.encode(), part) for part in asked))
        answers = [connection.answer() for _ in asked]
    assert [answer.status for answer in answers] == [206, 416, 206]
    assert [answer.body for answer in answers] == [font[:10], b"", font[-5:]]
