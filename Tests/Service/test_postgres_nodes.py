"""Three nodes on one PostgreSQL database: what one has answered holds on each of them."""

import threading

import pytest

from support.client import Browser, unique
from support.events import awaiting_first_use
from support.nodes import LONG_LEASE, answer, answers, delete, settled, three_nodes
from support.roles import add_colleague, add_role
from support.server import Server

TIMES = 10  # a node that is only quick, and does not keep its word, is not quick each time


@pytest.fixture(scope="module")
def nodes(postgres, tmp_path_factory):
    with three_nodes(postgres.new_url(), tmp_path_factory, *LONG_LEASE) as running:
        yield running


@pytest.fixture
def chief(nodes):
    """An administrator, signed in at the first node."""
    with Browser(nodes[0]) as browser:
        browser.register()
        yield browser


def test_created_key_works_on_every_node_once_the_answer_is_there(nodes, chief):
    for _ in range(TIMES):
        assert answers(nodes, chief.create_key()["key"]) == {"accepted"}


def test_key_that_waits_for_its_copy_works_on_every_node_once_it_is_confirmed(nodes, chief):
    for _ in range(TIMES):
        created = chief.create_key(await_confirmation=True)
        assert answers(nodes, created["key"]) == {"not_copied"}
        assert chief.post(f"/v1/keys/{created['id']}/confirm").status_code == 200
        assert answers(nodes, created["key"]) == {"accepted"}


def test_deleted_key_is_refused_on_every_node_once_the_answer_is_there(nodes, chief):
    for _ in range(TIMES):
        created = chief.create_key()
        assert answers(nodes, created["key"]) == {"accepted"}
        assert delete(chief, created) == (3, 0)
        assert answers(nodes, created["key"]) == {"deleted"}


def test_first_use_is_told_on_another_node_than_the_one_that_saw_it(nodes, chief):
    created = chief.create_key()
    with awaiting_first_use(chief, created) as events:
        assert answer(nodes[1], created["key"]) == "accepted"
        (event,) = events
    assert event.data["first_use"] == chief.key(created["id"])["first_use"]
    assert event.data["first_use"]["address"] == "127.0.0.1"


def test_deletes_at_the_same_time_are_each_refused_everywhere_once_answered(nodes, chief):
    created = [chief.create_key() for _ in range(12)]
    found: list[tuple] = []

    def run(node: Server, keys: list[dict]) -> None:
        with Browser(node) as browser:
            browser.log_in(chief.email, chief.password)
            found.extend((delete(browser, key), answers(nodes, key["key"])) for key in keys)

    threads = [threading.Thread(target=run, args=(node, created[n::3])) for n, node in enumerate(nodes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert found == [((3, 0), {"deleted"})] * len(created)


def test_several_and_all_keys_are_refused_on_every_node_once_deleted(nodes, chief):
    created = [chief.create_key() for _ in range(6)]
    some = chief.post("/v1/keys/delete", json={"ids": [key["id"] for key in created[:3]]})
    assert settled(some) == (3, 0)
    for number, key in enumerate(created):
        assert answers(nodes, key["key"]) == ({"deleted"} if number < 3 else {"accepted"})
    rest = chief.post("/v1/keys/delete", json={"all": True})
    assert settled(rest) == (3, 0)
    assert set.union(*(answers(nodes, key["key"]) for key in created)) == {"deleted"}


def test_blocked_person_s_keys_are_refused_on_every_node_once_the_answer_is_there(nodes, chief):
    role = add_role(chief, "devices:read", "api-keys:create")
    colleague, person = add_colleague(chief, role["id"])
    key = colleague.create_key()["key"]
    assert answers(nodes, key) == {"accepted"}
    assert settled(chief.patch(f"/v1/users/{person}", json={"blocked": True})) == (3, 0)
    assert answers(nodes, key) == {"owner_blocked"}
    assert chief.patch(f"/v1/users/{person}", json={"blocked": False}).status_code == 200
    assert answers(nodes, key) == {"accepted"}


def test_removed_person_s_keys_are_refused_on_every_node_once_the_answer_is_there(nodes, chief):
    role = add_role(chief, "devices:read", "api-keys:create")
    colleague, person = add_colleague(chief, role["id"])
    key = colleague.create_key()["key"]
    assert settled(chief.delete(f"/v1/users/{person}")) == (3, 0)
    assert answers(nodes, key) == {"deleted"}


def test_right_that_a_role_lost_is_gone_on_every_node_once_the_answer_is_there(nodes, chief):
    role = add_role(chief, "devices:read", "devices:update", "api-keys:create")
    colleague, _ = add_colleague(chief, role["id"])
    key = colleague.create_key()["key"]
    assert answers(nodes, key, "devices:update") == {"accepted"}
    reduced = chief.patch(f"/v1/roles/{role['id']}", json={"permissions": ["devices:read", "api-keys:create"]})
    assert settled(reduced) == (3, 0)
    assert answers(nodes, key, "devices:update") == {"missing_permission"}
    assert answers(nodes, key, "devices:read") == {"accepted"}


def test_person_s_new_role_counts_on_every_node_once_the_answer_is_there(nodes, chief):
    wide = add_role(chief, "devices:read", "devices:update", "api-keys:create")
    narrow = add_role(chief, "devices:read")
    colleague, person = add_colleague(chief, wide["id"])
    key = colleague.create_key()["key"]
    assert settled(chief.patch(f"/v1/users/{person}", json={"role_id": narrow["id"]})) == (3, 0)
    assert answers(nodes, key, "devices:update") == {"missing_permission"}


def test_session_that_begins_on_one_node_is_known_on_the_others_and_ends_on_all(nodes, chief):
    for node in nodes:
        with Browser(node) as browser:
            browser.cookies = chief.cookies
            assert browser.get("/v1/me").json()["user"]["email"] == chief.email
    with Browser(nodes[1]) as browser:
        browser.cookies = chief.cookies
        assert browser.delete("/v1/session").status_code == 204
    assert chief.get("/v1/me").status_code == 401


def test_two_nodes_never_give_the_same_name_to_two_keys(nodes, chief):
    name = unique("import")
    statuses: list[int] = []

    def create(node: Server) -> None:
        with Browser(node) as browser:
            browser.cookies = chief.cookies
            statuses.append(browser.post("/v1/keys", json={"name": name}).status_code)

    threads = [threading.Thread(target=create, args=(node,)) for node in nodes for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(statuses) == [201] + [409] * 5


# The command line


def test_key_deleted_at_the_command_line_is_refused_on_every_node_once_it_returns(nodes, chief):
    for _ in range(3):
        created = chief.create_key()
        result = nodes[2].cli("key", "delete", created["id"])
        assert result.returncode == 0, result.stderr
        assert result.stdout == "Deleted. No server accepts this key any more.\n"
        assert answers(nodes, created["key"]) == {"deleted"}


def test_key_created_at_the_command_line_works_on_every_node_once_it_returns(nodes, chief):
    key = nodes[1].cli("key", "create", "--user", chief.email, "--name", unique("cli")).stdout.strip()
    assert answers(nodes, key) == {"accepted"}


def test_person_blocked_at_the_command_line_is_blocked_on_every_node_once_it_returns(nodes, chief):
    key = chief.create_key()["key"]
    assert nodes[1].cli("user", "block", chief.email).returncode == 0
    assert answers(nodes, key) == {"owner_blocked"}
    assert nodes[1].cli("user", "unblock", chief.email).returncode == 0
    assert answer(nodes[0], key) == "accepted"
