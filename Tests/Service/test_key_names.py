"""A key's name: what it may be, and that no two keys of a user share one."""

import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest

from support.client import Browser, assert_problem


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "name_empty"),
        ("   ", "name_empty"),
        ("\u00a0\u2003\t", "name_empty"),
        ("x" * 101, "name_too_long"),
        ("😀" * 101, "name_too_long"),
        ("a\u0000b", "name_has_control_characters"),
        ("a\nb", "name_has_control_characters"),
        ("a\u2028b", "name_has_control_characters"),
        ("a\u007fb", "name_has_control_characters"),
    ],
)
def test_bad_name_is_refused(member, name, code):
    assert_problem(member.post("/v1/keys", json={"name": name}), 422, code, field="name")
    assert member.get("/v1/keys").json()["total"] == 0


@pytest.mark.parametrize(
    "name",
    [
        "x",
        "x" * 100,
        "😀" * 100,
        "👨‍👩‍👧‍👦 family",
        "مفتاح الاستيراد",
        "<script>alert(1)</script>",
        "'; DROP TABLE keys; --",
        "100 %_\\",
    ],
)
def test_odd_name_comes_back_as_it_was(member, name):
    assert member.create_key(name)["name"] == name
    assert [key["name"] for key in member.get("/v1/keys").json()["keys"]] == [name]


def test_name_is_trimmed_and_composed(member):
    name = member.create_key("  Cafe\u0301  ")["name"]
    assert name == "Café" == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize("twin", ["Café", "CAFÉ", " café ", "cafe\u0301", "CAFE\u0301"])
def test_twin_of_a_name_is_taken(member, twin):
    member.create_key("Café")
    assert_problem(member.post("/v1/keys", json={"name": twin}), 409, "name_taken", field="name")


def test_names_of_other_users_and_of_deleted_keys_are_free(member, server):
    created = member.create_key("Import")
    with Browser(server) as other:
        other.register()
        other.create_key("Import")
    member.delete(f"/v1/keys/{created['id']}")
    assert member.create_key("IMPORT")["id"] != created["id"]


def test_of_two_simultaneous_twins_one_wins(member):
    def create(turn: int) -> int:
        response = member.post("/v1/keys", json={"name": f"Twin {turn // 4}"})
        if response.status_code != 201:
            assert_problem(response, 409, "name_taken", field="name")
        return response.status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(create, range(40)))
    assert sorted(statuses) == [201] * 10 + [409] * 30
