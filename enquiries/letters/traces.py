"""Letters on the timeline: one entry each, although each is an event, an attempt and a message."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from councils.models import Event
from enquiries.models import Enquiry
from outbox.models import Message
from outbox.states import State

_CAME = {"delivered": "delivered", "complaint": "marked as spam by them"}


def letters_in(events: Iterable[Event]) -> Mapping[str, str]:
    """Ids of attempts and of the messages that they were."""
    sent = (event.facts for event in events if event.verb == "enquiry.letter_sent")
    return {str(facts["attempt"]): str(facts["message"]) for facts in sent}


def is_letter_that_stands(case: Enquiry, attempt_id: UUID) -> bool:
    """Two queries at most. One that was called back was no attempt."""
    sent = Event.objects.filter(council=case.council_id, subject_id=case.pk, verb="enquiry.letter_sent")
    message = letters_in(sent).get(str(attempt_id))
    if message is None:
        return False
    return Message.objects.filter(council=case.council_id, pk=message).exclude(state=State.CANCELLED).exists()


def without_withdrawals(events: Sequence[Event], letters: Mapping[str, str]) -> list[Event]:
    """That a letter was called back says all: its attempt was no mistake of anybody's."""
    return [
        event
        for event in events
        if event.verb != "enquiry.attempt_withdrawn" or event.facts.get("attempt") not in letters
    ]


def fared(message: Message) -> str:
    """Where it stands, and the provider's last word about it."""
    state = message.get_state_display()
    return f"{state}, {_CAME.get(message.receipt, 'came back')}" if message.receipt else state
