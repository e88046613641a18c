"""Invitations go out by mail where a mail server is set; where they do not, the inviter learns of it."""

import socket
import ssl
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

from support.client import Browser, assert_problem, unique
from support.mailbox import Mailbox
from support.roles import role_of
from support.server import free_port, run_cli

PUBLIC = "https://keys.example.com"


@pytest.fixture
def mailing(new_server):
    """Makes an administrator on a server that sends its mail to an address."""
    browsers = []

    def make(url: str, *options: str, sender="Latchkey <no-reply@keys.example.com>", **members) -> Browser:
        server = new_server("--smtp-url", url, "--mail-from", sender, "--public-url", PUBLIC, *options)
        browser = Browser(server)
        browser.server = server
        browsers.append(browser)
        body = {"name": "Irina Volkova", "email": f"{unique('irina')}@example.com", "company": "Northern Lights"}
        answer = browser.post("/v1/accounts", json=body | {"password": "seven green bicycles"} | members)
        # The public address is HTTPS, so the cookie is for HTTPS alone; this test speaks HTTP.
        browser.headers["Cookie"] = answer.headers["set-cookie"].split(";")[0]
        return browser

    yield make
    for browser in browsers:
        browser.close()


def invite(browser: Browser, email: str | None = None) -> dict:
    form = {"email": email or f"{unique('pavel')}@example.com", "role_id": role_of(browser, "Viewer")}
    answer = browser.post("/v1/invitations", json=form)
    assert answer.status_code == 201, answer.text
    return answer.json()


def assert_not_sent(browser: Browser, invitation: dict, cause: str) -> None:
    """The invitation stays, and the log says why the mail did not go, without anything secret."""
    assert invitation["mail"] == "failed"
    token = invitation["link"].rsplit("/", 1)[1]
    log = browser.server.log.read_text()
    assert cause in log, log
    assert token not in log
    assert "swordfish" not in log
    form = {"token": token, "name": "Pavel", "password": "nine quiet harbours"}
    assert browser.post("/v1/invitations/accept", json=form).status_code == 201


def test_the_invited_get_a_letter_with_the_link(mailing):
    with Mailbox() as mailbox:
        browser = mailing(f"smtp://{mailbox.address}")
        invitation = invite(browser, "pavel@example.com")
        assert invitation["mail"] == "sent"
        assert invitation["link"].startswith(f"{PUBLIC}/invitations/")
        (envelope,), (letter,) = mailbox.envelopes, mailbox.letters
        assert (envelope.mail_from, envelope.rcpt_tos) == ("no-reply@keys.example.com", ["pavel@example.com"])
        assert letter["From"] == "Latchkey <no-reply@keys.example.com>"
        assert letter["To"] == "pavel@example.com"
        assert letter["Subject"] == "Irina Volkova invites you to Northern Lights"
        assert letter["Date"].datetime is not None and not letter["Date"].defects
        assert letter["Message-ID"].endswith("@keys.example.com>")
        assert letter["Auto-Submitted"] == "auto-generated"
        assert letter.get_content_type() == "text/plain" and letter.get_content_charset() == "utf-8"
        assert invitation["link"] in letter.get_content()
        assert not letter.defects
        assert invitation["link"].rsplit("/", 1)[1] not in browser.server.log.read_text()


def test_the_letter_is_in_the_language_of_the_inviter_whatever_the_names(mailing):
    names = {"name": "Ирина «О'Нил» Волкова-Заречная", "company": "Очень длинное название компании: Bcc=?UTF-8? " * 2}
    with Mailbox() as mailbox:
        sender = "Ключи Ё <no-reply@keys.example.com>"
        browser = mailing(f"smtp://{mailbox.address}", sender=sender, language="ru", **names)
        invitation = invite(browser)
        (letter,) = mailbox.letters
        raw = mailbox.envelopes[0].content
        assert letter["Subject"] == f"{names['name']} приглашает вас в компанию «{names['company'].strip()}»"
        assert letter["From"] == sender
        assert set(letter.keys()) - {"X-Peer", "X-MailFrom", "X-RcptTo"} == {
            "From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type",
            "Content-Transfer-Encoding", "Auto-Submitted",
        }  # fmt: skip
        assert all(len(line) <= 78 for line in raw.split(b"\r\n")), "RFC 5322, section 2.1.1"
        assert raw.isascii()
        assert "Здравствуйте!" in letter.get_content() and invitation["link"] in letter.get_content()


