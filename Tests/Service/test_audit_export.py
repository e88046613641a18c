"""Taking the audit log along: files that others read right, written piece by piece."""

import csv
import io
import json
import os
from pathlib import Path

import pytest

from support.client import Browser
from support.server import Server, wait_until

ROWS = 30_000
TEXT = "с" * 600  # with 600 Cyrillic letters a row, all rows are some 40 MB


@pytest.fixture
def chief(server):
    with Browser(server) as browser:
        browser.register()
        yield browser


def export(browser: Browser, format: str, query: str = "") -> str:
    response = browser.get(f"/settings/audit/export?format={format}{query}")
    assert response.status_code == 200, response.text
    return response.content.decode()


def table(text: str) -> list[dict]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline=""), strict=True))


def test_csv_holds_what_the_log_holds(chief):
    names = ["plain", 'say "hi", she said', "Ночной импорт; 1,5", "tab\u2003and space"]
    keys = [chief.create_key(name) for name in names]
    events = chief.get("/v1/audit").json()["events"]
    text = export(chief, "csv")
    assert text.count("\r\n") == len(events) + 1
    rows = table(text)
    assert [{name: row[name] or None for name in events[0]} for row in rows] == events
    assert [row["target_name"] for row in rows[:4]] == names[::-1]
    assert {row["actor_name"] for row in rows} == {"Irina Volkova"}
    assert rows[0]["target"] == keys[-1]["id"]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x.example","Open")', "＝1"])
def test_no_cell_is_a_formula(chief, name):
    chief.create_key(name)
    chief.post("/settings/profile", data={"name": name})
    rows = table(export(chief, "csv"))
    assert rows[1]["after"] == rows[1]["target_name"] == rows[0]["actor_name"] == "'" + name
    for row in rows:
        assert not any(cell.startswith(("=", "+", "-", "@", "＝")) for cell in row.values())
    assert json.loads(export(chief, "jsonl").splitlines()[2])["after"] == name


def test_json_lines_are_the_events_of_the_api(chief):
    for number in range(3):
        chief.create_key(f"Key {number}\u2028")
    events = chief.get("/v1/audit").json()["events"]
    lines = export(chief, "jsonl").split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == events


def test_answer_is_a_file_to_save(chief):
    for format, kind in (("csv", "text/csv"), ("jsonl", "application/jsonl")):
        headers = chief.get(f"/settings/audit/export?format={format}").headers
        assert headers["content-type"].startswith(kind)
        assert headers["content-disposition"].startswith('attachment; filename="audit-20')
        assert headers["content-disposition"].endswith(f'.{format}"')
        assert "no-store" in headers["cache-control"]
    assert chief.get("/settings/audit/export?format=exe").status_code == 404
    assert chief.get("/settings/audit/export").status_code == 404


def test_filters_of_the_page_are_those_of_the_file(chief):
    first = chief.create_key("First")
    chief.create_key("Second")
    chief.delete(f"/v1/keys/{first['id']}")
    actions = [row["action"] for row in table(export(chief, "csv", "&target=first"))]
    assert actions == ["key.deleted", "key.created"]
    assert [row["after"] for row in table(export(chief, "csv", "&action=key.created"))] == ["Second", "First"]
    assert table(export(chief, "csv", "&person=nobody-of-this-name")) == []
    assert len(table(export(chief, "csv", "&person=irina&action=keys"))) == 3
    assert table(export(chief, "csv", "&to=2020-01-01")) == []


def test_exporting_is_in_the_log_itself(chief):
    export(chief, "jsonl", "&action=keys&target=x")
    event = chief.get("/v1/audit").json()["events"][0]
    assert (event["action"], event["after"]) == ("audit.exported", "jsonl, action=keys, target=x")


# A long log


@pytest.fixture
def long_log(new_server) -> tuple[Server, Browser]:
    server = new_server()
    with Browser(server) as browser:
        browser.register()
        server.sql(
            f"""
            INSERT INTO audit_events (company_id, at, address, actor_id, action, target, after)
            WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < {ROWS - 1})
            SELECT company_id, 1768478400000 + n, '192.0.2.1', actor_id, 'key.created', 'key_' || n, n || ' {TEXT}'
            FROM numbers, (SELECT company_id, actor_id FROM audit_events) AS registration
            """
        )
        yield server, browser


def processor_time(server: Server) -> int:
    """What the server has used of the processor, in ticks."""
    fields = Path(f"/proc/{server.pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def memory(server: Server) -> int:
    """What the server holds in memory, in bytes."""
    return int(Path(f"/proc/{server.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_long_log_holds_little_in_memory(long_log):
    server, browser = long_log
    export(browser, "csv", "&target=nothing-of-this-name")  # so that what every first export needs is there
    held, length, most = memory(server), 0, 0
    with browser.stream("GET", "/settings/audit/export?format=csv") as answer:
        for chunk in answer.iter_bytes():
            length += len(chunk)
            most = max(most, memory(server) - held)
    assert length > ROWS * len(TEXT.encode())
    assert most < length / 2, (most, length)


def test_long_log_begins_before_it_is_read(long_log):
    """Most of the work is still to be done when the first of it arrives."""
    server, browser = long_log
    begun = processor_time(server)
    with browser.stream("GET", "/settings/audit/export?format=csv") as answer:
        chunks = answer.iter_bytes()
        next(chunks)
        at_first = processor_time(server) - begun
        for _ in chunks:
            pass
    whole = processor_time(server) - begun
    assert at_first < whole / 2, (at_first, whole)


def test_long_log_ends_when_the_reader_hangs_up(long_log):
    server, browser = long_log
    begun = processor_time(server)
    export(browser, "csv")
    whole = processor_time(server) - begun
    begun = processor_time(server)
    with browser.stream("GET", "/settings/audit/export?format=csv") as answer:
        next(answer.iter_bytes())
    readings = []

    def is_idle() -> bool:
        readings.append(processor_time(server))
        return len(readings) > 20 and readings[-1] == readings[-20]

    wait_until(is_idle, 30, "the server rests")
    assert processor_time(server) - begun < whole / 2, whole
