"""A case moves along the workflow, on the day on which it happened: written down at once or days later.

`state_changed_at` is when it was written down, which messages and deadlines follow; `state_since` is the day told.
"""

from datetime import date, datetime, time, timedelta

from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.models import Council
from councils.refusals import Refused
from councils.roles import Permission
from councils.working_time import at, end_of_next_working_day, in_london
from enquiries.actions.asking import require_asked
from enquiries.actions.changing import changing, save
from enquiries.actions.traces import Trace
from enquiries.actions.visits import book
from enquiries.commitment import hours_of
from enquiries.models import Enquiry, Note
from enquiries.promise import day_in_words
from enquiries.states import CLOSED_STATES, PATH, CloseReason, State, Step
from enquiries.workflow import next_move

NEXT_STEP_WITHIN = 5  # working days; once somebody was reached, the case must not go quiet
LONGEST_SLEEP = timedelta(days=5 * 365)  # a slip in the year would put the case to sleep for good
STEP_CHANGES = (
    "state",
    "state_changed_at",
    "state_since",
    "closed_at",
    "next_due_at",
    "close_reason",
    "wake_on",
    "visit_at",
    "promise_kept_at",
    "reached_at",
    "applied_on",
    "stage_1_from",
)


def take_step(
    enquiry: Enquiry,
    step: Step,
    *,
    on: date | None = None,
    reason: CloseReason | None = None,
    wake_on: date | None = None,
    visit_at: datetime | None = None,
    comment: str = "",
    by: Access,
) -> Enquiry:
    """Move along the workflow. `on`: when it happened, today if not told. Raises Refused with the workflow's words."""
    with changing(enquiry, Permission.WORK_CASES, by, closed_too=True) as case:
        before, trace, now = State(case.state), Trace.of(case), hub_now()
        move = next_move(before, step, roles=by.roles.get(case.council_id, frozenset()), reason=reason, bare=True)
        if step == Step.GIVE_UP:
            require_asked(case)
        day = _day(on, case, now)
        implied = _keep_implied_promise(case, before, move.to, by_end_of(day, now))
        _forget_visit(case, now)
        enter(case, move.to, now, since=day)
        _follow(case, step, day, now)
        if step == Step.BOOK_VISIT:
            book(case, visit_at)
        case.close_reason, case.wake_on = reason or "", _wake(move.to, wake_on, now)
        save(case, *STEP_CHANGES)
        if comment:
            Note.objects.create(council_id=case.council_id, enquiry=case, text=comment, by=by.user)
        _record(case, step, trace, before=before, day=day, implied=implied, by=by)
    return case


def correct_day(enquiry: Enquiry, *, on: date, by: Access) -> Enquiry:
    """On which the present state began. Raises Refused for a day in the future, or before the enquiry."""
    with changing(enquiry, Permission.WORK_CASES, by, closed_too=True) as case:
        _require_possible(on, case, hub_now())
        old = began(case)
        if on == old:
            return case
        case.state_since = on
        for follows, state in (("applied_on", State.APPLIED), ("stage_1_from", State.IN_ASSESSMENT)):
            if case.state == state and getattr(case, follows) == old:
                setattr(case, follows, on)
        save(case, "state_since", "applied_on", "stage_1_from")
        was = {"state_since": old.isoformat()}
        record("enquiry.corrected", subject=case, by=by.user, changed=["state_since"], was=was, on=on.isoformat())
    return case


def began(case: Enquiry) -> date:
    """The day on which the present state began."""
    return case.state_since or in_london(case.state_changed_at).date()


def enter(case: Enquiry, state: State, now: datetime, *, since: date | None = None) -> None:
    """Every field that goes with the state. The caller saves."""
    case.state, case.state_changed_at, case.state_since = state, now, since or in_london(now).date()
    closed = state in CLOSED_STATES
    case.closed_at = now if closed else None
    hours = hours_of(Council.objects.get(pk=case.council_id))
    case.next_due_at = None if closed else case.next_due_at or end_of_next_working_day(now, hours, NEXT_STEP_WITHIN)


def by_end_of(day: date, now: datetime) -> datetime:
    """The moment by which what is told of a day has happened."""
    return min(now, at(day + timedelta(days=1), time(0)))


def _day(on: date | None, case: Enquiry, now: datetime) -> date:
    if on is None:
        return in_london(now).date()
    _require_possible(on, case, now)
    if on < began(case):
        since = f"{day_in_words(began(case))} {began(case).year}"
        raise Refused(
            f"This case has been “{case.get_state_display()}” since {since}. If that day is wrong, correct it first."
        )
    return on


def _require_possible(on: date, case: Enquiry, now: datetime) -> None:
    came = in_london(case.created_at).date()
    if on > in_london(now).date():
        raise Refused("The day on which it happened cannot be in the future.")
    if on < came:
        raise Refused(f"The enquiry came on {day_in_words(came)} {came.year}: nothing can have happened before.")


def _follow(case: Enquiry, step: Step, day: date, now: datetime) -> None:
    """The dates that go with a step."""
    if step == Step.REACH:  # without an attempt written down: they rang us
        case.reached_at = case.reached_at or by_end_of(day, now)
    if step == Step.APPLY:
        case.applied_on = day
    if step == Step.ASSESS and case.stage_1_from is None:
        case.stage_1_from = day


def _keep_implied_promise(case: Enquiry, before: State, to: State, moment: datetime) -> bool:
    """Nobody books a visit with a person to whom nobody has spoken: going on along the path keeps the promise."""
    if case.promise_kept_at is not None or before not in PATH or to not in PATH:
        return False
    case.promise_kept_at, case.next_due_at = moment, None  # the next step is due anew
    return True


def _forget_visit(case: Enquiry, now: datetime) -> None:
    """One that was still to come has been earlier, or does not take place: the case must not wait for it."""
    if case.visit_at and case.visit_at > now:
        case.visit_at = case.next_due_at = None


def _wake(state: State, wake_on: date | None, now: datetime) -> date | None:
    if state != State.NOT_YET:
        return None
    if wake_on is None or wake_on <= in_london(now).date():
        raise Refused("Say on which future day to ask again.")
    if wake_on > in_london(now).date() + LONGEST_SLEEP:
        raise Refused("That is more than five years ahead. Check the year.")
    return wake_on


def _record(case: Enquiry, step: Step, trace: Trace, *, before: State, day: date, implied: bool, by: Access) -> None:
    was, became = trace.until(case)
    record(
        f"enquiry.{step.value}",
        subject=case,
        by=by.user,
        old_state=before.value,
        state=case.state,
        on=day.isoformat(),
        reason=case.close_reason or None,
        promise_kept=implied or None,
        promise_evidence="implied" if implied else None,
        before=was,
        after=became,
    )
