"""The platform file: another platform than the built-in one, and files that are refused before anything is touched."""

import os
import re
import subprocess

import httpx
import pytest

from support.client import Browser, refusal, verify
from support.server import BINARY, PROJECT, Server, run_cli

CLINIC = PROJECT / "Examples" / "platforms" / "clinic.yaml"
SHORT = 'platform: {name: Harbour, key_prefix: hb}\nsections: [{id: berths, name: "Berths"}, {id: logs, name: Logs}]\n'
REORDERED = 'platform: {name: Harbour, key_prefix: hb}\nsections: [{id: cranes, name: Cranes}, {id: logs, name: Logs}]\n'


@pytest.fixture(scope="module")
def clinic(tmp_path_factory):
    """A server of the example platform, which all tests here share."""
    with Server(tmp_path_factory.mktemp("clinic"), "--platform", str(CLINIC)) as running:
        yield running


@pytest.fixture
def head_of_clinic(clinic):
    with Browser(clinic) as browser:
        browser.register()
        yield browser


def test_key_of_another_platform_works_with_its_prefix_and_rights(clinic, head_of_clinic):
    created = head_of_clinic.create_key(permissions=["records:read", "appointments:create"])
    assert re.fullmatch(r"care_[0-9A-Za-z]{36}", created["key"])
    answer = verify(clinic, created["key"], "records:read")
    assert answer.status_code == 200
    assert sorted(answer.json()["permissions"]) == ["appointments:create", "records:read"]
    assert answer.json()["role"] == "Head of clinic"
    assert refusal(verify(clinic, created["key"], "records:update")) == "missing_permission"
    # A right that only the built-in platform has, and a key of its shape.
    assert refusal(verify(clinic, created["key"], "devices:read")) == "missing_permission"
    assert refusal(verify(clinic, "sp_" + created["key"][5:])) == "malformed"


def test_company_begins_with_the_roles_of_the_file(head_of_clinic):
    roles = {role["name"]: role["permissions"] for role in head_of_clinic.get("/v1/roles").json()["roles"]}
    assert set(roles) == {"Head of clinic", "Registrar", "Doctor", "Accountant", "Auditor"}
    assert set(roles["Accountant"]) == {
        "invoices:create",
        "invoices:read",
        "invoices:update",
        "patients:read",
        "statistics:read",
    }
    assert all(name.endswith(":read") for name in roles["Auditor"]) and "api-keys:read" in roles["Auditor"]
    assert "records:delete" not in roles["Head of clinic"]


def test_gateway_is_answered_by_the_routes_of_the_file(clinic, head_of_clinic):
    key = head_of_clinic.create_key(permissions=["patients:read"])["key"]
    headers = {"Authorization": f"Bearer {key}"}

    def authorize(method: str, path: str) -> httpx.Response:
        return httpx.request(method, f"{clinic.url}/v1/authorize{path}", headers=headers, timeout=30)

    assert authorize("GET", "/api/patients/7").status_code == 200
    assert authorize("GET", "/api/health").status_code == 200
    assert refusal(authorize("GET", "/api/patients/7/records/1")) == "missing_permission"
    assert refusal(authorize("GET", "/api/unheard-of")) == "no_route"


def test_pages_bear_the_name_and_the_colour_of_the_platform(clinic, head_of_clinic):
    text = head_of_clinic.get("/settings/keys").text
    assert "Careline" in text and "SmartPlayer" not in text
    path = re.search(r'href="(/platform\.css\?v=[0-9a-f]{16})"', text)[1]
    style = head_of_clinic.get(path)
    assert style.status_code == 200 and style.headers["content-type"].startswith("text/css")
    assert "--accent-3: light-dark(#0f766e" in style.text
    assert "immutable" in style.headers["cache-control"]
    plain = head_of_clinic.get("/platform.css")
    assert plain.headers["cache-control"] == "no-cache"
    again = head_of_clinic.get("/platform.css", headers={"If-None-Match": plain.headers["etag"]})
    assert again.status_code == 304


def test_built_in_platform_looks_as_it_did(visitor):
    text = visitor.get("/login").text
    assert "/platform" not in text and "SmartPlayer" in text
    assert visitor.get("/platform.css").text == ""


def test_subset_of_a_key_survives_another_order_of_the_sections(new_server, tmp_path):
    file = tmp_path / "harbour.yaml"
    file.write_text(SHORT)
    server = new_server("--platform", str(file))
    with Browser(server) as browser:
        browser.register()
        key = browser.create_key(permissions=["logs:read", "berths:update"])["key"]
    assert server.stop() == 0
    file.write_text(REORDERED)
    again = new_server("--platform", str(file), folder=server.folder)
    answer = verify(again, key)
    # The rights of a section that is gone count for nothing, and nobody's are taken for another section's.
    assert answer.status_code == 200 and answer.json()["permissions"] == ["logs:read"]
    assert verify(again, key, "cranes:update").status_code == 403
    assert again.stop() == 0
    file.write_text(SHORT)
    last = new_server("--platform", str(file), folder=server.folder)
    assert sorted(verify(last, key).json()["permissions"]) == ["berths:update", "logs:read"]


MISTAKEN = """\
platform: {name: Harbour, key_prefix: HB}
sections:
  - {id: berths, name: Berths}
roles:
  - {id: administrator, name: Admin, permissions: all}
  - {id: mate, name: Mate, permissions: [berth:read]}
routes:
  - {method: GET, path: /berths, permission: berths:read}
  - {method: GET, path: /berths, permission: none}
"""


