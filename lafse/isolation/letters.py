"""Messages of a scratch council: one that waits, and one that ended unsent."""

from datetime import timedelta

from councils.access import Access
from councils.clock import hub_now
from councils.models import Council
from outbox.actions import cancel_message, enqueue
from outbox.models import Message


def letters(council: Council, word: str, *, by: Access) -> dict[str, object]:
    """Kinds of objects and their keys. The council is in scope."""
    ended = _message(council, word, "ended")
    cancel_message(ended, by=by)
    return {"message": _message(council, word, "waiting").pk, "ended_message": ended.pk}


def _message(council: Council, word: str, key: str) -> Message:
    message = enqueue(
        council=council,
        kind="confirmation",
        to=f"{word}@isolation.invalid",
        subject=word,
        text=word,
        html=f"<p>{word}</p>",
        dedupe_key=f"isolation:{key}",
        expires_at=hub_now() + timedelta(hours=1),
    )
    assert message is not None  # noqa: S101  # the key is fresh
    return message
