"""An audience becomes messages, a batch at a time, as senders ask for more.

One transaction a batch: the mailing's row is locked (whoever comes second does another mailing), the next recipients
are taken, consent and suppression are asked again, the messages are put into the outbox and the recipients marked. So
whatever dies, each is either still waited for or has exactly one message; the message has the recipient's own key, so
a second one could not be stored either. A batch is small and few wait ahead: memory does not depend on how many follow,
and pausing takes back all that waits.
"""

import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import DataError, IntegrityError, transaction
from django.db.models import F

from campaigns.content.look import look_of
from campaigns.mailings.letters import letters_of
from campaigns.mailings.scope import around, in_state
from campaigns.models import Mailing, Recipient, Subscriber
from campaigns.models.subscribers import SubscriberQuerySet
from campaigns.news.standing import why_not
from campaigns.states import Excluded, MailingState, Purpose, RecipientState
from councils.clock import HubNow, hub_now
from councils.tenancy import current_scope
from outbox import actions as outbox
from outbox.failpoints import reach
from outbox.models import Message
from outbox.windows import is_daytime

BEFORE_WRITING, BEFORE_MARKING = "before-writing", "before-marking"  # places where the tests end a process
MINUTE = timedelta(minutes=1)
A_MOMENT = 0.1  # seconds; a batch takes a few of them
_reached: dict[UUID, UUID] = {}  # from where this process looks on: those behind are dead rows of the index, mostly

Chosen = list[tuple[Recipient, Subscriber]]


def refill_outbox() -> int:
    """A batch of each email that goes out now. Where another sender is writing all that there is, it waits a moment and
    says 1, so that whoever asks looks again: with 0 they would be gone until the next beat."""
    written = [expand(council, mailing) for council, mailing in in_state([MailingState.RUNNING])]
    if None in written and not any(written):
        time.sleep(A_MOMENT)
        return 1
    return sum(many or 0 for many in written)


def expand(council_id: int, mailing_id: UUID) -> int | None:
    """How many recipients were dealt with; None while somebody else is at it. Outside the hours in which campaigns
    leave it is 0."""
    with around(council_id):
        running = Mailing.objects.filter(council=council_id, pk=mailing_id, state=MailingState.RUNNING)
        mailing = running.select_for_update(skip_locked=True, of=("self",)).select_related("council").first()
        if mailing is None:
            return None if running.exists() else 0
        batch = _next(mailing, min(settings.MAILING_BATCH, _room(mailing))) if is_daytime(hub_now()) else []
        if batch:
            _deal_with(mailing, batch)
        return len(batch)


def _room(mailing: Mailing) -> int:
    room = settings.MAILING_AHEAD - outbox.queued(mailing.council_id, subject_id=mailing.pk)
    if mailing.per_minute is not None:
        since = hub_now() - MINUTE
        written = Message.objects.filter(council=mailing.council_id, subject_id=mailing.pk, created_at__gt=since)
        room = min(room, mailing.per_minute - written.count())
    return max(room, 0)


def _next(mailing: Mailing, many: int) -> list[Recipient]:
    waiting = Recipient.objects.filter(
        council=mailing.council_id, mailing=mailing.pk, state=RecipientState.WAITING
    ).order_by("pk")
    after = _reached.pop(mailing.pk, None)
    batch = list(waiting.filter(pk__gt=after)[:many]) if after else []
    batch = batch or list(waiting[:many])
    if batch:
        _reached[mailing.pk] = batch[-1].pk
    return batch


def _deal_with(mailing: Mailing, batch: Sequence[Recipient]) -> None:
    found = _locked(batch)
    dropped = _against(mailing, batch, found)
    chosen = [(each, found[each.subscriber_key]) for each in batch if each.pk not in dropped]
    reach(BEFORE_WRITING)
    dropped |= _write(mailing, chosen)
    reach(BEFORE_MARKING)
    for reason in set(dropped.values()):
        drop(mailing.council_id, [key for key, why in dropped.items() if why == reason], reason)
    _hand_over(mailing, [(each, whose) for each, whose in chosen if each.pk not in dropped])


def drop(council_id: int, recipients: Sequence[UUID], reason: Excluded) -> None:
    Recipient.objects.filter(council=council_id, pk__in=recipients).update(state=RecipientState.DROPPED, reason=reason)


def _locked(batch: Sequence[Recipient]) -> dict[UUID, Subscriber]:
    """With every row of the hub that has one of the addresses, since they will all say when it was last written to. Two
    emails to one person are not written side by side."""
    rows = _with_addresses_of(batch).order_by("pk").select_for_update()
    return {each.pk: each for each in rows}


def _with_addresses_of(recipients: Iterable[Recipient]) -> SubscriberQuerySet:
    here: SubscriberQuerySet = Subscriber.objects.filter(council__in=_in_scope())
    return here.with_addresses(each.address_hash for each in recipients)


def _against(mailing: Mailing, batch: Sequence[Recipient], found: Mapping[UUID, Subscriber]) -> dict[UUID, Excluded]:
    said = why_not({each.subscriber_key for each in batch}, Purpose(mailing.purpose))
    rested = hub_now() - timedelta(days=look_of(mailing.council).rest_days)
    reasons: dict[UUID, Excluded] = {}
    for each in batch:
        if reason := said.get(each.subscriber_key):
            reasons[each.pk] = reason
        elif each.subscriber_key not in found:  # they have another address by now
            reasons[each.pk] = Excluded.NO_ADDRESS
        elif each.message_key is None and _is_recent(found[each.subscriber_key], rested):
            reasons[each.pk] = Excluded.RECENT
    return reasons


def _is_recent(subscriber: Subscriber, rested: datetime) -> bool:
    """Whose message was taken out again by a pause was marked as written to by this same email."""
    return subscriber.last_mailed_at is not None and subscriber.last_mailed_at > rested


def _write(mailing: Mailing, chosen: Chosen) -> dict[UUID, Excluded]:
    """Those to whom no message can be written."""
    letters = letters_of(mailing, [whose for _, whose in chosen], now=hub_now())
    unfit: dict[UUID, Excluded] = {}
    messages: list[Message] = []
    for recipient, subscriber in chosen:
        try:
            messages.append(letters.to(recipient, subscriber))
        except ValueError:
            unfit[recipient.pk] = Excluded.NO_ADDRESS
    return unfit | dict.fromkeys(_put_in(messages), Excluded.NO_ADDRESS)


def _put_in(messages: Sequence[Message]) -> list[UUID]:
    """One that the database does not take must not keep the others back: then it is found by trying each alone."""
    try:
        with transaction.atomic():
            outbox.put_in(messages)
    except (DataError, IntegrityError, ValueError):
        return [message.pk for message in messages if not _fits(message)]
    return []


def _fits(message: Message) -> bool:
    try:
        with transaction.atomic():
            outbox.put_in([message])
    except (DataError, IntegrityError, ValueError):
        return Message.objects.filter(council=message.council_id, pk=message.pk).exists()
    return True


def _hand_over(mailing: Mailing, handed: Chosen) -> None:
    recipients = Recipient.objects.filter(council=mailing.council_id, pk__in=[each.pk for each, _ in handed])
    recipients.update(state=RecipientState.HANDED, message_key=F("pk"))
    _with_addresses_of(each for each, _ in handed).update(last_mailed_at=HubNow())


def _in_scope() -> list[int]:
    scope = current_scope()
    return sorted(scope.councils) if scope else []
