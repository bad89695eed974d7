"""Who looked at a message, and who tried what was not possible."""

from councils.access import Access
from councils.events import record
from councils.tenancy import as_council
from outbox.models import Message


def mark_seen(message: Message, *, by: Access) -> None:
    with as_council(message.council_id):
        record("message.seen", subject=message, by=by.user)


def record_refusal(message: Message, tried: str, *, by: Access) -> None:
    """`tried` names the action. Called after the refused action's savepoint was rolled back."""
    with as_council(message.council_id):
        record("message.refused", subject=message, by=by.user, tried=tried)
