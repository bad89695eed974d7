import sys

from outbox.models import Message
from outbox.outcomes import Outcome, sent


class Console:
    """Prints the mail as it would leave, on standard output and not into the log."""

    def send(self, message: Message) -> Outcome:
        sys.stdout.write(f"{bytes(message.mime).decode(errors='replace')}\n{'-' * 79}\n")
        sys.stdout.flush()
        return sent("printed")

    def close(self) -> None:
        pass
