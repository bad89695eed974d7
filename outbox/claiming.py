"""Whose turn it is, and who may say how it went.

A sender leases a few due messages at a time (`claim`), begins them one by one (`start`) and writes down the result
(`settle`). Each function is one step inside a short transaction of the caller, whose scope holds every council.

- Rows are locked with SKIP LOCKED while they are leased, so two senders never lease the same one.
- A lease has a token. A sender that was away past its lease finds another token on the row and changes nothing.
- Only a message that was started counts an attempt: what a dead sender had leased and not begun is not to blame.
- A send begins only while its lease outlasts it, so a lease need not be renewed.
- The clock is the database's. Senders' own clocks never meet.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from councils.clock import HubNow, hub_now
from outbox import timings
from outbox.cancellations import tell
from outbox.models import Message
from outbox.states import ChannelKind, Lane, State
from outbox.windows import open_windows

_DUE = """
    q.state = 'queued' AND q.lane = %(lane)s AND q.not_before <= hub_now() - %(overdue_by)s
    AND q.expires_at > hub_now() AND q.channel = ANY(%(channels)s) AND q."window" = ANY(%(windows)s)
"""
_OLDEST = """
    WITH due AS MATERIALIZED (
        SELECT q.id FROM outbox_message AS q WHERE {due} ORDER BY {order} LIMIT %(limit)s FOR UPDATE SKIP LOCKED
    )
"""
# As many of each council that has something due: ten thousand of one do not hold up the ten of another.
_IN_TURNS = """
    WITH busy AS MATERIALIZED (
        SELECT c.id FROM councils_council AS c
        WHERE EXISTS (SELECT FROM outbox_message AS q WHERE q.council_id = c.id AND {due})
    ), due AS MATERIALIZED (
        SELECT turn.id FROM busy, LATERAL (
            SELECT q.id FROM outbox_message AS q WHERE q.council_id = busy.id AND {due} ORDER BY {order}
            LIMIT ceil(%(limit)s::numeric / (SELECT count(*) FROM busy)) FOR UPDATE SKIP LOCKED
        ) AS turn LIMIT %(limit)s
    )
"""
_LEASE = """
    UPDATE outbox_message AS m
    SET state = 'leased', lease_token = m.lease_token + 1, lease_until = hub_now() + %(lease)s
    FROM due WHERE m.id = due.id RETURNING m.*
"""
EVERY_LANE = (Lane.SERVICE, Lane.CAMPAIGN)
EVERY_CHANNEL = tuple(ChannelKind)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a sender takes. `at_random`: a probe must not always be the same message, which may be the cause."""

    lane: Lane
    channels: Sequence[str] = EVERY_CHANNEL
    overdue_by: timedelta = timedelta()
    at_random: bool = False

    @property
    def order(self) -> str:
        return "random()" if self.at_random else "q.not_before"


def claim(limit: int, lanes: Iterable[Lane] = EVERY_LANE, overdue_by: timedelta = timedelta()) -> list[Message]:
    """Up to `limit` due messages, leased to the caller: oldest first, campaigns only when no service message is due."""
    claimed: list[Message] = []
    for lane in lanes:
        claimed += lease(Wanted(lane, overdue_by=overdue_by), limit - len(claimed))
    return claimed


def lease(wanted: Wanted, limit: int) -> list[Message]:
    """In one statement, and so in one round trip; the rows come back in any order."""
    if limit <= 0:
        return []
    statement = _IN_TURNS if wanted.lane == Lane.CAMPAIGN else _OLDEST
    values = {
        "limit": limit,
        "lane": wanted.lane,
        "channels": list(wanted.channels),
        "windows": open_windows(hub_now()),
        "overdue_by": wanted.overdue_by,
        "lease": timings.LEASE,
    }
    leased = Message.objects.raw(f"{statement.format(due=_DUE, order=wanted.order)} {_LEASE}", values)
    return sorted(leased, key=lambda message: message.not_before)


def start(message: Message) -> bool:
    """Count the attempt before it is made. False where it is not ours any more, or it is too late, or called off."""
    startable = leased_to_us(message).filter(
        expires_at__gt=HubNow(), cancel_asked=False, lease_until__gt=HubNow() + timings.SENDING
    )
    started = startable.update(
        started_at=HubNow(), first_tried_at=Coalesce("first_tried_at", HubNow()), attempts=F("attempts") + 1
    )
    message.attempts += started
    return started == 1


_RELEASE = """
    UPDATE outbox_message AS m SET
        state = CASE WHEN cancel_asked THEN 'cancelled' ELSE 'queued' END,
        settled_at = CASE WHEN cancel_asked THEN hub_now() END,
        not_before = CASE WHEN ours.wait > 0 THEN hub_now() + ours.wait * interval '1 second' ELSE not_before END,
        lease_until = NULL
    FROM unnest(%s::uuid[], %s::bigint[], %s::float8[]) AS ours(id, token, wait)
    WHERE m.id = ours.id AND m.lease_token = ours.token AND m.lease_until IS NOT NULL AND m.started_at IS NULL
    RETURNING m.id, m.state
"""


def release(messages: Sequence[Message], waits: Sequence[float] = ()) -> None:
    """Give back what was leased and not begun; `waits` says in how many seconds each is due again, else at once."""
    if not messages:
        return
    ids, tokens = [message.pk for message in messages], [message.lease_token for message in messages]
    with connection.cursor() as cursor:
        cursor.execute(_RELEASE, [ids, tokens, [*waits] or [0.0] * len(ids)])
        ended = {pk for pk, state in cursor.fetchall() if state == State.CANCELLED}
    for message in messages:
        if message.pk in ended:
            tell(message)


def leased_to_us(message: Message) -> QuerySet[Message]:
    """The row, unless somebody took it over: then nothing.

    "Leased" is said by the lease's end, which the database ties to the state: said by the state it would draw the
    planner to the index of all leases (1.7 ms instead of 0.1).
    """
    return Message.objects.filter(pk=message.pk, lease_token=message.lease_token, lease_until__isnull=False)
