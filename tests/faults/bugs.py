"""Two bugs that delivery must never have, made on purpose to see that the table turns red."""

import os
from typing import Any

BUG = "FAULTS_BUG"  # read by the harness's processes only
SETTLE_WITHOUT_TOKEN = "settle-without-token"
SEND_BEFORE_COMMIT = "send-before-commit"


def make_of_environment() -> None:
    match os.environ.get(BUG):
        case "settle-without-token":
            settle_without_token()
        case "send-before-commit":
            send_before_commit()


def settle_without_token() -> None:
    """Whoever comes back late writes over what another sender has done meanwhile."""
    from outbox import claiming, settling  # noqa: PLC0415  # needs the models
    from outbox.models import Message  # noqa: PLC0415  # as above
    from outbox.states import State  # noqa: PLC0415  # as above

    def leased_to_anybody(message: Message) -> Any:
        return Message.objects.filter(pk=message.pk, state=State.LEASED)

    _replace(settling, "leased_to_us", leased_to_anybody)
    _replace(claiming, "leased_to_us", leased_to_anybody)


def send_before_commit() -> None:
    """The mail leaves while the transaction that causes it is open."""
    from outbox.actions import enqueuing  # noqa: PLC0415  # as above
    from outbox.channels import open_channel  # noqa: PLC0415  # as above
    from outbox.models import Message  # noqa: PLC0415  # as above
    from outbox.states import State  # noqa: PLC0415  # as above

    properly = enqueuing._add

    def at_once(message: Message) -> Message | None:
        if message.state == State.QUEUED:
            outcome = open_channel().send(message)
            message.state, message.smtp_reply, message.settled_at = State.SENT, outcome.reply, message.created_at
        return properly(message)

    _replace(enqueuing, "_add", at_once)


def _replace(module: Any, name: str, by: Any) -> None:
    if not hasattr(module, name):
        raise AttributeError(f"{module.__name__}.{name} is no longer there: the bug must be made elsewhere")
    setattr(module, name, by)
