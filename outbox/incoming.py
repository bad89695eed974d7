"""Mail that comes in, read so that no bytes can crash it.

Python's reader of headers by policy crashes on some that are broken, so headers are taken as they were written, and
what is asked of the standard library is asked with its known failures at hand. Attachments are counted, not kept.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import parseaddr
from uuid import UUID

from outbox.bounces import bounce_of, is_report
from outbox.incoming_text import BROKEN, clean, reply_in, text_of
from outbox.mime import is_mailable, one_line
from outbox.receipts import Report, message_of

MOST_BYTES = 10 * 1024 * 1024  # what is read of one mail; the text stands at its beginning
MOST_PARTS = 200
_LONGEST_HEADER = 2000
_LONGEST_ID = 200
_LONGEST_NAME = 120
_NOBODYS = frozenset({"bulk", "list", "junk", "auto_reply"})
_BY_PROGRAMS = ("X-Autoreply", "X-Autorespond", "X-Autoresponder")


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """`sender` is whom an answer reaches, and proves nothing: anybody can write any address there. Empty if there is
    none. `text` is what they wrote now, without what they quote. `answers` are messages of ours."""

    sender: str
    name: str
    subject: str
    text: str
    message_id: str
    answers: tuple[UUID, ...] = ()
    automatic: bool = False
    files: int = 0
    is_ours: bool = False
    is_report: bool = False
    report: Report | None = None


def parse(raw: bytes, *, envelope_sender: str | None = None) -> Incoming:
    """`envelope_sender` is the MAIL FROM, where whoever hands the mail over knows it; empty for bounces."""
    mail = _read(raw[:MOST_BYTES])
    parts = list(_leaves(mail))
    files = [part for part in parts if _is_file(part)]
    name, sender = _author(mail, envelope_sender)
    own = message_of(_header(mail, "Message-ID"))
    return Incoming(
        sender=sender,
        name=name,
        subject=one_line(_words(_header(mail, "Subject")))[:300],
        text=reply_in(text_of([part for part in parts if not _is_file(part)])),
        message_id=_message_id(mail, raw),
        answers=tuple(_answered(mail)),
        automatic=_is_automatic(mail, envelope_sender),
        files=len(files),
        is_ours=own is not None,
        is_report=is_report(mail),
        report=_report(mail),
    )


def _read(raw: bytes) -> Message:
    try:
        return message_from_bytes(raw)
    except RecursionError:  # parts in parts, more than anybody means
        return BytesHeaderParser().parsebytes(raw)


def _report(mail: Message) -> Report | None:
    try:
        return bounce_of(mail)
    except BROKEN:
        return None


def _leaves(mail: Message) -> Iterator[Message]:
    """Parts that hold no others; a mail inside a mail is one of them."""
    waiting = [mail]
    for _ in range(MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop(0)
        inner = part.get_payload() if part.is_multipart() and not _kind(part).startswith("message/") else None
        if isinstance(inner, list):
            waiting = [each for each in inner if isinstance(each, Message)] + waiting
        else:
            yield part


def _is_file(part: Message) -> bool:
    """A picture that the text shows in its place is part of the text."""
    disposition = _header(part, "Content-Disposition").lower()
    if disposition.startswith("attachment"):
        return True
    shown = bool(_header(part, "Content-ID")) and _kind(part).startswith("image/")
    return not _kind(part).startswith("text/") and not shown


def _kind(part: Message) -> str:
    return _header(part, "Content-Type").partition(";")[0].strip().lower() or "text/plain"


def _header(mail: Message, name: str) -> str:
    """As it was written, the first of them; whatever is no text becomes a question mark."""
    named = (str(value) for key, value in mail.raw_items() if key.lower() == name.lower())
    written = next(named, "")[:_LONGEST_HEADER]
    return " ".join(written.encode(errors="surrogateescape").decode(errors="replace").split())


def _words(written: str) -> str:
    try:
        return str(make_header(decode_header(written)))
    except BROKEN:
        return written


def _author(mail: Message, envelope_sender: str | None) -> tuple[str, str]:
    """Name and address. A form on a website writes with its own address and names the person in Reply-To."""
    asked, wrote = _address(mail, "Reply-To"), _address(mail, "From")
    if asked[1]:
        return asked[0] or wrote[0], asked[1]
    if wrote[1]:
        return wrote
    known = envelope_sender or ""
    return wrote[0], known if is_mailable(known) else ""


def _address(mail: Message, header: str) -> tuple[str, str]:
    try:
        name, address = parseaddr(_header(mail, header))
    except BROKEN:
        return "", ""
    if not is_mailable(address) or len(address) > 254:
        return "", ""
    return clean(one_line(_words(name)))[:_LONGEST_NAME], address


def _message_id(mail: Message, raw: bytes) -> str:
    """Theirs; of a mail without one, a hash that is the same each time it is delivered."""
    named = clean(_header(mail, "Message-ID"))
    return named if 0 < len(named) <= _LONGEST_ID else f"sha256:{hashlib.sha256(raw).hexdigest()}"


def _answered(mail: Message) -> Iterator[UUID]:
    named = f"{_header(mail, 'In-Reply-To')} {_header(mail, 'References')}".replace("><", "> <").split()
    for message_id in dict.fromkeys(named):
        if ours := message_of(message_id):
            yield ours


def _is_automatic(mail: Message, envelope_sender: str | None) -> bool:
    """RFC 3834, and what programs did before it."""
    submitted = _header(mail, "Auto-Submitted").partition(";")[0].strip().lower()
    return (
        submitted not in ("", "no")
        or _header(mail, "Precedence").lower() in _NOBODYS
        or any(_header(mail, name) for name in _BY_PROGRAMS)
        or (envelope_sender is not None and envelope_sender.strip("<> ") == "")
        or is_report(mail)
    )
