"""Whoever wrote to many is asked once more when a message leaves: the reader may have said no since, or a colleague
may have paused it.

Upper rooms register in `AppConfig.ready`, since nothing down here knows them. A check is asked about a sender's whole
batch at once, inside its transaction, with every council in scope; it may write down why something does not leave. Only
campaigns are asked about: nothing that somebody waits for is held up by it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from enum import Enum, auto
from uuid import UUID

from outbox.models import Message
from outbox.states import Lane

LATER = timedelta(minutes=1)


class Answer(Enum):
    GO = auto()
    NOT_NOW = auto()  # asked again a minute later
    NEVER = auto()


Check = Callable[[Sequence[Message]], Mapping[UUID, Answer]]
_checks: dict[str, Check] = {}


def asks_before_leaving(subject_kind: str, check: Check) -> None:
    """`check` answers for each message by its key; for those that it does not name, GO."""
    _checks[subject_kind] = check


def answers(messages: Iterable[Message]) -> dict[UUID, Answer]:
    by_kind: dict[str, list[Message]] = {}
    for message in messages:
        if message.lane == Lane.CAMPAIGN and message.subject_kind in _checks:
            by_kind.setdefault(message.subject_kind, []).append(message)
    told: dict[UUID, Answer] = {}
    for kind, asked in by_kind.items():
        told.update(_checks[kind](asked))
    return told