def test_the_log_in_of_the_mail_server_is_used(mailing):
    with Mailbox(login=("keys", "swordfish")) as mailbox:
        assert invite(mailing(f"smtp://keys:swordfish@{mailbox.address}"))["mail"] == "sent"
        assert len(mailbox.letters) == 1
        wrong = mailing(f"smtp://keys:swordfish-not@{mailbox.address}")
        assert_not_sent(wrong, invite(wrong), "Login denied")


def test_a_letter_that_the_server_refuses_leaves_the_invitation(mailing):
    with Mailbox(refusal="550 No such mailbox") as mailbox:
        browser = mailing(f"smtp://{mailbox.address}")
        assert_not_sent(browser, invite(browser), "RCPT failed: 550")


def test_a_mail_server_that_is_not_there_leaves_the_invitation(mailing):
    browser = mailing(f"smtp://keys:swordfish@127.0.0.1:{free_port()}")
    assert_not_sent(browser, invite(browser), "A mail could not be sent.")


def test_a_server_that_is_stopped_does_not_wait_for_a_mail_server_that_falls_silent(mailing):
    """SIGTERM has its limit, and the invitation that was made is answered within it."""
    with socket.create_server(("127.0.0.1", 0)) as silent, ThreadPoolExecutor() as pool:
        silent.settimeout(20)
        browser = mailing(f"smtp://127.0.0.1:{silent.getsockname()[1]}")
        pending = pool.submit(invite, browser)
        connection, _ = silent.accept()
        with connection:
            for reply in (b"220 mail.example ESMTP\r\n", b"250 mail.example\r\n"):
                connection.sendall(reply)
                assert connection.recv(1000)  # EHLO, then MAIL FROM, which stays without an answer
            assert browser.server.stop() == 0
            assert pending.result()["mail"] == "failed"


def test_no_letter_goes_to_a_server_that_cannot_prove_who_it_is(mailing, tmp_path):
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -keyout key.pem -out cert.pem"
    subprocess.run(command.split(), cwd=tmp_path, check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    with Mailbox(tls=context) as mailbox:
        browser = mailing(f"smtp://{mailbox.address}")
        assert_not_sent(browser, invite(browser), "certificate")
        assert mailbox.letters == []


def test_no_letter_goes_over_the_network_unencrypted(mailing):
    # Any address but the one of this machine alone: to our settings it is another machine.
    with Mailbox(host="127.0.0.2") as mailbox:
        browser = mailing(f"smtp://keys:swordfish@{mailbox.address}")
        assert_not_sent(browser, invite(browser), "STARTTLS")
        assert mailbox.letters == []


def test_the_page_says_what_became_of_the_letter(mailing):
    with Mailbox() as mailbox:
        browser = mailing(f"smtp://{mailbox.address}")
        form = {"email": "pavel@example.com", "role_id": role_of(browser, "Viewer")}
        assert "is on its way" in browser.post("/settings/users/invite", data=form).text
        mailbox.refusal = "450 Try later"
        page = browser.post("/settings/users/invite", data=form).text
        assert "did not go out" in page and f"{PUBLIC}/invitations/" in page


def test_one_mailbox_is_not_filled(mailing):
    with Mailbox() as mailbox:
        browser = mailing(f"smtp://{mailbox.address}")
        form = {"email": "pavel@example.com", "role_id": role_of(browser, "Viewer")}
        for _ in range(10):
            answer = browser.post("/v1/invitations", json=form)
        assert_problem(browser.post("/v1/invitations", json=form), 429, "too_many_attempts")
        assert answer.status_code == 201 and len(mailbox.letters) == 10


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--smtp-url", "http://keys:swordfish@mail"], "--smtp-url must be"),
        (["--smtp-url", "smtp://keys:swordfish@mail/x?y"], "--smtp-url must be"),
        (["--smtp-url", "smtp://keys:swordfish@mail"], "belong together"),
        (["--smtp-url", "smtp://keys:swordfish@mail", "--mail-from", "nobody"], "--mail-from must be"),
        (["--smtp-url", "smtp://keys:swordfish@mail", "--mail-from", "a@b.example"], "--public-url"),
    ],
)
def test_wrong_settings_are_said_before_the_start_and_without_the_password(options, complaint, tmp_path):
    run = run_cli("serve", "--port", "0", "--database", f"sqlite:{tmp_path}/x.sqlite", *options)
    assert run.returncode == 2
    assert complaint in run.stderr
    assert "swordfish" not in run.stderr + run.stdout
    assert len(run.stderr.strip().splitlines()) == 1
