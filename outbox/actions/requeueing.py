"""Send again what ended without being sent: the same bytes, under the same Message-ID."""

from datetime import timedelta

from django.db.models import F

from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_council
from outbox.models import Message
from outbox.states import REQUEUEABLE_STATES, ChannelKind, State
from outbox.suppressions import covered, release_address_of
from outbox.waking import wake_after_commit

FRESH_FOR = timedelta(hours=72)


class CannotBeSentAgain(Refused):
    pass


def requeue(message: Message, *, lift: bool = False, by: Access) -> Message:
    """Due at once, with a fresh expiry and its attempts forgotten. Raises Refused.

    `lift` ends the sparing of an address that does not work; nobody's "no" to promotion is ever lifted.
    """
    by.require(Permission.SEE_MESSAGES, message.council_id)
    with as_council(message.council_id):
        locked = Message.objects.select_for_update().get(council=message.council_id, pk=message.pk)
        before = State(locked.state)
        _require_sendable(locked)
        lifted = release_address_of(locked) if lift else 0
        if covered([locked]):
            raise CannotBeSentAgain(_SPARED)
        _queue(locked)
        record("message.requeued", subject=locked, by=by.user, old_state=before.value, lifted=lifted > 0)
        wake_after_commit()
    return locked


_SPARED = (
    "Nothing is sent to this address: mail to it came back, or its owner said no. If you know that it works again,"
    " tick “The address works again” and send once more."
)


def _require_sendable(message: Message) -> None:
    if message.state not in REQUEUEABLE_STATES:
        raise CannotBeSentAgain(f"Only what ended can be sent again. This one: {message.get_state_display().lower()}.")
    if not message.to_address:
        raise CannotBeSentAgain("Whom it was for was erased.")
    if message.channel == ChannelKind.EMAIL and not message.mime:
        raise CannotBeSentAgain("This message was never written out, so there is nothing to send.")


def _queue(message: Message) -> None:
    """The token goes up, so that a sender which comes back late finds nothing of its own."""
    now = hub_now()
    Message.objects.filter(pk=message.pk).update(
        state=State.QUEUED,
        not_before=now,
        expires_at=now + FRESH_FOR,
        attempts=0,
        deaths=0,
        first_tried_at=None,
        settled_at=None,
        cancel_asked=False,
        last_error="",
        lease_token=F("lease_token") + 1,
    )
    message.state = State.QUEUED
