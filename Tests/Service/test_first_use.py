"""The first use of a key: told to its owner as it comes, and to nobody else; and how often a key was used."""

import signal
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import httpx

from support.client import Browser, assert_problem, moment, verify
from support.events import awaiting_first_use
from support.server import STOP_LIMIT, wait_until

WINDOWS = 3  # of one person that may wait at once
# What is logged when the service ends for those who hold it up, instead of by itself.
FORCED = "Graceful shutdown took longer than allowed"


def use(server, key: dict, address: str = "127.0.0.1") -> None:
    with httpx.Client(transport=httpx.HTTPTransport(local_address=address)) as client:
        answer = client.get(server.url + "/v1/verify", headers={"X-API-Key": key["key"]})
    assert answer.status_code == 200, answer.text


def first_use(browser: Browser, key: dict) -> dict:
    return wait_until(lambda: browser.key(key["id"])["first_use"], 10, "the first use is written")


# Waiting for it


def test_first_use_is_told_as_it_comes_with_its_time_and_address(member, server):
    key = member.create_key()
    assert key["first_use"] is None
    with awaiting_first_use(member, key) as events:
        headers = events.answer.headers
        assert headers["content-type"] == "text/event-stream"
        assert (headers["cache-control"], headers["x-accel-buffering"]) == ("no-store", "no")
        assert "content-encoding" not in headers
        before = datetime.now(UTC) - timedelta(seconds=1)
        use(server, key, "127.0.0.9")
        (event,) = events  # and then it is over
    assert event.name == "first-use"
    assert event.data == {"first_use": {"at": event.id, "address": "127.0.0.9"}}
    assert before < moment(event.id) < datetime.now(UTC) + timedelta(seconds=1)
    assert first_use(member, key) == event.data["first_use"]


def test_who_comes_after_the_first_use_hears_of_it_too(member, server):
    key = member.create_key()
    use(server, key)
    told = first_use(member, key)
    with awaiting_first_use(member, key) as events:
        assert [event.data for event in events] == [{"first_use": told}]


def test_later_uses_from_elsewhere_are_not_the_first(member, server):
    key, other = member.create_key(), member.create_key()
    use(server, key, "127.0.0.2")
    told = first_use(member, key)
    use(server, key, "127.0.0.3")
    use(server, other)
    first_use(member, other)  # written after the one before it
    assert member.key(key["id"])["first_use"] == told
    listed = {entry["id"]: entry["first_use"] for entry in member.get("/v1/keys").json()["keys"]}
    assert listed[key["id"]] == told and listed[other["id"]]["address"] == "127.0.0.1"


def test_only_a_keys_owner_at_a_browser_may_wait(member, visitor, server):
    key = member.create_key()
    path = f"/v1/keys/{key['id']}/events"
    with Browser(server) as stranger:
        stranger.register()
        assert_problem(stranger.get(path), 404, "not_found")
    assert_problem(visitor.get(path), 401, "not_signed_in")
    assert_problem(visitor.get(path, headers={"X-API-Key": key["key"]}), 401, "not_signed_in")
    assert_problem(member.get("/v1/keys/nonsense/events"), 404, "not_found")
    member.delete(f"/v1/keys/{key['id']}")
    assert_problem(member.get(path), 404, "not_found")


def test_so_many_windows_of_one_person_wait_and_one_that_closes_makes_room(member, server):
    keys = [member.create_key() for _ in range(WINDOWS + 1)]
    last = f"/v1/keys/{keys[-1]['id']}/events"
    with Browser(server) as colleague, ExitStack() as stack:
        for key in keys[1:WINDOWS]:
            stack.enter_context(awaiting_first_use(member, key))
        with awaiting_first_use(member, keys[0]):
            refused = member.get(last)
            assert_problem(refused, 429, "rate_limited")
            assert int(refused.headers["retry-after"]) > 0
            colleague.register()
            stack.enter_context(awaiting_first_use(colleague, colleague.create_key()))

        def is_taken() -> bool:
            with member.stream("GET", last) as answer:
                return answer.status_code == 200

        wait_until(is_taken, 10, "the place of who left is free")
        wait_until(lambda: member.head(last).status_code == 200, 10, "and so is that of who came and left")
        # Who asks only whether there is something to hear takes no place.
        assert all(member.head(last).status_code == 200 for _ in range(WINDOWS))


def test_waiting_ends_soon_after_the_key_the_session_or_the_person_is_gone(server):
    """All at once, since nobody hears of it before 15 s have passed."""
    with ExitStack() as stack:
        people = [stack.enter_context(Browser(server)) for _ in range(4)]
        waits = []
        for person in people:
            person.register()
            waits.append(stack.enter_context(awaiting_first_use(person, person.create_key())))
        logged_out, blocked, deleter, patient = people
        logged_out.delete("/v1/session")
        assert server.cli("user", "block", blocked.email).returncode == 0
        deleter.post("/v1/keys/delete", json={"all": True})
        assert [list(events) for events in waits[:3]] == [[], [], []]
        assert next(waits[3]).name == "comment", "it says that it still waits"
        assert patient.get("/v1/me").status_code == 200


def test_waiting_holds_up_no_end_of_the_service(new_server):
    server = new_server("--log-level", "debug")
    with Browser(server) as browser:
        browser.register()
        with awaiting_first_use(browser, browser.create_key()) as events:
            server.process.send_signal(signal.SIGTERM)
            assert list(events) == [], "it is ended properly"
            assert server.process.wait(STOP_LIMIT) == 0
    assert FORCED not in server.log.read_text()


# How often


def test_uses_of_the_last_thirty_days_are_counted_by_day(member, server):
    key = member.create_key()
    path = f"/v1/keys/{key['id']}/uses"
    days = member.get(path).json()["days"]
    assert len(days) == 30 and {day["uses"] for day in days} == {0}
    for _ in range(3):
        assert verify(server, key["key"]).status_code == 200
    uses = wait_until(lambda: (found := member.get(path).json())["total"] == 3 and found, 10, "they are written")
    assert sum(day["uses"] for day in uses["days"][-2:]) == 3, "today, or before midnight"
    dates = [datetime.fromisoformat(day["date"]) for day in uses["days"]]
    assert all(later - earlier == timedelta(days=1) for earlier, later in zip(dates, dates[1:], strict=False))


def test_uses_of_others_keys_are_not_found(member, server):
    with Browser(server) as stranger:
        stranger.register()
        foreign = stranger.create_key()
        assert stranger.get(f"/v1/keys/{foreign['id']}/uses").status_code == 200
    for name in (foreign["id"], "nonsense"):
        assert_problem(member.get(f"/v1/keys/{name}/uses"), 404, "not_found")
