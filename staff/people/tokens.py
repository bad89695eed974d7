"""What the link in an invitation carries; only its hash is kept."""

import secrets

from councils.doors import token_hash
from staff.models import Invitation

_PURPOSE = "invitation"


def new_token() -> tuple[str, str]:
    """256 random bits, and their hash."""
    token = secrets.token_urlsafe(32)
    return token, token_hash(token, _PURPOSE)


def invitation_of(token: str) -> Invitation | None:
    """None for one that never was, has been used, was withdrawn or has run out, all alike."""
    return Invitation.objects.open().filter(token_hash=token_hash(token, _PURPOSE)).first()
