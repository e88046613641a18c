"""The OpenAPI document is true: whatever the service answers is described, and whatever is described is answered."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from support.server import PROJECT, run_cli

METHODS = {"get", "post", "put", "patch", "delete"}
RUN_LIMIT = 600  # seconds; a run takes one minute on a quiet machine of two cores
EXAMPLES = 20  # an operation and phase; with all three callers some 3,000 requests

# Codes that no call of the document leads to: requests that are no HTTP, methods it does not name, faults of ours.
CODES_OF_NO_CALL = {"bad_request", "method_not_allowed", "internal"}

# Answered for every method there is, so by a middleware and by no route.
FORWARD_AUTH = {"/v1/authorize", "/v1/authorize/{path}"}

SETTINGS = """
[warnings]
fail-on = true

[phases.coverage]
unexpected-methods = ["options"]
"""


@pytest.fixture(scope="module")
def document(server) -> dict:
    response = httpx.get(server.url + "/openapi.json")
    assert response.headers["content-type"].split(";")[0] == "application/json"
    return response.json()


def operations(document: dict) -> list[tuple[str, str, dict]]:
    """Every call as (path, method, operation)."""
    return [
        (path, method, operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    ]


def nodes(value):
    """Every object within a JSON value."""
    if isinstance(value, dict):
        yield value
        for member in value.values():
            yield from nodes(member)
    elif isinstance(value, list):
        for entry in value:
            yield from nodes(entry)


def test_document_is_valid_openapi_3_1(document):
    assert document["openapi"].startswith("3.1.")
    validate(document)


def test_document_has_the_version_of_the_binary(document):
    assert document["info"]["version"] in run_cli("version").stdout


def test_document_names_every_path_and_method_of_the_routers(document):
    """The pages are for people and not described; every other route is declared by `resource`."""
    declaration = re.compile(r'\.resource\(\s*"([^"]+)",\s*\[(.*?)\]\)', re.DOTALL)
    routes = {
        ("/" + path, method)
        for folder in ("API", "Gateway")
        for source in (PROJECT / "Sources" / folder).glob("*.swift")
        for path, handlers in declaration.findall(source.read_text())
        for method in re.findall(r"\.(\w+): ", handlers)
    }
    described = {(path, method) for path, method, _ in operations(document)}
    assert routes == {(path, method) for path, method in described if path not in FORWARD_AUTH}
    assert FORWARD_AUTH <= set(document["paths"])


def test_every_path_of_the_document_answers_and_the_paths_beside_it_do_not(document, visitor):
    known = re.compile("|".join(re.sub("{.*}", "[^/]+", path) for path in document["paths"]))
    for path, item in document["paths"].items():
        if path in FORWARD_AUTH:
            continue
        address = path.replace("{id}", "another")
        refused = visitor.put(address)
        assert refused.status_code == 405, path
        declared = {method.upper() for method in item if method in METHODS}
        assert set(refused.headers["allow"].split(", ")) - {"HEAD"} == declared, path
        for beside in (address + "/more", address + "s"):
            if not known.fullmatch(beside):
                assert visitor.get(beside).status_code == 404, beside


def test_problem_codes_are_all_explained_and_all_used(document):
    explained = {code["const"] for code in document["components"]["schemas"]["ProblemCode"]["oneOf"]}
    used = {
        code
        for node in nodes([document["paths"], document["components"]["responses"]])
        for code in node.get("properties", {}).get("code", {}).get("enum", [])
    }
    assert used == explained - CODES_OF_NO_CALL


def test_examples_are_of_their_own_schemas(document):
    found = 0
    for content in nodes([document["paths"], document["components"]["responses"]]):
        if "example" in content and "schema" in content:
            whole = {**content["schema"], "components": document["components"]}
            Draft202012Validator(whole).validate(content["example"])
            found += 1
    assert found > 20


def is_stream(operation: dict) -> bool:
    return "text/event-stream" in operation["responses"].get("200", {}).get("content", {})


def calls_open_to(caller: str, document: dict) -> list[str]:
    """The operations that a caller is for; together the callers have all but streams, which end in their own time."""
    scheme = {"nobody": None, "session": "session", "key": "bearer"}[caller]
    return [
        operation["operationId"]
        for _, _, operation in operations(document)
        if scheme in (set().union(*operation["security"]) or {None})
        and not is_stream(operation)
    ]


@pytest.mark.timeout(RUN_LIMIT + 30)
@pytest.mark.parametrize("caller", ["nobody", "session", "key"])
def test_schemathesis_finds_nothing(caller, document, new_server, tmp_path):
    """Good and bad data for every call, by every kind of caller, with all of schemathesis's checks.

    Two of the checks have nothing to look at here: `missing_required_header`, since no call requires a header of its
    own, and `object_level_authorization`, which needs two callers in one run: test_keys.py tries other people's keys.
    """
    server = new_server()
    chosen = calls_open_to(caller, document)
    report = run_schemathesis(server, caller, chosen, tmp_path)
    assert report["operations"]["tested"] == len(chosen)
    assert report["test_cases"]["with_failures"] == report["test_cases"]["errored"] == report["filtered"] == 0
    for call, phases in report["valid_rates"].items():
        assert any(phase["accepted"] for phase in phases.values()), f"no good request to {call} was accepted"


def run_schemathesis(server, caller: str, chosen: list[str], folder: Path) -> dict:
    """Runs it in a process of its own, and returns its report."""
    (folder / "schemathesis.toml").write_text(SETTINGS)
    environment = os.environ | {
        "LATCHKEY_CALLER": caller,
        "LATCHKEY_URL": server.url,
        "PYTHONPATH": os.pathsep.join([str(PROJECT / "Tests"), str(PROJECT / "Tests/Service")]),
        "SCHEMATHESIS_HOOKS": "openapi_hooks",
    }
    phases = ["examples", "coverage", "fuzzing"]
    if caller != "nobody":  # what anybody may call is linked to nothing
        phases.append("stateful")
    command = [
        Path(sys.executable).parent / "schemathesis", "run", f"{server.url}/openapi.json",
        "--checks", "all", "--mode", "all", "--phases", ",".join(phases), "--max-examples", str(EXAMPLES),
        "--generation-deterministic", "--continue-on-failure",
        "--request-timeout", "20", "--no-color", "--report", "json", "--report-json-path", "report.json",
        *(argument for name in chosen for argument in ("--include-operation-id", name)),
    ]  # fmt: skip
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=RUN_LIMIT, check=False)
    assert run.returncode == 0, run.stdout[-8000:] + run.stderr[-2000:]
    return json.loads((folder / "report.json").read_text())
