"""A real mail server of the test's own, which keeps what it takes."""

import ssl
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from support.server import free_port


class Mailbox:
    """Takes every letter, or answers RCPT with `refusal`; asks for the log-in where one is given."""

    def __init__(
        self,
        host: str = "127.0.0.1",
        refusal: str | None = None,
        login: tuple[str, str] | None = None,
        tls: ssl.SSLContext | None = None,
    ):
        self.refusal = refusal
        self.login = login
        self.envelopes: list[Envelope] = []
        self.host, self.port = host, free_port()
        self.controller = Controller(
            self,
            hostname=host,
            port=self.port,
            tls_context=tls,
            auth_required=login is not None,
            auth_require_tls=False,
            authenticator=self.authenticate if login else None,
        )

    @property
    def address(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def letters(self) -> list[EmailMessage]:
        return [message_from_bytes(envelope.content, policy=policy.default) for envelope in self.envelopes]

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data) -> AuthResult:
        wanted = LoginPassword(*(text.encode() for text in self.login))
        return AuthResult(success=data == wanted, handled=False)

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802
        if self.refusal:
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        self.envelopes.append(envelope)
        return "250 Taken"

    def __enter__(self) -> "Mailbox":
        self.controller.start()
        return self

    def __exit__(self, *_) -> None:
        self.controller.stop()
