"""Requests as bytes, on connections of one's own: what no HTTP client would send, and where each answer ends."""

import re
import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

# A request that the fast lane leaves to the ordinary pipeline, and with it all that follows on the connection.
ORDINARY = b"GET /livez HTTP/1.1\r\nHost: latchkey.example\r\n\r\n"


@dataclass(frozen=True)
class Answer:
    head: bytes
    body: bytes

    @property
    def status(self) -> int:
        return int(self.head.split(b" ")[1])

    @property
    def undated(self) -> tuple[bytes, bytes]:
        """All of it but the moment that it was given, and how stale it was by then."""
        head = re.sub(rb"\r\nDate: [^\r]+", b"", self.head)
        return re.sub(rb"(\r\nX-Latchkey-Stale: )\d+", rb"\1", head), self.body


class Connection:
    def __init__(self, server, timeout: float = 30, receive_buffer: int | None = None, host: str = "127.0.0.1"):
        self.socket = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        self.socket.settimeout(timeout)
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.connect((host, server.port))
        self.read = b""

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *_) -> None:
        self.socket.close()

    def send(self, *parts: bytes) -> None:
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for part in parts:
            self.socket.sendall(part)

    def send_some(self, asked: bytes) -> None:
        """As much of it as is taken without waiting."""
        try:
            while asked := asked[self.socket.send(asked) :]:
                pass
        except BlockingIOError:
            pass

    def answer(self, has_body: bool = True) -> Answer | None:
        """The next answer; none where the connection ended. That to HEAD has no body, whatever it says."""
        while b"\r\n\r\n" not in self.read:
            if not self._more():
                return None
        head, _, self.read = self.read.partition(b"\r\n\r\n")
        found = re.search(rb"\r\ncontent-length: (\d+)", head, re.IGNORECASE)
        length = int(found[1]) if found and has_body else 0
        while len(self.read) < length:
            if not self._more():
                return None
        body, self.read = self.read[:length], self.read[length:]
        return Answer(head, body)

    def answers(self, has_body: bool = True) -> Iterator[Answer]:
        """All that is answered until the connection ends; the first of them as `answer` reads it."""
        while answer := self.answer(has_body):
            has_body = True
            yield answer

    def discard(self) -> None:
        """Reads until the connection ends, and keeps nothing."""
        while self._more():
            self.read = b""

    def _more(self) -> bool:
        try:
            read = self.socket.recv(65536)
        except ConnectionError:
            return False
        self.read += read
        return bool(read)


def all_answers(server, *parts: bytes) -> bytes:
    """All that is answered to what a client sends that then says that it has no more to say."""
    with Connection(server) as connection:
        answered = b""
        try:
            connection.send(*[part for part in parts if part])
            connection.socket.shutdown(socket.SHUT_WR)
        except ConnectionError:
            pass  # it was closed on us already; what it said before may still be read
        try:
            while read := connection.socket.recv(65536):
                answered += read
        except ConnectionError:
            pass
    return answered


def without_dates(answered: bytes) -> bytes:
    return re.sub(rb"\r\nDate: [^\r]+", b"", answered)


def is_read(connection: socket.socket) -> bool:
    """Whether the server has taken all that was sent to it: its end of the connection has an empty receive queue."""
    ends = [f":{name[1]:04X}" for name in (connection.getpeername(), connection.getsockname())]
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return any([line[1][-5:], line[2][-5:]] == ends and line[4].endswith(":00000000") for line in lines)


def request(target: str, *headers: str, method: str = "GET", host: str = "latchkey.example") -> bytes:
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host}", *headers]
    return "".join(line + "\r\n" for line in [*lines, ""]).encode()


def both_ways(server, sent: bytes) -> tuple[Answer | None, Answer | None]:
    """What a request is answered as the first of its connection, and behind one that is not for the lane.

    Another comes behind it, and the end: whatever is answered after its own answer is alike both ways, too.
    """
    has_body = not sent.startswith(b"HEAD")
    with Connection(server) as first, Connection(server) as second:
        for connection, before in [(first, b""), (second, ORDINARY)]:
            with suppress(OSError):  # it was closed on us already; what it said before may still be read
                connection.send(before + sent + request("/v1/verify"))
                connection.socket.shutdown(socket.SHUT_WR)
        assert second.answer().body == b"ok\n"
        fast, *behind_fast = first.answers(has_body)
        ordinary, *behind_ordinary = second.answers(has_body)
    assert [answer.undated for answer in behind_fast] == [answer.undated for answer in behind_ordinary]
    return fast, ordinary
