"""Second steps for tests: an app and its codes, recovery codes, and the way through the log-in."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.urls import reverse

from councils.models import User
from staff.second_factor import factors_of
from tests.factories import PASSWORD


def set_up_app(user: User) -> str:
    """The secret that the app holds."""
    secret: str = generate_totp_secret()
    TOTP.activate(user, secret)
    user.refresh_from_db()
    return secret


def code(secret: str, *, steps: int = 0) -> str:
    """What the app shows; `steps` of half a minute later or earlier."""
    _, now, _ = yield_hotp_counters_from_time()
    return str(format_hotp_value(hotp_value(secret, now + steps)))


def recovery_codes(user: User) -> list[str]:
    codes: list[str] = RecoveryCodes.activate(user).get_unused_codes()
    return codes


def passkey(user: User, name: str = "Laptop") -> Authenticator:
    """Its row only: it can be listed, renamed and removed, not used."""
    data = {"name": name, "credential": {}}
    made: Authenticator = Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data)
    return made


def log_in(client: Client, user: User, **changed: str) -> Any:
    """Email and password."""
    return client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD} | changed)


def enter(client: Client, typed: str) -> Any:
    return client.post(reverse("mfa_authenticate"), {"code": typed})


def is_in(client: Client) -> bool:
    return client.get(reverse("admin:index")).status_code == 200


def confirm(client: Client, user: User) -> Any:
    """What is asked for before one's log-in is changed: by a recovery code where there is a second factor."""
    if factors_of(user.pk).exists():
        return client.post(reverse("mfa_reauthenticate"), {"code": recovery_codes(user)[0]})
    return client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
