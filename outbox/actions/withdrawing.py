"""Take back what has not left yet.

A message that waits is cancelled at once. One that a sender has in its hands cannot be called back: it is marked, and
whoever settles it ends it as cancelled instead of trying again.
"""

from collections.abc import Collection
from uuid import UUID

from councils.access import Access
from councils.clock import HubNow
from councils.events import record
from councils.models import User
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_council
from outbox.cancellations import tell
from outbox.models import Message
from outbox.states import LEFT, OPEN_STATES, State


class TooLateToCancel(Refused):
    """The message is not waiting any more."""


def cancel(council_id: int, *, subject_id: UUID, only: Collection[str] | None = None, by: User | None = None) -> int:
    """Everything about this subject that has not left, or only these messages of it. Returns how many.

    The council is in scope. Messages to staff stay: they are not what the person no longer waits for.
    """
    waiting = Message.objects.filter(council=council_id, subject_id=subject_id, to_staff=False, state__in=OPEN_STATES)
    wanted = waiting.filter(pk__in=only) if only is not None else waiting
    messages = list(wanted.order_by("pk").select_for_update().defer("mime", "text"))
    for message in messages:
        _take_back(message, by)
    return len(messages)


def take_back(council_id: int, *, only: Collection[str], by: User | None = None) -> list[Message]:
    """What caused these is undone, or goes elsewhere: those that wait are cancelled, and give up their key, so that the
    same may be written again. Returns the others: they have left, or are in a sender's hands. The council is in scope.
    """
    found = Message.objects.filter(council=council_id, pk__in=only).order_by("pk")
    messages = list(found.select_for_update().defer("mime", "text"))
    for message in messages:
        if message.state == State.QUEUED:
            _take_back(message, by)
        if message.state not in LEFT:
            # The row's own id makes it a key that nothing else has.
            Message.objects.filter(pk=message.pk).update(dedupe_key=f"taken-back:{message.pk}")
    return [message for message in messages if message.state in LEFT]


def cancel_message(message: Message, *, by: Access) -> Message:
    """One message, by a person. Raises Refused where it is not waiting any more."""
    by.require(Permission.SEE_MESSAGES, message.council_id)
    with as_council(message.council_id):
        locked = Message.objects.select_for_update().get(council=message.council_id, pk=message.pk)
        if locked.state not in OPEN_STATES:
            raise TooLateToCancel(
                f"Only a message that waits can be cancelled. This one: {locked.get_state_display().lower()}."
            )
        _take_back(locked, by.user)
        if locked.state == State.CANCELLED:
            tell(locked)
    return locked


def _take_back(message: Message, by: User | None) -> None:
    """The message is locked."""
    if message.state == State.LEASED:
        if message.cancel_asked:
            return
        message.cancel_asked = True
        Message.objects.filter(pk=message.pk).update(cancel_asked=True)
        record("message.cancel_asked", subject=message, by=by)
        return
    message.state = State.CANCELLED
    Message.objects.filter(pk=message.pk).update(state=State.CANCELLED, settled_at=HubNow())
    record("message.cancelled", subject=message, by=by)
