"""The database is gone: nodes live by their leases, then say that they do not know, and all comes back by itself."""

from functools import partial
from itertools import groupby

import pytest

from support.client import PASSWORD, Browser, assert_problem, verify
from support.key_format import forged
from support.metrics import metric
from support.nodes import LONG_LEASE, PATIENCE, SHORT_LEASE, all_current, answer, answers, delete, pause, resume
from support.postgres import TELLTALE, Postgres
from support.server import wait_until
from support.wire import ORDINARY, Connection, both_ways, is_read, request


def not_current(node, key: str):
    return lambda: answer(node, key) == "not_current"


def test_node_lives_by_its_lease_and_then_says_that_it_does_not_know(own_postgres, new_nodes):
    url = own_postgres.new_url()
    (long,) = new_nodes(url, 1, *LONG_LEASE)
    (short,) = new_nodes(url, 1, *SHORT_LEASE, "--log-level", "trace")
    with Browser(short) as browser:
        browser.register()
        key = browser.create_key()["key"]
        own_postgres.kill()
        assert answer(long, key) == "accepted"
        assert "x-latchkey-stale" not in verify(long, key).headers
        wait_until(not_current(short, key), PATIENCE, "the short lease has run out")
        assert_everybody_is_told(browser, key)
        # As long as the lease lasts, yes; from then on, never again.
        assert [*says_until_not_current(long, key), answer(short, key)] == ["accepted", "not_current", "not_current"]

        own_postgres.start()
        all_current([long, short])
        assert answers([long, short], key) == {"accepted"}
        assert delete(browser, browser.create_key()) == (2, 0)
    assert metric(short, "latchkey_renewals_failed_total") > 0


def test_request_is_judged_by_what_is_known_when_its_end_is_read(own_postgres, new_nodes):
    """Begun under the lease, ended without it: neither way has looked too early."""
    (node,) = new_nodes(own_postgres.new_url(), 1, *SHORT_LEASE)
    with Browser(node) as browser:
        browser.register()
        key = browser.create_key()["key"]
    sent = request("/v1/verify", f"Authorization: Bearer {key}")
    with Connection(node) as fast, Connection(node) as ordinary:
        ordinary.send(ORDINARY)
        assert ordinary.answer().status == 200
        for connection in (fast, ordinary):
            connection.send(sent[:-2])
            wait_until(partial(is_read, connection.socket), 5, "all but the end has been read")
        assert answer(node, key) == "accepted"
        own_postgres.kill()
        wait_until(not_current(node, key), 8, "the lease has run out, before the fast lane's patience")
        for connection in (fast, ordinary):
            connection.send(sent[-2:])
            said = connection.answer()
            assert said.status == 503 and b'"not_current"' in said.body


def says_until_not_current(node, key: str) -> list[str]:
    """What the node says of a key, one time after the other, each answer once as long as it stays the same."""
    said: list[str] = []
    wait_until(lambda: said.append(answer(node, key)) or said[-1] == "not_current", PATIENCE, "the lease has run out")
    said += [answer(node, key) for _ in range(50)]
    return [what for what, _ in groupby(said)]


def assert_everybody_is_told(browser: Browser, key: str) -> None:
    """Gateways, orchestrators, programs and people, each in their own way, by a node without its database."""
    node = browser.server
    refused = verify(node, key)
    assert_problem(refused, 503, "not_current")
    assert int(refused.headers["retry-after"]) >= 1
    forwarded = browser.get("/v1/authorize/api/devices", headers={"Authorization": f"Bearer {key}"})
    assert_problem(forwarded, 503, "not_current")
    assert browser.get("/readyz").status_code == 503
    assert browser.get("/livez").status_code == 200
    assert metric(node, "latchkey_current") == metric(node, "latchkey_lease_seconds") == 0

    for response in (browser.get("/v1/keys"), browser.post("/v1/keys", json={"name": "New"})):
        problem = assert_problem(response, 503, "unavailable")
        assert "postgres" not in str(problem).lower() and TELLTALE not in response.text
    page = browser.get("/settings/keys")
    assert page.status_code == 503
    assert page.headers["content-type"].startswith("text/html")
    assert "<h1" in page.text and "postgres" not in page.text.lower()
    with Browser(node) as visitor:
        assert visitor.get("/login").status_code == 200  # needs nothing of the database
        assert_problem(visitor.log_in(browser.email, PASSWORD), 503, "unavailable")


def test_what_was_answered_before_the_database_died_is_still_so(own_postgres, new_nodes):
    nodes = new_nodes(own_postgres.new_url(), 2)
    with Browser(nodes[0]) as browser:
        browser.register()
        kept, gone = browser.create_key(), browser.create_key()
        assert delete(browser, gone) == (2, 0)
        own_postgres.kill()
        own_postgres.start()
        all_current(nodes)
        assert answers(nodes, gone["key"]) == {"deleted"}
        assert answers(nodes, kept["key"]) == {"accepted"}
        assert browser.key(kept["id"])["status"] == "active"


