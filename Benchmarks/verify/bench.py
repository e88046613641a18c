"""What all measures of a run share: the binary, the keys, how long, and how often."""

import sys
from dataclasses import dataclass
from pathlib import Path

from . import load
from .keys import KeySets
from .load import Load
from .machine import SERVER_CORE
from .pairs import in_turn
from .peers.ours import Ours
from .peers.peer import Peer


@dataclass
class Bench:
    binary: Path
    folder: Path
    # Databases of millions of keys, kept from run to run.
    data: Path
    keys: KeySets
    rounds: int
    seconds: float
    generator: str
    # Only rows whose names begin so, where there are some.
    only: list[str]
    # How many keys the large databases hold.
    sizes: list[int]

    def wants(self, name: str) -> bool:
        return not self.only or any(name.startswith(word) for word in self.only)

    def ours(self, kind: type[Ours] = Ours, cores: str = SERVER_CORE, workers: int = 1) -> Ours:
        return kind(self.folder / f"{kind.__name__}-{cores}", self.keys, cores, workers, binary=self.binary)

    def peer(self, kind: type[Peer], cores: str = SERVER_CORE, workers: int = 1) -> Peer:
        return kind(self.folder / f"{kind.__name__}-{cores}", self.keys, cores, workers)

    def in_turn(self, ours: tuple[Peer, Load], theirs: tuple[Peer, Load]) -> list[tuple[dict, dict]]:
        return in_turn(self.rounds, lambda: load.run(*ours), lambda: load.run(*theirs))


def say(text: str) -> None:
    print(f"bench: {text}", file=sys.stderr, flush=True)
