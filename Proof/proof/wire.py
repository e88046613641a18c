"""HTTP with kept connections, and with the two moments that the checker needs of each call."""

import asyncio
import json
from dataclasses import dataclass

from .recorder import now

# A node that does not take a connection within this is away; loopback answers in microseconds.
CONNECT_LIMIT = 3.0  # seconds
MAXIMUM_IDLE = 64


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    begin: int
    end: int

    def json(self) -> dict:
        return json.loads(self.body) if self.body else {}

    @property
    def code(self) -> str:
        """The stable code of a problem document."""
        if self.status < 400:
            return ""
        try:
            return self.json().get("code", "")
        except (ValueError, AttributeError):
            return ""


class NoAnswer(Exception):
    """The call has no answer. Where nothing was `sent`, it surely did nothing."""

    def __init__(self, begin: int, end: int, sent: bool, cause: str):
        super().__init__(cause)
        self.begin, self.end, self.sent, self.cause = begin, end, sent, cause


class Wire:
    """Calls to one node, each on a connection of its own while it lasts; connections are kept and used again.

    A connection that has carried anything but a verify belongs to the ordinary pipeline for good. So half of the
    verifies keep to connections of their own, which the fast lane answers.
    """

    def __init__(self, name: str, host: str, port: int):
        self.name, self.host, self.port = name, host, port
        self._idle: dict[bool, list[tuple[asyncio.StreamReader, asyncio.StreamWriter]]] = {True: [], False: []}
        self._verifies = 0

    async def call(
        self, method: str, path: str, headers: dict[str, str] | None = None, body: dict | None = None, limit=15.0
    ) -> Answer:
        """Begins before the first byte is sent and ends after the last has come.

        - Raises: NoAnswer.
        """
        begin = now()
        sent = False
        writer = None
        idle = self._idle[self._is_for_the_lane(method, path)]
        try:
            async with asyncio.timeout(limit):
                reader, writer = await self._connection(idle)
                sent = True
                writer.write(self._request(method, path, headers or {}, body))
                status, fields, content = await self._response(reader)
                end = now()
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError, TimeoutError) as problem:
            if writer:
                writer.transport.abort()
            raise NoAnswer(begin, now(), sent, type(problem).__name__) from None
        except asyncio.CancelledError:
            if writer:
                writer.transport.abort()
            raise
        if fields.get("connection", "").lower() == "close" or len(idle) >= MAXIMUM_IDLE:
            writer.close()
        else:
            idle.append((reader, writer))
        return Answer(status, fields, content, begin, end)

    def close(self) -> None:
        for idle in self._idle.values():
            while idle:
                idle.pop()[1].transport.abort()

    def _is_for_the_lane(self, method: str, path: str) -> bool:
        if method != "GET" or not path.startswith("/v1/verify"):
            return False
        self._verifies += 1
        return self._verifies % 2 == 0

    async def _connection(self, idle: list) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        while idle:
            reader, writer = idle.pop()
            if not reader.at_eof() and not writer.is_closing():
                return reader, writer
            writer.transport.abort()
        async with asyncio.timeout(CONNECT_LIMIT):
            return await asyncio.open_connection(self.host, self.port)

    def _request(self, method: str, path: str, headers: dict[str, str], body: dict | None) -> bytes:
        content = b"" if body is None else json.dumps(body).encode()
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}:{self.port}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        if body is not None:
            lines += ["Content-Type: application/json", f"Content-Length: {len(content)}"]
        return "\r\n".join([*lines, "", ""]).encode() + content

    async def _response(self, reader: asyncio.StreamReader) -> tuple[int, dict[str, str], bytes]:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status = int(head[0].split(" ", 2)[1])
        fields = {}
        for line in head[1:]:
            name, colon, value = line.partition(":")
            if colon:
                fields[name.lower()] = value.strip()
        length = int(fields.get("content-length", 0)) if status != 204 else 0
        if fields.get("transfer-encoding"):
            raise ValueError("answers of ours have a length")
        return status, fields, await reader.readexactly(length)
