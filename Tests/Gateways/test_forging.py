"""A client cannot say who it is, nor what it asks for, in headers that only a gateway may set."""

import pytest
from exchange import ask, identity_of, resolved
from gateways import NAMES

FORGED_IDENTITY = {
    "same name": [("X-Latchkey-User", "usr_forged"), ("X-Latchkey-Permissions", "users:delete")],
    "lower case": [("x-latchkey-user", "usr_forged"), ("x-latchkey-permissions", "users:delete")],
    "upper case": [("X-LATCHKEY-USER", "usr_forged"), ("X-LATCHKEY-KEY", "key_forged")],
    "twice": [("X-Latchkey-Company", "com_forged"), ("x-Latchkey-cOMPANY", "com_forged2")],
    "underscores": [("X_Latchkey_User", "usr_forged"), ("x_latchkey_permissions", "users:delete")],
    "some underscores": [("X-Latchkey_User", "usr_forged"), ("X_Latchkey-User", "usr_forged")],
    "dots": [("X.Latchkey.User", "usr_forged"), ("X-Latchkey.User", "usr_forged")],
    "other characters": [(f"X{c}Latchkey{c}User", "usr_forged") for c in "!#$%&'*+^`|~"],
    "spaces": [("X-Latchkey-User", "  usr_forged  ")],
    "age": [("X-Latchkey-Stale", "0"), ("x-latchkey-STALE", "1"), ("X_Latchkey_Stale", "2")],
}


@pytest.mark.parametrize("forged", FORGED_IDENTITY.values(), ids=FORGED_IDENTITY.keys())
def test_forged_identity_does_not_arrive(gateway, owner, reader, forged):
    answer = ask(gateway, reader["key"], headers=forged)
    assert answer.status in (200, 400), answer  # a gateway may refuse such a name outright
    if answer.status == 200:
        assert answer.identity == identity_of(reader, owner, "devices:read")


# nginx cannot remove by prefix, as docs/GATEWAYS.md says.
@pytest.mark.parametrize("gateway", [name for name in NAMES if name != "nginx"], indirect=True)
def test_other_names_of_the_same_beginning_do_not_arrive(gateway, owner, reader):
    answer = ask(gateway, reader["key"], headers=[("X-Latchkey-Role", "Administrator"), ("x-latchkey-", "x")])
    assert answer.identity == identity_of(reader, owner, "devices:read")


def test_forged_rights_do_not_arrive_with_a_key_that_has_none(gateway, owner):
    """What Latchkey leaves empty must not be filled by the client."""
    key = owner.create_key(permissions=[])
    answer = ask(gateway, key["key"], "/api/health", headers=[("X-Latchkey-Permissions", "users:delete")])
    assert answer.status == 200, answer
    assert [pair for pair in answer.identity if pair[1]] == identity_of(key, owner, "")


@pytest.mark.parametrize("named", ["X-Latchkey-User", "x-latchkey-permissions, X-Latchkey-Key"])
def test_connection_header_does_not_take_the_identity_away(gateway, owner, reader, named):
    """RFC 9110, section 7.6.1: what Connection names goes no further. That is for what the client sent."""
    answer = ask(gateway, reader["key"], headers=[("Connection", named)])
    assert answer.status == 200, answer
    assert answer.identity == identity_of(reader, owner, "devices:read")


def pair(kind: str, method: str, uri: str) -> list[tuple[str, str]]:
    return [(f"X-{kind}-Method", method), (f"X-{kind}-URI", uri)]


FORGED_REQUEST = {
    "nginx's": pair("Original", "GET", "/api/devices"),
    "Caddy's and Traefik's": pair("Forwarded", "GET", "/api/devices"),
    "both": pair("Original", "GET", "/api/devices") + pair("Forwarded", "GET", "/api/devices"),
    "lower case": [(name.lower(), value) for name, value in pair("Forwarded", "GET", "/api/devices")],
    "twice": pair("Forwarded", "GET", "/api/devices") * 2,
    "underscores": [(name.replace("-", "_"), value) for name, value in pair("Original", "GET", "/api/devices")],
    "method alone": [("X-Forwarded-Method", "GET"), ("X-Original-Method", "GET")],
    "path alone": [("X-Forwarded-Uri", "/api/devices"), ("X-Original-URI", "/api/devices")],
    "named by Connection": [("Connection", "X-Forwarded-Uri, X-Forwarded-Method, X-Original-URI, X-Original-Method")],
    "other names": [("X-Original-URL", "/api/devices"), ("X-Rewrite-URL", "/api/devices")],
    "prefix": [("X-Forwarded-Prefix", "/api/devices"), ("X-Envoy-Original-Path", "/api/devices")],
}


