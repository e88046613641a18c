"""What `latchkey doctor` says to the person who runs the service."""

import re
import subprocess

import pytest

from support.client import Browser
from support.nodes import paused
from support.postgres import BIN, ENVIRONMENT, TELLTALE, USER, Postgres
from support.server import run_cli, wait_until


@pytest.fixture(scope="module")
def sound_postgres():
    """As it should be in earnest. A test that changes its settings changes them back."""
    with Postgres(fsync=True) as running:
        yield running


@pytest.fixture
def database(sound_postgres):
    """Of the latest schema."""
    name = sound_postgres.new_database()
    migrate(sound_postgres.url(name))
    return name


def migrate(url: str) -> None:
    assert run_cli("migrate", "--database", url).returncode == 0


def findings(result: subprocess.CompletedProcess) -> list[str]:
    """The first line of each finding; the exit status must agree with them."""
    assert result.stderr == "" and TELLTALE not in result.stdout
    found = re.findall(r"^\d+\. (.*)$", result.stdout, re.MULTILINE)
    counted = re.search(r"^Findings +(\w+)$", result.stdout, re.MULTILINE).group(1)
    assert counted == (str(len(found)) if found else "none")
    assert result.returncode == (1 if found else 0)
    return found


def doctor(postgres: Postgres, database: str, *options: str) -> subprocess.CompletedProcess:
    return run_cli("doctor", "--database", postgres.url(database), *options)


def fact(result: subprocess.CompletedProcess, name: str) -> str:
    return re.search(rf"^{name} +(.*)$", result.stdout, re.MULTILINE).group(1)


# SQLite


def test_sound_file_has_no_findings(server):
    result = server.cli("doctor")
    assert findings(result) == []
    assert fact(result, "Database") == server.database_url
    assert fact(result, "Schema").endswith("the latest")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--lease", "1s", "--poll-interval", "1s"), "do not go together"),
        (("--port", "99999"), "--port"),
        (("--public-url", "keys.example.com"), "--public-url"),
        (("--host", "0.0.0.0"), "plain HTTP"),
    ],
)
def test_settings_that_do_not_fit_are_findings(server, options, words):
    (found,) = findings(server.cli("doctor", *options))
    assert words in found


def test_service_on_the_open_network_behind_https_is_no_finding(server):
    assert findings(server.cli("doctor", "--host", "0.0.0.0", "--public-url", "https://keys.example.com")) == []


# PostgreSQL


def test_sound_database_with_three_nodes_has_no_findings(sound_postgres, database, new_nodes):
    nodes = new_nodes(sound_postgres.url(database), 3)
    with Browser(nodes[0]) as browser:
        browser.register()
        browser.create_key()
    result = doctor(sound_postgres, database)
    assert findings(result) == []
    assert fact(result, "Database").startswith("PostgreSQL 1") and database in fact(result, "Database")
    assert fact(result, "Nodes") == "3"
    assert fact(result, "Notifications") == "arrive"
    for node in nodes:
        assert re.search(rf":{node.pid} +0 +2 s +yes$", result.stdout, re.MULTILINE), result.stdout


def test_node_that_does_not_renew_is_found(sound_postgres, database, new_nodes):
    nodes = new_nodes(sound_postgres.url(database), 2, "--lease", "1s", "--poll-interval", "500ms")
    with paused(nodes[1]):
        result = doctor(sound_postgres, database)
        (found,) = findings(result)
        assert f":{nodes[1].pid} " in found
        assert re.search(rf":{nodes[1].pid} .* no$", result.stdout, re.MULTILINE)
        assert re.search(rf":{nodes[0].pid} .* yes$", result.stdout, re.MULTILINE)


@pytest.mark.parametrize("setting", ["fsync", "full_page_writes"])
def test_server_that_may_lose_what_it_has_acknowledged_is_found(sound_postgres, database, setting):
    configure(sound_postgres, setting, "off")
    try:
        (found,) = findings(doctor(sound_postgres, database))
        assert found.startswith(f"{setting} is off")
    finally:
        configure(sound_postgres, setting, "on")


def configure(postgres: Postgres, setting: str, value: str) -> None:
    """A setting on the command line of the server cannot be changed by the file: hence no `fsync=on` there."""
    postgres.sql(f"ALTER SYSTEM SET {setting} = '{value}'", "postgres")
    postgres.sql("SELECT pg_reload_conf()", "postgres")
    wait_until(lambda: postgres.sql(f"SHOW {setting}", "postgres") == value, 10, f"{setting} is {value}")


@pytest.fixture
def standby(sound_postgres):
    second = Postgres("cluster_name=second")
    second.follow(sound_postgres)
    with second:
        yield from connected(sound_postgres)


