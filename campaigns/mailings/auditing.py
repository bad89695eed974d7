"""Whether an email went to each of its people once: from the rows of the outbox, and not from what the page counts."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery

from campaigns.mailings.numbers import Numbers, numbers_of
from campaigns.models import Mailing, Recipient
from campaigns.states import MailingState, RecipientState
from outbox.models import Message
from outbox.states import State


@dataclass(frozen=True)
class Audit:
    """`faults`: sentences; none where everything holds."""

    mailing: Mailing
    numbers: Numbers
    recipients: int
    sent: int
    reached: int  # different addresses among those
    faults: tuple[str, ...]


def audit(mailing: Mailing) -> Audit:
    """The owner is in scope."""
    numbers = numbers_of(mailing)
    sent = _messages(mailing).filter(state=State.SENT)
    # An address that was erased since is told apart by the key of its message, which has the hash.
    reached = sent.aggregate(many=Count("dedupe_key", distinct=True))["many"]
    recipients = Recipient.objects.filter(council=mailing.council_id, mailing=mailing.pk).count()
    found = Audit(mailing, numbers, recipients, sent.count(), reached, ())
    return Audit(*(mailing, numbers, recipients, found.sent, reached), tuple(_faults(found)))


def _faults(found: Audit) -> list[str]:
    numbers, mailing = found.numbers, found.mailing
    fixed = mailing.fixed or 0
    forgotten = mailing.ended_at is not None and not found.recipients
    checks = (
        (found.sent == found.reached, f"{found.sent} messages were sent to {found.reached} people"),
        (
            forgotten or found.recipients == fixed,
            f"it was fixed for {fixed} people and has {found.recipients} recipients",
        ),
        (numbers.adds_up, f"what became of them adds up to {numbers.to_come + numbers.dealt_with} of {fixed}"),
        (mailing.state != MailingState.DONE or not numbers.to_come, f"it is done, and {numbers.to_come} wait"),
        (not (lost := _lost(mailing)), f"{lost} are marked as handed over and have no message"),
        (not (twice := _twice(mailing)), f"{twice} addresses have more than one message"),
    )
    return [told for holds, told in checks if not holds]


def _messages(mailing: Mailing) -> QuerySet[Message]:
    found: QuerySet[Message] = Message.objects.filter(council=mailing.council_id, subject_id=mailing.pk, kind="mailing")
    return found


def _lost(mailing: Mailing) -> int:
    message = Message.objects.filter(council=OuterRef("council"), pk=OuterRef("message_key")).values("pk")
    handed = Recipient.objects.filter(
        council=mailing.council_id, mailing=mailing.pk, state=RecipientState.HANDED
    ).annotate(found=Subquery(message))
    return handed.filter(found=None).count()


def _twice(mailing: Mailing) -> int:
    """By the addresses themselves, where they are still kept."""
    addresses = Counter(_messages(mailing).exclude(to_address="").values_list("to_address", flat=True).iterator())
    return sum(many > 1 for many in addresses.values())
