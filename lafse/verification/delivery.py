"""What waits in the outbox leaves in time, and what left is known to have left."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Substr

from councils.clock import HubNow, hub_now
from lafse.verification.finding import Finding, named
from outbox import timings
from outbox.models import Circuit, Message
from outbox.states import Lane, State
from outbox.windows import open_windows

TARGETS = {Lane.SERVICE: timedelta(minutes=5), Lane.CAMPAIGN: timedelta(hours=1)}
_HEAD = 2000  # bytes of a mail; its own headers that name it stand there


def nothing_due_is_late() -> Finding:
    waiting = Message.objects.filter(state=State.QUEUED)
    overdue = Q()
    for lane, target in TARGETS.items():
        windows = {*open_windows(hub_now())} & {*open_windows(hub_now() - target)}  # open all the time since
        overdue |= Q(lane=lane, window__in=windows, not_before__lt=HubNow() - target)
    late = named("message", waiting.filter(overdue).values_list("pk", flat=True))
    closed = ", ".join(Circuit.objects.exclude(open_until=None).values_list("provider", flat=True))
    return Finding(
        "nothing due is older than its target (5 minutes, campaigns 1 hour)",
        waiting.count(),
        () if closed else late,
        {f"wait while the circuit is open: {closed}": len(late)} if closed and late else {},
    )


def no_lease_is_older_than_twice_its_length() -> Finding:
    leased = Message.objects.filter(state=State.LEASED)
    stuck = leased.filter(lease_until__lt=HubNow() - timings.LEASE)
    return Finding(
        "no lease is older than twice its length", leased.count(), named("message", stuck.values_list("pk", flat=True))
    )


def every_message_sent_has_a_reply_and_an_id() -> Finding:
    """An id: the provider's, or ours in the head of the mail."""
    sent = Message.objects.filter(state=State.SENT)
    unanswered = sent.filter(smtp_reply="").values_list("pk", flat=True)
    return Finding(
        "every message sent has a reply and an id",
        sent.count(),
        named("message", [*unanswered, *_without_an_id(sent.filter(provider_id="").exclude(smtp_reply=""))]),
    )


def _without_an_id(sent: QuerySet[Message]) -> Iterator[UUID]:
    for key, head in sent.values_list("pk", Substr("mime", 1, _HEAD)).iterator(chunk_size=1000):
        if f"<{key}@{settings.MAIL_DOMAIN}>".encode() not in bytes(head):
            yield key
