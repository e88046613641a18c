"""Bodies that no honest client sends: each gets a clear refusal, none a 500."""

import json
import random

import pytest

from support.client import assert_problem, unique

LIMIT = 64 * 1024


def post(browser, content: bytes, **headers):
    return browser.post("/v1/keys", content=content, headers={"Content-Type": "application/json"} | headers)


NOT_JSON = [
    b"",
    b"{",
    b"nonsense",
    b"name=x",
    b"{'name': 'x'}",
    b'{"name": "x"} trailing',
    b'{"name": NaN}',
    b'{"name": "\xff"}',
    b"\xff\xfe",
    b"\xef\xbb\xbf{",
    b"\x00",
]


@pytest.mark.parametrize("content", NOT_JSON)
def test_what_is_not_json_is_malformed(member, content):
    assert_problem(post(member, content), 400, "malformed_json")


@pytest.mark.parametrize("content", [b"[" * 10_000 + b"]" * 10_000, b'{"name":' * 7_000 + b"1" + b"}" * 7_000])
def test_deep_nesting_is_refused(member, content):
    assert post(member, content).status_code in (400, 422)
    assert member.get("/v1/me").status_code == 200


@pytest.mark.parametrize("content", [b"[]", b"null", b"1", b'"name"', b"true"])
def test_what_is_not_an_object_is_refused(member, content):
    assert post(member, content).status_code in (400, 422)


@pytest.mark.parametrize(
    "member_and_value",
    [{"name": 1}, {"name": None}, {"name": ["x"]}, {"name": {"a": 1}}, {"expires_on": 20270115}, {"expires_on": {}},
     {"permissions": "devices:read"}, {"permissions": [1]}, {"permissions": {}}, {"await_confirmation": "yes"},
     {"await_confirmation": 1}],
    ids=str,
)  # fmt: skip
def test_wrong_type_names_its_field(member, member_and_value):
    response = member.post("/v1/keys", json={"name": unique("key")} | member_and_value)
    assert response.status_code == 422, response.text
    assert next(iter(member_and_value)) in [error["field"] for error in response.json()["errors"]]
    assert member.get("/v1/keys").json()["total"] == 0


@pytest.mark.parametrize("name", ["expires", "Name", "id", "key", "owner", "__proto__", "", "😀"])
def test_unknown_member_is_refused(member, name):
    response = member.post("/v1/keys", json={"name": unique("key"), name: "x"})
    assert_problem(response, 422, "unknown_member", field=name)
    assert member.get("/v1/keys").json()["total"] == 0


def padded(size: int) -> bytes:
    """A body of exactly so many bytes, right but for a name that is too long."""
    frame = b'{"name": "%s"}'
    return frame % (b"x" * (size - len(frame) + 2))


def test_body_up_to_the_limit_is_read_and_beyond_it_refused(member):
    assert_problem(post(member, padded(LIMIT)), 422, "name_too_long")
    response = post(member, padded(LIMIT + 1024))
    assert response.status_code == 413
    assert member.get("/v1/me").status_code == 200


def test_limit_holds_where_the_length_is_not_announced(member):
    def chunks():
        for _ in range(200):
            yield b"x" * 1024

    response = member.post("/v1/keys", content=chunks(), headers={"Content-Type": "application/json"})
    assert response.status_code == 413


@pytest.mark.parametrize("path", ["/login", "/register", "/settings/keys", "/settings/profile"])
def test_forms_have_the_limit_too(member, path):
    assert member.post(path, data={"name": "x" * LIMIT * 2}).status_code == 413


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_method_that_a_path_has_not_is_refused(member, method):
    response = member.request(method, "/v1/keys")
    assert response.status_code in (404, 405), response.text


def test_path_that_is_not_there_is_a_problem_under_v1_and_a_page_elsewhere(visitor):
    assert_problem(visitor.get("/v1/nothing"), 404, "not_found")
    page = visitor.get("/nothing", headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")


def test_random_bodies_never_break_the_server(member):
    """Bytes of real requests, spoilt at random places with a fixed seed."""
    chance = random.Random(20261122)
    sound = json.dumps({"name": "x", "expires_on": "2027-01-15", "permissions": ["devices:read"]}).encode()
    for _ in range(300):
        content = bytearray(sound)
        for _ in range(chance.randint(1, 4)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        assert post(member, bytes(content)).status_code < 500, bytes(content)


ODD_ADDRESSES = [
    "/settings/keys?page=0",
    "/settings/keys?page=-1",
    "/settings/keys?page=x",
    "/settings/keys?page=99999999999999999999",
    "/settings/keys?sort=%00",
    "/settings/keys?status=lost",
    "/settings/keys?query=%FF",
    "/settings/keys/delete?id=x&id=%00",
    "/v1/keys?limit=9e9",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/assets/../../etc/passwd",
    "/assets/%2e%2e%2fapp.css",
    "/assets/nothing.css",
    "/" + "a" * 5000,
]


@pytest.mark.parametrize("path", ODD_ADDRESSES)
def test_odd_addresses_never_break_the_server(member, path):
    assert member.get(path).status_code < 500
