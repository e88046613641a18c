"""Ten failed log-ins for one account, or from one address, slow the next ones down."""

import pytest

from support.client import Browser, assert_problem, unique

FREE_TRIES = 10


@pytest.fixture
def own(new_server):
    """A server whose wall clock stands still: the first delay is a second, which a busy machine might sit out."""
    return new_server(clock="2026-11-22 12:00:00")


def fail(server, email: str, address: str):
    with Browser(server, address=address) as browser:
        return browser.log_in(email, "wrong-password-1")


def assert_slowed(response):
    assert_problem(response, 429, "too_many_attempts")
    assert int(response.headers["retry-after"]) > 0


def registered(server) -> Browser:
    browser = Browser(server, address="127.0.0.9")
    browser.register()
    return browser


def test_account_is_guarded_against_guesses_from_many_addresses(own):
    account = registered(own)
    for turn in range(FREE_TRIES):
        assert fail(own, account.email, f"127.0.1.{turn + 1}").status_code == 401
    assert_slowed(fail(own, account.email, "127.0.1.100"))
    with Browser(own, address="127.0.1.101") as browser:
        assert_slowed(browser.log_in(account.email, account.password))


def test_address_is_guarded_against_guesses_at_many_accounts(own):
    for _ in range(FREE_TRIES):
        assert fail(own, f"{unique('nobody')}@example.com", "127.0.2.1").status_code == 401
    assert_slowed(fail(own, f"{unique('nobody')}@example.com", "127.0.2.1"))
    account = registered(own)
    with Browser(own, address="127.0.2.2") as browser:
        assert browser.log_in(account.email, account.password).status_code == 201


def test_unknown_account_is_slowed_like_a_known_one(own):
    email = f"{unique('nobody')}@example.com"
    for turn in range(FREE_TRIES):
        assert fail(own, email, f"127.0.3.{turn + 1}").status_code == 401
    assert_slowed(fail(own, email, "127.0.3.100"))


def test_successful_log_in_forgets_the_failures(own):
    account = registered(own)
    for _ in range(2):
        for turn in range(FREE_TRIES - 1):
            assert fail(own, account.email, f"127.0.4.{turn + 1}").status_code == 401
        with Browser(own, address="127.0.5.1") as browser:
            assert browser.log_in(account.email, account.password).status_code == 201


def test_log_in_page_says_so_too(own):
    account = registered(own)
    for turn in range(FREE_TRIES):
        fail(own, account.email, f"127.0.6.{turn + 1}")
    with Browser(own, address="127.0.6.100") as browser:
        response = browser.post("/login", data={"email": account.email, "password": account.password})
        assert response.status_code == 429
        assert int(response.headers["retry-after"]) > 0
        assert response.headers["content-type"].startswith("text/html")


def test_settings_page_says_so_too(own):
    account = registered(own)
    form = {"current_password": "wrong-password-1", "new_password": "Another-Horse-8"}
    for _ in range(FREE_TRIES):
        assert account.post("/settings/password", data=form).status_code == 422
    response = account.post("/settings/password", data=form)
    assert response.status_code == 429
    assert int(response.headers["retry-after"]) > 0
    assert response.headers["content-type"].startswith("text/html")


def test_forwarded_address_of_a_stranger_is_not_believed(own):
    """A made-up X-Forwarded-For must not buy a guesser new tries."""
    with Browser(own, address="127.0.7.1") as browser:
        for turn in range(FREE_TRIES):
            headers = {"X-Forwarded-For": f"10.0.0.{turn}", "Forwarded": f"for=10.0.0.{turn}"}
            body = {"email": f"{unique('nobody')}@example.com", "password": "wrong-password-1"}
            assert browser.post("/v1/session", json=body, headers=headers).status_code == 401
        assert_slowed(browser.log_in(f"{unique('nobody')}@example.com", "wrong-password-1"))


def test_behind_a_named_proxy_each_client_is_counted_for_itself(new_server):
    server = new_server("--trusted-proxies", "127.0.0.1", clock="2026-11-22 12:00:00")
    with Browser(server) as browser:

        def attempt(forwarded: str) -> int:
            headers = {"X-Forwarded-For": forwarded}
            body = {"email": f"{unique('nobody')}@example.com", "password": "wrong password"}
            return browser.post("/v1/session", json=body, headers=headers).status_code

        assert [attempt("192.0.2.1") for _ in range(10)] == [401] * 10
        assert attempt("192.0.2.1") == 429
        # What stands before the last address was said by the client, and may be made up.
        assert attempt("192.0.2.99, 192.0.2.1") == 429
        assert attempt("192.0.2.2") == 401


def test_a_forwarded_address_is_not_believed_unless_the_proxy_is_named(own):
    with Browser(own) as browser:
        statuses = []
        for number in range(11):
            headers = {"X-Forwarded-For": f"192.0.2.{number}"}
            body = {"email": f"{unique('nobody')}@example.com", "password": "wrong password"}
            statuses.append(browser.post("/v1/session", json=body, headers=headers).status_code)
        assert statuses == [401] * 10 + [429]
