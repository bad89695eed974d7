"""A message to send, and a real SMTP server that answers as the test says."""

import socket
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django import Settings

from councils.clock import hub_now
from councils.models import Council
from councils.tenancy import as_council
from outbox.actions import enqueue
from outbox.models import Message


def put(council: Council, key: str = "only", **changes: Any) -> Message | None:
    """Enqueue in a transaction of its own."""
    with as_council(council):
        values: dict[str, Any] = {
            "kind": "confirmation",
            "to": "erin@example.org",
            "subject": "We have your enquiry",
            "text": "Thank you.",
            "html": "<p>Thank you.</p>",
            "expires_at": in_hours(96),
        }
        return enqueue(council=council, dedupe_key=key, **{**values, **changes})


def in_hours(hours: float) -> datetime:
    return hub_now() + timedelta(hours=hours)


def seen(council: Council, message: Message | None) -> Message:
    """The row as it stands now."""
    assert message is not None
    with as_council(council):
        return Message.objects.get(pk=message.pk)


class Receiver:
    """`rcpt` and `data` are answers; `drops` hangs up after the final dot, having stored the mail."""

    def __init__(self) -> None:
        self.rcpt = self.data = "250 OK"
        self.drops = False
        self.stored: list[bytes] = []
        self.envelopes: list[tuple[str | None, list[str]]] = []
        self.sessions: set[int] = set()

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.sessions.add(id(session))
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.original_content, bytes)
        self.stored.append(envelope.original_content)
        self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        if self.drops and server.transport:
            server.transport.close()
        return self.data


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    handler = Receiver()
    port = free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    send_to(settings, port)
    yield handler
    controller.stop()


@pytest.fixture
def nobody_listens(settings: Settings) -> None:
    send_to(settings, free_port())


def send_to(settings: Settings, port: int) -> None:
    settings.DEV_MAILBOX = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.MAIL_DOMAIN = "hub.example.org"


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
