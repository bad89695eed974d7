"""Work for a person that waited in a merged case waits in the kept one; and goes back where the merge is undone."""

from uuid import UUID

from django.db.models import Q, QuerySet

from councils.clock import hub_now
from councils.models import Council, ToDo, User
from councils.models.todos import ToDoKind
from enquiries.actions.todos import open_todo
from enquiries.handover_states import SuggestionState
from enquiries.models import Enquiry, Suggestion

# Of the others, the kept case has its own, or they were about the merged one alone.
_CARRIED = frozenset(
    {
        ToDoKind.SENT_AGAIN,
        ToDoKind.REPLIED,
        ToDoKind.STILL_INTERESTED,
        ToDoKind.NO_LONGER_INTERESTED,
        ToDoKind.CHANGED_DETAILS,
        ToDoKind.ASKED_TO_STOP,
        ToDoKind.PROMISE_MISSED,
        ToDoKind.MAIL_FAILED,
        ToDoKind.CHECK_COUNCIL,
    }
)
_RING = frozenset({ToDoKind.CALL, ToDoKind.RING_INSTEAD})


def carry_todos(other: Enquiry, kept: Enquiry) -> dict[str, list[str]]:
    """Those of the merged case end, by nobody's credit; the kept one gets its own. What was closed, what opened."""
    waiting = list(_waiting(other))
    ToDo.objects.filter(council=other.council_id, pk__in=[todo.pk for todo in waiting]).update(done_at=hub_now())
    council = Council.objects.select_related("hub").get(pk=kept.council_id)
    own = _open_of(kept)
    carried = _CARRIED if kept.email and not kept.email_fails else _CARRIED | _RING
    for todo in waiting:
        if todo.kind in carried:
            open_todo(kept, council, ToDoKind(todo.kind))
    return {"closed": [str(todo.pk) for todo in waiting], "opened": [str(key) for key in _open_of(kept) - own]}


def put_todos_back(other: Enquiry, moved: dict[str, list[str]]) -> None:
    """What the merge opened and nobody has done yet ends; what it closed is open again."""
    todos = ToDo.objects.filter(council=other.council_id)
    todos.filter(pk__in=moved["opened"], done_at=None).update(done_at=hub_now())
    opened_since = _waiting(other).values_list("kind", flat=True)
    todos.filter(pk__in=moved["closed"], done_by=None).exclude(kind__in=list(opened_since)).update(done_at=None)


def settle_suggestions(other: Enquiry, *, by: User | None) -> list[str]:
    """Those about the merged case: whom the kept one resembles is asked anew."""
    about = Suggestion.objects.filter(Q(enquiry=other) | Q(other=other), council=other.council_id)
    keys = list(about.filter(state=SuggestionState.OPEN).values_list("pk", flat=True))
    settled = Suggestion.objects.filter(council=other.council_id, pk__in=keys)
    settled.update(state=SuggestionState.MERGED, settled_at=hub_now(), settled_by=by)
    return [str(key) for key in keys]


def suggest_anew(other: Enquiry, keys: list[str]) -> None:
    settled = Suggestion.objects.filter(council=other.council_id, pk__in=keys, state=SuggestionState.MERGED)
    settled.update(state=SuggestionState.OPEN, settled_at=None, settled_by=None)


def _open_of(case: Enquiry) -> set[UUID]:
    return set(_waiting(case).values_list("pk", flat=True))


def _waiting(case: Enquiry) -> QuerySet[ToDo]:
    return ToDo.objects.filter(council=case.council_id, subject_id=case.pk, done_at=None)
