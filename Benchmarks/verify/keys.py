"""Files of keys: what the generators of load present, and what the peers know."""

import hashlib
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy
import seed

PERMISSION = "devices:read"
EXPIRED_SEED = 3


@dataclass(frozen=True)
class Keys:
    """Keys of one length, one after the other in a file, with nothing between."""

    file: Path
    width: int
    count: int

    def __getitem__(self, number: int) -> str:
        with self.file.open("rb") as file:
            file.seek(number % self.count * self.width)
            return file.read(self.width).decode()

    def all(self) -> list[bytes]:
        return seed.texts(numpy.fromfile(self.file, numpy.uint8).reshape(-1, self.width))


def written(file: Path, rows: Iterable[numpy.ndarray]) -> Keys:
    count = width = 0
    with file.open("wb") as output:
        for chunk in rows:
            count, width = count + len(chunk), chunk.shape[1]
            output.write(chunk.tobytes())
    return Keys(file, width, count)


class KeySets:
    """The keys of a run, by what is to become of them."""

    def __init__(self, folder: Path, count: int, refused: int, expired: int):
        folder.mkdir(parents=True, exist_ok=True)
        self.accepted = written(folder / "accepted", seed.secrets(count))
        self.unknown = written(folder / "unknown", seed.unknown(refused))
        self.checksum = written(folder / "checksum", seed.misspelt(refused))
        self.expired = written(folder / "expired", seed.secrets(expired, seed=EXPIRED_SEED))

    @property
    def refused(self) -> list[Keys]:
        """Those sets of keys that must be refused, as far as there are any."""
        return [keys for keys in (self.unknown, self.checksum, self.expired) if keys.count]


def write_credentials(keys: Keys, file: Path) -> Path:
    """What peers know of each accepted key: its SHA-256, its user, when it expires, and what it may do."""
    expires = int(time.time()) + 300 * 24 * 3600
    with file.open("w") as output:
        for number, key in enumerate(keys.all()):
            digest = hashlib.sha256(key).hexdigest()
            output.write(f"{digest} usr_{number // seed.KEYS_PER_OWNER} {expires} {seed.ROLES['editor']}\n")
    return file
