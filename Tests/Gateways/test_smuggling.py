"""No request hides in another: what two servers could read in two ways is refused, and each request is answered once.

Every case is sent to the node itself, and to nginx before it, which keeps its connections to the node open: what the
node took for a second request would then be the answer to whoever asks next. What this shows through nginx is less
than it looks: nginx writes most of these anew, and drops a connection of its own to the node on which there are bytes
behind an answer, whatever the node meant by them. That the node itself is not misled, the cases without nginx show.
"""

import re

import pytest
from exchange import LIMIT
from gateways import Gateway

from support.client import Browser
from support.wire import Connection, all_answers, request

HOST = "Host: latchkey.example"
HIDDEN = request("/v1/verify", "X-API-Key: OTHER").decode()
CHUNKED = "0\r\n\r\n" + HIDDEN
CHUNKS, LENGTH = "Transfer-Encoding: chunked", f"Content-Length: {len(CHUNKED) + 35}"  # a key is longer than OTHER


def get(*headers: str, body: str = "", target: str = "/v1/verify", version: str = "HTTP/1.1") -> str:
    return "\r\n".join([f"GET {target} {version}", HOST, "X-API-Key: KEY", *headers, "", body])


def post(*headers: str, body: str = CHUNKED) -> str:
    return "\r\n".join(["POST /v1/introspect HTTP/1.1", HOST, "X-API-Key: KEY", *headers, "", body])


