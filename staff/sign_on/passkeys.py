"""A passkey that was added after a council's own log-in opens no more than that log-in does. Else whoever runs it could
go through it as one of its people, add a passkey, and see by that what the person may see in another council.
"""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_used
from django.dispatch import receiver
from django.http import HttpRequest

from staff.scope import VOUCHED_FOR

_OPENED_BY = "opened_by_passkey_for"  # on the request: a new session forgets what the old one held


@receiver(authenticator_added)
def on_added(request: HttpRequest, authenticator: Authenticator, **_: Any) -> None:
    councils = request.session.get(VOUCHED_FOR)
    if councils is not None and authenticator.type == Authenticator.Type.WEBAUTHN:
        authenticator.data[VOUCHED_FOR] = councils
        authenticator.save(update_fields=["data"])


@receiver(authenticator_used)
def on_used(request: HttpRequest, authenticator: Authenticator, passwordless: bool = False, **_: Any) -> None:
    if passwordless:
        setattr(request, _OPENED_BY, authenticator.data.get(VOUCHED_FOR))


def councils_of_passkey(request: HttpRequest) -> list[int] | None:
    """Of the passkey that alone is logging somebody in; None: all that are theirs."""
    found: list[int] | None = getattr(request, _OPENED_BY, None)
    return found
