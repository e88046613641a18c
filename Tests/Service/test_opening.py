"""Commands that work on what is there make no database and change no schema; the doctor changes nothing at all."""

import sqlite3
import subprocess

import pytest

from support.postgres import BIN, ENVIRONMENT, TELLTALE
from support.server import run_cli

COMMANDS = (
    ["user", "list"], ["user", "block", "a@example.com"], ["key", "list", "--user", "a@example.com"],
    ["key", "create", "--user", "a@example.com", "--name", "a"], ["key", "delete", "key_0000000000000"],
    ["key", "verify"],
)  # fmt: skip


class File:
    """A SQLite file."""

    older = 1

    def __init__(self, folder):
        self.folder = folder
        self.path = folder / "latchkey.sqlite"
        self.url = f"sqlite:{self.path}"

    def make_empty(self) -> None:
        self.path.touch()

    def set_version(self, version: int) -> None:
        with sqlite3.connect(self.path) as database:
            database.execute(f"PRAGMA user_version = {version}")
        database.close()

    def all_there_is(self) -> dict[str, bytes]:
        return {file.name: file.read_bytes() for file in self.folder.iterdir()}


class Base:
    """A PostgreSQL database."""

    older = 0  # than the first

    def __init__(self, postgres):
        self.postgres = postgres
        self.name = postgres.new_database()
        self.url = postgres.url(self.name)

    def make_empty(self) -> None:
        """It is."""

    def set_version(self, version: int) -> None:
        self.postgres.sql(f"UPDATE latchkey_schema SET version = {version}", self.name)

    def all_there_is(self) -> bytes:
        command = [BIN / "pg_dump", "--host=127.0.0.1", f"--port={self.postgres.port}", "--username=keeper", self.name]
        dumped = subprocess.run(command, env=ENVIRONMENT, capture_output=True, check=True).stdout
        # Newer versions of pg_dump put a random word into each dump.
        return b"".join(line for line in dumped.splitlines(True) if b"restrict" not in line)


@pytest.fixture(params=["sqlite", "postgres"])
def database(request, tmp_path):
    if request.param == "sqlite":
        return File(tmp_path)
    return Base(request.getfixturevalue("postgres"))


def refusal(database, *command: str) -> str:
    """Why a command does not begin: one line."""
    result = run_cli(*command, "--database", database.url, stdin="x\n")
    assert (result.returncode, result.stdout) == (2, ""), (command, result)
    (line,) = result.stderr.splitlines()
    assert line.startswith("latchkey: ") and TELLTALE not in line
    return line


def succeed(database, *command: str) -> str:
    result = run_cli(*command, "--database", database.url)
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_empty_database_is_refused_and_left_empty(database):
    database.make_empty()
    before = database.all_there_is()
    for command in (*COMMANDS, ["doctor"]):
        line = refusal(database, *command)
        assert "holds no data of Latchkey's yet" in line and "latchkey serve" in line
    assert database.all_there_is() == before


def test_older_schema_is_refused_and_left_as_it_is(database):
    succeed(database, "migrate")
    database.set_version(database.older)
    before = database.all_there_is()
    for command in COMMANDS:
        line = refusal(database, *command)
        assert "latchkey migrate" in line
    assert database.all_there_is() == before


def test_doctor_shows_an_older_schema_and_changes_nothing(database):
    succeed(database, "migrate")
    database.set_version(database.older)
    before = database.all_there_is()
    result = run_cli("doctor", "--database", database.url)
    assert result.returncode == 1 and result.stderr == ""
    assert f"The schema has version {database.older}" in result.stdout
    assert "latchkey serve of this version will bring it up to date" in result.stdout
    assert database.all_there_is() == before


def test_doctor_changes_nothing_in_a_sound_database(database):
    succeed(database, "migrate")
    succeed(database, "user", "list")
    before = database.all_there_is()
    assert "the latest" in run_cli("doctor", "--database", database.url).stdout
    after = database.all_there_is()
    if isinstance(database, File):  # SQLite's index into its log, which every reader may make anew
        before.pop("latchkey.sqlite-shm", None), after.pop("latchkey.sqlite-shm", None)
    assert after == before


def test_file_of_an_older_schema_can_be_backed_up_before_the_upgrade(tmp_path):
    database = File(tmp_path)
    succeed(database, "migrate")
    database.set_version(1)
    before = database.all_there_is()
    succeed(database, "backup", str(tmp_path / "backup"))
    assert (tmp_path / "backup").stat().st_mode & 0o777 == 0o600
    with sqlite3.connect(tmp_path / "backup") as backup:
        assert backup.execute("PRAGMA user_version").fetchone() == (1,)
    backup.close()
    assert {name: text for name, text in database.all_there_is().items() if name != "backup"} == before
