"""Who has a second factor: `User.second_factor_at` follows the apps and passkeys that allauth keeps, in the transaction
that adds or removes one. staff.scope opens nothing without it.

Between the password and the first second factor there is a session that a password alone has opened. When the factor
comes, every other such session ends: it may be a thief's, who waits for the owner to set one up.
"""

from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.account.signals import authentication_step_completed, user_logged_in
from allauth.core import context
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest

from councils.clock import HubNow
from councils.models import User
from staff.sessions import end_sessions, renew_key

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def factors_of(user_id: int) -> "QuerySet[Authenticator]":
    """Recovery codes are none: they stand in for one that was lost."""
    return Authenticator.objects.filter(user=user_id, type__in=FACTORS)


def is_last(authenticator: Authenticator) -> bool:
    return not factors_of(authenticator.user_id).exclude(pk=authenticator.pk).exists()


def ways_to_confirm(ways: list[dict[str, Any]], user: User | AnonymousUser) -> list[dict[str, Any]]:
    """Before somebody's log-in is changed. By the second factor where there is one, the handier first: whoever sits
    down at a screen that was left open may have read the password over a shoulder."""
    kinds = set(factors_of(user.pk).values_list("type", flat=True)) if user.pk else set()
    if not kinds:
        return ways
    first = "mfa_reauthenticate" if Authenticator.Type.TOTP in kinds else "mfa_reauthenticate:webauthn"
    return sorted((way for way in ways if way["id"] != "reauthenticate"), key=lambda way: way["id"] != first)


def follow(user_id: int) -> None:
    """Safe to do at any time; `second_factor_at` keeps the moment of the first."""
    account = User.objects.filter(pk=user_id)
    if not factors_of(user_id).exists():
        account.exclude(second_factor_at=None).update(second_factor_at=None)
    elif account.filter(second_factor_at=None).update(second_factor_at=HubNow()):
        _end_sessions_without_factor(user_id)


def _end_sessions_without_factor(user_id: int) -> None:
    kept = ""
    if context.request and context.request.user.pk == user_id:
        renew_key(context.request)
        kept = context.request.session.session_key
    end_sessions(User.objects.get(pk=user_id), keep=kept)


@receiver(authentication_step_completed)
def has_confirmed(request: HttpRequest, reauthenticated: bool = False, **_: Any) -> None:
    if reauthenticated:
        renew_key(request)


@receiver(post_save, sender=Authenticator)
def was_saved(instance: Authenticator, created: bool, **_: Any) -> None:
    if created:
        follow(instance.user_id)


@receiver(post_delete, sender=Authenticator)
def was_deleted(instance: Authenticator, **_: Any) -> None:
    follow(instance.user_id)


@receiver(user_logged_in)
def has_logged_in(request: HttpRequest, user: User, **_: Any) -> None:
    """Whatever was done to the rows by hand, a password alone opens nothing. Whoever sets up their first factor now is
    not asked for the password that they have just typed."""
    follow(user.pk)
    records = get_authentication_records(request, user)
    if records and not factors_of(user.pk).exists():
        *before, last = records
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [*before, last | {"reauthenticated": True}]
