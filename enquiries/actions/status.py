"""What the enquirer does on "Your enquiry". Nobody of ours did it: every event says by=None.

Each is harmless when done twice. From the application on a word of theirs changes no state: it becomes work for a
person. Elsewhere "not now" and "no" close the case at once, as they asked.
"""

from datetime import date

from councils.clock import hub_now
from councils.events import record
from councils.models import Council, ToDo
from councils.models.todos import ToDoKind
from councils.refusals import Refused
from councils.working_time import in_london
from enquiries.actions.changing import on_case
from enquiries.actions.hearing import heard_from
from enquiries.actions.todos import close_todos
from enquiries.models import Enquiry
from enquiries.states import APPLICATION_STATES, CLOSED_STATES, CloseReason, State
from enquiries.status_choices import Interest, answers_in
from outbox.states import Cover
from outbox.suppressions import OPTED_OUT, suppress

_ABOUT_GOING_ON = (ToDoKind.STILL_INTERESTED, ToDoKind.NO_LONGER_INTERESTED, ToDoKind.NO_ANSWER)


def say_still_interested(enquiry: Enquiry) -> None:
    """Opens a closed case again; a person gets in touch."""
    with on_case(enquiry) as case:
        before = _require(case, Interest.YES)
        said = ToDo.objects.filter(subject_id=case.pk, kind=ToDoKind.STILL_INTERESTED, done_at=None)
        if case.is_open and said.exists():  # a yes from before it was closed is settled: now they want it open again
            return
        close_todos(case, *_ABOUT_GOING_ON)
        reopened = heard_from(case, todo=ToDoKind.STILL_INTERESTED, reopen=True)
        record("enquiry.still_interested", subject=case, by=None, old_state=before.value, reopened=reopened)


def say_not_now(enquiry: Enquiry, *, wake_on: date) -> None:
    with on_case(enquiry) as case:
        before = _require(case, Interest.NOT_NOW)
        if wake_on <= in_london(hub_now()).date():
            raise Refused("Choose a month that has not begun yet.")
        if before in APPLICATION_STATES:
            _leave_to_a_person(case, Interest.NOT_NOW, wake_on)
        elif (before, case.wake_on) != (State.NOT_YET, wake_on):
            _close(case, State.NOT_YET, wake_on=wake_on)
            record("enquiry.postpone", subject=case, by=None, old_state=before.value, state=case.state, own_page=True)


def say_no(enquiry: Enquiry, *, reason: CloseReason | None) -> None:
    with on_case(enquiry) as case:
        if case.state == State.WITHDRAWN:
            return
        before = _require(case, Interest.NO)
        if before in APPLICATION_STATES:
            _leave_to_a_person(case, Interest.NO)
            return
        _close(case, State.WITHDRAWN, reason=reason)
        record(
            "enquiry.withdraw",
            subject=case,
            by=None,
            old_state=before.value,
            state=case.state,
            reason=reason,
            own_page=True,
        )


def ask_to_stop(enquiry: Enquiry) -> None:
    """No follow-up and no news leaves any more. A promise stands: a person may still get in touch."""
    with on_case(enquiry) as case:
        if case.stopped_at:
            return
        case.stopped_at, case.news_by_email, case.news_by_text = hub_now(), False, False
        case.save(update_fields=["stopped_at", "news_by_email", "news_by_text"])
        goes_on = case.state not in CLOSED_STATES or case.state == State.NOT_YET
        heard_from(case, todo=ToDoKind.ASKED_TO_STOP if goes_on else None, reopen=False)
        _spare_promotion(case)
        record("enquiry.asked_to_stop", subject=case, by=None)


def undo_stop(enquiry: Enquiry) -> None:
    """News stays off: a yes to that is asked for in its own words."""
    with on_case(enquiry) as case:
        if case.stopped_at:
            case.stopped_at = None
            case.save(update_fields=["stopped_at"])
            close_todos(case, ToDoKind.ASKED_TO_STOP)
            record("enquiry.stop_undone", subject=case, by=None)


def stop_news(enquiry: Enquiry) -> None:
    """What a mail program's own button asks for (RFC 8058): no more news by email, in the whole hub."""
    with on_case(enquiry) as case:
        if case.news_by_email:
            case.news_by_email = False
            case.save(update_fields=["news_by_email"])
            record("enquiry.news_stopped", subject=case, by=None)
        _spare_promotion(case)


def _require(case: Enquiry, answer: Interest) -> State:
    state = State(case.state)
    if answer not in answers_in(state):
        raise Refused("Your enquiry has changed meanwhile. Please look at it again.")
    return state


def _leave_to_a_person(case: Enquiry, answer: Interest, wake_on: date | None = None) -> None:
    close_todos(case, ToDoKind.STILL_INTERESTED)
    heard_from(case, todo=ToDoKind.NO_LONGER_INTERESTED, reopen=False)
    month = f"{wake_on:%Y-%m}" if wake_on else None
    record("enquiry.wants_to_end", subject=case, by=None, answer=answer.value, ask_again=month)


def _close(case: Enquiry, to: State, *, reason: CloseReason | None = None, wake_on: date | None = None) -> None:
    """A person is told, always: somebody may be on the way to a visit, or a mistyped address was a stranger's."""
    now, was_open = hub_now(), case.state not in CLOSED_STATES
    case.state, case.state_changed_at, case.next_due_at = to, now, None
    case.state_since = None
    case.closed_at = now if was_open else case.closed_at
    case.close_reason, case.wake_on = reason or "", wake_on
    close_todos(case, *_ABOUT_GOING_ON)
    heard_from(case, todo=ToDoKind.NO_LONGER_INTERESTED if was_open else None, reopen=False)


def _spare_promotion(case: Enquiry) -> None:
    if case.email:
        hub_id = Council.objects.values_list("hub_id", flat=True).get(pk=case.council_id)
        suppress(case.email, hub_id=hub_id, cover=Cover.PROMOTIONAL, reason=OPTED_OUT)
