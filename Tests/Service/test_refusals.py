"""Why a key was refused, for programs: the list, the explanation, and the command line."""

import html
import re

import pytest

from support.client import Browser, assert_problem, refusal, verify
from support.server import PROJECT, wait_until


def refusals(member: Browser, key: dict, count: int) -> list[dict]:
    """The kept refusals, once there are so many."""

    def written():
        found = member.get(f"/v1/keys/{key['id']}/refusals").json()["refusals"]
        return found if len(found) == count else None

    return wait_until(written, 10, "the refusals are written")


def explain(member: Browser, key: dict, method: str, path: str) -> dict:
    answer = member.post(f"/v1/keys/{key['id']}/explain", json={"method": method, "path": path})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_refusal_tells_when_where_and_why(member, server):
    key = member.create_key(permissions=["devices:read"])
    assert refusal(verify(server, key["key"], permission="devices:delete")) == "missing_permission"
    (entry,) = refusals(member, key, 1)
    assert entry.pop("at").endswith("Z")
    assert entry == {
        "address": "127.0.0.1", "method": "GET", "path": "/v1/verify", "code": "missing_permission",
        "permission": "devices:delete",
    }  # fmt: skip


def test_last_twenty_are_kept_with_the_newest_first(member, server):
    key = member.create_key(permissions=["devices:read"])
    for _ in range(22):
        verify(server, key["key"], permission="devices:delete")
    refusals(member, key, 20)
    member.delete(f"/v1/keys/{key['id']}")
    verify(server, key["key"])
    newest = wait_until(
        lambda: [entry for entry in refusals(member, key, 20) if entry["code"] == "deleted"], 10, "the last is written"
    )
    assert len(newest) == 1 and refusals(member, key, 20)[0] == newest[0]


def test_refusals_and_explanations_of_others_are_not_found(member, server):
    with Browser(server) as stranger:
        stranger.register()
        key = stranger.create_key()
    for path in (key["id"], "nonsense"):
        assert_problem(member.get(f"/v1/keys/{path}/refusals"), 404, "not_found")
        body = {"method": "GET", "path": "/"}
        assert_problem(member.post(f"/v1/keys/{path}/explain", json=body), 404, "not_found")


def test_program_needs_the_right_to_read_keys(member, server):
    key = member.create_key(permissions=["devices:read"])
    headers = {"Authorization": f"Bearer {key['key']}"}
    assert_problem(member.get(f"/v1/keys/{key['id']}/refusals", headers=headers), 403, "missing_permission")


def test_explanation_names_the_rule_and_counts_no_use(member):
    key = member.create_key(permissions=["devices:read"])
    assert explain(member, key, "GET", "/api/devices/7?x=1") == {
        "allowed": True, "code": None, "otherwise": "require-key",
        "rule": {"method": "GET", "path": "/api/devices/**", "permission": "devices:read"},
    }  # fmt: skip
    refused = explain(member, key, "DELETE", "/api/devices/7")
    assert (refused["allowed"], refused["code"]) == (False, "missing_permission")
    assert refused["rule"]["permission"] == "devices:delete"
    assert explain(member, key, "GET", "/elsewhere")["rule"] is None
    assert explain(member, key, "GET", "/api/../devices")["code"] == "path_refused"
    # As a gateway would hear it: no rule names such a method, and a service may read it as DELETE.
    assert explain(member, key, "delete", "/api/devices/7")["code"] == "path_refused"
    assert member.key(key["id"])["last_used_at"] is None
    assert member.get(f"/v1/keys/{key['id']}/refusals").json() == {"refusals": []}


def test_explanation_tells_first_what_is_wrong_with_the_key(member):
    waiting = member.create_key(await_confirmation=True)
    assert explain(member, waiting, "DELETE", "/api/devices/7")["code"] == "not_copied"
    member.delete(f"/v1/keys/{waiting['id']}")
    assert explain(member, waiting, "DELETE", "/api/devices/7")["code"] == "deleted"


def test_lost_rights_are_what_the_key_had_and_its_owner_has_no_more(member):
    assert member.create_key()["lost_permissions"] == []


# The command line


@pytest.mark.parametrize(
    ("options", "status", "lines"),
    [
        (["--path", "/api/devices/7"], 0, ["valid", "rule: GET /api/devices/** needs devices:read"]),
        (["--method", "DELETE", "--path", "/api/devices/7"], 1,
         ["missing_permission", "rule: DELETE /api/devices/** needs devices:delete"]),
        (["--path", "/elsewhere"], 0, ["valid", "rule: none, so a valid key is enough"]),
        (["--path", "/a//b"], 1, ["path_refused", "rule: none, the path holds an empty segment (“//”)"]),
        (["--permission", "devices:read"], 0, ["valid", "needs devices:read"]),
        (["--permission", "devices:update"], 1, ["missing_permission", "needs devices:update"]),
        (["--permission", "cars:read"], 1, ["missing_permission", "SmartPlayer has no such permission"]),
    ],
)  # fmt: skip
def test_command_line_explains_which_rule_decides(member, server, options, status, lines):
    key = member.create_key(permissions=["devices:read"])
    result = server.cli("key", "verify", *options, stdin=key["key"] + "\n")
    assert (result.returncode, result.stdout.splitlines()) == (status, lines), result.stderr


@pytest.mark.parametrize("options", [["--method", "GET"], ["--path", "/a", "--permission", "devices:read"]])
def test_options_that_ask_two_things_or_half_a_thing_are_wrong_use(server, options):
    assert server.cli("key", "verify", *options, stdin="x\n").returncode in (2, 64)


def test_command_line_lists_refusals(member, server):
    key = member.create_key(permissions=["devices:read"])
    verify(server, key["key"], permission="devices:delete")
    (entry,) = refusals(member, key, 1)
    columns = [entry["at"], "missing_permission", "devices:delete", "127.0.0.1", "GET", "/v1/verify"]
    assert server.cli("key", "refusals", key["id"]).stdout.splitlines() == ["\t".join(columns)]
    assert server.cli("key", "refusals", "nonsense").returncode == 1


# The programs of the success window


def test_programs_of_the_window_are_those_of_the_documents(member, server):
    """docs/INTEGRATE.md is where tests run them. The account names the variable after the platform."""
    document = (PROJECT / "docs" / "INTEGRATE.md").read_text()
    blocks = dict(re.findall(r"^```\w+ (\S+)\n(.*?)\n```$", document, re.MULTILINE | re.DOTALL))
    setup = blocks["setup.sh"] + "\n"
    expected = [setup + blocks["call.sh"]]
    expected += [blocks[f"call.{kind}"] for kind in ("py", "mjs", "go", "php", "swift")]
    page = member.get("/settings/keys").text
    blocks = re.findall(r"<pre[^>]*data-snippet[^>]*>(.*?)</pre>", page, re.DOTALL)
    shown = [html.unescape(re.sub("<[^>]*>", "", text)) for text in blocks]
    own = {"https://keys.example.com": server.url, "LATCHKEY_KEY": "SMARTPLAYER_API_KEY"}
    for example, word in own.items():
        expected = [text.replace(example, word) for text in expected]
    assert shown == expected
