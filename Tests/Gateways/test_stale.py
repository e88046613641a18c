"""A node that was told to answer without a lease says so, and whoever acts on its answers behind a gateway hears it."""

import pytest
from exchange import LIMIT, ask, identity_of

from support.client import Browser, verify
from support.postgres import Postgres
from support.server import Server, wait_until

OPTIONS = ("--lease", "200ms", "--poll-interval", "50ms", "--serve-stale", "1h")
FORGED = [("X-Latchkey-Stale", "0"), ("x-latchkey-stale", "0"), ("X_Latchkey_Stale", "0")]


@pytest.fixture(scope="module")
def stale(tmp_path_factory):
    """A node whose database is gone and whose lease has run out, and the identity that goes with its only key."""
    folder = tmp_path_factory.mktemp("stale")
    with Postgres() as postgres, Server(folder, *OPTIONS, database_url=postgres.new_url()) as node:
        with Browser(node) as browser:
            browser.register()
            key = browser.create_key(permissions=["devices:read"])
            identity = identity_of(key, browser, "devices:read")
        postgres.stop()
        wait_until(lambda: "x-latchkey-stale" in verify(node, key["key"]).headers, LIMIT, "the answers are stale")
        yield node, key["key"], identity


@pytest.mark.parametrize("forged", [[], FORGED], ids=["honest", "forged"])
def test_upstream_sees_how_stale_the_answer_is(new_gateway, stale, forged):
    node, key, identity = stale
    answer = ask(new_gateway(node.port), key, headers=forged)
    assert answer.status == 200, answer
    ages = [int(value) for name, value in answer.identity if name == "x-latchkey-stale"]
    assert len(ages) == 1 and ages[0] >= 1, answer.identity
    assert [pair for pair in answer.identity if pair[0] != "x-latchkey-stale"] == identity
