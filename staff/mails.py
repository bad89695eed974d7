"""Mail about one's own account. It goes to the address of the account and to no other, through the outbox of the hub
office that the account calls home, and its links lead to BASE_URL, whatever host was asked."""

from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.urls import reverse

from councils.clock import hub_now
from councils.models import Council, User
from councils.tenancy import as_council
from councils.working_time import in_london
from outbox.actions import enqueue_template
from staff.trail import when_in_scope

LINK = "account.new_password"  # its text holds a link that opens an account: shown to nobody
CHANGED = "account.changed"
KEPT_TRYING = timedelta(days=1)

# By the names that allauth has for them, without what stands before.
CHANGES = {
    "password_changed": "The password was changed.",
    "password_reset": "The password was changed through a link that we sent you.",
    "password_set": "A password was set.",
    "totp_activated": "An authenticator app was added as a second step.",
    "totp_deactivated": "The authenticator app was removed.",
    "webauthn_added": "A passkey was added.",
    "webauthn_removed": "A passkey was removed.",
    "recovery_codes_generated": "New recovery codes were made. The old ones do not work any more.",
    "recovery_code_used": "Somebody logged in with one of your recovery codes.",
    "second_step_tried": (
        "Somebody who knows your password tried several times to log in, and gave wrong codes at the second step."
    ),
    "sign_on_linked": "You logged in with your organisation’s account for the first time.",
    "second_step_reset": "Your manager removed your second step. You set up a new one when you log in next.",
}
OF_ANOTHER_KIND = "Something about how you log in was changed."


def tell_of_change(user: User, change: str) -> None:
    """Whoever has taken over an account does not keep its owner from knowing."""
    context = {
        "what": CHANGES.get(change, OF_ANOTHER_KIND),
        "at": in_london(hub_now()),
        "link": settings.BASE_URL + reverse("account_reset_password"),
    }
    _send(user, CHANGED, "Your log-in was changed", "account_changed", context, f"{CHANGED}:{uuid4()}", KEPT_TRYING)


def send_link_for_new_password(user: User, *, path: str, dedupe_key: str) -> None:
    good_for = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    context = {"link": settings.BASE_URL + path, "minutes": int(good_for.total_seconds() // 60)}
    _send(user, LINK, "Choose a new password", "new_password", context, dedupe_key, good_for)


def _send(
    user: User, kind: str, subject: str, template: str, context: dict[str, object], key: str, good_for: timedelta
) -> None:
    home = Council.objects.select_related("hub").get(pk=user.home_id)

    def put_in_outbox() -> None:
        with as_council(home):
            enqueue_template(
                template=template,
                context={**context, "hub": home.hub, "name": user.name},
                council=home,
                kind=kind,
                to=user.email,
                subject=subject,
                dedupe_key=key,
                expires_at=hub_now() + good_for,
                to_staff=True,
            )

    when_in_scope(home.pk, put_in_outbox)
