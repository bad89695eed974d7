"""The pass that the link to a booking is exchanged for at once, so that no token stays in an address, a history or a
referrer: a signed cookie, good for an hour after it was last used. It names a door, or none."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from councils.doors import door_by_key
from councils.models import Door
from councils.models.doors import DoorPurpose

_GOOD_FOR = timedelta(hours=1)
_SALT = "campaigns.booking_pass"


def cookie_name() -> str:
    return "__Host-your-booking" if settings.SECURE else "your-booking"


def door_of(request: HttpRequest) -> Door | None:
    try:
        key: int = signing.loads(request.COOKIES.get(cookie_name(), ""), salt=_SALT, max_age=_GOOD_FOR)
    except signing.BadSignature:  # also of one that is too old
        return None
    return door_by_key(key, DoorPurpose.BOOKING)


def hand_out(response: HttpResponseBase, door: Door | None) -> None:
    """Also of a link that opens nothing: the answer is the same."""
    value = signing.dumps(door.pk if door else 0, salt=_SALT)
    response.set_cookie(cookie_name(), value, path="/", secure=settings.SECURE, httponly=True, samesite="Lax")
