"""Whoever knows what a message was for is told when it is cancelled: somebody may be waiting for what it said.

Upper rooms register in `AppConfig.ready`, since nothing down here knows them. They are told in the transaction that
ends the message, whether it waited or was in a sender's hands, with the message's council in scope.
"""

from collections.abc import Callable

from outbox.models import Message

Told = Callable[[Message], None]
_told: list[Told] = []


def when_cancelled(told: Told) -> None:
    _told.append(told)


def tell(message: Message) -> None:
    for told in _told:
        told(message)
