"""The enquirer was heard: by a reply, on "Your enquiry", by sending the form again.

Whoever writes is waited for no longer and waits for us: what the hub would have sent by itself stops, a person is told,
and a case that was closed without an end is open again, with a new promise.
"""

from councils.clock import hub_now
from councils.events import record
from councils.models import Council
from councils.models.todos import ToDoKind
from councils.working_time import end_of_next_working_day
from enquiries.actions import follow_ups
from enquiries.actions.todos import open_todo
from enquiries.actions.turns import assign_new
from enquiries.commitment import commitment, hours_of
from enquiries.models import Enquiry
from enquiries.states import REOPENABLE_STATES, Slot, State, Way

# An answer is owed for these, whatever else the case is waiting for.
_OWED_AN_ANSWER = frozenset({ToDoKind.REPLIED, ToDoKind.STILL_INTERESTED, ToDoKind.NO_LONGER_INTERESTED})
_CHANGED = (
    "heard_at",
    "state",
    "state_changed_at",
    "state_since",
    "closed_at",
    "close_reason",
    "wake_on",
    "promise_due_at",
    "promise_slot",
    "promise_kept_at",
    "next_due_at",
    "version",
)


def heard_from(case: Enquiry, *, todo: ToDoKind | None, reopen: bool) -> bool:
    """True where a closed case is open again. The case is locked and in scope; the caller writes the event."""
    council = Council.objects.select_related("hub").get(pk=case.council_id)
    case.heard_at = hub_now()
    reopened = reopen and case.state in REOPENABLE_STATES
    if reopened:
        open_again(case, council, times=tuple(Slot(slot) for slot in case.times), way=Way(case.way))
    elif todo in _OWED_AN_ANSWER and case.next_due_at:
        case.next_due_at = min(case.next_due_at, end_of_next_working_day(case.heard_at, hours_of(council)))
    case.version += 1
    case.save(update_fields=_CHANGED)
    follow_ups.stop(case, "heard")
    if todo:
        open_todo(case, council, todo)
    if reopened:
        assign_new(case, council)
    return reopened


def open_again(case: Enquiry, council: Council, *, times: tuple[Slot, ...], way: Way) -> None:
    """In contact, with a new promise for the times and the way asked for now; what became of the earlier one stays with
    the event. The caller saves."""
    now = hub_now()
    kept_at = case.promise_kept_at
    record(
        "enquiry.promised_again",
        subject=case,
        by=None,
        earlier_due=case.promise_due_at.isoformat(),
        earlier_kept=kept_at.isoformat() if kept_at else None,
    )
    promise = commitment(council, now=now, times=times, way=way)
    case.state, case.state_changed_at, case.closed_at = State.IN_CONTACT, now, None
    case.state_since = None
    case.close_reason, case.wake_on = "", None
    case.promise_due_at = case.next_due_at = promise.due_at
    case.promise_slot, case.promise_kept_at = promise.slot or "", None
    case.way, case.times = way, list(times)
