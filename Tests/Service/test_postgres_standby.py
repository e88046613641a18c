"""A real standby: nothing is served from one, whatever the address of the database leads to."""

import pytest

from support.client import Browser
from support.metrics import metric
from support.nodes import PATIENCE, SHORT_LEASE, answer, delete
from support.postgres import TELLTALE, Postgres
from support.server import run_cli, wait_until

COMMANDS = (["serve", "--port", "0"], ["migrate"], ["doctor"], ["user", "list"], ["key", "verify"])


@pytest.fixture(scope="module")
def pair():
    """A server, and another that is its standby."""
    with Postgres() as primary, standby_of(primary) as standby:
        yield primary, standby


def standby_of(primary: Postgres) -> Postgres:
    standby = Postgres("cluster_name=second")
    standby.follow(primary)
    return standby


@pytest.fixture
def database(pair):
    """Of the latest schema, on both."""
    primary, standby = pair
    name = primary.new_database()
    assert run_cli("migrate", "--database", primary.url(name)).returncode == 0
    has_come = "SELECT count(*) FROM pg_class WHERE relname = 'latchkey_schema'"
    wait_until(lambda: standby.sql(has_come, name, check=False) == "1", PATIENCE, "the standby has the database")
    return name


@pytest.mark.parametrize("attributes", ["", "?target_session_attrs=primary"])
def test_every_command_refuses_a_standby_and_asks_for_the_primary(pair, database, attributes):
    standby = pair[1]
    for command in COMMANDS:
        result = run_cli(*command, "--database", standby.url(database) + attributes, stdin="x\n")
        assert (result.returncode, result.stdout) == (2, ""), command
        (line,) = result.stderr.splitlines()
        assert "standby" in line and "the primary" in line and str(standby.port) in line
        assert TELLTALE not in line


def test_standby_is_copied_from_only_by_who_asks_for_it(pair, database, tmp_path):
    url, target = pair[1].url(database), f"sqlite:{tmp_path}/copy.sqlite"
    refused = run_cli("copy", "--from", url, "--to", target)
    assert refused.returncode == 2 and "standby" in refused.stderr
    copied = run_cli("copy", "--from", url + "?target_session_attrs=any", "--to", target)
    assert copied.returncode == 0, copied.stderr
    assert "whole" in copied.stdout


def test_node_whose_server_became_a_standby_says_yes_no_more(new_nodes):
    with Postgres() as old, standby_of(old) as new:
        name = old.new_database()
        (node,) = new_nodes(old.url(name), 1, *SHORT_LEASE)
        with Browser(node) as browser:
            browser.register()
            key = browser.create_key()
        change_places(old, new)
        (other,) = new_nodes(new.url(name), 1, *SHORT_LEASE)
        assert answer(other, key["key"]) == "accepted"
        tried = metric(node, "latchkey_renewals_failed_total")
        wait_until(
            lambda: metric(node, "latchkey_renewals_failed_total") > tried, PATIENCE, "the node has asked the standby"
        )
        wait_until(lambda: answer(node, key["key"]) == "not_current", PATIENCE, "the last lease has run out")
        with Browser(other) as visitor:
            assert visitor.log_in(browser.email, browser.password).status_code == 201
            assert delete(visitor, key)[0] == 1
        assert answer(node, key["key"]) == "not_current"
        assert answer(other, key["key"]) == "deleted"


def change_places(primary: Postgres, standby: Postgres) -> None:
    """The primary stops, which sends the standby all it has; the standby is promoted, and has the other follow."""
    primary.stop()
    standby.sql("SELECT pg_promote()")
    primary.follow(standby)
    primary.start()
