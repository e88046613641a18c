"""Registering, logging in and out, and what a session is worth afterwards."""

import statistics
import time

import pytest

from support.client import PASSWORD, Browser, assert_problem, refusal, unique, verify


def fresh(**members) -> dict:
    """A complete body for a registration, less or more some members (`None` leaves one out)."""
    body = {"name": "Oleg", "email": f"{unique('oleg')}@example.com", "password": PASSWORD, "company": "Acme"}
    return {name: value for name, value in (body | members).items() if value is not None}


def test_registering_makes_a_company_with_its_administrator(visitor):
    visitor.register(name="Irina", company="Northern Lights", time_zone="Europe/Moscow", language="ru")
    me = visitor.get("/v1/me").json()
    assert me["user"]["name"] == "Irina"
    assert me["user"]["email"] == visitor.email
    assert me["user"]["time_zone"] == "Europe/Moscow"
    assert me["user"]["language"] == "ru"
    assert me["company"]["name"] == "Northern Lights"
    assert me["role"] in ("Administrator", "Администратор")
    assert {"api-keys:create", "api-keys:delete", "devices:read", "roles:update"} <= set(me["permissions"])


def test_language_comes_from_accept_language_and_time_zone_is_utc_where_not_given(visitor):
    visitor.headers["Accept-Language"] = "ru-RU,ru;q=0.9,en;q=0.5"
    visitor.register()
    user = visitor.get("/v1/me").json()["user"]
    assert (user["language"], user["time_zone"]) == ("ru", "UTC")


def test_session_cookie_is_out_of_reach_of_scripts_and_other_sites(visitor):
    response = visitor.post("/v1/accounts", json=fresh())
    cookie = response.headers["set-cookie"]
    attributes = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert cookie.startswith("latchkey=")
    assert {"httponly", "samesite=lax", "path=/"} <= attributes
    assert not any(attribute.startswith("domain") for attribute in attributes)
    assert len(visitor.cookies["latchkey"]) >= 22  # 128 bits in base 64


def test_taken_email_is_refused_whatever_its_letter_case(visitor, server):
    visitor.register()
    with Browser(server) as other:
        response = other.post("/v1/accounts", json=fresh(email=visitor.email.upper()))
        assert_problem(response, 409, "email_taken", field="email")
        assert "set-cookie" not in response.headers


@pytest.mark.parametrize(
    ("member", "value", "code"),
    [
        ("password", "seven77", "password_too_short"),
        ("password", "x1" * 129, "password_too_long"),
        ("password", "password", "password_too_common"),
        ("password", "PassWord", "password_too_common"),
        ("password", "qwertyuiop", "password_too_common"),
        ("email", "nobody", "email_invalid"),
        ("email", "a@b@c.example", "email_invalid"),
        ("email", "a b@example.com", "email_invalid"),
        ("email", "x" * 300 + "@example.com", "email_invalid"),
        ("name", "  ", "name_empty"),
        ("name", "x" * 101, "name_too_long"),
        ("name", "a\u0000b", "name_has_control_characters"),
        ("company", "", "name_empty"),
        ("time_zone", "Mars/Olympus", "time_zone_unknown"),
        ("language", "tlh", "language_unknown"),
    ],
)
def test_bad_field_is_named_with_its_code(visitor, member, value, code):
    response = visitor.post("/v1/accounts", json=fresh(**{member: value}))
    assert_problem(response, 422, code, field=member)


def test_password_must_not_be_the_emails_own_name(visitor):
    name = unique("margarita")
    response = visitor.post("/v1/accounts", json=fresh(email=f"{name}@example.com", password=name.upper()))
    assert_problem(response, 422, "password_is_email", field="password")


def test_longest_and_shortest_password_log_in(visitor, server):
    for password in ("ab7-x9q!", "пароль-" * 36):
        with Browser(server) as browser:
            browser.register(password=password[:256])
            assert visitor.log_in(browser.email, password[:256]).status_code == 201


def test_several_wrong_fields_are_all_named(visitor):
    response = visitor.post("/v1/accounts", json=fresh(name="", email="x", password="short"))
    problem = assert_problem(response, 422, "invalid")
    assert {error["field"] for error in problem["errors"]} == {"name", "email", "password"}


@pytest.mark.parametrize("missing", ["name", "email", "password", "company"])
def test_missing_member_is_named(visitor, missing):
    response = visitor.post("/v1/accounts", json=fresh(**{missing: None}))
    assert response.status_code == 422
    assert missing in [error["field"] for error in response.json()["errors"]]


def test_password_is_never_stored_or_logged(visitor, server):
    password = unique("Unmistakable-Password")
    visitor.register(password=password)
    for file in server.folder.rglob("*"):
        if file.is_file():
            assert password.encode() not in file.read_bytes(), file


