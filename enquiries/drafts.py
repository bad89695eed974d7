"""Answers in progress: sealed with a key that only the visitor's cookie yields, so a stolen database tells nobody.

The cookie holds 32 random bytes. Their hash names the row, a key derived from them opens it, and the server keeps
neither. Kept for 24 hours after the last answer and for one hour after the form was sent.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponseBase

from councils.clock import HubNow
from enquiries.came import Came
from enquiries.models import Draft

KEPT = timedelta(hours=24)
KEPT_AFTER_SENDING = timedelta(hours=1)
TOKEN_LENGTH = 43  # 32 bytes in base64 without padding
NONCE_LENGTH = 12
NAMING = b"lafse: name of a draft\0"
SEALING = b"lafse: key of a draft\0"

Typed = dict[str, list[str]]


@dataclass(frozen=True)
class Sent:
    """What the thank-you page tells. Kept here because that page has no council in scope."""

    reference: str
    council_id: int
    promise: str
    emailed: bool = False
    second: bool = False  # answers that changed after a first sending
    prepared: bool = False


@dataclass
class Progress:
    """What a visitor typed, page by page, exactly as typed; nothing in it has been checked."""

    started_at: float = 0.0  # Unix time of the first answer: sealed, so nobody can date it back
    pages: dict[str, Typed] = field(default_factory=dict)
    sent: Sent | None = None
    came: Came | None = None  # as the first address that told something did

    def note(self, came: Came) -> None:
        if self.came is None or self.came.tells_nothing:
            self.came = came


def new_token() -> str:
    return secrets.token_urlsafe(32)


def read(token: str) -> Progress | None:
    """None when there is none, when it has been kept long enough, and when it cannot be opened."""
    draft = Draft.objects.filter(pk=name_of(token), erase_after__gt=HubNow()).first()
    return opened(token, bytes(draft.ciphertext)) if draft else None


@contextmanager
def changed(token: str) -> Iterator[Progress]:
    """The progress to change, written back at the end. Two tabs wait for each other, so neither loses an answer."""
    with transaction.atomic():
        now = hurried()
        draft = locked(token) or inserted(token, now)
        fresh = draft.erase_after <= now or not draft.ciphertext
        progress = (None if fresh else opened(token, bytes(draft.ciphertext))) or Progress(started_at=now.timestamp())
        yield progress
        draft.ciphertext = sealed(token, progress)
        draft.updated_at = now
        draft.erase_after = now + (KEPT_AFTER_SENDING if progress.sent else KEPT)
        draft.save(update_fields=["ciphertext", "updated_at", "erase_after"])


def hurried() -> datetime:
    """The time; and this transaction does not wait for the disk. A crash may lose a page's answers of the last
    half second, which the visitor types again; an enquiry, which has its own transaction, is never at stake."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('synchronous_commit', 'off', true), hub_now()")
        now: datetime = cursor.fetchone()[1]
    return now


def locked(token: str) -> Draft | None:
    return Draft.objects.select_for_update().filter(pk=name_of(token)).first()


def inserted(token: str, now: datetime) -> Draft:
    """A new row, or the one that another request has just put there."""
    empty = Draft(pk=name_of(token), ciphertext=b"", updated_at=now, erase_after=now + KEPT)
    Draft.objects.bulk_create([empty], ignore_conflicts=True)
    return Draft.objects.select_for_update().get(pk=name_of(token))


def erase(token: str) -> None:
    Draft.objects.filter(pk=name_of(token)).delete()


def erase_expired(now: datetime) -> int:
    """How many were due. Run every few minutes; a draft past its time is not read before that either."""
    return Draft.objects.filter(erase_after__lte=now).delete()[0]


def name_of(token: str) -> str:
    return hashlib.sha256(NAMING + token.encode()).hexdigest()


def cipher(token: str) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=SEALING).derive(token.encode()))


def sealed(token: str, progress: Progress) -> bytes:
    nonce = secrets.token_bytes(NONCE_LENGTH)
    plain = json.dumps(asdict(progress), ensure_ascii=False).encode()
    return nonce + cipher(token).encrypt(nonce, plain, name_of(token).encode())


def opened(token: str, ciphertext: bytes) -> Progress | None:
    nonce, body = ciphertext[:NONCE_LENGTH], ciphertext[NONCE_LENGTH:]
    try:
        data = json.loads(cipher(token).decrypt(nonce, body, name_of(token).encode()))
    except InvalidTag:
        return None
    sent = Sent(**data["sent"]) if data["sent"] else None
    came = Came.from_json(data["came"]) if data.get("came") else None
    return Progress(started_at=data["started_at"], pages=data["pages"], sent=sent, came=came)


def cookie_name() -> str:
    # __Host- binds it to this host over TLS; a browser refuses that prefix on plain http.
    return "__Host-answers" if settings.SECURE else "answers"


def token_of(request: HttpRequest) -> str | None:
    """The visitor's token, or None; a cookie of any other shape is nobody's."""
    token = request.COOKIES.get(cookie_name(), "")
    return token if len(token) == TOKEN_LENGTH and token.isascii() else None


def hand_out(response: HttpResponseBase, token: str) -> None:
    response.set_cookie(
        cookie_name(), token, max_age=KEPT, path="/", secure=settings.SECURE, httponly=True, samesite="Lax"
    )


def take_back(response: HttpResponseBase) -> None:
    response.set_cookie(cookie_name(), "", max_age=0, path="/", secure=settings.SECURE, httponly=True, samesite="Lax")
