"""The pass that a link is exchanged for at once, so that no token stays in an address, a history or a referrer.

A signed cookie, good for an hour after it was last used. It names a door, or keeps the token of a link that opens
nothing (any more), whether it ever did or not.
"""

from dataclasses import asdict, dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

GOOD_FOR = timedelta(hours=1)
LONGEST_TOKEN = 64
_SALT = "enquiries.status_pass"


@dataclass(frozen=True)
class Pass:
    door: int = 0
    token: str = ""


def cookie_name() -> str:
    return "__Host-your-enquiry" if settings.SECURE else "your-enquiry"


def pass_of(request: HttpRequest) -> Pass | None:
    try:
        return Pass(**signing.loads(request.COOKIES.get(cookie_name(), ""), salt=_SALT, max_age=GOOD_FOR))
    except signing.BadSignature:  # also of one that is too old
        return None


def hand_out(response: HttpResponseBase, given: Pass) -> None:
    """It ends with the browser, and by itself."""
    value = signing.dumps(asdict(given), salt=_SALT)
    response.set_cookie(cookie_name(), value, path="/", secure=settings.SECURE, httponly=True, samesite="Lax")


def take_back(response: HttpResponseBase) -> None:
    response.set_cookie(cookie_name(), "", max_age=0, path="/", secure=settings.SECURE, httponly=True, samesite="Lax")
