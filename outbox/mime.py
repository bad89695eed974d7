"""The bytes that leave. Built once, when the message is enqueued."""

from collections.abc import Sequence
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

_POLICY = SMTP.clone(cte_type="7bit")  # passes servers without 8BITMIME
Headers = Sequence[tuple[str, str]]


def compose(
    *,
    message_id: str,
    date: datetime,
    sender: str,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    reply_to: str = "",
    headers: Headers = (),
) -> bytes:
    """`sender` and `reply_to` may have a display name. ValueError where a header does not stay on its line."""
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = mailbox(sender)
    mail["To"] = address(to)
    mail["Subject"] = subject
    mail["Date"] = format_datetime(date)
    mail["Message-ID"] = message_id
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: out-of-office programs keep quiet
    if reply_to:
        mail["Reply-To"] = mailbox(reply_to)
    for name, value in headers:
        mail[name] = value
    mail.set_content(_lines(text), cte="quoted-printable")
    if html:
        mail.add_alternative(_lines(html), subtype="html", cte="quoted-printable")
    return mail.as_bytes()


def mailbox(typed: str) -> Address:
    """`Name <name@example.org>`, or the address alone."""
    name, spec = parseaddr(typed)
    return address(spec, name)


def address(spec: str, name: str = "") -> Address:
    """The domain in ASCII; ValueError for anything but one address."""
    local, _, domain = spec.rpartition("@")
    try:
        return Address(display_name=name, addr_spec=f"{local}@{domain.encode('idna').decode()}")
    except (MessageError, IndexError) as error:
        raise ValueError("not an address") from error


def is_mailable(typed: str) -> bool:
    """One address with a local part in ASCII: few servers take the others (RFC 6531)."""
    try:
        return typed.isprintable() and address(typed).addr_spec.isascii()
    except ValueError:
        return False


def one_line(typed: str) -> str:
    """A subject as a header can carry it: line breaks, tabs and control characters become spaces."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in typed).split())


def _lines(text: str) -> str:
    return "\n".join(text.splitlines()) + "\n"
