"""Letters on the timeline: one entry each, although each is an event, an attempt and a message."""

from collections.abc import Iterable, Mapping, Sequence

from councils.models import Event
from outbox.models import Message

_CAME = {"delivered": "delivered", "complaint": "marked as spam by them"}


def letters_in(events: Iterable[Event]) -> Mapping[str, str]:
    """Ids of attempts and of the messages that they were."""
    sent = (event.facts for event in events if event.verb == "enquiry.letter_sent")
    return {str(facts["attempt"]): str(facts["message"]) for facts in sent}


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
