"""The list of keys: searched, filtered, sorted and read in pages."""

from datetime import UTC, datetime, timedelta

import pytest

from support.client import Browser, assert_problem, verify
from support.server import wait_until


def names(browser: Browser, **query) -> list[str]:
    response = browser.get("/v1/keys", params=query)
    assert response.status_code == 200, response.text
    return [key["name"] for key in response.json()["keys"]]


def test_list_is_searched_and_filtered(member):
    waiting = member.create_key("Export Москва", await_confirmation=True)
    ready = member.create_key("Import москва")
    member.create_key("100%")
    assert set(names(member, query="МОСКВА")) == {"Export Москва", "Import москва"}
    assert names(member, query="%") == ["100%"]
    assert names(member, query="_") == []
    assert names(member, query=ready["last4"]) == ["Import москва"]
    assert names(member, status="not_copied") == [waiting["name"]]
    assert set(names(member, status="active")) == {"Import москва", "100%"}
    assert names(member, status="expired") == []


def test_list_is_narrowed_to_what_expires_soon_and_to_what_was_never_used(member, server):
    today = datetime.now(UTC).date()
    soon, later = (
        member.create_key(f"{days} days", expires_on=(today + timedelta(days=days)).isoformat()) for days in (29, 40)
    )
    member.create_key("Not copied", await_confirmation=True, expires_on=(today + timedelta(days=5)).isoformat())
    assert names(member, filter="expires_soon") == [soon["name"]]
    assert set(names(member, filter="never_used")) == {"29 days", "40 days", "Not copied"}
    assert set(names(member, filter="never_used", status="active")) == {"29 days", "40 days"}
    verify(server, later["key"])
    wait_until(lambda: "40 days" not in names(member, filter="never_used"), 15, "the use is written")
    assert_problem(member.get("/v1/keys", params={"filter": "anything"}), 422, "invalid", "filter")


@pytest.mark.parametrize("sort", ["name", "key", "created", "expires", "last_used"])
def test_list_is_sorted_both_ways_and_read_in_pages(member, server, sort):
    today = datetime.now(UTC).date()
    keys = [
        member.create_key(f"{name} key", expires_on=(today + timedelta(days=days)).isoformat())
        for name, days in (("b", 3), ("A", 9), ("c", 9), ("Ä", 1), ("d", 200))
    ]
    for key in keys[:2]:
        verify(server, key["key"])
    wait_until(lambda: all(member.key(key["id"])["last_used_at"] for key in keys[:2]), 15, "the uses are written")
    forward, backward = names(member, sort=sort), names(member, sort=f"-{sort}")
    assert set(forward) == {key["name"] for key in keys}
    if sort not in ("expires", "last_used"):
        assert forward == backward[::-1]
    if sort == "name":
        assert forward.index("A key") < forward.index("b key") < forward.index("c key") < forward.index("d key")
    for order in (sort, f"-{sort}"):
        assert paged(member, order, limit=2) == names(member, sort=order)


def paged(browser: Browser, sort: str, limit: int) -> list[str]:
    """All names, read page by page with the cursor."""
    found, cursor = [], None
    for _ in range(50):
        query = {"sort": sort, "limit": limit} | ({"cursor": cursor} if cursor else {})
        answer = browser.get("/v1/keys", params=query).json()
        found += [key["name"] for key in answer["keys"]]
        cursor = answer["next_cursor"]
        if cursor is None:
            return found
    raise AssertionError("the pages never end")


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "0"},
        {"limit": "-1"},
        {"limit": "x"},
        {"sort": "colour"},
        {"status": "lost"},
        {"cursor": "!"},
        {"cursor": "AAAA"},
    ],
)
def test_bad_query_is_refused(member, query):
    response = member.get("/v1/keys", params=query)
    assert response.status_code == 422, response.text
    assert next(iter(query)) in [error["field"] for error in response.json()["errors"]]


def test_page_has_an_upper_limit(member):
    response = member.get("/v1/keys", params={"limit": "1000000"})
    assert response.status_code in (200, 422)
