"""`latchkey copy`: from SQLite to PostgreSQL and back, stopped in the middle, and refused."""

import contextlib
import os
import pty
import re
import signal
import sqlite3
import stat
import subprocess
from pathlib import Path

import pytest

from support.client import PASSWORD, Browser, verify
from support.crowd import fill_company
from support.postgres import TELLTALE, Bouncer, Holding
from support.server import BINARY, Server, run_cli, wait_until

LIMIT = 60.0  # seconds for what takes one; the machine may be busy


def run_copy(source: str, target: str, *options: str) -> subprocess.CompletedProcess:
    result = run_cli("copy", "--from", source, "--to", target, *options)
    assert TELLTALE not in result.stdout + result.stderr
    return result


def copy(source: str, target: str, *options: str) -> str:
    result = run_copy(source, target, *options)
    assert result.returncode == 0, result.stderr
    assert "The copy is whole." in result.stdout and "DIFFERS" not in result.stdout
    return result.stdout


def assert_refused(result: subprocess.CompletedProcess, *words: str, status: int = 2) -> None:
    assert result.returncode == status, result
    line = result.stderr.splitlines()[-1]
    for word in words:
        assert word in line


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A company on an SQLite server that runs, with a key of each kind, and what verifying says of each."""
    with Server(tmp_path_factory.mktemp("house")) as server, Browser(server) as chief:
        chief.register(name="Ирина «Ё» 👩‍🚀", company="Café\u0301 & Söhne")
        keys = {name: chief.create_key(name) for name in ("live", "deleted", "Ключ 🔑")}
        keys["waiting"] = chief.create_key("waiting", await_confirmation=True)
        assert chief.delete(f"/v1/keys/{keys['deleted']['id']}").status_code == 200
        topic = chief.post("/v1/topics", json={"title": "Зачем «Ё» 👩‍🚀?", "body": "```\n\\N\tx\n```"}).json()
        chief.post(f"/v1/topics/{topic['id']}/replies", json={"body": "So."})
        server.thread = chief.get(f"/v1/topics/{topic['id']}").json()
        assert server.thread["total"] == 1 and server.thread["followed"]
        server.email = chief.email
        server.said = {key["key"]: said_of(server, key["key"]) for key in keys.values()}
        assert len(set(server.said.values())) == 4
        yield server


def said_of(server: Server, key: str) -> str:
    return verify(server, key).text


def assert_same_house(server: Server, house: Server) -> None:
    assert {key: said_of(server, key) for key in house.said} == house.said
    with Browser(server) as chief:
        assert chief.log_in(house.email, PASSWORD).status_code == 201
        assert chief.get("/v1/keys").json()["total"] == 3
        actions = [event["action"] for event in chief.get("/v1/audit").json()["events"]]
        assert actions[0] == "session.started" and actions.count("key.created") == 4
        assert chief.get(f"/v1/topics/{house.thread['topic']['id']}").json() == house.thread
        assert verify(server, chief.create_key("after the copy")["key"]).status_code == 200


def test_keys_are_what_they_were_after_the_way_to_postgres_and_back(house, postgres, tmp_path):
    url = postgres.new_url()
    table = copy(house.database_url, url)
    assert [line.split()[-1] for line in table.splitlines()[1:16]] == ["same"] * 15
    with Server(tmp_path / "there", database_url=url) as there:
        assert_same_house(there, house)
        back = tmp_path / "back.sqlite"
        copy(url, f"sqlite:{back}")
        there.stop()
    assert stat.S_IMODE(back.stat().st_mode) == 0o600
    with Server(tmp_path / "back", database_url=f"sqlite:{back}") as server, Browser(server) as chief:
        assert {key: said_of(server, key) for key in house.said} == house.said
        assert chief.log_in(house.email, PASSWORD).status_code == 201
        assert chief.get("/v1/keys").json()["total"] == 4


def test_one_engine_is_copied_into_its_own_kind(house, postgres, tmp_path):
    first, second, file = postgres.new_url(), postgres.new_url(), f"sqlite:{tmp_path / 'copy.sqlite'}"
    copy(house.database_url, file)
    copy(file, first)
    copy(first, second)
    assert run_cli("key", "verify", "--database", second, stdin=next(iter(house.said))).stdout.strip() == "valid"


def test_pooler_in_transaction_mode_is_no_hindrance(house, postgres):
    database = postgres.new_database()
    with Bouncer(postgres) as bouncer:
        copy(house.database_url, bouncer.url(database))
        copy(bouncer.url(database), postgres.new_url())


# Stopped in the middle


@pytest.fixture
def half(house, postgres):
    """Stops a copy of the house when all but the last tables are there, and returns the target's URL."""

    def stop(how: signal.Signals = signal.SIGKILL) -> str:
        database = postgres.new_database()
        url = postgres.url(database)
        assert run_cli("migrate", "--database", url).returncode == 0
        with Holding(postgres, database, "LOCK TABLE audit_events IN SHARE MODE"):
            command = [BINARY, "copy", "--from", house.database_url, "--to", url]
            copying = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            wait_until(lambda: is_waiting(postgres, database), LIMIT, "the copy waits for the table", interval=0.1)
            copying.send_signal(how)
            output, errors = copying.communicate(timeout=LIMIT)
        assert copying.returncode != 0 and not output and TELLTALE not in errors
        if how != signal.SIGKILL:
            assert copying.returncode == 128 + how and "run the same command again" in errors
        return url

    return stop


def is_waiting(postgres, database: str) -> bool:
    waiting = f"SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database \
        WHERE datname = '{database}' AND NOT granted AND mode = 'RowExclusiveLock'"
    return postgres.sql(waiting, database) == "1"


