"""Whose turn it is, and who may say how it went.

A sender leases a few due messages at a time (`claim`), begins them one by one (`start`) and writes down the result
(`settle`). Each function is one step inside a short transaction of the caller, whose scope holds every council.

- Rows are locked with SKIP LOCKED while they are leased, so two senders never lease the same one.
- A lease has a token. A sender that was away past its lease finds another token on the row and changes nothing.
- Only a message that was started counts an attempt: what a dead sender had leased and not begun is not to blame.
- The clock is the database's. Senders' own clocks never meet.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db.models import F, QuerySet

from councils.clock import HubNow
from outbox.models import Message
from outbox.states import Lane, State

LEASE = timedelta(minutes=5)
EVERY_LANE = (Lane.SERVICE, Lane.CAMPAIGN)


def claim(limit: int, lanes: Iterable[Lane] = EVERY_LANE, overdue_by: timedelta = timedelta()) -> list[Message]:
    """Up to `limit` due messages, leased to the caller: oldest first, campaigns only when no service message is due."""
    claimed: list[Message] = []
    for lane in lanes:
        claimed += _lease(limit - len(claimed), lane, overdue_by)
    return claimed


def _lease(limit: int, lane: Lane, overdue_by: timedelta) -> list[Message]:
    due = Message.objects.due().filter(lane=lane, not_before__lte=HubNow() - overdue_by).order_by("not_before")
    messages = list(due.select_for_update(skip_locked=True)[:limit])
    if messages:
        Message.objects.filter(pk__in=[message.pk for message in messages]).update(
            state=State.LEASED, lease_token=F("lease_token") + 1, lease_until=HubNow() + LEASE
        )
    for message in messages:
        message.state, message.lease_token = State.LEASED, message.lease_token + 1
    return messages


def start(message: Message) -> bool:
    """Count the attempt before it is made. False where somebody else has taken the message over, or it is too late."""
    started = (
        leased_to_us(message)
        .filter(expires_at__gt=HubNow())
        .update(started_at=HubNow(), attempts=F("attempts") + 1, lease_until=HubNow() + LEASE)
    )
    message.attempts += started
    return started == 1


def release(messages: Sequence[Message]) -> None:
    """Give back what was leased and not begun."""
    for message in messages:
        leased_to_us(message).filter(started_at=None).update(state=State.QUEUED, lease_until=None)


def leased_to_us(message: Message) -> QuerySet[Message]:
    """The row, unless somebody took it over: then nothing."""
    return Message.objects.filter(pk=message.pk, state=State.LEASED, lease_token=message.lease_token)
