"""Nodes that hang, die, stop and start: a delete still answers, and nobody says yes to a deleted key."""

import threading

import pytest

from support.client import Browser, verify
from support.metrics import metric
from support.nodes import (
    LEASE, PATIENCE, RENEWALS, SHORT_LEASE, all_current, answer, answers, delete, pause, paused, resume,
)  # fmt: skip
from support.postgres import WRITERS_TURN, Holding
from support.server import wait_until


class House:
    """Three nodes, an administrator at the first, and the database beneath them."""

    def __init__(self, postgres, new_nodes):
        self.postgres = postgres
        self.database = postgres.new_database()
        self.url = postgres.url(self.database)
        self.nodes = new_nodes(self.url, 3, *SHORT_LEASE)
        self.browser = Browser(self.nodes[0])
        self.browser.register()

    def create(self) -> dict:
        created = self.browser.create_key()
        assert answers(self.nodes, created["key"]) == {"accepted"}
        return created

    def delete(self, key: dict) -> tuple[int, int]:
        return delete(self.browser, key)

    def sql(self, statement: str) -> str:
        return self.postgres.sql(statement, self.database)

    def rows(self) -> int:
        return int(self.sql("SELECT count(*) FROM nodes"))


@pytest.fixture
def house(postgres, new_nodes):
    made = House(postgres, new_nodes)
    yield made
    made.browser.close()


def test_delete_waits_for_a_stopped_node_s_lease_once_and_later_deletes_do_not(house):
    first, second, stays = (house.create() for _ in range(3))
    with paused(house.nodes[2]):
        response = house.browser.delete(f"/v1/keys/{first['id']}").json()
        assert response["nodes"] == {"acknowledged": 2, "fenced": 1}
        assert response["waited_ms"] >= LEASE * 1000
        assert answers(house.nodes[:2], first["key"]) == {"deleted"}
        assert house.delete(second) == (2, 0)
        assert house.rows() == 2
    wait_until(lambda: answer(house.nodes[2], stays["key"]) == "accepted", PATIENCE, "the node is back")
    assert answers(house.nodes, first["key"]) == answers(house.nodes, second["key"]) == {"deleted"}
    assert house.rows() == 3
    assert house.delete(stays) == (3, 0)


def test_node_that_wakes_up_says_that_it_is_not_current_until_it_has_registered_anew(house):
    gone, stays = house.create(), house.create()
    pause(house.nodes[2])
    assert house.delete(gone) == (2, 1)
    # Nobody can register, nor renew, while the rows of the nodes are locked.
    with Holding(house.postgres, house.database, "LOCK TABLE nodes IN ACCESS EXCLUSIVE MODE"):
        resume(house.nodes[2])
        for key in (gone, stays):
            response = verify(house.nodes[2], key["key"])
            assert (response.status_code, response.json()["code"]) == (503, "not_current")
            assert int(response.headers["retry-after"]) >= 1
    wait_until(lambda: answer(house.nodes[2], stays["key"]) == "accepted", PATIENCE, "the node has registered anew")
    assert answer(house.nodes[2], gone["key"]) == "deleted"
    assert metric(house.nodes[2], "latchkey_fenced_total") == 1


def test_key_deleted_at_the_command_line_waits_for_a_stopped_node_s_lease_too(house):
    gone = house.create()
    pause(house.nodes[2])
    result = house.nodes[0].cli("key", "delete", gone["id"])
    assert (result.returncode, result.stdout) == (0, "Deleted. No server accepts this key any more.\n")
    resume(house.nodes[2])
    # Whether it has registered anew by now or not, it does not say yes.
    assert answer(house.nodes[2], gone["key"]) in ("not_current", "deleted")
    all_current(house.nodes)
    assert answers(house.nodes, gone["key"]) == {"deleted"}


def test_killed_node_costs_one_delete_its_lease_and_is_a_new_node_when_it_starts_again(house):
    first, second, third = (house.create() for _ in range(3))
    house.nodes[2].kill()
    assert house.delete(first) == (2, 1)
    assert house.delete(second) == (2, 0)
    house.nodes[2].start()
    assert house.delete(third) == (3, 0)
    for key in (first, second, third):
        assert answers(house.nodes, key["key"]) == {"deleted"}


def test_killed_node_is_forgotten_though_nobody_deletes_anything(house):
    house.nodes[2].kill()
    wait_until(lambda: house.rows() == 2, 60, "the row of the dead node is gone", interval=0.1)
    assert house.delete(house.browser.create_key()) == (2, 0)


def test_node_that_was_asked_to_stop_is_waited_for_by_nobody(house):
    gone = house.create()
    assert house.nodes[2].stop() == 0
    assert house.rows() == 2
    assert house.delete(gone) == (2, 0)


def test_node_that_starts_while_keys_are_deleted_knows_every_delete_that_was_answered(house, new_nodes):
    stop = threading.Event()
    answered: list[str] = []

    def keep_deleting() -> None:
        while not stop.is_set():
            created = house.browser.create_key()
            house.delete(created)
            answered.append(created["key"])

    deleter = threading.Thread(target=keep_deleting)
    deleter.start()
    try:
        wait_until(lambda: len(answered) > 5, PATIENCE, "deletes are under way")
        for _ in range(2):
            known = list(answered)
            (newcomer,) = new_nodes(house.url, 1, *SHORT_LEASE)
            assert set(answer(newcomer, key) for key in known) == {"deleted"}
            # Those that are answered from now on have waited for it.
            later = len(answered)
            wait_until(lambda later=later: len(answered) > later + 3, PATIENCE, "deletes go on")
            assert set(answer(newcomer, key) for key in list(answered)) == {"deleted"}
    finally:
        stop.set()
        deleter.join(30)


def test_writer_that_is_stuck_costs_no_node_its_lease(house):
    key = house.create()
    with Holding(house.postgres, house.database, f"SELECT pg_advisory_xact_lock({WRITERS_TURN})"):
        before = renewals(house)
        wait_until(
            lambda: all(now > then + RENEWALS for now, then in zip(renewals(house), before, strict=True)), PATIENCE,
            "each node has renewed for longer than a lease", interval=0.1,
        )  # fmt: skip
        assert answers(house.nodes, key["key"]) == {"accepted"}
    assert house.delete(key) == (3, 0)


def renewals(house: House) -> list[int]:
    return [int(line) for line in house.sql("SELECT renewals FROM nodes ORDER BY id").splitlines()]
