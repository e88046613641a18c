"""The commands beside `serve`, used alone and beside a running server on the same file."""

import json
import os
import re
import sqlite3
import stat

import pytest

from support.client import PASSWORD, Browser, refusal, unique, verify
from support.key_format import forged, is_well_formed
from support.server import run_cli

COMMANDS = ["serve", "migrate", "backup", "copy", "user", "key", "topic", "reply", "doctor", "version"]
SETTINGS = [
    "HOST",
    "PORT",
    "DATABASE",
    "PUBLIC_URL",
    "REGISTRATION",
    "LOG_LEVEL",
    "TLS_CERTIFICATE",
    "TLS_KEY",
]
WRONG_USE = (2, 64)


def succeed(result) -> str:
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_help_names_every_command_and_option():
    text = succeed(run_cli("--help"))
    for command in COMMANDS:
        assert re.search(rf"^\s+{command}\b", text, re.MULTILINE), command
        assert succeed(run_cli(command, "--help"))
    options = succeed(run_cli("serve", "--help"))
    for name in SETTINGS:
        assert f"LATCHKEY_{name}" in options
        assert f"--{name.lower().replace('_', '-')}" in options


def test_version():
    version = succeed(run_cli("version"))
    assert re.search(r"\d+\.\d+\.\d+", version)
    assert re.search(r"SQLite \d+, PostgreSQL \d+$", version.strip())


@pytest.mark.parametrize("line", ["--colour", "nonsense", "key create", "key list --colour", "user add", "backup"])
def test_wrong_use_is_told_on_standard_error(line, tmp_path):
    result = run_cli(*line.split(), folder=tmp_path)
    assert result.returncode in WRONG_USE
    assert result.stderr.strip() and not result.stdout
    assert list(tmp_path.iterdir()) == []


def test_shell_completions_exist():
    assert "latchkey" in succeed(run_cli("--generate-completion-script", "bash"))


# Keys


def test_key_made_on_the_command_line_works_at_once(member, server):
    output = succeed(server.cli("key", "create", "--user", member.email, "--name", "From the shell"))
    key = output.strip()
    assert output == key + "\n" and is_well_formed(key)
    assert verify(server, key).status_code == 200
    assert member.get("/v1/keys").json()["keys"][0]["name"] == "From the shell"


def test_server_sees_at_the_next_request_what_the_command_line_deleted(member, server):
    keys = [member.create_key() for _ in range(100)]
    for key in keys:
        assert verify(server, key["key"]).status_code == 200
        succeed(server.cli("key", "delete", key["id"]))
        assert refusal(verify(server, key["key"])) == "deleted"


def test_expiration_and_name_are_held_to_the_same_rules(member, server):
    create = ["key", "create", "--user", member.email, "--name"]
    succeed(server.cli(*create, "Café", "--expires-on", member.create_key()["expires_on"]))
    for arguments in (
        ["CAFÉ"],
        [""],
        ["x" * 101],
        ["a", "--expires-on", "2020-01-01"],
        ["b", "--expires-on", "2027-02-30"],
    ):
        result = server.cli(*create, *arguments)
        assert result.returncode in (1, *WRONG_USE), arguments
        assert result.stderr.strip() and not result.stdout


def test_keys_are_listed_for_people_and_for_programs(member, server):
    key = member.create_key("Listed")
    waiting = member.create_key("Waiting", await_confirmation=True)
    table = succeed(server.cli("key", "list", "--user", member.email))
    assert key["id"] in table and "Listed" in table and key["last4"] in table
    listed = json.loads(succeed(server.cli("key", "list", "--user", member.email, "--json")))
    listed = listed["keys"] if isinstance(listed, dict) else listed
    assert {entry["id"]: entry["status"] for entry in listed} == {key["id"]: "active", waiting["id"]: "not_copied"}
    assert key["key"] not in table and "digest" not in json.dumps(listed)


def test_unknown_user_or_key_fails(server):
    for arguments in (["key", "list", "--user", "nobody@example.com"], ["key", "delete", "nothing"],
                      ["user", "block", "nobody@example.com"]):  # fmt: skip
        result = server.cli(*arguments)
        assert result.returncode == 1
        assert result.stderr.strip()


def test_key_is_verified_from_standard_input(member, server):
    key = member.create_key()
    accepted = server.cli("key", "verify", stdin=key["key"] + "\n")
    assert (accepted.returncode, accepted.stdout.strip()) == (0, "valid")
    member.delete(f"/v1/keys/{key['id']}")
    for text, code in ((key["key"], "deleted"), (forged(), "unknown"), ("x", "malformed")):
        refused = server.cli("key", "verify", stdin=text + "\n")
        assert (refused.returncode, refused.stdout.strip()) == (1, code)
    assert server.cli("key", "verify", stdin="\n").returncode == 1


# People


def add(server, email: str, password: str = PASSWORD):
    return server.cli(
        "user",
        "add",
        "--email",
        email,
        "--name",
        "Pavel",
        "--company",
        "Acme",
        "--password-stdin",
        stdin=password + "\n",
    )


def test_added_user_can_log_in(server, visitor):
    email = f"{unique('pavel')}@example.com"
    user_id = succeed(add(server, email)).strip()
    assert visitor.log_in(email, PASSWORD).status_code == 201
    assert visitor.get("/v1/me").json()["user"]["id"] == user_id
    assert email in succeed(server.cli("user", "list"))


def test_added_user_is_held_to_the_same_rules(server, member):
    for email, password in ((member.email, PASSWORD), ("no-mail", PASSWORD), (f"{unique('x')}@example.com", "short")):
        result = add(server, email, password)
        assert result.returncode in (1, *WRONG_USE)
        assert result.stderr.strip() and not result.stdout


def test_new_password_ends_every_session(member, server, visitor):
    succeed(server.cli("user", "reset-password", member.email, "--password-stdin", stdin="Fresh-Password-9\n"))
    assert member.get("/v1/me").status_code == 401
    assert visitor.log_in(member.email, member.password).status_code == 401
    assert visitor.log_in(member.email, "Fresh-Password-9").status_code == 201


# The file


def test_database_can_be_made_before_the_first_start(tmp_path):
    file = tmp_path / "data" / "latchkey.sqlite"
    for _ in range(2):
        succeed(run_cli("migrate", "--database", f"sqlite:{file}"))
        # All of it is in the one file, which can be copied as it is.
        assert not file.with_name("latchkey.sqlite-wal").exists()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_backup_of_a_working_server_is_whole_and_private(new_server, tmp_path):
    server = new_server()
    with Browser(server) as browser:
        browser.register()
        key = browser.create_key()
    copy = tmp_path / "copy" / "latchkey.sqlite"
    copy.parent.mkdir(mode=0o700)
    succeed(server.cli("backup", str(copy)))
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with sqlite3.connect(copy) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    checked = run_cli("key", "verify", "--database", f"sqlite:{copy}", stdin=key["key"])
    assert checked.stdout.strip() == "valid"


def test_backup_never_overwrites(server, tmp_path):
    file = tmp_path / "precious"
    file.write_text("precious")
    result = server.cli("backup", str(file))
    assert result.returncode in (1, *WRONG_USE)
    assert file.read_text() == "precious"


def test_doctor_is_content_with_a_sound_server(server):
    assert succeed(server.cli("doctor"))


def test_doctor_finds_a_readable_database(new_server):
    server = new_server()
    os.chmod(server.database, 0o644)
    result = server.cli("doctor")
    assert result.returncode == 1
    assert "644" in result.stdout + result.stderr
