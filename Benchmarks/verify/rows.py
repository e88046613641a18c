"""One figure of the table: what was measured, against whom, and what it must reach."""

import statistics
from dataclasses import asdict, dataclass, field

from .pairs import Spread


@dataclass(frozen=True)
class Goal:
    must: float
    aim: float | None = None


@dataclass
class Row:
    """Ours and theirs, pair by pair, and the ratio; without theirs, ours alone."""

    measure: str
    name: str
    title: str
    unit: str
    ours: list[float]
    theirs: list[float] = field(default_factory=list)
    peer: str = ""
    goal: Goal | None = None
    # Whether the figure that the goal speaks of is better when it is higher.
    higher_is_better: bool = True
    # Theirs / ours for what one wants little of, ours / theirs for what one wants much of; or as the goal is worded.
    theirs_over_ours: bool = False
    notes: dict = field(default_factory=dict)

    @property
    def figures(self) -> list[float]:
        """What the goal speaks of: the ratios of the pairs, or ours alone."""
        if not self.theirs:
            return self.ours
        pairs = zip(self.theirs, self.ours) if self.theirs_over_ours else zip(self.ours, self.theirs)
        return [above / below for above, below in pairs]

    @property
    def verdict(self) -> str:
        if not self.goal:
            return ""
        sign = 1 if self.higher_is_better else -1
        value = statistics.median(self.figures)
        if self.goal.aim is not None and sign * value >= sign * self.goal.aim:
            return "aim"
        return "must" if sign * value >= sign * self.goal.must else "missed"

    def as_json(self) -> dict:
        """All of it, with the spread worked out for whoever reads the file without us."""
        return asdict(self) | {"verdict": self.verdict, "spread": asdict(Spread.of(self.figures))}

    @classmethod
    def from_json(cls, members: dict) -> "Row":
        members = {name: value for name, value in members.items() if name not in ("verdict", "spread")}
        return cls(**members | {"goal": Goal(**members["goal"]) if members["goal"] else None})
