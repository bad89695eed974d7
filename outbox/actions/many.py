"""Messages to many: put in by the batch, and taken out again while they wait.

They are counted and settled by whoever wrote them, so there is one event for all of them up there, and none for each.
"""

from collections.abc import Sequence
from uuid import UUID

from outbox.models import Message
from outbox.states import OPEN_STATES, Lane, State

_AT_ONCE = 100  # rows of one insert: each may be a hundred kilobytes


def put_in(messages: Sequence[Message]) -> None:
    """As `written` made them. Nobody is woken: campaigns wait for no one, and senders look every few seconds."""
    Message.objects.bulk_create(messages, batch_size=_AT_ONCE)


def take_out(council_id: int, *, subject_id: UUID) -> list[UUID]:
    """What waits of a campaign leaves the queue as if it had never been in it; which messages it was. What a sender
    has in its hands stays. One that was tried and put off was not taken by anybody, so it may be written again."""
    waiting = Message.objects.filter(
        council=council_id, subject_id=subject_id, lane=Lane.CAMPAIGN, state=State.QUEUED, cancel_asked=False
    )
    keys = list(waiting.select_for_update().values_list("pk", flat=True))
    Message.objects.filter(council=council_id, pk__in=keys).delete()
    return keys


def queued(council_id: int, *, subject_id: UUID) -> int:
    """Asked of the council's queue and not of the subject, of which a million may have left."""
    waiting = Message.objects.filter(council=council_id, lane=Lane.CAMPAIGN, state=State.QUEUED)
    return waiting.filter(subject_id=subject_id).count()


def all_have_left(council_id: int, *, subject_id: UUID) -> bool:
    """Or will never."""
    return not Message.objects.filter(council=council_id, subject_id=subject_id, state__in=sorted(OPEN_STATES)).exists()