# How a body is framed. Each ends in a request of its own, and none of these may be understood to do so.
FRAMES = {
    "a length and chunks": [LENGTH, CHUNKS],
    "chunks and a length": [CHUNKS, LENGTH],
    "two lengths": ["Content-Length: 0", LENGTH],
    "two lengths in one": ["Content-Length: 5, 5"],
    "one length twice": ["Content-Length: 5", "Content-Length: 5"],
    "a length with a sign": ["Content-Length: +5"],
    "a length below zero": ["Content-Length: -5"],
    "a length in hexadecimal": ["Content-Length: 0x5"],
    "a length without bounds": ["Content-Length: 18446744073709551621"],
    "a length of nothing": ["Content-Length:"],
    "a length, a space before the colon": ["Content-Length : 5"],
    "chunks, a space before the colon": ["Transfer-Encoding : chunked"],
    "chunks by a word before": ["Transfer-Encoding: xchunked"],
    "chunks behind a vertical tab": ["Transfer-Encoding: \x0bchunked"],
    "chunks, quoted": ['Transfer-Encoding: "chunked"'],
    "chunks with a parameter": ["Transfer-Encoding: chunked;a=b"],
    "chunks of an archive": ["Transfer-Encoding: gzip, chunked"],
    "an archive of chunks": ["Transfer-Encoding: chunked, gzip"],
    "chunks twice": [CHUNKS, CHUNKS],
    "chunks and as it is": [CHUNKS, "Transfer-Encoding: identity"],
    "no coding": ["Transfer-Encoding:"],
    "chunks on a folded line": ["Transfer-Encoding:", " chunked"],
    "chunks behind a folded line": ["X-Other: a", " " + CHUNKS],
    "chunks behind a bare line feed": ["X-Other: a\n" + CHUNKS],
    "chunks behind a bare carriage return": ["X-Other: a\r" + CHUNKS],
}
CHUNK_SPELLINGS = {
    "line feeds alone": "0\n\n", "a line feed in an extension": "0;a\n\r\n", "no end of a chunk": "2\r\n{}0\r\n\r\n",
    "more than a chunk": "2\r\n{}XX0\r\n\r\n", "too large a chunk": "FFFFFFFFFFFFFFFFF0\r\n\r\n", "0x": "0x0\r\n\r\n",
    "less than nothing": "-1\r\n\r\n", "a blank": "0 \r\n\r\n", "a length at the end": "0\r\nContent-Length: 5\r\n\r\n",
}  # fmt: skip
HEADS = {
    "line feeds alone": get().replace("\r\n", "\n"),
    "the last line feed alone": get()[:-2] + "\n",
    "carriage returns alone": get().replace("\r\n", "\r"),
    "another key behind a line feed": get("X-Other: a\nAuthorization: Bearer OTHER"),
    "another key behind a carriage return": get("X-Other: a\rAuthorization: Bearer OTHER"),
    "a space before the colon": get("Authorization : Bearer OTHER"),
    "a folded key": get("X-Other: a", " Authorization: Bearer OTHER"),
    "NUL in a value": get("X-Other: a\0b"),
    "NUL in a name": get("X\0Other: a"),
    "NUL in the path": get(target="/v1/verify\0"),
    "a blank in the path": get(target="/v1/verify x"),
    "no colon": get("nothing"),
    "no name": get(": a"),
    "two hosts": get("Host: other.example"),
    "no host": get().replace(HOST + "\r\n", ""),
    "a method in small letters": get().replace("GET", "get"),
    "a method in odd letters": get().replace("GET", "gEt"),
    "a method of its own": get().replace("GET", "FETCH"),
    "HTTP/0.9": "GET /v1/verify\r\n",
    "HTTP/2.0": get(version="HTTP/2.0"),
    "HTTP/1.2": get(version="HTTP/1.2"),
    "HTTP in small letters": get(version="http/1.1"),
    "another version of HTTP": get(version="HTTP/11.1"),
    "no version": get(version=""),
    "chunks in HTTP/1.0": get(CHUNKS, version="HTTP/1.0", body=CHUNKED),
}
REFUSED = (
    HEADS
    | {f"GET with {name}": get(*headers, body=CHUNKED) for name, headers in FRAMES.items()}
    | {f"POST with {name}": post(*headers) for name, headers in FRAMES.items()}
    | {f"POST in chunks with {name}": post(CHUNKS, body=body + HIDDEN) for name, body in CHUNK_SPELLINGS.items()}
)
# Not refused, since nothing is unclear before they are answered, and the last that is heard on the connection.
ENDS = {f"chunks with {name}": get(CHUNKS, body=body + HIDDEN) for name, body in CHUNK_SPELLINGS.items()} | {
    "an upgrade": get("Connection: Upgrade", "Upgrade: websocket", body=HIDDEN),
    "an upgrade to HTTP/2": get("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AA", body=HIDDEN),
    "the end": get("Connection: close", body=HIDDEN),
    "the end in capitals": get("Connection: CLOSE", body=HIDDEN),
    "the end in a list": get("Connection: keep-alive, close", body=HIDDEN),
    "HTTP/1.0": get(version="HTTP/1.0", body=HIDDEN),
}
# As they should be read: two requests.
TWO = {
    "a length": get("Content-Length: 5", body="0\r\n\r\n" + HIDDEN),
    "chunks": get(CHUNKS, body=CHUNKED),
    "chunks in capitals": get("transfer-encoding: CHUNKED", body=CHUNKED),
    "chunks with more to say": get(CHUNKS, body="0;a=b\r\n\r\n" + HIDDEN),
    "chunks with a header behind": get(CHUNKS, body="0\r\nAuthorization: Bearer OTHER\r\n\r\n" + HIDDEN),
}

# One path, and whether it is verify's; what stands behind such a request is the next one, whatever became of this.
TARGETS = {
    "http://latchkey.example/v1/verify": True, "HTTP://latchkey.example/v1/verify": True,
    "http://other.example/v1/verify": True, "/v1%2Fverify": False, "/v1%2fverify": False, "/V1/VERIFY": False,
    "/v1/verify%2F": False, "/v1/verify;x": False, "/v1/./verify": False, "/x/../v1/verify": False,
    "/v1/verify%00": False, "/v1/verify?": True, "/v1/verify?%0d%0aX-API-Key:%20OTHER": True,
}  # fmt: skip


@pytest.fixture(scope="module")
def keys(server):
    """The key of who sends these, and that of the request which is hidden."""
    with Browser(server) as person:
        person.register()
        return [person.create_key(name)["key"] for name in ("Mine", "Other")]