def database_of(url: str) -> str:
    return url.rsplit("/", 1)[1]


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_stopped_copy_goes_on_where_it_was(house, postgres, half, how, tmp_path):
    url = half(how)
    kept = postgres.sql("SELECT ctid, xmin FROM companies", database_of(url))
    copy(house.database_url, url)
    assert postgres.sql("SELECT ctid, xmin FROM companies", database_of(url)) == kept
    with Server(tmp_path, database_url=url) as server:
        assert_same_house(server, house)


def test_half_a_copy_is_neither_served_nor_copied(half, tmp_path):
    url = half()
    for command in (["serve", "--port", "0"], ["migrate"], ["doctor"], ["user", "list"]):
        assert_refused(run_cli(*command, "--database", url), "unfinished copy")
    target = tmp_path / "new.sqlite"
    assert_refused(run_copy(url, f"sqlite:{target}"), "unfinished copy")
    assert not target.exists()


def test_source_that_has_changed_since_is_refused_until_restart(house, half, tmp_path):
    url = half()
    with Browser(house) as chief:
        chief.log_in(house.email, PASSWORD)
        added = chief.create_key()
        assert chief.delete(f"/v1/keys/{added['id']}").status_code == 200
    assert_refused(run_copy(house.database_url, url), "--restart")
    copy(house.database_url, url, "--restart")
    with Server(tmp_path, database_url=url) as server:
        assert verify(server, added["key"]).json()["code"] == "deleted"
        assert {key: said_of(server, key) for key in house.said} == house.said


def test_checksums_find_a_row_that_was_changed_by_hand(house, postgres, half):
    url = half()
    postgres.sql("UPDATE roles SET permissions = '*' WHERE template = 'viewer'", database_of(url))
    result = run_copy(house.database_url, url)
    assert_refused(result, "differs from the source in roles", "--restart", status=1)
    (line,) = [line for line in result.stdout.splitlines() if "DIFFERS" in line]
    assert line.startswith("roles ")
    assert_refused(run_cli("serve", "--port", "0", "--database", url), "unfinished copy")
    copy(house.database_url, url, "--restart")


def test_killed_copy_into_sqlite_goes_on_where_it_was(new_server, tmp_path):
    server = new_server(database_url=None)
    with Browser(server) as browser:
        browser.register()
        fill_company(server.database, browser.email, keys=30_000, keys_of=browser.email)
    target = tmp_path / "target.sqlite"
    command = [BINARY, "copy", "--from", server.database_url, "--to", f"sqlite:{target}"]
    copying = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_until(lambda: rows_copied(target) > 1000, LIMIT, "the first keys are copied")
    copying.kill()
    copying.wait(LIMIT)
    kept = rows_copied(target)
    assert_refused(run_cli("user", "list", "--database", f"sqlite:{target}"), "unfinished copy")
    assert "30000" in copy(server.database_url, f"sqlite:{target}")
    assert 1000 < kept < 30_000
    assert run_cli("doctor", "--database", f"sqlite:{target}").returncode == 0


def rows_copied(target: Path) -> int:
    if not target.exists():
        return 0
    try:
        with contextlib.closing(sqlite3.connect(f"file:{target}?mode=ro", uri=True)) as database:
            return database.execute("SELECT rows FROM unfinished_copy").fetchone()[0]
    except sqlite3.OperationalError:
        return 0  # there is no such table yet


# Refused


def test_target_that_is_not_empty_is_refused_and_left_alone(house, postgres, new_server):
    other = new_server()
    with Browser(other) as browser:
        browser.register()
    other.stop()
    assert_refused(run_copy(house.database_url, other.database_url), "not empty")
    filled = postgres.new_url()
    copy(other.database_url, filled)
    before = postgres.sql("SELECT id, ctid, xmin FROM users", database_of(filled))
    for options in ((), ("--restart",)):
        assert_refused(run_copy(house.database_url, filled, *options), "not empty")
    assert postgres.sql("SELECT id, ctid, xmin FROM users", database_of(filled)) == before


def test_database_that_is_served_is_no_target(house, new_server):
    other = new_server()
    for target in (house, other):
        assert_refused(run_copy(house.database_url, target.database_url), "in use")


def test_source_that_cannot_be_read_leaves_no_target(tmp_path):
    target = tmp_path / "target.sqlite"
    wrong = f"postgres://keeper:{TELLTALE}@127.0.0.1:1/latchkey"
    for source in (f"sqlite:{tmp_path / 'nothing.sqlite'}", wrong, f"mysql://keeper:{TELLTALE}@127.0.0.1/latchkey"):
        assert_refused(run_copy(source, f"sqlite:{target}"), "latchkey: ")
    assert not target.exists()


# What people see


def test_terminal_shows_a_bar_and_a_log_a_line_for_each_table(house, tmp_path):
    logged = run_copy(house.database_url, f"sqlite:{tmp_path / 'logged.sqlite'}").stderr
    assert re.search(r"^copying keys: [45] rows$", logged, re.MULTILINE) and "\r" not in logged
    screen, terminal = pty.openpty()
    command = [BINARY, "copy", "--from", house.database_url, "--to", f"sqlite:{tmp_path / 'shown.sqlite'}"]
    copying = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=terminal)
    os.close(terminal)
    assert copying.wait(LIMIT) == 0
    shown = os.read(screen, 1 << 16).decode()
    os.close(screen)
    assert "copying keys " in shown and re.search(r"\[#{24}\] 100 %  (\d+) of \1\r", shown)
    assert shown.endswith("\r\x1b[K")