def test_wrong_password_and_unknown_email_answer_alike(new_server):
    server = new_server()
    with Browser(server) as browser:
        browser.register()
        wrong = browser.log_in(browser.email, "wrong-password-1")
        unknown = browser.log_in(f"{unique('nobody')}@example.com", "wrong-password-1")
        first = assert_problem(wrong, 401, "bad_credentials")
        second = assert_problem(unknown, 401, "bad_credentials")
        assert first == second
        assert {name for name, _ in wrong.headers.items()} == {name for name, _ in unknown.headers.items()}


def test_time_of_an_answer_does_not_tell_whether_an_email_has_an_account(new_server):
    """Without hashing for unknown addresses they would answer at least ten times as fast."""
    server = new_server()

    def seconds(email: str, round_number: int) -> float:
        # An address of the loopback net for each round, so that no throttle joins in.
        with Browser(server, address=f"127.0.7.{round_number + 1}") as browser:
            browser.get("/livez")
            begin = time.perf_counter()
            assert browser.log_in(email, "wrong-password-1").status_code == 401
            return time.perf_counter() - begin

    known_addresses = []
    for _ in range(4):
        with Browser(server) as browser:
            browser.register()
            known_addresses.append(browser.email)
    known = [seconds(email, turn) for turn, email in enumerate(known_addresses * 2)]
    unknown = [seconds(f"{unique('nobody')}@example.com", turn) for turn in range(8)]
    assert statistics.median(unknown) > statistics.median(known) / 2


def test_log_in_with_the_email_in_another_letter_case(visitor, member):
    assert visitor.log_in(member.email.title(), member.password).status_code == 201
    assert visitor.get("/v1/me").json()["user"]["email"] == member.email


def test_each_log_in_gets_a_new_session(member):
    first = member.cookies["latchkey"]
    member.log_in(member.email, member.password)
    assert member.cookies["latchkey"] != first


def test_planted_session_is_not_taken_over(visitor, member):
    """An attacker's cookie must not become a signed-in one (session fixation)."""
    planted = {"Cookie": "latchkey=" + "A" * 32}
    body = {"email": member.email, "password": member.password}
    response = visitor.post("/v1/session", json=body, headers=planted)
    assert response.status_code == 201
    assert "A" * 32 not in response.headers["set-cookie"]
    assert visitor.get("/v1/me", headers=planted).status_code == 401


def test_logged_out_session_is_dead(member):
    cookie = member.cookies["latchkey"]
    assert member.delete("/v1/session").status_code == 204
    assert_problem(member.get("/v1/me", headers={"Cookie": f"latchkey={cookie}"}), 401, "not_signed_in")


def test_no_session_no_answer(visitor):
    assert_problem(visitor.get("/v1/me"), 401, "not_signed_in")
    assert_problem(visitor.get("/v1/keys"), 401, "not_signed_in")
    assert_problem(visitor.post("/v1/keys", json={"name": "x"}), 401, "not_signed_in")


def test_password_change_ends_every_other_session(member, server):
    with Browser(server) as elsewhere, Browser(server) as later:
        elsewhere.log_in(member.email, member.password)
        form = {"current_password": member.password, "new_password": "Another-Horse-8"}
        assert member.post("/settings/password", data=form).status_code == 303
        assert elsewhere.get("/v1/me").status_code == 401
        assert later.log_in(member.email, member.password).status_code == 401
        assert later.log_in(member.email, "Another-Horse-8").status_code == 201


def test_password_change_needs_the_current_one(member):
    form = {"current_password": "not-the-password", "new_password": "Another-Horse-8"}
    assert member.post("/settings/password", data=form).status_code == 422
    assert member.log_in(member.email, member.password).status_code == 201


def test_blocked_user_is_out_at_once_with_every_key(member, server):
    key = member.create_key()["key"]
    assert verify(server, key).status_code == 200
    assert server.cli("user", "block", member.email).returncode == 0
    assert refusal(verify(server, key)) == "owner_blocked"
    assert member.get("/v1/me").status_code == 401
    assert member.log_in(member.email, member.password).status_code in (401, 403)


@pytest.mark.parametrize(("clock", "status"), [("+13d", 200), ("+15d", 401), ("+91d", 401)])
def test_session_ends_after_14_days_of_silence(new_server, tmp_path, clock, status):
    first = new_server(folder=tmp_path / "data-of-one")
    with Browser(first) as browser:
        browser.register()
        cookie = browser.cookies["latchkey"]
    first.stop()
    later = new_server(folder=tmp_path / "data-of-one", clock=clock)
    with Browser(later) as browser:
        assert browser.get("/v1/me", headers={"Cookie": f"latchkey={cookie}"}).status_code == status


def test_registration_can_be_closed(new_server):
    with Browser(new_server("--registration", "closed")) as browser:
        response = browser.post("/v1/accounts", json=fresh())
        assert_problem(response, 403, "registration_closed")
