"""Where a person is signed in, and ending it from afar: by the API, and by the settings page."""

import re

import httpx
import pytest

from support.client import Browser, assert_problem

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
ELSEWHERE = "127.0.0.8"


@pytest.fixture
def here(server):
    with Browser(server) as browser:
        browser.headers["User-Agent"] = FIREFOX
        browser.register()
        yield browser


@pytest.fixture
def there(server, here):
    """The same person at another browser."""
    with Browser(server, address=ELSEWHERE) as browser:
        browser.headers["User-Agent"] = "curl/8.5.0"
        assert browser.log_in(here.email, here.password).status_code == 201
        yield browser


def sessions(browser: Browser) -> list[dict]:
    response = browser.get("/v1/me/sessions")
    assert response.status_code == 200, response.text
    return response.json()["sessions"]


def own_session(browser: Browser) -> str:
    return next(session["id"] for session in sessions(browser) if session["current"])


def is_signed_in(browser: Browser) -> bool:
    return browser.get("/v1/me").status_code == 200


def test_sessions_tell_where_and_with_what_they_began(here, there):
    found = {session["address"]: session for session in sessions(here)}
    assert found.keys() == {"127.0.0.1", ELSEWHERE}
    assert (found["127.0.0.1"]["agent"], found["127.0.0.1"]["current"]) == (FIREFOX, True)
    assert (found[ELSEWHERE]["agent"], found[ELSEWHERE]["current"]) == ("curl/8.5.0", False)
    assert own_session(there) == found[ELSEWHERE]["id"]


def test_nothing_of_a_session_leads_to_its_token(here, server):
    text = here.get("/v1/me/sessions").text + here.get("/settings").text
    assert here.cookies["latchkey"] not in text
    assert not re.search(r"[0-9a-f]{32}", here.get("/v1/me/sessions").text)


def test_agent_is_cut_and_what_cannot_be_seen_is_replaced(here, server):
    with Browser(server) as odd:
        odd.headers["User-Agent"] = "x" * 500
        odd.log_in(here.email, here.password)
        assert "x" * 200 in [session["agent"] for session in sessions(here)]


def test_ended_session_is_refused_at_once_and_no_other(here, there):
    ended = own_session(there)
    assert here.delete(f"/v1/me/sessions/{ended}").status_code == 204
    assert_problem(there.get("/v1/me"), 401, "not_signed_in")
    assert there.get("/settings").headers["location"].startswith("/login")
    assert is_signed_in(here)
    assert_problem(here.delete(f"/v1/me/sessions/{ended}"), 404, "not_found")


def test_all_others_end_together(here, there, server):
    with Browser(server) as third:
        third.log_in(here.email, here.password)
        response = here.post("/v1/me/sessions/end-others")
        assert (response.status_code, response.json()) == (200, {"ended": 2})
        assert [is_signed_in(browser) for browser in (here, there, third)] == [True, False, False]
    assert here.post("/v1/me/sessions/end-others").json() == {"ended": 0}


def test_own_session_may_be_ended_too(here):
    assert here.delete(f"/v1/me/sessions/{own_session(here)}").status_code == 204
    assert not is_signed_in(here)


def test_session_of_somebody_else_is_not_there(here, server):
    with Browser(server) as stranger:
        stranger.register()
        foreign = own_session(stranger)
        assert_problem(here.delete(f"/v1/me/sessions/{foreign}"), 404, "not_found")
        assert here.post(f"/settings/sessions/{foreign}/end").status_code == 303
        assert here.post("/v1/me/sessions/end-others").json() == {"ended": 0}
        assert is_signed_in(stranger)
        assert foreign not in [session["id"] for session in sessions(here)]


def test_sessions_are_for_people_and_not_for_keys(here, there, server):
    headers = {"Authorization": f"Bearer {here.create_key()['key']}"}
    calls = [("GET", "/v1/me/sessions"), ("POST", "/v1/me/sessions/end-others"),
             ("DELETE", f"/v1/me/sessions/{own_session(there)}")]  # fmt: skip
    for method, path in calls:
        assert_problem(httpx.request(method, server.url + path, headers=headers), 401, "not_signed_in")
    assert is_signed_in(there)


def test_log_tells_whose_other_browser_was_signed_out(here, there):
    ended = own_session(there)
    here.delete(f"/v1/me/sessions/{ended}")
    event = here.get("/v1/audit").json()["events"][0]
    assert (event["action"], event["target"]) == ("session.ended", ended)
    assert (event["before"], event["address"]) == (f"{ELSEWHERE}, curl/8.5.0", "127.0.0.1")
    page = here.get("/settings/audit").text
    assert "signed out one of their other browsers" in page
    assert f"<bdi>curl</bdi>, <bdi>{ELSEWHERE}</bdi>" in page


def test_new_password_tells_where_it_was_set(here, there):
    form = {"current_password": here.password, "new_password": "another quiet garden"}
    assert there.post("/settings/password", data=form).status_code == 303
    assert not is_signed_in(here)
    (left,) = sessions(there)
    assert (left["address"], left["agent"], left["current"]) == (ELSEWHERE, "curl/8.5.0", True)


def test_page_ends_sessions_without_a_script(here, there):
    page = here.get("/settings").text
    assert "Firefox on Linux" in page and "This session" in page and "curl" in page
    (path,) = re.findall(r'action="(/settings/sessions/[^"]+/end)"', page)
    answer = here.post(path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/settings?notice=session-ended")
    assert not is_signed_in(there)
    assert here.get("/settings/sessions/end-others").headers["location"] == "/settings#sessions"


def test_page_asks_before_all_others_end(here, there):
    asking = here.get("/settings/sessions/end-others")
    assert asking.status_code == 200 and "1 other session ends at once" in asking.text
    assert is_signed_in(there)
    assert here.post("/settings/sessions/end-others").headers["location"] == "/settings?notice=others-ended"
    assert not is_signed_in(there) and is_signed_in(here)
