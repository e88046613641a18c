"""A large company, written beside the server: through the API it would take an hour."""

import secrets
import sqlite3
import time
from pathlib import Path

DAY = 86_400_000  # milliseconds


def fill_company(
    database: Path, email: str, *, users: int = 0, roles: int = 0, events: int = 0, keys: int = 0, keys_of: str = "",
    days_of_use: int = 0,
) -> None:  # fmt: skip
    """Adds to the company of the person with this e-mail address.

    The keys go to everybody in turn, or all to the person with the address `keys_of`, and were used on each of the
    last so many days. The new users have the new roles in turn, or the Viewer's. A server that runs meanwhile does not
    verify with these keys before it starts anew.
    """
    now = int(time.time() * 1000)
    with sqlite3.connect(database, timeout=30) as db:
        company, creator = db.execute("SELECT company_id, id FROM users WHERE email = ?", (email,)).fetchone()
        given = add_roles(db, company, roles) or [viewer(db, company)]
        people = add_users(db, company, given, users, now) or [creator]
        if keys_of:
            people = list(db.execute("SELECT id FROM users WHERE email = ?", (keys_of,)).fetchone())
        add_uses(db, add_keys(db, people, keys, now), days_of_use, now)
        add_events(db, company, people, events, now)
        db.execute("ANALYZE")


def viewer(db: sqlite3.Connection, company: int) -> int:
    return db.execute("SELECT id FROM roles WHERE company_id = ? AND template = 'viewer'", (company,)).fetchone()[0]


def new_ids(count: int) -> list[int]:
    return [secrets.randbits(62) for _ in range(count)]


def add_roles(db: sqlite3.Connection, company: int, count: int) -> list[int]:
    roles = new_ids(count)
    db.executemany(
        "INSERT INTO roles (id, company_id, name, name_folded, permissions) VALUES (?, ?, ?, ?, ?)",
        (
            (role, company, f"Team {n:03}", f"team {n:03}", "devices:read content:read")
            for n, role in enumerate(roles)
        ),
    )  # fmt: skip
    return roles


def add_users(db: sqlite3.Connection, company: int, roles: list[int], count: int, now: int) -> list[int]:
    """People who cannot log in: hashing a password for each would take minutes."""
    users = new_ids(count)
    db.executemany(
        "INSERT INTO users (id, company_id, role_id, name, email, email_folded, password_hash, language, time_zone,"
        " created_at) VALUES (?, ?, ?, ?, ?, ?, '$argon2id$none', 'en', 'UTC', ?)",
        (
            (user, company, roles[n % len(roles)], f"Person {n:05}", f"person{n}-{company}@example.com",
             f"person{n}-{company}@example.com", now)
            for n, user in enumerate(users)
        ),
    )  # fmt: skip
    return users


def add_keys(db: sqlite3.Connection, owners: list[int], count: int, now: int) -> list[int]:
    keys = new_ids(count)
    db.executemany(
        "INSERT INTO keys (id, user_id, name, name_folded, digest, last4, created_at, expires_on, expires_at,"
        " confirmed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (key, owners[n % len(owners)], f"Key {n:05}", f"key {n:05}", secrets.token_bytes(32),
             f"{n % 10_000:04}", now - n * 1000, "2030-01-01", now + 30 * DAY, now)
            for n, key in enumerate(keys)
        ),
    )  # fmt: skip
    return keys


def add_uses(db: sqlite3.Connection, keys: list[int], days: int, now: int) -> None:
    if not days:
        return
    db.executemany("INSERT INTO key_uses (key_id, last_used_at) VALUES (?, ?)", ((key, now) for key in keys))
    db.executemany(
        "INSERT INTO key_use_days (key_id, day, count) VALUES (?, ?, ?)",
        ((key, now // DAY - day, 1 + day * day) for key in sorted(keys) for day in range(days)),
    )


def add_events(db: sqlite3.Connection, company: int, actors: list[int], count: int, now: int) -> None:
    actions = ("key.created", "key.deleted", "session.started", "user.changed")
    db.executemany(
        "INSERT INTO audit_events (company_id, at, address, actor_id, action, target, after)"
        " VALUES (?, ?, '192.0.2.7', ?, ?, ?, ?)",
        (
            (company, now - (count - n) * 1000, actors[n % len(actors)], actions[n % len(actions)], f"key_{n}",
             f"Key {n:06}")
            for n in range(count)
        ),
    )  # fmt: skip
