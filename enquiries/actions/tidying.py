"""To-dos that the hub opened by itself, and that what happened since has settled."""

from collections.abc import Callable, Mapping
from datetime import datetime

from councils.clock import hub_now
from councils.models import Council, ToDo
from councils.models.todos import ToDoKind
from councils.tenancy import across
from enquiries.models import Enquiry

Settled = Callable[[Enquiry, ToDo, datetime], bool]

# A closed case settles each of them.
SETTLED: Mapping[str, Settled] = {
    ToDoKind.DUE_SOON: lambda case, todo, _: case.next_due_at != todo.due_at,
    ToDoKind.PROMISE_MISSED: lambda case, _, now: case.promise_kept_at is not None or case.promise_due_at > now,
    ToDoKind.HANDOVER_REFUSED: lambda *_: False,
    ToDoKind.HANDOVER_STUCK: lambda *_: False,
    ToDoKind.OWNER_AWAY: lambda case, *_: case.owner_id is not None,
}


def finish_settled() -> int:
    """How many to-dos were finished; nobody gets the credit."""
    councils = list(Council.objects.values_list("pk", flat=True))
    with across(councils, reason="finish settled to-dos"):
        now = hub_now()
        todos = list(ToDo.objects.filter(council__in=councils, kind__in=list(SETTLED), done_at=None))
        cases = Enquiry.objects.filter(council__in=councils).in_bulk({todo.subject_id for todo in todos})
        done = [todo.pk for todo in todos if _is_settled(cases.get(todo.subject_id), todo, now)]
        return ToDo.objects.filter(pk__in=done, done_at=None).update(done_at=now)


def _is_settled(case: Enquiry | None, todo: ToDo, now: datetime) -> bool:
    return case is not None and (not case.is_open or SETTLED[todo.kind](case, todo, now))
