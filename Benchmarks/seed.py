"""Keys by the million, written into an SQLite database beside the program: through the API 10 million would take days.

Which keys they are follows from a seed, so that whoever knows it can present them without having stored them.
"""

import hashlib
import sqlite3
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import numpy

KEYS_PER_OWNER = 100
OWNERS_PER_COMPANY = 100

DIGITS = numpy.frombuffer(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", numpy.uint8)
RANDOM_DIGITS, CHECKSUM_DIGITS = 30, 6
CHUNK = 100_000  # keys made at once: bounds the memory, and a key depends on the seed and its chunk alone
DAY = 86_400_000  # milliseconds
CACHE = 2_000_000  # KiB of SQLite's pages: the index of 10 million random digests stays in memory while it grows

ROLES = {
    "administrator": "*",
    "editor": " ".join(
        f"{section}:{action}"
        for section in ("devices", "content", "broadcasts", "announcements", "schedules", "reports")
        for action in ("create", "read", "update")
    ),
    "viewer": "devices:read content:read broadcasts:read announcements:read schedules:read reports:read",
}

CRC_TABLE = numpy.zeros(256, numpy.uint32)
for _index in range(256):
    _value = _index
    for _ in range(8):
        _value = 0xEDB88320 ^ (_value >> 1) if _value & 1 else _value >> 1
    CRC_TABLE[_index] = _value


def secrets(count: int, *, seed: int = 1, prefix: str = "sp") -> Iterator[numpy.ndarray]:
    """So many keys in the clear, as arrays of at most `CHUNK` rows with a column for each byte."""
    for first in range(0, count, CHUNK):
        rows = min(CHUNK, count - first)
        random = numpy.random.default_rng((seed, first))
        # The whole chunk is drawn whatever is asked for: 10,000 keys are the first of 1,000,000.
        drawn = DIGITS[random.integers(0, len(DIGITS), (CHUNK, RANDOM_DIGITS), numpy.uint8)][:rows]
        head = numpy.tile(numpy.frombuffer(f"{prefix}_".encode(), numpy.uint8), (rows, 1))
        body = numpy.hstack([head, drawn])
        yield numpy.hstack([body, checksums(body)])


def checksums(bodies: numpy.ndarray) -> numpy.ndarray:
    """CRC-32 (IEEE) of each row in base 62, the most significant digit first."""
    value = numpy.full(len(bodies), 0xFFFFFFFF, numpy.uint32)
    for column in bodies.T:
        value = CRC_TABLE[(value ^ column) & 0xFF] ^ (value >> 8)
    value = ~value
    digits = []
    for _ in range(CHECKSUM_DIGITS):
        digits.append(DIGITS[value % 62])
        value //= 62
    return numpy.stack(digits[::-1], axis=1)


def texts(rows: numpy.ndarray) -> list[bytes]:
    """The rows as byte strings."""
    width, flat = rows.shape[1], rows.tobytes()
    return [flat[start : start + width] for start in range(0, len(flat), width)]


def fill(database: Path, count: int, *, seed: int = 1, role: str = "editor", expired: bool = False) -> None:
    """Adds the keys of a seed, with their owners and companies, to a database that `latchkey migrate` has made.

    A server that runs meanwhile does not know of them before it starts anew.
    """
    now = int(time.time() * 1000)
    with _hurried(database) as db:
        owners = _add_owners(db, -(-count // KEYS_PER_OWNER), seed, role, now)
        ids = _ids(count, seed * 4)
        first = 0
        for chunk in secrets(count, seed=seed):
            _add_keys(db, texts(chunk), ids[first : first + len(chunk)].tolist(), owners, first, now, expired)
            first += len(chunk)
        db.execute("ANALYZE")


@contextmanager
def _hurried(database: Path) -> Iterator[sqlite3.Connection]:
    """One transaction without a journal, and without the indexes that can be built at the end, in order."""
    db = sqlite3.connect(database, isolation_level=None)
    later = db.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'keys' AND sql NOT NULL"
    ).fetchall()
    db.executescript(f"PRAGMA cache_size = -{CACHE}; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;")
    for name, _ in later:
        db.execute(f"DROP INDEX {name}")
    yield db
    for _, statement in later:
        db.execute(statement)
    db.execute("COMMIT")
    db.execute("PRAGMA journal_mode = WAL")
    db.close()


def _ids(count: int, seed: int) -> numpy.ndarray:
    """Random identifiers in rising order, so that rows are appended: one from each of equal parts of 62 bits."""
    part = (1 << 62) // max(count, 1)
    random = numpy.random.default_rng((seed, count))
    return numpy.arange(count, dtype=numpy.int64) * part + random.integers(1, part, count, numpy.int64)


def _add_owners(db: sqlite3.Connection, count: int, seed: int, role: str, now: int) -> list[int]:
    companies = _ids(-(-count // OWNERS_PER_COMPANY), seed * 4 + 1).tolist()
    roles = _ids(len(companies), seed * 4 + 2).tolist()
    owners = _ids(count, seed * 4 + 3).tolist()
    db.executemany(
        "INSERT INTO companies (id, name, created_at) VALUES (?, ?, ?)",
        ((company, f"Company {n}", now) for n, company in enumerate(companies)),
    )
    db.executemany(
        "INSERT INTO roles (id, company_id, name, name_folded, template, permissions) VALUES (?, ?, ?, ?, ?, ?)",
        (
            (roles[n], company, role.capitalize(), role, role, ROLES[role]) for n, company in enumerate(companies)
        ),
    )  # fmt: skip
    db.executemany(
        "INSERT INTO users (id, company_id, role_id, name, email, email_folded, password_hash, language, time_zone,"
        " created_at) VALUES (?, ?, ?, ?, ?, ?, '$argon2id$none', 'en', 'UTC', ?)",
        (
            (owner, companies[n // OWNERS_PER_COMPANY], roles[n // OWNERS_PER_COMPANY], f"Person {n}",
             f"person{n}-{seed}@example.com", f"person{n}-{seed}@example.com", now)
            for n, owner in enumerate(owners)
        ),
    )  # fmt: skip
    return owners


def _add_keys(
    db: sqlite3.Connection, keys: list[bytes], ids: list[int], owners: list[int], first: int, now: int, expired: bool
) -> None:
    created = now - 20 * DAY if expired else now
    ends = [_end_of_day(now - DAY if expired else now + (30 + n) * DAY) for n in range(1 if expired else 300)]
    db.executemany(
        "INSERT INTO keys (id, user_id, name, name_folded, digest, last4, created_at, expires_on, expires_at,"
        " confirmed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (ids[n], owners[(first + n) // KEYS_PER_OWNER], f"Key {first + n}", f"key {first + n}",
             hashlib.sha256(key).digest(), key[-4:].decode(), created, *ends[n % len(ends)], created)
            for n, key in enumerate(keys)
        ),
    )  # fmt: skip


def _end_of_day(moment: int) -> tuple[str, int]:
    """The day of a moment in UTC, and when it ends."""
    end = (moment // DAY + 1) * DAY
    return datetime.fromtimestamp(moment / 1000, UTC).strftime("%Y-%m-%d"), end


def unknown(count: int, *, seed: int = 2) -> Iterator[numpy.ndarray]:
    """Well-formed keys that nobody was given."""
    yield from secrets(count, seed=seed)


def misspelt(count: int, *, seed: int = 1) -> Iterator[numpy.ndarray]:
    """Keys whose last random character was changed, so that the checksum is wrong."""
    for rows in secrets(count, seed=seed):
        place = -CHECKSUM_DIGITS - 1
        rows[:, place] = numpy.where(rows[:, place] == ord("x"), ord("y"), ord("x"))
        yield rows
