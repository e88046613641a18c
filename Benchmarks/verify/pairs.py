"""Measuring two servers in turn, so that the machine's moods meet both, and what the pairs tell."""

import random
import statistics
from collections.abc import Callable
from dataclasses import dataclass

RESAMPLES = 10_000
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Spread:
    """The median of ratios, its confidence interval by bootstrap, and the extremes."""

    median: float
    low: float
    high: float
    minimum: float
    maximum: float

    @classmethod
    def of(cls, values: list[float]) -> "Spread":
        generator = random.Random(1)
        medians = sorted(statistics.median(generator.choices(values, k=len(values))) for _ in range(RESAMPLES))
        tail = round((1 - CONFIDENCE) / 2 * RESAMPLES)
        return cls(statistics.median(values), medians[tail], medians[-tail - 1], min(values), max(values))


def in_turn(rounds: int, ours: Callable[[], dict], theirs: Callable[[], dict]) -> list[tuple[dict, dict]]:
    """Pairs of figures. Who begins alternates; a round before the first warms both up and is not counted."""
    pairs = []
    for number in range(rounds + 1):
        if number % 2:
            mine, other = ours(), theirs()
        else:
            other, mine = theirs(), ours()
        pairs.append((mine, other))
    return pairs[1:]
