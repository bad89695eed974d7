"""Who did not get an email that was fixed for them, and why: a first name and as much of the address as it takes to
know whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from campaigns.mailings.numbers import CALLED_BACK
from campaigns.models import Mailing, Recipient, Subscriber
from campaigns.states import Excluded, RecipientState
from outbox.models import Message
from outbox.settling import LEFT_OUT
from outbox.states import OPEN_STATES, State

MOST = 1000
NEVER = "It was not written to yet, or called off before"
_MAYBE = {State.UNKNOWN: "May have got it: the receiver did not answer"}


@dataclass(frozen=True)
class Missed:
    name: str
    address: str
    why: str


def missed(mailing: Mailing) -> list[Missed]:
    """The first thousand. The owner's council is in scope, and those of the people."""
    reasons = dict(islice(_reasons(mailing), MOST))
    keys = dict(Recipient.objects.filter(pk__in=reasons).values_list("pk", "subscriber_key"))
    people = Subscriber.objects.in_bulk(set(keys.values()))
    return [_line(people.get(keys[key]), why) for key, why in reasons.items() if key in keys]


def _reasons(mailing: Mailing) -> Iterator[tuple[UUID, str]]:
    """By recipient, whose key is the message's too."""
    recipients = Recipient.objects.filter(council=mailing.council_id, mailing=mailing.pk).order_by("state", "pk")
    for key, reason in recipients.filter(state=RecipientState.DROPPED).values_list("pk", "reason")[:MOST]:
        yield key, str(Excluded(reason).label)
    unsent = Message.objects.filter(council=mailing.council_id, subject_id=mailing.pk, kind="mailing")
    unsent = unsent.exclude(state__in=[State.SENT, *OPEN_STATES]).exclude(last_error=LEFT_OUT)
    for key, state in unsent.values_list("pk", "state")[:MOST]:
        yield key, CALLED_BACK if state == State.CANCELLED else _MAYBE.get(State(state), str(State(state).label))
    for key in recipients.filter(state=RecipientState.WAITING).values_list("pk", flat=True)[:MOST]:
        yield key, NEVER


def _line(subscriber: Subscriber | None, why: str) -> Missed:
    if subscriber is None or not subscriber.address:
        return Missed("", "", why)
    return Missed(subscriber.first_name, masked(subscriber.address), why)


def masked(address: str) -> str:
    """`erin@example.org`: `e…@example.org`."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"