@pytest.mark.parametrize(
    "command", ["serve --port 0", "migrate", "user list", "key list --user a@example.com", "doctor", "platform show"]
)
def test_every_command_tells_all_mistakes_and_touches_nothing(command, tmp_path):
    file = tmp_path / "harbour.yaml"
    file.write_text(MISTAKEN)
    result = run_cli(*command.split(), "--platform", "harbour.yaml", folder=tmp_path)
    assert result.returncode == 2
    lines = result.stderr.splitlines()
    assert [line.split(" ")[0] for line in lines] == ["harbour.yaml:1:", "harbour.yaml:6:", "harbour.yaml:9:"]
    assert "did you mean “berths”?" in lines[1] and "line 8" in lines[2]
    assert list(tmp_path.iterdir()) == [file]


def test_file_is_named_by_the_environment_and_by_the_settings_file_too(tmp_path):
    (tmp_path / "harbour.yaml").write_text(SHORT)
    (tmp_path / "settings.yaml").write_text("platform: harbour.yaml\n")
    shown = run_cli("platform", "show", "--config", "settings.yaml", folder=tmp_path)
    assert "key_prefix: hb" in shown.stdout
    told = subprocess.run(
        [BINARY, "platform", "show"],
        env=os.environ | {"LATCHKEY_PLATFORM": "harbour.yaml"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert told.stdout == shown.stdout
    (tmp_path / "shown.yaml").write_text(shown.stdout)
    assert run_cli("platform", "check", "shown.yaml", folder=tmp_path).stdout == "ok: 6 sections, 1 role, 0 routes\n"


def test_examples_are_sound():
    for name, counts in (
        ("smartplayer", "10 sections, 3 roles, 31 routes"),
        ("clinic", "10 sections, 5 roles, 17 routes"),
    ):
        result = run_cli("platform", "check", str(CLINIC.with_name(f"{name}.yaml")))
        assert (result.returncode, result.stdout) == (0, f"ok: {counts}\n")
    assert run_cli("platform", "show").stdout == CLINIC.with_name("smartplayer.yaml").read_text()


def test_what_is_no_file_of_text_is_told_and_never_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "large.yaml").write_bytes(b"# much\n" * 150_000)
    (tmp_path / "latin.yaml").write_bytes(b"platform:\n  name: Caf\xe9\n")
    (tmp_path / "empty.yaml").write_bytes(b"")
    doubled = "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
    (tmp_path / "bomb.yaml").write_text("a0: &a0 [x]\n" + doubled + "? *a39\n: 1\n")
    for name, told in {
        "nowhere.yaml": "no such file",
        ".": "is no file",
        "pipe": "is no file",
        "/dev/zero": "is no file",
        "large.yaml": "larger than 1 MiB",
        "latin.yaml": "latin.yaml:2: this is not UTF-8",
        "empty.yaml": "is empty",
        "bomb.yaml": "bomb.yaml:1: anchors",
    }.items():
        result = run_cli("platform", "check", name, folder=tmp_path)
        assert result.returncode == 2, name
        assert told in result.stderr and result.stderr.count("\n") == 1, name


def test_link_to_a_file_is_followed(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "harbour.yaml").write_text(SHORT)
    (tmp_path / "link.yaml").symlink_to("data/harbour.yaml")
    assert run_cli("platform", "check", "link.yaml", folder=tmp_path).returncode == 0


LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="M4 28 16 4l12 24z" fill="#0f766e"/></svg>'


def with_logo(folder, drawing: str):
    """A platform file that names a logo beside it."""
    (folder / "signs").mkdir()
    (folder / "signs" / "harbour.svg").write_text(drawing)
    path = folder / "harbour.yaml"
    path.write_text(SHORT.replace("key_prefix: hb", "key_prefix: hb, logo: signs/harbour.svg"))
    return path


def test_pages_show_the_logo_of_the_file(tmp_path, new_server):
    server = new_server("--platform", str(with_logo(tmp_path, LOGO)))
    with Browser(server) as browser:
        for path in ("/login", "/nothing-here"):
            source = re.search(r'<img class="logo" src="(/platform-logo\.svg\?v=[0-9a-f]{16})" alt=""', browser.get(path).text)[1]
        logo = browser.get(source)
        assert logo.text == LOGO and logo.headers["content-type"] == "image/svg+xml"
        assert "immutable" in logo.headers["cache-control"]
        assert "default-src 'none'" in logo.headers["content-security-policy"]


@pytest.mark.parametrize(
    "drawing",
    [
        LOGO.replace("<path", "<script>alert(1)</script><path"),
        LOGO.replace("<path", '<image href="https://example.com/a.png"/><path'),
        LOGO.replace("M4 28", "M4 28" + " 1" * 10_000),
        "PNG",
    ],
)
def test_logo_that_is_no_drawing_alone_is_refused_before_the_start(tmp_path, drawing):
    path = with_logo(tmp_path, drawing)
    checked = run_cli("platform", "check", str(path), folder=tmp_path)
    assert checked.returncode == 2
    assert f"{path}:1: “logo” must be the path of a drawing in SVG alone" in checked.stderr


def test_logo_that_is_not_there_is_told_with_its_line(tmp_path):
    path = with_logo(tmp_path, LOGO)
    (tmp_path / "signs" / "harbour.svg").unlink()
    checked = run_cli("platform", "check", str(path), folder=tmp_path)
    assert checked.returncode == 2 and f"{path}:1: “logo” “signs/harbour.svg”: there is no such file" in checked.stderr
