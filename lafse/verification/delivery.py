"""What waits in the outbox leaves in time, and what left is known to have left."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Substr

from councils.clock import HubNow, hub_now
from lafse.verification.finding import Finding, named
from outbox import timings
from outbox.channels import provider_of
from outbox.models import Circuit, Message
from outbox.states import ChannelKind, Lane, State
from outbox.windows import open_throughout

TARGETS = {Lane.SERVICE: timedelta(minutes=5), Lane.CAMPAIGN: timedelta(hours=1)}
_HEAD = 2000  # bytes of a mail; its own headers that name it stand there


def nothing_due_is_late() -> Finding:
    waiting = Message.objects.filter(state=State.QUEUED)
    overdue = Q()
    for lane, target in TARGETS.items():
        windows = open_throughout(hub_now() - target, hub_now())
        overdue |= Q(lane=lane, window__in=windows, not_before__lt=HubNow() - target)
    late = waiting.filter(overdue)
    circuits = set(Circuit.objects.exclude(open_until=None).values_list("provider", flat=True))
    stopped = [kind for kind in ChannelKind if provider_of(kind) in circuits]
    excused = late.filter(channel__in=stopped).count()
    names = ", ".join(sorted({provider_of(kind) for kind in stopped}))
    return Finding(
        "nothing due is older than its target (5 minutes, campaigns 1 hour)",
        waiting.count(),
        named("message", late.exclude(channel__in=stopped).values_list("pk", flat=True)),
        {f"wait while the circuit is open: {names}": excused} if excused else {},
    )


def no_lease_is_older_than_twice_its_length() -> Finding:
    leased = Message.objects.filter(state=State.LEASED)
    stuck = leased.filter(lease_until__lt=HubNow() - timings.LEASE)
    return Finding(
        "no lease is older than twice its length", leased.count(), named("message", stuck.values_list("pk", flat=True))
    )


def every_message_sent_has_a_reply_and_an_id() -> Finding:
    """An id: the provider's, or ours in the head of the mail. A text message has no head: where no provider named it
    (in development, or settled by an operator), it has none. What was erased has no head either."""
    sent = Message.objects.filter(state=State.SENT).exclude(to_address="")
    unanswered = sent.filter(smtp_reply="").values_list("pk", flat=True)
    nameless = sent.filter(provider_id="").exclude(smtp_reply="")
    texts = nameless.filter(channel=ChannelKind.SMS).count()
    return Finding(
        "every message sent has a reply and an id",
        sent.count(),
        named("message", [*unanswered, *_without_an_id(nameless.filter(channel=ChannelKind.EMAIL))]),
        {"texts that no provider named": texts} if texts else {},
    )


def _without_an_id(sent: QuerySet[Message]) -> Iterator[UUID]:
    for key, head in sent.values_list("pk", Substr("mime", 1, _HEAD)).iterator(chunk_size=1000):
        if f"Message-ID: <{key}@".encode() not in bytes(head):  # MAIL_DOMAIN may have been another then
            yield key
