"""Asked when a message of ours is about to leave: is the email still going out, and may this person still be written
to? What a sender has taken since cannot be called back, so "no" holds within one sender's batch."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from campaigns.actions.expanding import drop
from campaigns.models import Mailing, Recipient
from campaigns.news.standing import why_not
from campaigns.states import MailingState, Purpose
from outbox.models import Message
from outbox.permits import Answer

_STATES: Mapping[str, Answer] = {
    MailingState.RUNNING: Answer.GO,
    MailingState.PAUSED: Answer.NOT_NOW,
}


def may_leave(messages: Sequence[Message]) -> dict[UUID, Answer]:
    """Every council is in scope. An email that is cancelled, or gone, lets nothing leave."""
    answers: dict[UUID, Answer] = {}
    mailings = Mailing.objects.in_bulk({message.subject_id for message in messages})
    for key in {message.subject_id for message in messages}:
        theirs = [message.pk for message in messages if message.subject_id == key]
        mailing = mailings.get(key)
        answer = _STATES.get(mailing.state, Answer.NEVER) if mailing else Answer.NEVER
        answers |= dict.fromkeys(theirs, answer)
        if mailing and answer is Answer.GO:
            answers |= dict.fromkeys(_said_no(mailing, theirs), Answer.NEVER)
    return answers


def _said_no(mailing: Mailing, messages: Sequence[UUID]) -> list[UUID]:
    """They are left out from now on. A message has its recipient's key; one of nobody does not leave."""
    recipients = Recipient.objects.filter(council=mailing.council_id, pk__in=messages)
    whose = dict(recipients.values_list("pk", "subscriber_key"))
    said = why_not(set(whose.values()), Purpose(mailing.purpose))
    reasons = {key: said[subscriber] for key, subscriber in whose.items() if subscriber in said}
    for reason in set(reasons.values()):
        drop(mailing.council_id, [key for key, why in reasons.items() if why == reason], reason)
    return [key for key in messages if key in reasons or key not in whose]
