from outbox.models import Message
from outbox.outcomes import Outcome, sent

KEPT = "kept in the development mailbox"


class DevelopmentMailbox:
    """Nothing leaves: /mailbox/ shows the outbox itself."""

    def send(self, message: Message) -> Outcome:
        return sent(KEPT)

    def close(self) -> None:
        pass
