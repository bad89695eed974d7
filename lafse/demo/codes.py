"""The authenticator apps of the demonstration's people: their secrets lie encrypted like everybody's, and the codes are
counted out for whoever tries the demonstration.
"""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from cryptography.fernet import InvalidToken

from councils.clock import hub_now
from councils.models import User
from staff.account_forms import LAST_STEP
from staff.secrets import decrypted

STEP = 30  # seconds


@dataclass(frozen=True)
class Code:
    """`text` is empty where both that would be taken now were used; then `seconds` are to wait, else it is good for."""

    text: str
    seconds: int


def code_of(user: User) -> Code:
    """What their app shows, or the next one where that was used: each is good once, and a phone may be early."""
    app = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    secret = decrypted(app.data["secret"])
    *_, now, after = yield_hotp_counters_from_time()
    left = STEP - int(hub_now().timestamp()) % STEP
    for step, good_for in ((now, left + STEP), (after, left + 2 * STEP)):
        if step > app.data.get(LAST_STEP, 0):
            return Code(format_hotp_value(hotp_value(secret, step)), good_for)
    return Code("", left)


def give_apps(users: list[User]) -> None:
    """To those who have none, or one that the key of this checkout cannot read. Safe to do again."""
    apps = Authenticator.objects.filter(user__in=users, type=Authenticator.Type.TOTP)
    readable = {app.user_id for app in apps if _is_readable(app)}
    for user in users:
        if user.pk not in readable:
            Authenticator.objects.filter(user=user).delete()
            TOTP.activate(user, generate_totp_secret())


def _is_readable(app: Authenticator) -> bool:
    try:
        return bool(decrypted(app.data["secret"]))
    except InvalidToken:
        return False
