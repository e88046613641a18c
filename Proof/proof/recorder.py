"""The history: one line of JSON for every call, written as it ends, with its begin and end on one clock."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

# How a change came out. UNKNOWN: no answer, or one that does not tell; it may have happened, or happen later.
DONE, NOT_DONE, UNKNOWN = "done", "not_done", "unknown"
# How a verify came out. UNAVAILABLE: `not_current`, no connection, no answer. UNEXPECTED: nothing that is promised.
ACCEPTED, REFUSED, UNAVAILABLE, UNEXPECTED = "accepted", "refused", "unavailable", "unexpected"


def now() -> int:
    """Nanoseconds of CLOCK_MONOTONIC, which all processes of this machine share and nobody can set."""
    return time.monotonic_ns()


class Recorder:
    """Appends to a history. What was recorded lies in the file and not in memory.

    A change says what it `takes` and what it `gives`; a verify says what it `needs`; a state says what it `shows`.
    All of them are named by facets: `KIND:SUBJECT`, a thing that is or is not so (see `checker`).
    """

    def __init__(self, path: Path):
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._file = path.open("w", buffering=1 << 20)

    def record(self, op: str, node: str, begin: int, end: int, outcome: str, **more) -> None:
        entry = {"op": op, "node": node, "begin": begin, "end": end, "outcome": outcome}
        entry |= {name: value for name, value in more.items() if value not in (None, [], "")}
        self._file.write(json.dumps(entry, separators=(",", ":")) + "\n")

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> "Recorder":
        return self

    def __exit__(self, *_) -> None:
        self.close()


def entries(path: Path) -> Iterator[dict]:
    """The calls of a history, in the order of their ends; of one that is being written, those that are whole."""
    with path.open() as file:
        for line in file:
            if line.endswith("\n"):
                yield json.loads(line)
