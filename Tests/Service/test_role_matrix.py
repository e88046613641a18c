"""The role matrix as a workbook, as a spreadsheet program reads it."""

import io
import subprocess

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from support.client import Browser
from support.roles import add_colleague, add_role

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ACTIONS = [("Create", "Создание"), ("Read", "Чтение"), ("Update", "Изменение"), ("Delete", "Удаление")]
LONG = "Ω" * 100
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://example.com")', "<b>&\"'"]


def download(browser: Browser) -> bytes:
    response = browser.get("/settings/roles/matrix.xlsx")
    assert response.status_code == 200
    assert response.headers["content-type"] == XLSX
    assert 'filename="role-matrix.xlsx"' in response.headers["content-disposition"]
    assert "no-store" in response.headers["cache-control"]
    return response.content


def read_by_libreoffice(content: bytes, folder) -> bytes:
    """The workbook as LibreOffice understood it: opened there, and saved again."""
    (folder / "matrix.xlsx").write_bytes(content)
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx"]
    command += ["--outdir", folder / "read", folder / "matrix.xlsx"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "read" / "matrix.xlsx").read_bytes()


@pytest.fixture(scope="module")
def workbooks(server, tmp_path_factory) -> dict[str, Workbook]:
    """The matrix of one company, as it was sent and as LibreOffice reads it."""
    with Browser(server) as browser:
        browser.register(company="R&D <Northern> Lights")
        add_role(browser, "devices:read", "api-keys:delete", name="Night operator")
        for name in [LONG, *FORMULAS]:
            add_role(browser, name=name)
        sent = download(browser)
    read = read_by_libreoffice(sent, tmp_path_factory.mktemp("office"))
    return {name: load_workbook(io.BytesIO(content)) for name, content in (("sent", sent), ("read", read))}


@pytest.fixture(params=["sent", "read"])
def workbook(request, workbooks) -> Workbook:
    return workbooks[request.param]


@pytest.fixture
def sheet(workbook):
    return workbook.active


def role_rows(sheet) -> dict[str, int]:
    """The row of each role's name; the four actions stand below it."""
    return {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1, 1 + len(ACTIONS))}


def columns(sheet) -> dict[str, int]:
    """The column of each section, by its English name."""
    return {sheet.cell(1, column).value.split("\n")[0]: column for column in range(3, sheet.max_column + 1)}


def test_header_names_the_sections_in_both_languages(sheet):
    header = [sheet.cell(1, column).value for column in range(1, sheet.max_column + 1)]
    assert header[:3] == ["Role and action", "Роль и действие", "Devices\nУстройства"]
    assert len(header) == 12
    assert header[-1] == "API keys\nAPI-ключи"
    assert all(sheet.cell(1, column).font.bold for column in range(1, 13))


def test_each_role_has_its_names_in_bold_and_its_four_actions_below(sheet):
    rows = role_rows(sheet)
    names = {name: sheet.cell(row, 2).value for name, row in rows.items()}
    assert names["Administrator"] == "Администратор" and names["Editor"] == "Редактор"
    assert names["Night operator"] == "Night operator"
    assert names[LONG] == LONG
    assert len(rows) == 3 + 2 + len(FORMULAS) and rows["Administrator"] == 2
    for row in rows.values():
        assert sheet.cell(row, 1).font.bold and sheet.cell(row, 2).font.bold
        below = range(row + 1, row + 5)
        assert [(sheet.cell(line, 1).value, sheet.cell(line, 2).value) for line in below] == ACTIONS
        assert not any(sheet.cell(line, 1).font.bold for line in below)


def test_cells_say_what_each_role_may_do(sheet):
    rows, sections = role_rows(sheet), columns(sheet)

    def allowed(role: str) -> set[tuple[str, str]]:
        cells = {
            (section, name): sheet.cell(rows[role] + 1 + index, column).value
            for section, column in sections.items()
            for index, (name, _) in enumerate(ACTIONS)
        }
        assert set(cells.values()) <= {"+", "-"}
        return {place for place, value in cells.items() if value == "+"}

    assert len(allowed("Administrator")) == 40
    assert allowed("Night operator") == {("Devices", "Read"), ("API keys", "Delete")}
    assert len(allowed("Editor")) == 18 and ("Reports", "Delete") not in allowed("Editor")


def test_plus_is_green_and_minus_is_red(sheet):
    row = role_rows(sheet)["Night operator"]
    yes, no = sheet.cell(row + 2, 3), sheet.cell(row + 1, 3)
    assert (yes.value, no.value) == ("+", "-")
    for cell, strongest in ((yes, 1), (no, 0)):
        for colour in (cell.fill.fgColor.rgb, cell.font.color.rgb):
            parts = [int(colour[place : place + 2], 16) for place in (2, 4, 6)]
            assert parts.index(max(parts)) == strongest, colour
        assert cell.alignment.horizontal == "center"


def test_header_and_names_stay_in_sight(workbooks):
    """Asked of the file itself: LibreOffice keeps no views where it has no window."""
    assert workbooks["sent"].active.freeze_panes == "C2"


def test_header_and_names_stand_on_every_printed_page(workbook, sheet):
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$1:$1" and sheet.print_title_cols == "$A:$B"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.column_dimensions["A"].width >= 20 and sheet.column_dimensions["C"].width >= 12
    assert workbook.properties.title.endswith("R&D <Northern> Lights")


def test_names_that_begin_as_formulas_are_texts(sheet):
    rows = role_rows(sheet)
    for name in FORMULAS:
        for column in (1, 2):
            cell = sheet.cell(rows[name], column)
            assert (cell.value, cell.data_type) == (name, "s")
            assert cell.hyperlink is None


def test_matrix_of_200_roles_is_whole_and_leaves_no_file_behind(new_server, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    with Browser(new_server()) as browser:
        browser.register()
        for number in range(197):
            add_role(browser, "devices:read", name=f"Role {number}")
        sheet = load_workbook(io.BytesIO(download(browser))).active
    assert len(role_rows(sheet)) == 200
    assert sheet.max_row == 1 + 200 * 5
    assert list((tmp_path / "temporary").iterdir()) == []


def test_without_room_for_it_the_matrix_is_refused_and_not_cut_off(new_server, monkeypatch):
    monkeypatch.setenv("TMPDIR", "/dev/null/nowhere")
    with Browser(new_server()) as browser:
        browser.register()
        response = browser.get("/settings/roles/matrix.xlsx")
    assert response.status_code == 503
    assert "html" in response.headers["content-type"]


def test_workbook_needs_the_right_to_read_roles(member, visitor):
    made = add_role(member, "devices:read")
    boris, _ = add_colleague(member, made["id"])
    assert boris.get("/settings/roles/matrix.xlsx").status_code == 403
    assert visitor.get("/settings/roles/matrix.xlsx").headers["location"].startswith("/login")
