"""The bytes that leave. Built once, when the message is enqueued, and so while a person waits.

Written out here, because `email.message.EmailMessage` parses and folds every header it is given and takes a hundred
times as long as the encoding does; a test reads the result back with it and compares.
"""

import hashlib
import re
from base64 import encodebytes
from binascii import b2a_qp
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address
from email.utils import format_datetime, formataddr, parseaddr
from functools import lru_cache

Headers = Sequence[tuple[str, str]]
CRLF = "\r\n"
# Nearly every address. It stands in a header as it is; taking it apart by the grammar takes longer than all the rest.
_PLAIN = re.compile(r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+", re.ASCII)


@dataclass(frozen=True)
class Attached:
    """A file with a mail. `kind`: its content type, with parameters."""

    name: str
    kind: str
    content: bytes


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
    by_person: bool = False,
    attached: Attached | None = None,
) -> bytes:
    """`sender` and `reply_to` may have a display name. ValueError where a header does not stay on its line."""
    named = [
        ("From", _written(mailbox(sender))),
        ("To", to if _PLAIN.fullmatch(to) else _written(address(to))),
        ("Subject", subject),
        ("Date", format_datetime(date)),
        ("Message-ID", message_id),
        # RFC 3834: out-of-office programs keep quiet, and answer where a person wrote.
        ("Auto-Submitted", "no" if by_person else "auto-generated"),
        *([("Reply-To", _written(mailbox(reply_to)))] if reply_to else []),
        *headers,
        ("MIME-Version", "1.0"),
    ]
    head = "".join(_header(name, value) for name, value in named)
    body = _body(text, html, message_id)
    return (head + (_with_file(body, attached, message_id) if attached else body)).encode("ascii")


def _header(name: str, value: str) -> str:
    if not (name + value).isprintable():
        raise ValueError("a header does not stay on its line")
    shown = value if value.isascii() else Header(value, "utf-8", header_name=name).encode(linesep=CRLF)
    return f"{name}: {shown}{CRLF}"


def _body(text: str, html: str, message_id: str) -> str:
    parts = [_part("plain", text), *([_part("html", html)] if html else [])]
    if len(parts) == 1:
        return parts[0]
    # "=_" stands in no quoted-printable text, so the boundary cannot either (RFC 2045, 6.7).
    return _joined("alternative", parts, f"=_{_mark(message_id)}")


def _with_file(body: str, attached: Attached, message_id: str) -> str:
    lines = [f"Content-Type: {attached.kind}", "Content-Transfer-Encoding: base64"]
    lines += [f'Content-Disposition: attachment; filename="{attached.name}"', "", ""]
    encoded = encodebytes(attached.content).decode("ascii").replace("\n", CRLF)
    # Hexadecimal has no "m", so neither mark begins with the other.
    return _joined("mixed", [body, CRLF.join(lines) + encoded], f"=_m{_mark(message_id)}")


def _mark(message_id: str) -> str:
    return hashlib.sha256(message_id.encode()).hexdigest()[:32]


def _joined(how: str, parts: Sequence[str], boundary: str) -> str:
    opened = f'Content-Type: multipart/{how}; boundary="{boundary}"{CRLF}{CRLF}'
    return opened + "".join(f"--{boundary}{CRLF}{part}{CRLF}" for part in parts) + f"--{boundary}--{CRLF}"


def _part(subtype: str, text: str) -> str:
    lines = "".join(f"{line}{CRLF}" for line in text.splitlines())
    encoded = b2a_qp(lines.encode(), istext=True).decode("ascii")
    kind = f'Content-Type: text/{subtype}; charset="utf-8"{CRLF}Content-Transfer-Encoding: quoted-printable'
    return f"{kind}{CRLF}{CRLF}{encoded}"


def _written(to: Address) -> str:
    return formataddr((to.display_name, to.addr_spec))


@lru_cache(maxsize=256)
def mailbox(typed: str) -> Address:
    """`Name <name@example.org>`, or the address alone. Ours are few, and each email has two of them."""
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


def is_number(typed: str) -> bool:
    """A telephone number in E.164."""
    return re.fullmatch(r"\+[1-9][0-9]{7,14}", typed) is not None


def domain_of(typed: str) -> str:
    """Of an email address, in ASCII and lower case; empty for a telephone number and for what is no address."""
    if _PLAIN.fullmatch(typed):
        return typed.rpartition("@")[2].lower()
    try:
        return address(typed).domain.lower()
    except ValueError:
        return ""


def one_line(typed: str) -> str:
    """A subject as a header can carry it: line breaks, tabs and control characters become spaces."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in typed).split())
