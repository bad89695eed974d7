"""Sending as a whole has stopped: a person at every hub's office is told once, and the to-do ends when it goes on."""

from uuid import NAMESPACE_URL, UUID, uuid5

import structlog
from django.db.models import QuerySet

from councils.clock import HubNow
from councils.models import Council, CouncilKind, ToDo
from councils.models.todos import ToDoKind

log = structlog.get_logger("outbox.alarms")
SUBJECT = "sending"


def sending_stopped(cause: str, *, error: str = "") -> None:
    """`cause` is whatever stands still: a provider, the release. Every council is in scope."""
    log.error("sending_stopped", cause=cause, error=error)
    offices = Council.objects.filter(kind=CouncilKind.HUB_OFFICE).values_list("pk", flat=True)
    ToDo.objects.bulk_create([_todo(office, cause) for office in offices], ignore_conflicts=True)


def sending_resumed(cause: str) -> None:
    log.warning("sending_resumed", cause=cause)
    _told(cause).update(done_at=HubNow())


def is_told(cause: str) -> bool:
    return _told(cause).exists()


def _told(cause: str) -> QuerySet[ToDo]:
    return ToDo.objects.filter(kind=ToDoKind.SENDING_STOPPED, subject_id=_subject(cause), done_at=None)


def _todo(office: int, cause: str) -> ToDo:
    return ToDo(
        council_id=office,
        about_council_id=office,
        kind=ToDoKind.SENDING_STOPPED,
        subject_kind=SUBJECT,
        subject_id=_subject(cause),
    )


def _subject(cause: str) -> UUID:
    """The same for the same cause, so that the database keeps open to-dos from doubling."""
    return uuid5(NAMESPACE_URL, f"sending:{cause}")
