"""Sums of a history: what was done under which fault, and how often verify answered."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from .recorder import ACCEPTED, DONE, REFUSED, entries

# Of a delete call that names several keys, each is counted besides the call.
DELETES = ("delete", "delete_several", "delete_all")
ROLE_CHANGES = ("reduce", "restore")
# An answer that comes later is none: who asks has given up.
PATIENCE = 1_000_000_000  # nanoseconds


@dataclass(frozen=True)
class Window:
    """A fault while it lasted. `node` is the node it struck, and empty where it was the database."""

    name: str
    node: str
    begin: int
    end: int
    # When every node was ready again.
    recovered: int


@dataclass
class Availability:
    """Probes that were answered yes or no in time, of those that began while a fault lasted."""

    asked: int = 0
    answered: int = 0

    @property
    def share(self) -> float | None:
        return round(self.answered / self.asked, 4) if self.asked else None


@dataclass
class Tally:
    windows: list[Window] = field(default_factory=list)
    # Answered with success, in all and by those during which a fault lasted.
    calls: Counter = field(default_factory=Counter)
    calls_under_faults: Counter = field(default_factory=Counter)
    keys_deleted: int = 0
    keys_deleted_under_faults: int = 0
    fenced: int = 0
    waited: list[float] = field(default_factory=list)
    # By fault and by whether the node that was asked is the one it struck.
    struck: dict[str, Availability] = field(default_factory=lambda: defaultdict(Availability))
    others: dict[str, Availability] = field(default_factory=lambda: defaultdict(Availability))
    # Outside of all faults.
    quiet: Availability = field(default_factory=Availability)

    @property
    def counted(self) -> Counter:
        return Counter(window.name for window in self.windows)

    def under_faults(self, *operations: str) -> int:
        return sum(self.calls_under_faults[operation] for operation in operations)

    def in_all(self, *operations: str) -> int:
        return sum(self.calls[operation] for operation in operations)


def tally(history: Path) -> Tally:
    sums = Tally()
    for entry in entries(history):
        if entry["op"] == "fault":
            node, name = entry["node"], entry["outcome"]
            sums.windows.append(Window(name, node, entry["begin"], entry["end"], entry["recovered"]))
    for entry in entries(history):
        if entry.get("probe"):
            count_probe(sums, entry)
        elif entry["outcome"] == DONE:
            count_change(sums, entry)
    return sums


def count_change(sums: Tally, entry: dict) -> None:
    op = entry["op"]
    keys = len(entry["takes"]) if op in DELETES else 0
    sums.calls[op] += 1
    sums.keys_deleted += keys
    sums.fenced += entry.get("fenced", 0)
    if "waited" in entry:
        sums.waited.append(entry["waited"])
    if any(window.begin < entry["end"] and entry["begin"] < window.end for window in sums.windows):
        sums.calls_under_faults[op] += 1
        sums.keys_deleted_under_faults += keys


def count_probe(sums: Tally, entry: dict) -> None:
    answered = entry["outcome"] in (ACCEPTED, REFUSED) and entry["end"] - entry["begin"] <= PATIENCE
    window = next((one for one in sums.windows if one.begin <= entry["begin"] < one.end), None)
    if window is None:
        # What a fault left behind until all were ready again counts for neither side.
        if any(one.end <= entry["begin"] < one.recovered for one in sums.windows):
            return
        place = sums.quiet
    else:
        is_struck = window.node in ("", entry["node"])
        place = (sums.struck if is_struck else sums.others)[window.name]
    place.asked += 1
    place.answered += answered
