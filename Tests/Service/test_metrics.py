"""`/metrics`: what monitoring reads is there, is Prometheus's own format, and is true."""

import math

import httpx
import pytest

from support.client import Browser, verify
from support.key_format import forged
from support.metrics import Metrics
from support.server import wait_until
from support.wire import ORDINARY, Connection, request

KINDS = {"latchkey_decisions": "counter", "latchkey_decision_seconds": "histogram", "latchkey_index_keys": "gauge"}


def test_every_figure_says_what_it_is(server, new_nodes, postgres):
    (node,) = new_nodes(postgres.new_url(), 1)
    for families in (Metrics(server).families, Metrics(node).families):
        names = [family.name for family in families]
        assert len(names) == len(set(names)), "told twice"
        for family in families:
            assert family.name.startswith("latchkey_")
            assert family.type in ("counter", "gauge", "histogram"), family.name
            assert family.documentation, family.name
            assert family.samples, family.name
        assert KINDS.items() <= {family.name: family.type for family in families}.items()


def test_each_answer_counts_by_its_outcome_whoever_asks(new_server):
    server = new_server()
    with Browser(server) as browser:
        browser.register()
        key = browser.create_key("Good")["key"]
        await_copy = browser.create_key("Not copied", await_confirmation=True)["key"]
        gone = browser.create_key("Gone")
        browser.delete(f"/v1/keys/{gone['id']}")
    asked = {
        "accepted": key, "deleted": gone["key"], "not_copied": await_copy, "malformed": "sp_1", "unknown": forged()
    }  # fmt: skip
    for secret in asked.values():
        verify(server, secret)
        httpx.request("PURGE", server.url + "/v1/authorize/x", headers={"X-API-Key": secret})
        httpx.post(server.url + "/v1/introspect", data={"token": secret})
    httpx.get(server.url + "/v1/verify")
    counts = Metrics(server).by_label("latchkey_decisions_total", "outcome")
    assert {name: count for name, count in counts.items() if count} == dict.fromkeys(asked, 3) | {"missing": 1}
    assert {"expired", "owner_blocked", "missing_permission", "path_refused", "no_route", "not_current"} <= set(counts)


@pytest.mark.parametrize("first", [None, ORDINARY], ids=["lane", "ordinary"])
def test_time_of_each_answer_is_in_the_histogram(server, member, first):
    sent = request("/v1/verify", f"Authorization: Bearer {member.create_key()['key']}")
    before = Histogram(server)
    with Connection(server) as connection:
        if first:
            connection.send(first)
            connection.answer()
        connection.send(sent * 50)
        assert [connection.answer().status for _ in range(50)] == [200] * 50
    after = Histogram(server)
    assert after.count - before.count == 50
    assert after.count == after.decisions
    assert 0 < after.sum - before.sum
    for each in (before, after):
        assert each.limits == sorted(each.limits) and each.limits[-1] == math.inf
        assert each.counts == sorted(each.counts) and each.counts[-1] == each.count
        # No answer takes longer than the limit under which it was counted, and none less than the one before.
        least = sum(low * count for low, count in zip([0, *each.limits], each.apart, strict=False))
        most = sum(high * count for high, count in zip(each.limits, each.apart, strict=True) if count)
        assert least <= each.sum <= most


class Histogram:
    def __init__(self, server):
        metrics = Metrics(server)
        buckets = metrics.by_label("latchkey_decision_seconds_bucket", "le")
        self.limits = [float(limit) for limit in buckets]
        self.counts = list(buckets.values())
        self.apart = [count - before for before, count in zip([0, *self.counts], self.counts, strict=False)]
        self.decisions = sum(metrics.by_label("latchkey_decisions_total", "outcome").values())
        self.count, self.sum = metrics["latchkey_decision_seconds_count"], metrics["latchkey_decision_seconds_sum"]


def test_index_tells_how_much_it_holds_and_what_that_takes(new_server):
    server = new_server()
    empty = Metrics(server)
    people = [Browser(server) for _ in range(2)]
    for person in people:
        person.register()
        for _ in range(3):
            person.create_key()
        person.close()
    full = Metrics(server)
    assert (empty["latchkey_index_keys"], full["latchkey_index_keys"]) == (0, 6)
    assert (empty["latchkey_index_owners"], full["latchkey_index_owners"]) == (0, 2)
    assert full["latchkey_index_bytes"] >= empty["latchkey_index_bytes"] + 6 * 80
    assert full["latchkey_index_revision"] >= 8


def test_connections_are_counted_while_they_are_open(new_server):
    server = new_server()
    # The one that asks is open too.
    assert Metrics(server)["latchkey_connections"] == 1
    opened = [Connection(server) for _ in range(5)]
    for connection, sent in zip(opened, [ORDINARY, request("/v1/verify"), b"GET", b"", b""], strict=True):
        connection.send(sent)
    wait_until(lambda: Metrics(server)["latchkey_connections"] == 6, 5, "five more are open")
    for connection in opened:
        connection.socket.close()
    wait_until(lambda: Metrics(server)["latchkey_connections"] == 1, 5, "they are closed")


def test_one_file_is_never_behind_what_was_answered(server, member):
    for _ in range(3):
        member.create_key()
        metrics = Metrics(server)
        assert (metrics["latchkey_current"], metrics["latchkey_lag_seconds"]) == (1, 0)
    wait_until(lambda: Metrics(server)["latchkey_lag_revisions"] == 0, 5, "nothing is left to read")


def test_node_tells_how_far_it_is_behind(own_postgres, new_nodes):
    (node,) = new_nodes(own_postgres.new_url(), 1, "--lease", "1s", "--poll-interval", "100ms")
    own_postgres.kill()
    lag = wait_until(lambda: past(node, 2), 20, "the lag grows while the database is away")
    assert lag["latchkey_lease_seconds"] == 0
    own_postgres.start()
    wait_until(lambda: Metrics(node)["latchkey_lag_seconds"] < 1, 20, "the node has caught up")


def past(node, seconds: float) -> Metrics | None:
    metrics = Metrics(node)
    return metrics if metrics["latchkey_lag_seconds"] > seconds else None
