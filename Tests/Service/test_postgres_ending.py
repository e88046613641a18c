"""How a node on PostgreSQL ends: nobody waits for it afterwards, and nothing holds it up."""

import re

from support.client import Browser
from support.nodes import LONG_LEASE, answer, delete, pause, resume
from support.server import Server, run_cli


def test_node_that_finds_its_port_taken_leaves_nothing_behind(postgres, new_nodes, tmp_path):
    database = postgres.new_database()
    url = postgres.url(database)
    (node,) = new_nodes(url, 1)
    refused = run_cli("serve", "--port", str(node.port), "--database", url, folder=tmp_path)
    assert refused.returncode == 1
    assert str(node.port) in refused.stderr
    assert postgres.sql("SELECT count(*) FROM nodes", database) == "1"
    assert re.search(r"^Nodes +1$", node.cli("doctor").stdout, re.MULTILINE)
    with Browser(node) as browser:
        browser.register()
        assert delete(browser, browser.create_key()) == (1, 0)


def gathered(node: Server) -> None:
    """One use of a key and one refusal of another wait to be written, and cannot be: the database is away by now."""
    assert answer(node, node.good) == "accepted"
    assert answer(node, node.deleted) == "deleted"


def with_keys(node: Server) -> Server:
    """The node, with a key that is good and one that was deleted."""
    with Browser(node) as browser:
        browser.register()
        node.good = browser.create_key()["key"]
        deleted = browser.create_key()
        delete(browser, deleted)
        node.deleted = deleted["key"]
    return node


def test_database_that_hangs_does_not_hold_up_the_end(own_postgres, new_nodes):
    (node,) = new_nodes(own_postgres.new_url(), 1, *LONG_LEASE)
    with_keys(node)
    processes = [*own_postgres.children(), own_postgres]
    for process in processes:
        pause(process)
    try:
        gathered(node)
        assert node.stop() == 0
    finally:
        for process in processes:
            resume(process)
    log = node.log.read_text()
    assert "has not answered in time" in log
    assert re.search(r"uses=1 .*could not be written and is lost", log), log
    assert re.search(r"refusals=1 .*lost", log), log


def test_node_whose_database_is_gone_ends_and_says_what_is_lost(own_postgres, new_nodes):
    (node,) = new_nodes(own_postgres.new_url(), 1, *LONG_LEASE)
    with_keys(node)
    own_postgres.kill()
    gathered(node)
    assert node.stop() == 0
    assert re.search(r"uses=1 .*could not be written and is lost", node.log.read_text())
    assert re.search(r"refusals=1 .*Refusals of keys could not be written", node.log.read_text())


def test_what_was_gathered_is_written_before_the_end(postgres, new_nodes):
    database = postgres.new_database()
    (node,) = new_nodes(postgres.url(database), 1)
    with_keys(node)
    gathered(node)
    assert node.stop() == 0
    assert postgres.sql("SELECT count(*) FROM key_uses", database) == "1"
    assert postgres.sql("SELECT count(*) FROM key_refusals", database) == "1"
    assert postgres.sql("SELECT count(*) FROM nodes", database) == "0"
    assert " is lost" not in node.log.read_text()
