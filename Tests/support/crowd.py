"""A large company, written beside the server: through the API it would take an hour."""

import secrets
import sqlite3
import time
from pathlib import Path

DAY = 86_400_000  # milliseconds


def fill_company(
    database: Path, email: str, *, users: int = 0, roles: int = 0, events: int = 0, keys: int = 0, keys_of: str = ""
) -> None:
    """Adds to the company of the person with this e-mail address.

    The keys go to everybody in turn, or all to the person with the address `keys_of`. The new users have the new roles
    in turn, or the Viewer's. A server that runs meanwhile does not verify with these keys before it starts anew.
    """
    now = int(time.time() * 1000)
    with sqlite3.connect(database, timeout=30) as db:
        company, creator = db.execute("SELECT company_id, id FROM users WHERE email = ?", (email,)).fetchone()
        made = [(secrets.randbits(62), f"Team {n:03}") for n in range(roles)]
        db.executemany(
            "INSERT INTO roles (id, company_id, name, name_folded, permissions) VALUES (?, ?, ?, ?, ?)",
            ((role, company, name, name.casefold(), "devices:read content:read") for role, name in made),
        )
        viewer = db.execute(
            "SELECT id FROM roles WHERE company_id = ? AND template = 'viewer'", (company,)
        ).fetchone()
        given = [role for role, _ in made] or [viewer[0]]
        people = [(secrets.randbits(62), n) for n in range(users)]
        db.executemany(
            "INSERT INTO users (id, company_id, role_id, name, email, email_folded, password_hash, language, time_zone,"
            " created_at) VALUES (?, ?, ?, ?, ?, ?, '$argon2id$none', 'en', 'UTC', ?)",
            (
                (user, company, given[n % len(given)], f"Person {n:05}", f"person{n}-{company}@example.com",
                 f"person{n}-{company}@example.com", now)
                for user, n in people
            ),
        )  # fmt: skip
        owners = [user for user, _ in people] or [creator]
        if keys_of:
            owners = list(db.execute("SELECT id FROM users WHERE email = ?", (keys_of,)).fetchone())
        db.executemany(
            "INSERT INTO keys (id, user_id, name, name_folded, digest, last4, created_at, expires_on, expires_at,"
            " confirmed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (secrets.randbits(62), owners[n % len(owners)], f"Key {n:05}", f"key {n:05}", secrets.token_bytes(32),
                 f"{n % 10_000:04}", now - n * 1000, "2030-01-01", now + 30 * DAY, now)
                for n in range(keys)
            ),
        )  # fmt: skip
        actions = ("key.created", "key.deleted", "session.started", "user.changed")
        db.executemany(
            "INSERT INTO audit_events (company_id, at, address, actor_id, action, target, after)"
            " VALUES (?, ?, '192.0.2.7', ?, ?, ?, ?)",
            (
                (company, now - (events - n) * 1000, owners[n % len(owners)], actions[n % len(actions)],
                 f"key_{n}", f"Key {n:06}")
                for n in range(events)
            ),
        )  # fmt: skip
        db.execute("ANALYZE")
