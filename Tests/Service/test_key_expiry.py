"""The last day of a key: at most a year away, and a day of its owner's, wherever the server stands."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from support.client import assert_problem, moment, unique


def next_year(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)


def test_default_life_is_one_year(member):
    created = member.create_key()
    assert created["expires_on"] == next_year(datetime.now(UTC).date()).isoformat()


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles", "Asia/Kathmandu", "UTC"])
def test_key_works_through_its_last_day_in_the_owners_time_zone(visitor, zone):
    visitor.register(time_zone=zone)
    today = datetime.now(ZoneInfo(zone)).date()
    for day in (today, next_year(today), today + timedelta(days=120), today + timedelta(days=200)):
        created = visitor.create_key(expires_on=day.isoformat())
        after = day + timedelta(days=1)
        midnight = datetime(after.year, after.month, after.day, tzinfo=ZoneInfo(zone))
        assert created["expires_on"] == day.isoformat()
        assert moment(created["expires_at"]) == midnight


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles", "UTC"])
def test_days_beyond_the_limits_are_refused(visitor, zone):
    visitor.register(time_zone=zone)
    today = datetime.now(ZoneInfo(zone)).date()
    for day, code in (
        (today - timedelta(days=1), "expires_in_past"),
        (next_year(today) + timedelta(days=1), "expires_too_late"),
        (date(1, 1, 1), "expires_in_past"),
        (date(9999, 12, 31), "expires_too_late"),
    ):
        response = visitor.post("/v1/keys", json={"name": unique("key"), "expires_on": day.isoformat()})
        assert_problem(response, 422, code, field="expires_on")


@pytest.mark.parametrize(
    "day",
    [
        "2027-02-30", "2027-02-29", "2027-13-01", "2027-00-10", "2027-01-00", "tomorrow", "", "20270115",
        "2027-W02-3", "2027-015", "15.01.2027", "01/15/2027", "2027-1-5", "2027-01-15T00:00:00Z", " 2027-01-15",
        "+02027-01-15", "-2027-01-15", "٢٠٢٧-٠١-١٥", "令和9-01-15", "0000-01-01", "2027-01-15\u0000",
    ],
)  # fmt: skip
def test_what_is_no_day_of_our_calendar_is_refused(member, day):
    response = member.post("/v1/keys", json={"name": unique("key"), "expires_on": day})
    assert_problem(response, 422, "date_invalid", field="expires_on")


@pytest.mark.parametrize(
    ("day", "code"),
    [("2570-01-15", "expires_too_late"), ("1448-06-07", "expires_in_past"), ("5787-05-07", "expires_too_late")],
)
def test_day_of_another_calendar_is_out_of_range(member, day, code):
    """Buddhist, Islamic and Hebrew years look like days of ours, only far away."""
    response = member.post("/v1/keys", json={"name": unique("key"), "expires_on": day})
    assert_problem(response, 422, code, field="expires_on")
