import sys

from outbox.models import Message
from outbox.outcomes import Outcome, sent
from outbox.states import ChannelKind


class Console:
    """Prints the message as it would leave, on standard output and not into the log."""

    def send(self, message: Message) -> Outcome:
        sys.stdout.write(f"{_shown(message)}\n{'-' * 79}\n")
        sys.stdout.flush()
        return sent("printed")

    def close(self) -> None:
        pass


def _shown(message: Message) -> str:
    if message.channel == ChannelKind.SMS:
        return f"Text message to {message.to_address}\n\n{message.text}"
    return bytes(message.mime).decode(errors="replace")
