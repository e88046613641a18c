"""Reads a whole history and names each answer in it that the promise does not allow.

**Facets.** A verify is accepted when several things are so at one moment: its key exists, was confirmed, its owner is
not blocked, its owner holds the right asked for. Each such thing is a facet, `KIND:SUBJECT`. A change *gives* facets
(create, confirm, unblock, a right restored) or *takes* them (delete, block, a right reduced). No facet holds at first.

**Intervals.** A change that was answered with success took effect at some moment between its begin and its end. One
without an answer (connection lost, 503) did so at some moment after its begin, or never; its end is taken as endless.
A verify decided at some moment between its begin and its end. Nothing else is assumed of the order of calls.

**Accepted though taken.** Let V be an accepted verify that needs a facet, and T the latest-begun of those answered
takes of the facet that ended before V began (at first: the facet's never having been given). V is a violation unless
some give could stand between T and V: one that begins before V ends, and that does not end before T begins. If that T
is excused, so is every other take, since that give can be put after all of them; if any take is not, neither is T. So
V is reported if and only if no order of the calls that fits their intervals explains it.

**Refused without cause.** The same with give and take exchanged, for the facet that the refusal's code names: let G be
the latest-begun of those answered gives that ended before V began; V is a violation unless some take could stand
between G and V, whichever node is asked: a give is answered when every node that answers knows it, as a take is. No
cause is needed to answer 503.

**Lost.** The same two rules for what the nodes and the database show after all has been healed.
"""

import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from .recorder import ACCEPTED, DONE, NOT_DONE, REFUSED, UNAVAILABLE, entries

# The kind of facet that a refusal says is missing.
FACET_OF_CODE = {
    "unknown": "key",
    "deleted": "key",
    "not_copied": "copied",
    "owner_blocked": "user",
    "missing_permission": "right",
}
ENDLESS = 1 << 63
# Before everything: the moment at which no facet holds.
AT_FIRST = -1


@dataclass(frozen=True, slots=True)
class Change:
    """What one call did to one facet, somewhere between `begin` and `end`."""

    begin: int
    end: int
    node: str
    op: str

    def __str__(self) -> str:
        return f"{self.op} on {self.node or 'no node'} [{self.begin}, {self.end}]"


NEVER_GIVEN = Change(AT_FIRST, AT_FIRST, "", "never given")


class Timeline:
    """The takes or the gives of one facet, so that both questions about them cost a bisection."""

    def __init__(self):
        self._changes: list[Change] = []
        self._sorted = False

    def add(self, change: Change) -> None:
        self._changes.append(change)
        self._sorted = False

    def latest_before(self, moment: int) -> Change | None:
        """Of those that ended before the moment, the one that began last."""
        self._sort()
        place = bisect.bisect_left(self._ends, moment)
        return self._latest[place - 1] if place else None

    def longest_begun_before(self, moment: int) -> int:
        """Of those that began before the moment, the latest end."""
        self._sort()
        place = bisect.bisect_left(self._begins, moment)
        return self._longest[place - 1] if place else AT_FIRST

    def _sort(self) -> None:
        if self._sorted:
            return
        by_end = sorted((change for change in self._changes if change.end < ENDLESS), key=lambda change: change.end)
        self._ends = [change.end for change in by_end]
        self._latest = []
        for change in by_end:
            last = self._latest[-1] if self._latest else change
            self._latest.append(change if change.begin >= last.begin else last)
        by_begin = sorted(self._changes, key=lambda change: change.begin)
        self._begins = [change.begin for change in by_begin]
        self._longest = []
        for change in by_begin:
            self._longest.append(max(change.end, self._longest[-1] if self._longest else AT_FIRST))
        self._sorted = True


@dataclass
class Facet:
    takes: Timeline = field(default_factory=Timeline)
    gives: Timeline = field(default_factory=Timeline)

    def __post_init__(self):
        self.takes.add(NEVER_GIVEN)

    def surely_taken(self, begin: int, end: int) -> Change | None:
        """Why the facet cannot hold at any moment of the interval; nothing when it could."""
        take = self.takes.latest_before(begin)
        return None if self.gives.longest_begun_before(end) > take.begin else take

    def surely_given(self, begin: int, end: int) -> Change | None:
        """Why the facet must hold all through the interval; nothing when it might not."""
        give = self.gives.latest_before(begin)
        return None if give is None or self.takes.longest_begun_before(end) > give.begin else give


