"""Server-sent events as they come, read as a browser reads them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx

from support.client import Browser


@dataclass(frozen=True)
class Event:
    name: str
    id: str
    data: dict | None

    @staticmethod
    def read(lines: list[str]) -> "Event":
        fields = dict(line.split(": ", 1) for line in lines if not line.startswith(":"))
        data = fields.get("data")
        return Event(fields.get("event", "comment"), fields.get("id", ""), json.loads(data) if data else None)


class Events:
    """What a stream tells; it is over where the server ends it properly."""

    def __init__(self, answer: httpx.Response):
        self.answer = answer
        self.events = self._read()

    def __iter__(self) -> Iterator[Event]:
        return self.events

    def __next__(self) -> Event:
        return next(self.events)

    def _read(self) -> Iterator[Event]:
        lines: list[str] = []
        for line in self.answer.iter_lines():
            if line:
                lines.append(line)
            else:
                yield Event.read(lines)
                lines = []


@contextmanager
def awaiting_first_use(browser: Browser, key: dict) -> Iterator[Events]:
    """Waits for a key's first use, as its page does; from when the server has said that it waits too."""
    with browser.stream("GET", f"/v1/keys/{key['id']}/events", timeout=60) as answer:
        assert answer.status_code == 200, answer.read()
        events = Events(answer)
        assert next(events) == Event("waiting", "", {})
        yield events
