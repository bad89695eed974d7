"""Work for a person: opened once, done once."""

from datetime import datetime
from uuid import UUID

from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.models import Council, ToDo, User
from councils.models.todos import ToDoKind
from councils.roles import Permission
from councils.tenancy import as_council
from enquiries.commitment import commitment, commitment_to
from enquiries.models import Enquiry
from enquiries.states import CLOSED_STATES

_RING = (ToDoKind.CALL, ToDoKind.RING_INSTEAD)


def open_todo(case: Enquiry, council: Council, kind: ToDoKind) -> None:
    """For whoever has the case, by when the case is due. One that is open already stays as it is."""
    ToDo.objects.get_or_create(
        council=council,
        kind=kind,
        subject_id=case.pk,
        done_at=None,
        defaults={
            "subject_kind": "enquiry",
            "about_council": council,
            "owner_id": case.owner_id,
            "due_at": _due(case, council),
        },
    )


def close_todos(case: Enquiry, *kinds: ToDoKind) -> None:
    """What has become void by itself is nobody's credit."""
    open_ones = ToDo.objects.filter(council=case.council_id, subject_id=case.pk, kind__in=kinds, done_at=None)
    open_ones.update(done_at=hub_now())


def _due(case: Enquiry, council: Council) -> datetime | None:
    """Nothing is due in a closed case: then as soon as a new enquiry would be."""
    if case.state not in CLOSED_STATES:
        return case.next_due_at
    return commitment(council, now=hub_now(), times=(), way=commitment_to(case, council).way).due_at


def no_longer_to_ring(case: Enquiry, *, by: User) -> None:
    """They were tried in another way than by email."""
    waiting = ToDo.objects.filter(council=case.council_id, subject_id=case.pk, kind__in=_RING, done_at=None)
    waiting.update(done_at=hub_now(), done_by=by)


def answered(case: Enquiry, *, by: User) -> str | None:
    """Somebody wrote back. Which to-do that ended, if any."""
    waiting = ToDo.objects.filter(council=case.council_id, subject_id=case.pk, kind=ToDoKind.REPLIED, done_at=None)
    todo = waiting.first()
    if todo is None:
        return None
    ToDo.objects.filter(council=case.council_id, pk=todo.pk).update(done_at=hub_now(), done_by=by)
    return str(todo.pk)


def not_answered(case: Enquiry, todo_id: UUID) -> None:
    """What was to be the answer did not leave. Where they wrote again meanwhile, that is open already."""
    same = ToDo.objects.filter(council=case.council_id, subject_id=case.pk, kind=ToDoKind.REPLIED)
    if not same.filter(done_at=None).exists():
        same.filter(pk=todo_id).update(done_at=None, done_by=None)


def finish_todo(todo: ToDo, *, by: Access) -> None:
    """Safe to do twice: the first keeps the credit."""
    by.require(Permission.WORK_CASES, todo.council_id)
    with as_council(todo.council_id):
        open_one = ToDo.objects.select_for_update().filter(council=todo.council_id, pk=todo.pk, done_at=None).first()
        if open_one is None:
            return
        open_one.done_at, open_one.done_by = hub_now(), by.user
        open_one.save(update_fields=["done_at", "done_by"])
        record("todo.done", subject=open_one, by=by.user, kind=open_one.kind)
