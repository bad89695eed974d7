from typing import Protocol

from outbox.models import Message
from outbox.outcomes import Outcome


class Channel(Protocol):
    def send(self, message: Message) -> Outcome:
        """Try once. Whatever the receiver does becomes an Outcome; only a bug of ours raises."""
        ...

    def close(self) -> None:
        """Give up the connection; the next send opens another."""
        ...