@pytest.fixture
def receiver(sound_postgres):
    """It receives what is written, and says so: to PostgreSQL it is a standby, but it can never take over."""
    folder = sound_postgres.folder / "received"
    folder.mkdir(exist_ok=True)
    command = [BIN / "pg_receivewal", "--directory", folder, "--synchronous", "--host=127.0.0.1",
               f"--port={sound_postgres.port}", f"--username={USER}"]  # fmt: skip
    process = subprocess.Popen(command, env=ENVIRONMENT | {"PGAPPNAME": "second"}, stderr=subprocess.PIPE)
    yield from connected(sound_postgres)
    process.terminate()
    process.communicate(timeout=10)


def connected(postgres: Postgres):
    """As long as something receives what is written. Commits wait for nobody when it goes."""
    streams = "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'"
    wait_until(lambda: postgres.sql(streams) == "1", 20, "the standby is connected")
    yield
    configure(postgres, "synchronous_standby_names", "")


def wait_for(postgres: Postgres, names: str, state: str = "sync") -> None:
    """Has commits wait for standbys."""
    configure(postgres, "synchronous_standby_names", names)
    asked = "SELECT sync_state FROM pg_stat_replication"
    wait_until(lambda: postgres.sql(asked) == state, 10, f"the standby is {state}")


def test_asynchronous_standby_is_found_and_a_synchronous_one_is_well(sound_postgres, database, standby):
    result = doctor(sound_postgres, database)
    (found,) = findings(result)
    assert "No standby is synchronous" in found
    assert fact(result, "Standbys") == "second (asynchronous)"

    wait_for(sound_postgres, "second")
    result = doctor(sound_postgres, database)
    assert findings(result) == []
    assert fact(result, "Standbys") == "second (synchronous)"

    wait_for(sound_postgres, "ANY 1 (second, third)", "quorum")
    result = doctor(sound_postgres, database)
    assert findings(result) == []
    assert fact(result, "Standbys") == "second (synchronous, one of a quorum)"


@pytest.mark.parametrize("names", ["*", 'FIRST 1 (third, "*")'])
def test_waiting_for_whatever_connects_is_found(sound_postgres, database, standby, names):
    wait_for(sound_postgres, names)
    (found,) = findings(doctor(sound_postgres, database))
    assert "whatever connects" in found


def test_waiting_for_what_cannot_take_over_is_found(sound_postgres, database, receiver):
    wait_for(sound_postgres, "second")
    (found,) = findings(doctor(sound_postgres, database))
    assert "second, which applies nothing" in found


def test_role_that_may_not_see_the_standbys_is_told_what_to_grant(sound_postgres, standby):
    database = sound_postgres.new_database()
    sound_postgres.sql("CREATE ROLE plain LOGIN PASSWORD 'plain'")
    sound_postgres.sql(f"ALTER DATABASE {database} OWNER TO plain")
    url = f"postgres://plain:plain@127.0.0.1:{sound_postgres.port}/{database}"
    migrate(url)
    (found,) = findings(run_cli("doctor", "--database", url))
    assert "may not see" in found


def test_synchronous_standby_that_is_away_is_found(sound_postgres, database):
    configure(sound_postgres, "synchronous_standby_names", "second")
    try:
        (found,) = findings(doctor(sound_postgres, database))
        assert "no such standby is connected" in found
    finally:
        configure(sound_postgres, "synchronous_standby_names", "")


def test_nodes_that_want_more_connections_than_there_are_are_found(sound_postgres, database, new_nodes):
    new_nodes(sound_postgres.url(database), 2)
    assert findings(doctor(sound_postgres, database, "--database-connections", "40")) == []
    (found,) = findings(doctor(sound_postgres, database, "--database-connections", "60"))
    assert "122 connections" in found


def test_preferring_answers_is_found(sound_postgres, database):
    (found,) = findings(doctor(sound_postgres, database, "--serve-stale", "60s"))
    assert "--serve-stale 60s" in found


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE revision SET number = number + 1", "newest row of the change log"),
        ("SET session_replication_role = replica; DELETE FROM users", "keys belong to nobody"),
        ("ALTER TABLE keys ADD CONSTRAINT odd CHECK (id > 0) NOT VALID", "was never checked"),
    ],
)
def test_data_changed_by_hand_is_found(sound_postgres, database, new_nodes, statement, words):
    (node,) = new_nodes(sound_postgres.url(database))
    with Browser(node) as browser:
        browser.register()
        browser.create_key()
    node.stop()
    sound_postgres.sql(statement, database)
    assert any(words in found for found in findings(doctor(sound_postgres, database)))
