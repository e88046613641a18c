"""The keys of one user, through the JSON API: created, confirmed, deleted."""

from datetime import UTC, datetime, timedelta

import pytest

from support.client import Browser, assert_problem, moment, refusal, unique, verify
from support.key_format import is_well_formed

CREATED_MEMBERS = {"id", "name", "key", "last4", "status", "permissions"} | {
    "created_at",
    "expires_at",
    "expires_on",
    "last_used_at",
}


def test_created_key_is_complete_and_works(member, server):
    created = member.create_key("Nightly import")
    assert created.keys() >= CREATED_MEMBERS
    assert is_well_formed(created["key"])
    assert created["last4"] == created["key"][-4:]
    assert (created["name"], created["status"]) == ("Nightly import", "active")
    assert created["last_used_at"] is None
    assert abs(moment(created["created_at"]) - datetime.now(UTC)) < timedelta(seconds=30)
    assert verify(server, created["key"]).status_code == 200


def test_key_is_shown_only_once(member, server):
    created = member.create_key()
    for answer in (member.get("/v1/keys"), member.get(f"/v1/keys/{created['id']}"), member.get("/settings/keys")):
        assert created["key"] not in answer.text
        assert created["key"][:-6] not in answer.text
    for file in server.folder.rglob("*"):
        if file.is_file():
            assert created["key"].encode() not in file.read_bytes(), file


def test_answer_that_holds_the_key_is_never_stored(member):
    response = member.post("/v1/keys", json={"name": unique("key")})
    assert "no-store" in response.headers["cache-control"]
    assert response.headers["location"].endswith(response.json()["id"])


def test_keys_are_all_different(member):
    keys = {member.create_key()["key"] for _ in range(20)}
    assert len(keys) == 20
    assert len({key[3:13] for key in keys}) == 20


# For one user and nobody else


def test_page_that_names_its_user_acts_for_nobody_else(server, member):
    own = member.get("/v1/me").json()["user"]["id"]
    named = member.create_key(user_id=own)
    kept = member.create_key(user_id=None)
    with Browser(server) as other:
        foreign = other.register()["user"]["id"]
        for user in (foreign, "usr_0000000000001", "nonsense", ""):
            assert_problem(member.post("/v1/keys", json={"name": "Import", "user_id": user}), 409, "another_account")
            for chosen in ({"all": True}, {"ids": [kept["id"]]}):
                answer = member.post("/v1/keys/delete", json=chosen | {"user_id": user})
                assert_problem(answer, 409, "another_account")
    assert member.get("/v1/keys").json()["total"] == 2
    assert member.post("/v1/keys/delete", json={"ids": [named["id"]], "user_id": own}).json()["deleted"] == 1
    assert_problem(member.post("/v1/keys", json={"name": "Import", "user_id": 7}), 422, "wrong_type", "user_id")


# A subset of the owner's rights


def test_subset_is_all_that_the_key_may_do(member, server):
    created = member.create_key(permissions=["devices:read", "reports:read"])
    assert set(created["permissions"]) == {"devices:read", "reports:read"}
    assert verify(server, created["key"], permission="devices:read").status_code == 200
    assert refusal(verify(server, created["key"], permission="devices:update")) == "missing_permission"


def test_without_a_subset_the_key_may_do_what_its_owner_may(member):
    assert set(member.create_key()["permissions"]) == set(member.get("/v1/me").json()["permissions"])


@pytest.mark.parametrize("permission", ["devices:fly", "nothing:read", "", "devices", "*:read", "DEVICES:READ"])
def test_unknown_permission_is_refused(member, permission):
    response = member.post("/v1/keys", json={"name": unique("key"), "permissions": [permission]})
    assert_problem(response, 422, "permission_unknown", field="permissions")


# "I have copied the key"


def test_key_does_not_work_until_its_owner_has_copied_it(member, server):
    created = member.create_key(await_confirmation=True)
    assert created["status"] == "not_copied"
    assert refusal(verify(server, created["key"])) == "not_copied"
    confirmed = member.post(f"/v1/keys/{created['id']}/confirm")
    assert (confirmed.status_code, confirmed.json()["status"]) == (200, "active")
    assert "key" not in confirmed.json()
    assert verify(server, created["key"]).status_code == 200


