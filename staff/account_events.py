"""What happens to an account is written down: who logged in and how, what was refused, what changed about the log-in.

allauth tells of changes by its signals; the rest its adapter asks us about.
"""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.signals import password_changed, password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset, authenticator_used
from django.dispatch import receiver
from django.http import HttpRequest

from councils.models import User
from councils.rate_limits import Limit, exceeded
from staff.mails import tell_of_change
from staff.sessions import end_sessions
from staff.trail import network_mark, record_account, record_nobody

WRITTEN_DOWN = Limit("refused log-ins in the trail", times=100, seconds=900)  # of one network; more are the same story


def how(request: HttpRequest, user: User) -> list[str]:
    """By which ways they showed who they are: password, totp, webauthn, recovery_codes, socialaccount."""
    records = get_authentication_records(request, user)
    return [str(record.get("type") or record["method"]) for record in records]


def logged_in(user: User, request: HttpRequest, *, how: list[str]) -> None:
    record_account("account.logged_in", user=user, by=user, how=how, network=network_mark(request))


def password_refused(email: str, request: HttpRequest) -> None:
    """As much work for an address that nobody has as for one of ours: how long it takes tells nothing."""
    if exceeded(WRITTEN_DOWN, network_mark(request)):
        return
    user = User.objects.filter(email=email.strip().lower()).first()
    if user:
        record_account("account.refused", user=user, why="password", network=network_mark(request))
    else:
        record_nobody("account.refused", request)


@receiver(password_changed)
def on_password_changed(request: HttpRequest, user: User, **_: Any) -> None:
    end_sessions(user, keep=request.session.session_key or "")
    record_account("account.password_changed", user=user, by=user)


@receiver(password_reset)
def on_password_reset(user: User, **_: Any) -> None:
    end_sessions(user)
    record_account("account.password_reset", user=user)


@receiver(authenticator_added)
def on_factor_added(user: User, authenticator: Authenticator, **_: Any) -> None:
    record_account("account.factor_added", user=user, by=user, factor=authenticator.type)


@receiver(authenticator_removed)
def on_factor_removed(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    end_sessions(user, keep=request.session.session_key or "")
    record_account("account.factor_removed", user=user, by=user, factor=authenticator.type)


@receiver(authenticator_reset)
def on_recovery_codes_made(user: User, **_: Any) -> None:
    record_account("account.recovery_codes_made", user=user, by=user)


@receiver(authenticator_used)
def on_factor_used(user: User, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        record_account("account.recovery_code_used", user=user, by=user)
        tell_of_change(user, "recovery_code_used")
