"""Requests with something changed, cut anywhere, and several on a connection: both ways answer alike.

`LATCHKEY_FUZZ=100000` tries so many streams instead of a few, and `LATCHKEY_FUZZ_SEED` others.
"""

import os
import random

import pytest

from support.wire import ORDINARY, all_answers, without_dates
from test_fast_lane import REQUESTS, keys  # noqa: F401

STREAMS = int(os.environ.get("LATCHKEY_FUZZ", "400"))
SEED = int(os.environ.get("LATCHKEY_FUZZ_SEED", "1"))

PIECES = [
    b"\r\n", b"\r", b"\n", b"\r\n\r\n", b" ", b"\t", b":", b",", b"\0", b"\x7f", b"\xff", b"%2F", b"%2e", b"%00", b"?",
    b"&", b"#", b";", b"/", b"//", b"/../", b"GET ", b"get ", b"HTTP/1.0", b"HTTP/1.1", b"HTTP/2.0", b"Bearer ",
    b"Content-Length: 5\r\n", b"Content-Length: 0\r\n", b"Transfer-Encoding: chunked\r\n", b"Connection: close\r\n",
    b"Connection: keep-alive, close\r\n", b"Connection: Close\r\n", b"Connection: keep-alive\r\n",
    b"Connection: Keep-Alive\r\n", b"Connection: X-API-Key\r\n", b"Connection: Upgrade\r\nUpgrade: h2c\r\n",
    b"Proxy-Connection: close\r\n", b"Proxy-Connection: keep-alive\r\n", b"Keep-Alive: timeout=5\r\n",
    b"Host: other.example\r\n", b"Expect: 100-continue\r\n", b" folded\r\n",
    b"X-Original-URI: /api/users\r\n", b"X-Original-Method: POST\r\n", b"permission=users:read", b"/v1/authorize",
]  # fmt: skip


def mutated(request: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice([0, 1, 1, 1, 2, 3])):
        at = chance.randrange(len(request) + 1)
        match chance.randrange(5):
            case 0:
                request = request[:at] + chance.choice(PIECES) + request[at:]
            case 1:
                request = request[:at] + bytes([chance.randrange(256)]) + request[at + 1 :]
            case 2:
                request = request[:at] + request[at + chance.choice([1, 2, 5, 40]) :]
            case 3:
                lines = request.split(b"\r\n")
                lines.insert(chance.randrange(len(lines)), chance.choice(lines))
                request = b"\r\n".join(lines)
            case 4:
                request = bytes(byte ^ 0x20 if chance.random() < 0.05 else byte for byte in request)
    return request


def stream(chance: random.Random, secrets: list[bytes]) -> list[bytes]:
    """Some requests, in the pieces in which they are sent."""
    plain = list(REQUESTS.values())
    requests = [chance.choice(plain).replace(b"KEY", chance.choice(secrets)) for _ in range(chance.choice([1, 1, 2, 4]))]
    sent = b"".join(mutated(request, chance) for request in requests)
    cuts = sorted(chance.randrange(len(sent) + 1) for _ in range(chance.choice([0, 0, 1, 3])))
    return [sent[start:end] for start, end in zip([0, *cuts], [*cuts, len(sent)], strict=True)]


def fast_answers(server, *parts: bytes) -> bytes:
    return without_dates(all_answers(server, *parts))


def ordinary_answers(server, *parts: bytes) -> bytes:
    answered = fast_answers(server, ORDINARY, *parts)
    greeting = fast_answers(server, ORDINARY)
    assert answered.startswith(greeting)
    return answered.removeprefix(greeting)


@pytest.mark.parametrize("part", range(4))
def test_whatever_is_sent_both_ways_answer_alike(server, keys, part):  # noqa: F811
    chance = random.Random(f"{SEED} {part}")
    secrets = [key.encode() for key in keys.values()]
    for _ in range(STREAMS // 4):
        parts = stream(chance, secrets)
        assert fast_answers(server, *parts) == ordinary_answers(server, *parts), parts