def test_confirming_twice_is_harmless(member, server):
    created = member.create_key(await_confirmation=True)
    member.post(f"/v1/keys/{created['id']}/confirm")
    again = member.post(f"/v1/keys/{created['id']}/confirm")
    assert again.status_code in (200, 409)
    assert verify(server, created["key"]).status_code == 200


def test_deleted_key_cannot_be_confirmed_back_to_life(member, server):
    created = member.create_key(await_confirmation=True)
    member.delete(f"/v1/keys/{created['id']}")
    assert_problem(member.post(f"/v1/keys/{created['id']}/confirm"), 404, "not_found")
    assert refusal(verify(server, created["key"])) == "deleted"


# Deleting


def test_deleted_key_is_refused_by_the_next_request(member, server):
    for _ in range(25):
        created = member.create_key()
        assert verify(server, created["key"]).status_code == 200
        answer = member.delete(f"/v1/keys/{created['id']}")
        assert refusal(verify(server, created["key"])) == "deleted"
        assert answer.status_code == 200
        report = answer.json()
        assert report["deleted"] == 1
        assert report["nodes"].keys() >= {"acknowledged", "fenced"}
        assert report["waited_ms"] >= 0


def test_deleted_key_is_gone_from_the_list(member):
    created = member.create_key()
    member.delete(f"/v1/keys/{created['id']}")
    assert_problem(member.get(f"/v1/keys/{created['id']}"), 404, "not_found")
    assert_problem(member.delete(f"/v1/keys/{created['id']}"), 404, "not_found")
    assert member.get("/v1/keys").json()["total"] == 0


def test_several_keys_are_deleted_and_the_others_kept(member, server):
    keys = [member.create_key() for _ in range(5)]
    answer = member.post("/v1/keys/delete", json={"ids": [key["id"] for key in keys[:3]]})
    assert (answer.status_code, answer.json()["deleted"]) == (200, 3)
    assert [verify(server, key["key"]).status_code for key in keys] == [401, 401, 401, 200, 200]


def test_all_keys_of_the_user_and_nobody_elses_are_deleted(member, server):
    keys = [member.create_key() for _ in range(3)]
    with Browser(server) as other:
        other.register()
        kept = other.create_key()
        answer = member.post("/v1/keys/delete", json={"all": True})
        assert answer.json()["deleted"] == 3
        assert [refusal(verify(server, key["key"])) for key in keys] == ["deleted"] * 3
        assert verify(server, kept["key"]).status_code == 200


@pytest.mark.parametrize(
    "body", [{}, {"all": False}, {"ids": "x"}, {"ids": [1]}, {"ids": None}, {"ids": [], "all": True, "x": 1}]
)
def test_unclear_wish_deletes_nothing(member, body):
    member.create_key()
    response = member.post("/v1/keys/delete", json=body)
    assert response.status_code == 422, response.text
    assert member.get("/v1/keys").json()["total"] == 1


def test_another_users_key_is_as_unknown_as_a_missing_one(member, server):
    foreign = member.create_key()
    missing = foreign["id"][:-3] + ("aaa" if not foreign["id"].endswith("aaa") else "bbb")
    with Browser(server) as other:
        other.register()
        for method, path in (("GET", ""), ("DELETE", ""), ("POST", "/confirm")):
            answers = [other.request(method, f"/v1/keys/{key_id}{path}") for key_id in (foreign["id"], missing)]
            problems = [assert_problem(answer, 404, "not_found") for answer in answers]
            for problem in problems:
                problem.pop("instance", None)
            assert problems[0] == problems[1]
        assert other.post("/v1/keys/delete", json={"ids": [foreign["id"]]}).json().get("deleted", 0) == 0
    assert verify(server, foreign["key"]).status_code == 200


@pytest.mark.parametrize("key_id", ["x", "key_" + "0" * 500, "%00", "..%2F..", "'%20OR%201=1", "%F0%9F%98%80"])
def test_odd_id_is_not_found(member, key_id):
    assert_problem(member.get(f"/v1/keys/{key_id}"), 404, "not_found")
