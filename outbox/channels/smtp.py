"""SMTP with one connection for a run of messages, and one deadline for everything that happens to a message.

smtplib's `sendmail` hides in which phase a connection broke. Here the phases are asked one by one, because a break
before the final dot is harmless and one after it is not. Where the server takes several commands at once (RFC 2920),
all that comes before the text travels together: two round trips a message instead of four.
"""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from outbox.channels.deadline import Deadline, Link, TlsLink
from outbox.failpoints import AFTER_DOT, BEFORE_CONNECT, BEFORE_DOT, reach
from outbox.mime import address, mailbox
from outbox.models import Message
from outbox.outcomes import Outcome, ambiguous, insecure, refused, sent, unreachable

HARD_DEADLINE = 120.0  # seconds; well inside the lease of outbox.claiming
_MESSAGES_PER_CONNECTION = 100
_PLAIN = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+", re.ASCII)
_DOT_AT_LINE_START = re.compile(rb"(?m)^\.")


@dataclass(frozen=True)
class Server:
    host: str
    port: int
    user: str
    password: str
    starttls: bool
    tls: bool
    our_name: str


def server_of_settings() -> Server:
    return Server(
        host=settings.EMAIL_HOST,
        port=settings.EMAIL_PORT,
        user=settings.EMAIL_HOST_USER or "",
        password=settings.EMAIL_HOST_PASSWORD or "",
        starttls=bool(settings.EMAIL_USE_TLS),
        tls=bool(settings.EMAIL_USE_SSL),
        our_name=settings.MAIL_DOMAIN,
    )


class Refusal(Exception):
    """Carries what an unwelcome answer means out of the dialogue."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.code)
        self.outcome = outcome


class SenderRefused(Refusal):
    """Said to the sender's address, so about us; or about a connection that has been used for long enough."""


class Smtp:
    def __init__(self, server: Server, deadline: float = HARD_DEADLINE) -> None:
        self._server = server
        self._seconds = deadline
        self._deadline = Deadline(deadline)
        self._link: Link | None = None
        self._carried = 0

    def send(self, message: Message) -> Outcome:
        self._deadline.renew(self._seconds)
        try:
            link = self._begin(message)
            self._give(link, message)
        except Refusal as refusal:
            self._after(refusal.outcome)
            return refusal.outcome
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return unreachable(_code(error))
        return self._verdict(link)

    def close(self) -> None:
        link, self._link, self._carried = self._link, None, 0
        if link:
            link.close()

    def _begin(self, message: Message) -> Link:
        """Up to where the text goes. A server may have hung up on a connection that has carried messages before."""
        if self._carried >= _MESSAGES_PER_CONNECTION:
            self.close()
        if self._link:
            try:
                return self._offer(self._link, message)
            except (OSError, smtplib.SMTPException, SenderRefused):
                self.close()
        self._link = self._connect()
        return self._offer(self._link, message)

    def _offer(self, link: Link, message: Message) -> Link:
        size = f" SIZE={len(message.mime)}" if link.has_extn("size") else ""
        sender, to = _sender_of(message.from_address), _bracketed(message.to_address)
        answers = link.answers_to(f"MAIL FROM:{sender}{size}", f"RCPT TO:{to}", "DATA")
        _expect(next(answers), 250, otherwise=SenderRefused)
        code, text = next(answers)
        if code not in (250, 251):
            self._call_off(link, answers)
            raise Refusal(refused(code, _text(text)))
        _expect(next(answers), 354)
        return link

    def _call_off(self, link: Link, answers: Iterator[tuple[int, bytes]]) -> None:
        """DATA may be on its way already, and a server may say 354 to it with nobody to deliver to (RFC 2920, 3.1)."""
        if not link.pipelines:
            return
        try:
            if next(answers)[0] == 354:
                link.send(b".\r\n")
                link.getreply()
        except (OSError, smtplib.SMTPException):
            self.close()

    def _give(self, link: Link, message: Message) -> None:
        reach(BEFORE_DOT)
        mime = bytes(message.mime)
        link.send((_DOT_AT_LINE_START.sub(b"..", mime) if b"\n." in mime else mime) + b".\r\n")

    def _verdict(self, link: Link) -> Outcome:
        """The final dot has left; from here on silence means nothing."""
        reach(AFTER_DOT)
        try:
            code, text = link.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return ambiguous(_code(error))
        self._carried += 1
        taken = 200 <= code < 300  # RFC 5321, 4.2.1: the first digit decides; to try again would be a second copy
        outcome = sent(f"{code} {_text(text)}") if taken else refused(code, _text(text))
        if outcome.ends_run:
            self.close()
        return outcome

    def _after(self, outcome: Outcome) -> None:
        """Leave the connection as the next message needs it, or leave it."""
        if self._link is None or outcome.ends_run:
            self.close()
            return
        try:
            self._link.rset()
        except (OSError, smtplib.SMTPException):
            self.close()

    def _connect(self) -> Link:
        server = self._server
        reach(BEFORE_CONNECT)
        try:
            link = (TlsLink if server.tls else Link)(server.host, server.port, server.our_name, self._deadline)
            self._introduce(link)
        except smtplib.SMTPResponseException as error:
            raise Refusal(refused(error.smtp_code, _text(error.smtp_error), about_us=True)) from error
        except (ssl.SSLError, smtplib.SMTPNotSupportedError) as error:
            raise Refusal(insecure(_code(error))) from error
        return link

    def _introduce(self, link: Link) -> None:
        with ExitStack() as on_failure:
            on_failure.callback(link.close)
            link.ehlo_or_helo_if_needed()
            if self._server.starttls:
                link.starttls(context=ssl.create_default_context())
            if self._server.user:
                link.login(self._server.user, self._server.password)
            on_failure.pop_all()


def _expect(answer: tuple[int, bytes], welcome: int, *, otherwise: type[Refusal] = Refusal) -> None:
    code, text = answer
    if code != welcome:
        raise otherwise(refused(code, _text(text), about_us=otherwise is SenderRefused))


@lru_cache(maxsize=64)
def _sender_of(typed: str) -> str:
    return smtplib.quoteaddr(mailbox(typed).addr_spec)


def _bracketed(to: str) -> str:
    """Nearly every address is plain; taking an odd one apart costs as much as all the rest of a send."""
    return f"<{to}>" if _PLAIN.fullmatch(to) else smtplib.quoteaddr(address(to).addr_spec)


def _text(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer


def _code(error: Exception) -> str:
    """The kind of error alone, smtplib's own cause first: a message may quote an address."""
    return type(error.__context__ or error).__name__