def filled(text: str, keys: list[str]) -> bytes:
    return text.replace("KEY", keys[0]).replace("OTHER", keys[1]).encode("latin-1")


def said(answered: bytes) -> list[tuple[int, str]]:
    """Each answer's status, and the name of the key that it tells of."""
    answers = re.split(rb"(?=HTTP/1\.1 \d{3} )", answered)[1:]
    names = [re.search(rb'"name":"(Mine|Other)"', answer) for answer in answers]
    return [
        (int(answer[9:12]), name[1].decode() if name else "") for answer, name in zip(answers, names, strict=True)
    ]


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_unclear_is_refused_and_the_connection_ended(server, keys, name):
    assert said(all_answers(server, filled(REFUSED[name], keys))) == [(400, "")]


@pytest.mark.parametrize("name", ENDS)
def test_nothing_is_heard_after_the_last_request(server, keys, name):
    answered = all_answers(server, filled(ENDS[name], keys))
    assert said(answered) == [(200, "Mine")]
    assert b"\r\nConnection: close\r\n" in answered or name.startswith("chunks")


@pytest.mark.parametrize("name", TWO)
def test_what_is_clear_is_two_requests(server, keys, name):
    assert said(all_answers(server, filled(TWO[name], keys))) == [(200, "Mine"), (200, "Other")]


@pytest.mark.parametrize("target", TARGETS)
def test_however_a_path_is_written_the_next_request_is_the_next(server, keys, target):
    answers = said(all_answers(server, filled(get(target=target, body=HIDDEN), keys)))
    assert answers == [(200, "Mine") if TARGETS[target] else (404, ""), (200, "Other")]


def test_the_end_is_heard_however_it_is_said(server):
    """A client that said it reads until the connection ends, and an offer of another protocol is not taken up."""
    for header in ("Connection: close", "Connection: Close", "Connection: close, TE", "Connection: Upgrade\r\nUpgrade: h2c"):
        with Connection(server, timeout=10) as connection:
            connection.send(request("/livez", header))
            assert [answer.status for answer in connection.answers()] == [200], header
    with Connection(server, timeout=10) as connection:
        connection.send(request("/livez").replace(b"HTTP/1.1", b"HTTP/1.0"))
        assert [answer.status for answer in connection.answers()] == [200]


# Through nginx


@pytest.fixture(scope="module")
def proxy(server, tmp_path_factory):
    """nginx before all of the node's addresses, as it stands before the account: no check, no body kept, one worker."""
    gateway = Gateway(tmp_path_factory.mktemp("proxy") / "nginx")
    gateway.READY = 200
    location = """
        location /plain/ { proxy_pass http://latchkey/; proxy_http_version 1.1; proxy_set_header Connection "";
            proxy_request_buffering off; }
        location = / { return 200; }
        location / {"""
    gateway.start("nginx", server.port, server.port, lambda text: text.replace("    location / {", location, 1))
    yield gateway
    gateway.stop()


@pytest.mark.parametrize("name", [*REFUSED, *ENDS, *TWO, *TARGETS])
def test_whoever_asks_next_through_nginx_is_answered_what_they_asked(proxy, keys, name):
    targets = {target: get(target=target, body=HIDDEN) for target in TARGETS}
    sent = filled((REFUSED | ENDS | TWO | targets)[name], keys)
    sent = sent.replace(b" /v1/", b" /plain/v1/").replace(b" http://", b" /plain/http://")
    answers = said(all_answers(proxy, sent))
    # nginx read as many requests as it answered, and of the second nobody but its own sender may hear. To nginx a line
    # feed alone ends a line (RFC 9112, section 2.2), so that the key behind it is of the one request.
    may_hear = len(answers) > 1 or name == "another key behind a line feed"
    assert answers.count((200, "Other")) <= may_hear, answers
    asked = request("/plain/v1/verify", f"X-API-Key: {keys[0]}")
    with Connection(proxy, timeout=LIMIT) as next_client:
        for _ in range(3):
            next_client.send(asked)
            answer = next_client.answer()
            assert said(answer.head + b"\r\n\r\n" + answer.body) == [(200, "Mine")]
