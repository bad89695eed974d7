"""Mail that says that mail of ours did not arrive (RFC 3464), or was not welcome (RFC 5965).

Anybody can write such a mail. But it counts only with the Message-ID of one of our messages, which nobody but its
receiver was ever given, and it says nothing about any other address.
"""

import hashlib
import re
from collections.abc import Iterator
from email.message import Message
from email.parser import HeaderParser
from uuid import UUID

from outbox.outcomes import Verdict, refused
from outbox.receipts import Report, ReportKind, message_of

_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")


def bounce_of(mail: Message) -> Report | None:
    """None for mail that is no delivery report about a message of ours. To be taken by `outbox.receipts.take`."""
    about = _original(mail)
    if about is None:
        return None
    if any(_blocks(mail, "message/feedback-report")):
        return Report("arf", _report_id(mail, about), about, ReportKind.COMPLAINT)
    fields = _of_the_receiver(mail)
    if fields is None:
        return None
    action, status = _text(fields, "Action").lower(), _status(_text(fields, "Status"))
    return Report("dsn", _report_id(mail, about), about, _kind(action, status), code=status)


def is_report(mail: Message) -> bool:
    """About whichever mail: never a letter from a person."""
    return _kind_of(mail) == "multipart/report"


def _kind(action: str, status: str) -> ReportKind:
    if action in ("delivered", "relayed", "expanded"):
        return ReportKind.DELIVERED
    if action != "failed":
        return ReportKind.DELAYED
    hard = refused(550, status).verdict is Verdict.NO_SUCH_ADDRESS
    return ReportKind.HARD_BOUNCE if status.startswith("5.") and hard else ReportKind.SOFT_BOUNCE


def _of_the_receiver(mail: Message) -> Message | None:
    """The fields about the one receiver that each of our messages has."""
    return next((fields for fields in _blocks(mail, "message/delivery-status") if _text(fields, "Action")), None)


def _original(mail: Message) -> UUID | None:
    """Which message of ours came back, from the copy of its head, or of it all."""
    for kind in ("message/rfc822", "message/global", "text/rfc822-headers"):
        for block in _blocks(mail, kind):
            if found := message_of(_text(block, "Message-ID")):
                return found
    return None


def _blocks(mail: Message, kind: str) -> Iterator[Message]:
    if not is_report(mail):
        return
    for part in mail.walk():
        payload = part.get_payload() if _kind_of(part) == kind else None
        if isinstance(payload, str):
            yield HeaderParser().parsestr(payload)
        elif isinstance(payload, list):
            yield from (block for block in payload if isinstance(block, Message))


def _text(block: Message, name: str) -> str:
    """As it was written: Python's parser of headers crashes on some that are broken (<@example.org>, for one)."""
    named = (str(value) for key, value in block.raw_items() if key.lower() == name.lower())
    return next(named, "").strip()


def _kind_of(part: Message) -> str:
    return _text(part, "Content-Type").partition(";")[0].strip().lower()


def _status(typed: str) -> str:
    found = _STATUS.match(typed)
    return found[0] if found else ""


def _report_id(mail: Message, about: UUID) -> str:
    named = _text(mail, "Message-ID") or str(list(mail.raw_items()))
    return f"{about}:{hashlib.sha256(named.encode(errors='replace')).hexdigest()[:32]}"
