"""PgBouncer in transaction mode before PostgreSQL: without sessions no notifications arrive; the rest is as ever."""

import pytest

from support.client import Browser
from support.nodes import PATIENCE, all_current, answers, delete, paused, settled, three_nodes
from support.postgres import Bouncer
from support.roles import add_colleague, add_role
from support.server import Server, wait_until


@pytest.fixture(scope="module")
def bouncer(postgres):
    with Bouncer(postgres) as running:
        yield running


@pytest.fixture(scope="module")
def nodes(bouncer, postgres, tmp_path_factory):
    """A short poll: without notifications, a delete waits for one on each node."""
    options = ("--lease", "4s", "--poll-interval", "100ms")
    with three_nodes(bouncer.url(postgres.new_database()), tmp_path_factory, *options) as running:
        yield running


@pytest.fixture
def chief(nodes):
    with Browser(nodes[0]) as browser:
        browser.register()
        yield browser


def test_keys_are_created_and_deleted_on_every_node(nodes, chief):
    for _ in range(5):
        created = chief.create_key()
        assert answers(nodes, created["key"]) == {"accepted"}
        assert delete(chief, created) == (3, 0)
        assert answers(nodes, created["key"]) == {"deleted"}


def test_blocks_and_reduced_roles_reach_every_node(nodes, chief):
    role = add_role(chief, "devices:read", "devices:update", "api-keys:create")
    colleague, person = add_colleague(chief, role["id"])
    key = colleague.create_key()["key"]
    reduced = chief.patch(f"/v1/roles/{role['id']}", json={"permissions": ["devices:read"]})
    assert settled(reduced) == (3, 0)
    assert answers(nodes, key, "devices:update") == {"missing_permission"}
    assert settled(chief.patch(f"/v1/users/{person}", json={"blocked": True})) == (3, 0)
    assert answers(nodes, key) == {"owner_blocked"}


def test_commands_work(nodes, chief):
    created = chief.create_key()
    for _ in range(3):
        assert chief.email in nodes[0].cli("user", "list").stdout
    assert nodes[0].cli("key", "delete", created["id"]).returncode == 0
    assert answers(nodes, created["key"]) == {"deleted"}


def test_stopped_node_is_fenced(nodes, chief):
    first, second = chief.create_key(), chief.create_key()
    with paused(nodes[2]):
        assert delete(chief, first) == (2, 1)
        assert delete(chief, second) == (2, 0)
    all_current(nodes)
    assert answers(nodes, first["key"]) == answers(nodes, second["key"]) == {"deleted"}


def test_log_says_once_that_notifications_do_not_arrive(nodes):
    def complaints(node: Server) -> int:
        return node.log.read_text().lower().count("notification")

    wait_until(lambda: all(complaints(node) == 1 for node in nodes), PATIENCE, "each node has said so")


def test_doctor_says_what_that_costs(nodes):
    result = nodes[0].cli("doctor", "--poll-interval", "100ms")
    assert result.returncode == 1
    assert "Notifications do not arrive" in result.stdout and "100ms" in result.stdout