def test_node_that_prefers_answers_gives_stale_ones_and_says_so(own_postgres, new_nodes):
    url = own_postgres.new_url()
    (stale,) = new_nodes(url, 1, "--serve-stale", "60s")
    (strict,) = new_nodes(url, 1, *SHORT_LEASE)
    with Browser(stale) as browser:
        browser.register()
        key = browser.create_key()["key"]
        assert "x-latchkey-stale" not in verify(stale, key).headers
        own_postgres.stop()
        wait_until(not_current(strict, key), PATIENCE, "the strict node's lease has run out")
        wait_until(lambda: "x-latchkey-stale" in verify(stale, key).headers, PATIENCE, "the answers are stale")
        response = verify(stale, key)
        assert (response.status_code, response.json()["valid"]) == (200, True)
        assert 1 <= int(response.headers["x-latchkey-stale"]) <= 62
        forwarded = browser.get("/v1/authorize/api/devices", headers={"Authorization": f"Bearer {key}"})
        assert forwarded.status_code == 200
        assert int(forwarded.headers["x-latchkey-stale"]) >= 1
        assert metric(stale, "latchkey_stale_answers_total") >= 2
        assert metric(stale, "latchkey_current") == 0
        assert browser.get("/readyz").status_code == 503
        assert answer(strict, key) == "not_current"

        own_postgres.start()
        all_current([stale, strict])
        assert "x-latchkey-stale" not in verify(stale, key).headers


@pytest.mark.parametrize("options", [(), ("--serve-stale", "60s")], ids=["strict", "stale"])
def test_both_ways_give_the_same_answer_without_the_database(own_postgres, new_nodes, options):
    (node,) = new_nodes(own_postgres.new_url(), 1, *SHORT_LEASE, *options)
    with Browser(node) as browser:
        browser.register()
        good, gone = browser.create_key()["key"], browser.create_key()
        assert delete(browser, gone) == (1, 0)
    own_postgres.stop()
    wait_until(lambda: metric(node, "latchkey_current") == 0, PATIENCE, "the lease has run out")
    targets = ["/v1/verify", "/v1/verify?permission=teapots:brew", "/v1/authorize/api/devices"]
    for key, statuses in [(good, [200, 403, 200]), (gone["key"], [401] * 3), (forged(), [401] * 3)]:
        for target, status in zip(targets, statuses, strict=True):
            fast, ordinary = both_ways(node, request(target, f"X-API-Key: {key}"))
            assert fast.undated == ordinary.undated
            assert fast.status == (status if options else 503)
            assert (b"X-Latchkey-Stale: " in fast.head) == (fast.status == 200)


def test_stale_answers_end(own_postgres, new_nodes):
    (node,) = new_nodes(own_postgres.new_url(), 1, "--lease", "200ms", "--poll-interval", "50ms", "--serve-stale", "5s")
    with Browser(node) as browser:
        browser.register()
        key = browser.create_key()["key"]
        own_postgres.stop()
        wait_until(lambda: "x-latchkey-stale" in verify(node, key).headers, PATIENCE, "the answers are stale")
        wait_until(not_current(node, key), PATIENCE, "the node says no more yes")


def test_database_that_hangs_is_as_good_as_gone(own_postgres, new_nodes):
    """It takes connections and answers nothing, as behind a network that loses every packet."""
    (node,) = new_nodes(own_postgres.new_url())
    with Browser(node) as browser:
        browser.register()
        key = browser.create_key()["key"]
        pause_all(own_postgres, pause)
        try:
            wait_until(not_current(node, key), PATIENCE, "the lease has run out")
            assert_problem(browser.get("/v1/keys"), 503, "unavailable")
        finally:
            pause_all(own_postgres, resume)
        all_current([node])
        assert answer(node, key) == "accepted"


def pause_all(postgres: Postgres, how) -> None:
    """The server and each of its processes, those that serve connections first."""
    for process in [*postgres.children(), postgres]:
        how(process)


def test_node_waits_for_nobody_that_the_database_forgot(own_postgres, new_nodes):
    """After a restart from a backup there may be rows of nodes that are long gone."""
    database = own_postgres.new_database()
    nodes = new_nodes(own_postgres.url(database), 2)
    row = "INSERT INTO nodes (id, name, lease_ms, renewals, last_renewal, applied, registered_at)"
    own_postgres.sql(f"{row} VALUES (1, 'long-gone:1', 2000, 7, 7, 0, 0)", database)
    with Browser(nodes[0]) as browser:
        browser.register()
        wait_until(
            lambda: own_postgres.sql("SELECT count(*) FROM nodes", database) == "2", 60, "its row is gone", interval=0.1
        )
        assert delete(browser, browser.create_key()) == (2, 0)


def test_nodes_whose_rows_are_lost_register_anew(own_postgres, new_nodes):
    database = own_postgres.new_database()
    nodes = new_nodes(own_postgres.url(database), 2)
    with Browser(nodes[0]) as browser:
        browser.register()
        key = browser.create_key()
        own_postgres.sql("DELETE FROM nodes", database)
        wait_until(
            lambda: own_postgres.sql("SELECT count(*) FROM nodes", database) == "2", PATIENCE, "both are there again"
        )
        all_current(nodes)
        assert delete(browser, key) == (2, 0)
        assert answers(nodes, key["key"]) == {"deleted"}
