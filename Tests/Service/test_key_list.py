"""The list of keys: searched, filtered, sorted and read in pages."""

from datetime import UTC, datetime, timedelta

import pytest

from support.client import Browser, verify


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


@pytest.mark.parametrize("sort", ["name", "key", "created", "expires", "last_used"])
def test_list_is_sorted_both_ways_and_read_in_pages(member, server, sort):
    today = datetime.now(UTC).date()
    keys = [
        member.create_key(f"{name} key", expires_on=(today + timedelta(days=days)).isoformat())
        for name, days in (("b", 3), ("A", 9), ("c", 9), ("Ä", 1), ("d", 200))
    ]
    for key in keys[:2]:
        verify(server, key["key"])
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
