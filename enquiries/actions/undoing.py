"""The last step is undone, while nothing has left the building because of it."""

from collections.abc import Sequence

from councils.access import Access
from councils.events import record
from councils.models import Event
from councils.roles import Permission
from councils.working_time import in_london
from enquiries.actions.changing import changing, save
from enquiries.actions.rewriting import revive
from enquiries.actions.steps import STEP_CHANGES
from enquiries.actions.taking_back import STEPPED, call_back, require_own
from enquiries.actions.traces import put_back
from enquiries.models import Enquiry
from enquiries.promise import day_in_words, hour_in_words
from enquiries.states import CLOSED_STATES, State, Step
from enquiries.workflow import StepRefused
from outbox.models import Message

_STATE = ("state", "state_changed_at", "state_since", "closed_at", "close_reason", "wake_on", "applied_on")


def undo_step(enquiry: Enquiry, *, by: Access) -> Enquiry:
    """State, dates, promise and due time are as they were before it. Raises Refused where it is too late, where
    something else has changed the state since, and to whoever neither took it nor manages the council."""
    with changing(enquiry, Permission.WORK_CASES, by, closed_too=True) as case:
        events = Event.objects.filter(council=case.council_id, subject_id=case.pk, at=case.state_changed_at)
        step = last_step(case, list(events))
        if step is None:
            raise StepRefused("There is no step to undo: something else has changed this case since.")
        require_own(step.by_id, case, by)
        undone, also = State(case.state), {"information"} if "reached_at" in step.facts["before"] else set()
        left = call_back(case, since=step.at, named=STEPPED | also)
        if left:
            raise StepRefused(_too_late(left[0]))
        _restore(case, step)
        save(case, *STEP_CHANGES)
        revive(case, cancelled_at=step.at)
        record(
            "enquiry.state_undone",
            subject=case,
            by=by.user,
            old_state=undone.value,
            state=case.state,
            step=step.verb.removeprefix("enquiry."),
            undid=str(step.pk),
        )
    return case


def last_step(case: Enquiry, events: Sequence[Event]) -> Event | None:
    """The one that brought the case where it is, if a step did. Whatever else changes a state sets the time anew."""
    fits = (
        event
        for event in events
        if event.at == case.state_changed_at
        and event.facts.get("state") == case.state
        and "state" in event.facts.get("before", ())
        and event.verb.removeprefix("enquiry.") in Step.values
    )
    return next(fits, None)


def _restore(case: Enquiry, step: Event) -> None:
    put_back(case, step.facts["before"], step.facts["after"], always=_STATE)
    if case.state in CLOSED_STATES:
        case.next_due_at = None


def _too_late(message: Message) -> str:
    what = f"“{message.subject}”" if message.subject else "a text message"
    at = in_london(message.settled_at or message.started_at or message.created_at)
    when = f"on {day_in_words(at.date())} at {hour_in_words(at.time())}"
    return (
        f"They were sent {what} because of it {when}, so it cannot be undone without a word. "
        "Tell them yourself, and choose the step that is right now."
    )
