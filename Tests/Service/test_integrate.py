"""The programs of docs/INTEGRATE.md, each run as it stands against a real server."""

import http.server
import os
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from support.client import verify
from support.server import PROJECT, free_port, wait_until

ADDRESS = "https://keys.example.com"
GUIDE = PROJECT / "docs/INTEGRATE.md"
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)

PROGRAMS = {name: text for _, name, text in BLOCK.findall(GUIDE.read_text()) if name}
CALLS = sorted(name for name in PROGRAMS if name.startswith("call."))
CHECKS = sorted(name for name in PROGRAMS if name.startswith("check."))

# What turns a program into a command; `make test` installs them all.
INTERPRETERS = {".sh": ["bash", "-eu"], ".py": [sys.executable], ".mjs": ["node"], ".php": ["php"]}
COMPILERS = {".go": ["go", "build", "-o"], ".swift": ["swiftc", "-swift-version", "6", "-o"]}


def prepare(name: str, address: str, folder: Path) -> list[str]:
    """The command that runs the program, with the address in its place."""
    assert ADDRESS in PROGRAMS[name]
    source = folder / name
    source.write_text(PROGRAMS[name].replace(ADDRESS, address))
    if source.suffix in INTERPRETERS:
        return [*INTERPRETERS[source.suffix], str(source)]
    command = COMPILERS[source.suffix]
    assert shutil.which(command[0]), f"{command[0]} is not installed"
    binary = source.with_suffix("")
    subprocess.run([*command, binary, source], cwd=folder, check=True, timeout=150)
    return [str(binary)]


def run(command: list[str], key: str) -> subprocess.CompletedProcess:
    environment = os.environ | {"LATCHKEY_KEY": key}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30, check=False)


def said(ran: subprocess.CompletedProcess) -> str:
    """What a check printed: in the shell the status stands last, elsewhere first."""
    assert "Traceback" not in ran.stderr, ran.stderr
    return ran.stdout.strip()


@pytest.fixture
def deleted(member) -> str:
    key = member.create_key()
    member.delete(f"/v1/keys/{key['id']}")
    return key["key"]


def test_every_language_calls_and_checks():
    """Swift checks by the library, whose programs are excerpts of what is built."""
    languages = {".sh", ".py", ".mjs", ".go", ".php"}
    assert {Path(name).suffix for name in CALLS} == languages | {".swift"}
    assert {Path(name).suffix for name in CHECKS} == languages


@pytest.mark.parametrize("name", CALLS)
def test_call_shows_the_answer_and_tells_a_refusal_by_its_exit_status(name, member, server, deleted, tmp_path):
    command = prepare(name, server.url, tmp_path)
    good = run(command, member.create_key()["key"])
    assert good.returncode == 0, good.stderr
    assert '"user":{' in good.stdout and "Irina Volkova" in good.stdout
    refused = run(command, deleted)
    assert refused.returncode != 0
    assert '"code":"deleted"' in refused.stdout + refused.stderr


@pytest.mark.parametrize("name", CHECKS)
def test_check_lets_in_whom_latchkey_lets_in(name, member, server, deleted, tmp_path):
    command = prepare(name, server.url, tmp_path)
    answers = {
        "200 Irina Volkova": member.create_key(permissions=["devices:read"])["key"],
        "403 missing_permission": member.create_key(permissions=["content:read"])["key"],
        "401 deleted": deleted,
        "401 malformed": "nonsense",
    }
    for expected, key in answers.items():
        heard = said(run(command, key))
        status, word = expected.split(" ", 1)
        assert heard == expected or (name == "check.sh" and word in heard and heard.endswith(f"\n{status}")), heard


@pytest.mark.parametrize("name", CHECKS)
def test_check_is_closed_while_latchkey_is_down(name, member, tmp_path):
    command = prepare(name, f"http://127.0.0.1:{free_port()}", tmp_path)
    heard = said(run(command, member.create_key()["key"]))
    assert heard == ("000" if name == "check.sh" else "503 unreachable")


@pytest.fixture
def redirecting(server):
    """The address of something that sends everybody on to the real Latchkey."""

    class Redirect(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(302)
            self.send_header("Location", server.url + self.path)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Redirect) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_port}"
        listening.shutdown()


@pytest.mark.parametrize("name", CHECKS)
def test_check_takes_no_key_along_a_redirect(name, member, server, redirecting, tmp_path):
    key, later = member.create_key(), member.create_key()
    heard = said(run(prepare(name, redirecting, tmp_path), key["key"]))
    assert heard == ("302" if name == "check.sh" else "503 unreachable")
    verify(server, later["key"])
    wait_until(lambda: member.key(later["id"])["last_used_at"], 5, "the later use is written")
    assert member.key(key["id"])["last_used_at"] is None


# Excerpts


def lines(text: str) -> list[str]:
    """Without indentation and blank lines."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def is_excerpt(part: list[str], whole: list[str]) -> bool:
    return any(whole[start : start + len(part)] == part for start in range(len(whole) - len(part) + 1))


def excerpts() -> list[tuple[str, str]]:
    """The Swift programs of the guide and of the library's reference that no test runs by themselves."""
    pages = [GUIDE, *(PROJECT / "Sources/LatchkeyClient").rglob("*.md")]
    return [
        (page.name, text)
        for page in pages
        for language, name, text in BLOCK.findall(page.read_text())
        if language == "swift" and not name
    ]


def test_swift_excerpts_are_what_is_built():
    folders = [PROJECT / "Examples/signage", PROJECT / "Tests/LatchkeyClientTests", PROJECT / "Package.swift"]
    files = [file for folder in folders for file in (folder.glob("*.swift") if folder.is_dir() else [folder])]
    sources = [lines(file.read_text()) for file in files]
    assert excerpts()
    for page, text in excerpts():
        assert any(is_excerpt(lines(text), source) for source in sources), f"{page} shows what is not built:\n{text}"
