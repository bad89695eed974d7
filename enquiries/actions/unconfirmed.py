"""A confirmation that is cancelled by hand is somebody's call, as for whoever cannot be sent one."""

from councils.models import Council
from councils.models.todos import ToDoKind
from enquiries.actions.todos import open_todo
from enquiries.follow_up_states import FollowUp
from enquiries.models import Enquiry
from outbox.models import Message
from outbox.states import LEFT, State


def call_instead(message: Message) -> None:
    """In the transaction that cancels it. Not where another one goes, or somebody has got in touch already."""
    if message.kind != FollowUp.CONFIRMATION or message.subject_id is None:
        return
    case = Enquiry.objects.filter(council=message.council_id, pk=message.subject_id).first()
    if case is None or not case.is_open or case.promise_kept_at or _is_told_otherwise(message):
        return
    open_todo(case, Council.objects.get(pk=case.council_id), ToDoKind.CALL)


def _is_told_otherwise(message: Message) -> bool:
    same = Message.objects.filter(council=message.council_id, subject_id=message.subject_id, kind=message.kind)
    return same.exclude(pk=message.pk).filter(state__in=LEFT | {State.QUEUED}).exists()