@dataclass(frozen=True)
class Violation:
    """One answer that is not allowed. `kind` is accepted, refused or lost."""

    kind: str
    entry: dict
    because: str

    def __str__(self) -> str:
        entry = self.entry
        said = f"{entry['op']} on {entry['node']} [{entry['begin']}, {entry['end']}] {entry['outcome']}"
        return f"{self.kind}: {said} {entry.get('code', '')}: {self.because}"


@dataclass
class Verdict:
    violations: list[Violation] = field(default_factory=list)
    verifies: Counter = field(default_factory=Counter)
    changes: Counter = field(default_factory=Counter)
    # Answers that nobody promised, each with how often it came.
    unexpected: Counter = field(default_factory=Counter)

    def of(self, kind: str) -> list[Violation]:
        return [violation for violation in self.violations if violation.kind == kind]


class Checker:
    """Two readings of a history: the changes first, then the verifies and states one by one."""

    def __init__(self):
        self.facets: dict[str, Facet] = defaultdict(Facet)
        self.verdict = Verdict()

    def check(self, history: Iterable[dict], again: Iterable[dict]) -> Verdict:
        for entry in history:
            if "takes" in entry or "gives" in entry:
                self._learn(entry)
        for entry in again:
            if "needs" in entry:
                self._judge(entry)
            elif "shows" in entry:
                self._compare(entry)
        return self.verdict

    def _learn(self, entry: dict) -> None:
        self.verdict.changes[entry["op"], entry["outcome"]] += 1
        if entry["outcome"] == NOT_DONE:
            return
        end = entry["end"] if entry["outcome"] == DONE else ENDLESS
        change = Change(entry["begin"], end, entry["node"], entry["op"])
        for name in entry.get("takes", ()):
            self.facets[name].takes.add(change)
        for name in entry.get("gives", ()):
            self.facets[name].gives.add(change)

    def _judge(self, verify: dict) -> None:
        outcome = verify["outcome"]
        self.verdict.verifies[outcome] += 1
        if outcome == ACCEPTED:
            self._judge_accepted(verify)
        elif outcome == REFUSED:
            self._judge_refused(verify)
        elif outcome != UNAVAILABLE:
            self.verdict.unexpected[verify.get("status"), verify.get("code")] += 1

    def _judge_accepted(self, verify: dict) -> None:
        for name in verify["needs"]:
            take = self.facets[name].surely_taken(verify["begin"], verify["end"])
            if take:
                self._report("accepted", verify, f"{name} was taken by {take}")

    def _judge_refused(self, verify: dict) -> None:
        kind = FACET_OF_CODE.get(verify["code"])
        names = [name for name in verify["needs"] if name.partition(":")[0] == kind]
        if not names:
            return self._report("refused", verify, "nothing that the key needs can cause this code")
        # A code that several facets can cause is explained when one of them may be missing.
        gives = [self.facets[name].surely_given(verify["begin"], verify["end"]) for name in names]
        if all(gives):
            self._report("refused", verify, f"{names[0]} was given by {gives[0]}")

    def _compare(self, state: dict) -> None:
        """What a reading of the database shows of each facet, once all is healed."""
        for name, holds in state["shows"].items():
            facet = self.facets[name]
            because = (facet.surely_taken if holds else facet.surely_given)(state["begin"], state["end"])
            if because:
                self.verdict.violations.append(
                    Violation("lost", state | {"shows": None}, f"{name} is {holds} after {because}")
                )

    def _report(self, kind: str, verify: dict, because: str) -> None:
        self.verdict.violations.append(Violation("lost" if "final" in verify else kind, verify, because))


def check(history) -> Verdict:
    """Judges a history, which is read twice: a path, or a list of entries."""
    read = (lambda: history) if isinstance(history, list) else (lambda: entries(history))
    return Checker().check(read(), read())
