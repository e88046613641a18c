"""The OpenAPI document is true: a tool that knows nothing else of us finds no answer that it does not describe."""

import os
import subprocess
import sys

import httpx
import pytest
from openapi_spec_validator import validate

from support.client import Browser

EXAMPLES = 40  # an operation; with all phases some thousand requests


def document(server) -> dict:
    response = httpx.get(server.url + "/openapi.json")
    assert response.headers["content-type"].split(";")[0] in ("application/json", "application/vnd.oai.openapi+json")
    return response.json()


def test_document_is_valid_openapi_3_1(server):
    found = document(server)
    assert found["openapi"].startswith("3.1.")
    validate(found)


def test_document_names_every_call(server):
    paths = document(server)["paths"]
    for path, methods in {
        "/v1/accounts": {"post"},
        "/v1/session": {"post", "delete"},
        "/v1/me": {"get"},
        "/v1/keys": {"get", "post"},
        "/v1/keys/{id}": {"get", "delete"},
        "/v1/keys/{id}/confirm": {"post"},
        "/v1/keys/delete": {"post"},
        "/v1/verify": {"get"},
        "/livez": {"get"},
        "/readyz": {"get"},
        "/metrics": {"get"},
    }.items():
        assert methods <= paths[path].keys(), path


@pytest.mark.timeout(900)
def test_schemathesis_finds_nothing(new_server, tmp_path):
    """Positive and negative data, every operation, from a session that is signed in."""
    server = new_server()
    with Browser(server) as browser:
        browser.register()
        browser.create_key()
        cookie = browser.cookies["latchkey"]
    command = [
        os.path.join(os.path.dirname(sys.executable), "schemathesis"), "run", f"{server.url}/openapi.json",
        "--header", f"Cookie: latchkey={cookie}", "--header", "Sec-Fetch-Site: same-origin",
        "--mode", "all", "--phases", "examples,coverage,fuzzing", "--max-examples", str(EXAMPLES),
        "--generation-deterministic", "--no-color", "--request-timeout", "20",
        "--exclude-operation-id", "logOut",
    ]  # fmt: skip
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=900, check=False)
    assert run.returncode == 0, run.stdout[-8000:] + run.stderr[-2000:]
    assert "passed" in run.stdout