@pytest.mark.parametrize("forged", FORGED_REQUEST.values(), ids=FORGED_REQUEST.keys())
def test_forged_request_does_not_change_the_decision(gateway, reader, forged):
    for method, path in (("GET", "/api/content"), ("POST", "/api/devices")):
        answer = ask(gateway, reader["key"], path, method, forged)
        assert (answer.status, answer.code) == (403, "missing_permission"), answer


@pytest.mark.parametrize("forged", FORGED_REQUEST.values(), ids=FORGED_REQUEST.keys())
def test_forged_request_does_not_spoil_a_good_one(gateway, reader, forged):
    opposite = [(name, value.replace("GET", "DELETE").replace("devices", "content")) for name, value in forged]
    assert ask(gateway, reader["key"], headers=opposite).status == 200


@pytest.mark.parametrize("method", ["get", "Get", "post"])
def test_method_in_small_letters_is_no_way_around_the_rules(gateway, reader, method):
    """Some services take "get" for GET, while no rule names it."""
    answer = ask(gateway, reader["key"], "/api/content", method)
    assert answer.status in (400, 403), answer  # 501 would come from the upstream


@pytest.mark.parametrize("name", ["X-HTTP-Method-Override", "x-http-method", "X-METHOD-OVERRIDE", "X-Original-URL"])
def test_override_does_not_reach_the_upstream(gateway, reader, name):
    """A framework that honours it would do what Latchkey has not judged."""
    answer = ask(gateway, reader["key"], headers=[(name, "DELETE"), (name.replace("-", "_"), "DELETE")])
    assert answer.status == 200, answer
    assert not [seen for seen in answer.seen["headers"] if seen.replace("_", "-") == name.lower()]


TRICKS = [
    "/api/devices/../content", "/api/devices/%2e%2e/content", "/api/devices/%2E./content", "/api/devices/..%2fcontent",
    "/api/devices/..%5ccontent", "/api/devices/..\\content", "/api/devices/..;/content", "/api/devices/..;a=b/content",
    "/api/devices/%252e%252e/content", "/api/devices/..%252fcontent", "/api/devices/.%2e/content?x=/api/devices",
    "/api//content", "//api/content", "/api/./content", "/./api/content", "/api/%2e/content", "/x/../api/content",
    "/api/content;x", "/api/content;x=1/1", "/api;x/content", "/api/content%3bx", "/api/content%00", "/api%2fcontent",
    "/api/%63ontent", "/api/%2563ontent", "/api/content%ff", "/api/content/", "/api/content?/api/devices",
    "/api/content#/api/devices", "/api/devices#/../content", "/api/devices/../../api/content", "/api\\content",
    "http://127.0.0.1/api/content", "http://127.0.0.1/api/devices/../content", "/api/content/../content",
    "api/content",
]  # fmt: skip


def test_no_spelling_of_a_path_opens_what_the_key_may_not(gateway, reader):
    answers = {trick: ask(gateway, reader["key"], trick) for trick in TRICKS}
    assert not {trick: answer for trick, answer in answers.items() if answer.status >= 500}
    seen = {trick: answer.seen["path"] for trick, answer in answers.items() if answer.status == 200}
    assert not {trick: path for trick, path in seen.items() if resolved(path).split("/")[:3] == ["", "api", "content"]}


def test_gateways_own_question_cannot_be_asked_by_a_client(gateway, reader):
    for path in ("/_latchkey", "/v1/authorize", "/v1/authorize/api/devices"):
        answer = ask(gateway, reader["key"], path, headers=pair("Original", "GET", "/api/devices"))
        assert answer.status in (200, 404), answer
        assert answer.status == 404 or answer.seen["path"] == path
