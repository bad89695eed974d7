"""Addresses of links in emails: which link of which mailing, signed, so that they lead nowhere else. No person is in
them; they stay good for as long as the key for keyed hashes does, since an email is read for years."""

import base64
import binascii
import hmac
import struct
import uuid
from typing import NamedTuple

from django.conf import settings

from councils.keyed_hashes import keyed_hash

_PURPOSE = "link of a mailing"
_LAYOUT = struct.Struct(">I16sH")
_NAMED, _SIGNED = 30, 32  # letters: 22 bytes in base64 without padding, 128 bits in hex


class LinkNamed(NamedTuple):
    council_id: int
    mailing_key: uuid.UUID
    position: int


def sign(council_id: int, mailing_key: uuid.UUID, position: int) -> str:
    named = base64.urlsafe_b64encode(_LAYOUT.pack(council_id, mailing_key.bytes, position)).decode().rstrip("=")
    return named + _signature(named)


def unsign(signed: str) -> LinkNamed | None:
    named, signature = signed[:_NAMED], signed[_NAMED:]
    if len(signed) != _NAMED + _SIGNED or not signed.isascii() or not hmac.compare_digest(signature, _signature(named)):
        return None
    try:
        council_id, key, position = _LAYOUT.unpack(base64.urlsafe_b64decode(f"{named}=="))
    except (binascii.Error, struct.error):
        return None
    return LinkNamed(council_id, uuid.UUID(bytes=key), position)


def address_of(council_id: int, mailing_key: uuid.UUID, position: int) -> str:
    """To stand in an email."""
    return f"{settings.BASE_URL}/c/{sign(council_id, mailing_key, position)}/"


def _signature(named: str) -> str:
    return keyed_hash(_PURPOSE, named)[:_SIGNED]
