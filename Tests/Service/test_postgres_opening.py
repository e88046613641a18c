"""Opening a PostgreSQL database: by many at once, or not at all and with one clear line. And the commands on it."""

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

from support.client import PASSWORD, Browser, unique, verify
from support.nodes import answers
from support.postgres import TELLTALE, USER
from support.server import BINARY, free_port, run_cli

MANY = 5  # of each kind

COMMANDS = (["serve", "--port", "0"], ["migrate"], ["doctor"], ["user", "list"])


def assert_refused(url: str, *words: str) -> None:
    """Every command says why in one line, exits with 2, and no line betrays the password."""
    for command in COMMANDS:
        result = run_cli(*command, "--database", url)
        assert result.returncode == 2, (command, result)
        assert result.stdout == ""
        (line,) = result.stderr.splitlines()
        assert line.startswith("latchkey: ")
        assert TELLTALE not in line
        for word in words:
            assert word in line, (word, line)


def test_ten_processes_at_once_make_one_database(postgres, new_nodes, tmp_path):
    database = postgres.new_database()
    url = postgres.url(database)
    migrations = [
        subprocess.Popen([BINARY, "migrate", "--database", url], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(MANY)
    ]
    with ThreadPoolExecutor(MANY) as pool:
        nodes = [node for (node,) in pool.map(lambda _: new_nodes(url), range(MANY))]
    for migration in migrations:
        output, errors = migration.communicate(timeout=60)
        assert migration.returncode == 0, errors
        assert b"schema version" in output
    assert postgres.sql("SELECT count(*) FROM latchkey_schema", database) == "1"
    with Browser(nodes[0]) as browser:
        browser.register()
        assert answers(nodes, browser.create_key()["key"]) == {"accepted"}


def test_database_of_a_newer_version_is_left_alone(postgres):
    database = postgres.new_database()
    assert run_cli("migrate", "--database", postgres.url(database)).returncode == 0
    postgres.sql("UPDATE latchkey_schema SET version = 9999", database)
    assert_refused(postgres.url(database), "9999", "newer")
    assert postgres.sql("SELECT version FROM latchkey_schema", database) == "9999"


def test_somebody_else_s_database_is_left_alone(postgres):
    database = postgres.new_database()
    postgres.sql("CREATE TABLE invoices (id bigint)", database)
    assert_refused(postgres.url(database), database, "invoices")
    tables = postgres.sql("SELECT string_agg(tablename, ' ') FROM pg_tables WHERE schemaname = 'public'", database)
    assert tables == "invoices"


def test_wrong_password_is_said_and_not_repeated(postgres):
    assert_refused(postgres.url("postgres", password=f"{TELLTALE}-but-wrong"), "password authentication failed", USER)


def test_database_that_is_not_there_is_named(postgres):
    assert_refused(postgres.url("nowhere"), "nowhere", "does not exist")


def test_server_that_is_not_there_is_named(postgres):
    port = free_port()
    assert_refused(postgres.url("latchkey", port=port), "127.0.0.1", str(port))


@pytest.mark.parametrize(
    "url",
    [
        f"postgres://keeper:{TELLTALE}@127.0.0.1:port/latchkey",
        f"postgres://keeper:{TELLTALE}@127.0.0.1:99999/latchkey",
        f"postgres://keeper:{TELLTALE}/x@127.0.0.1/latchkey",
        f"postgres://keeper:{TELLTALE}@x@127.0.0.1/latchkey",
        f"postgres://keeper:{TELLTALE}%zz@127.0.0.1/latchkey",
        f"postgres://keeper:{TELLTALE}@127.0.0.1/latchkey?sslmod=require",
        f"postgres://keeper:{TELLTALE}@[::1/latchkey",
        f"postgres://127.0.0.1/latchkey?user=keeper&password={TELLTALE}&nonsense=1",
        f"mysql://keeper:{TELLTALE}@127.0.0.1/latchkey",
    ],
)  # fmt: skip
def test_url_that_cannot_be_read_is_refused_without_its_password(url):
    assert_refused(url)


# The commands


@pytest.fixture
def house(postgres, new_nodes):
    """A node, and an administrator in front of it."""
    (node,) = new_nodes(postgres.new_url())
    with Browser(node) as browser:
        browser.register()
        yield browser


def succeed(result: subprocess.CompletedProcess) -> str:
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_people_are_administered_at_the_command_line(house):
    node, email = house.server, f"{unique('pavel')}@example.com"
    added = ("user", "add", "--email", email, "--name", "Pavel", "--company", "Acme")
    person = succeed(node.cli(*added, stdin=PASSWORD + "\n")).strip()
    assert person in succeed(node.cli("user", "list"))
    with Browser(node) as pavel:
        assert pavel.log_in(email, PASSWORD).status_code == 201
        succeed(node.cli("user", "block", email))
        assert pavel.get("/v1/me").status_code == 401
        succeed(node.cli("user", "unblock", email))
        succeed(node.cli("user", "reset-password", email, stdin="Fresh-Password-9\n"))
        assert pavel.log_in(email, "Fresh-Password-9").status_code == 201
    assert node.cli(*added, stdin=PASSWORD + "\n").returncode == 1


def test_keys_are_administered_at_the_command_line(house):
    node = house.server
    key = succeed(node.cli("key", "create", "--user", house.email, "--name", "Nightly import")).strip()
    assert verify(node, key).status_code == 200
    (listed,) = json.loads(succeed(node.cli("key", "list", "--user", house.email, "--json")))
    assert (listed["name"], listed["status"], listed["last4"]) == ("Nightly import", "active", key[-4:])
    assert succeed(node.cli("key", "verify", stdin=key)).strip() == "valid"
    assert succeed(node.cli("key", "delete", listed["id"])).strip() == "Deleted. No server accepts this key any more."
    assert verify(node, key).json()["code"] == "deleted"
    refused = node.cli("key", "verify", stdin=key)
    assert (refused.returncode, refused.stdout.strip()) == (1, "deleted")
    assert node.cli("key", "delete", "key_0000000000000").returncode == 1


def test_migrating_twice_is_as_good_as_once(postgres):
    url = postgres.new_url()
    first, second = (succeed(run_cli("migrate", "--database", url)) for _ in range(2))
    assert first == second


def test_backup_says_how_this_database_is_copied(house, tmp_path):
    file = tmp_path / "copy"
    result = house.server.cli("backup", str(file))
    assert result.returncode == 1
    assert "pg_dump" in result.stderr and TELLTALE not in result.stderr
    assert not file.exists()


def test_server_s_restart_keeps_all(house, postgres):
    key = house.create_key()
    house.server.stop()
    house.server.start()
    assert verify(house.server, key["key"]).status_code == 200
    assert house.key(key["id"])["status"] == "active"
