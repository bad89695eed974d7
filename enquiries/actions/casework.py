"""What staff do with a case. Each action locks the case, checks the role, changes it, writes the event
and plans its follow-ups anew."""

from datetime import date, datetime, timedelta

from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.models import Council
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_council
from councils.working_time import end_of_next_working_day, in_london
from enquiries.actions.asking import require_asked
from enquiries.actions.changing import changing, save
from enquiries.actions.todos import no_longer_to_ring
from enquiries.actions.visits import book
from enquiries.commitment import hours_of
from enquiries.models import ContactAttempt, Enquiry, Note
from enquiries.promise import next_due
from enquiries.states import (
    CLOSED_STATES,
    KEEPING_OUTCOMES,
    OUTCOMES_BY_WAY,
    PATH,
    REACHING_OUTCOMES,
    CloseReason,
    Outcome,
    State,
    Step,
    Way,
)
from enquiries.workflow import next_move

__all__ = ["add_note", "claim", "log_attempt", "mark_seen", "release", "take_step"]
NEXT_STEP_WITHIN = 5  # working days; once somebody was reached, the case must not go quiet
_CLOCKS_DIFFER_BY = timedelta(minutes=5)
_STEP_CHANGES = (
    "state",
    "state_changed_at",
    "closed_at",
    "next_due_at",
    "close_reason",
    "wake_on",
    "visit_at",
    "promise_kept_at",
    "reached_at",
)


def claim(enquiry: Enquiry, *, by: Access) -> Enquiry:
    """Make it one's own. Raises Refused when a colleague was faster."""
    with changing(enquiry, Permission.WORK_CASES, by) as case:
        if case.owner_id == by.user.pk:
            return case
        if case.owner is not None:
            raise Refused(f"{case.owner.name} has this case already.")
        case.owner, case.claimed_at = by.user, hub_now()
        save(case, "owner", "claimed_at")
        record("enquiry.claimed", subject=case, by=by.user)
    return case


def mark_seen(enquiry: Enquiry, *, by: Access) -> None:
    """Who looked, each time; the first look also stops the clock of the unseen."""
    with as_council(enquiry.council_id):
        Enquiry.objects.filter(council=enquiry.council_id, pk=enquiry.pk, first_seen_at=None).update(
            first_seen_at=hub_now()
        )
        record("enquiry.seen", subject=enquiry, by=by.user)


def log_attempt(
    enquiry: Enquiry, *, way: Way, outcome: Outcome, at: datetime | None = None, comment: str = "", by: Access
) -> ContactAttempt:
    """A genuine try by a person. The first one in the way asked keeps the promise; reaching somebody always does."""
    with changing(enquiry, Permission.WORK_CASES, by) as case:
        _require_fitting(way, outcome)
        now = hub_now()
        made_at = _possible(at or now, case, now)
        attempt = ContactAttempt.objects.create(
            council_id=case.council_id, enquiry=case, way=way, outcome=outcome, at=made_at, comment=comment, by=by.user
        )
        kept = _keep_promise(case, attempt)
        if way != Way.EMAIL and outcome in KEEPING_OUTCOMES:
            no_longer_to_ring(case, by=by.user)
        _after_attempt(case, attempt, now, by)
        record(
            "enquiry.attempted",
            subject=case,
            by=by.user,
            way=way.value,
            outcome=outcome.value,
            made=made_at.isoformat(),
            kept_promise=kept,
        )
    return attempt


def add_note(enquiry: Enquiry, text: str, *, by: Access) -> Note:
    with changing(enquiry, Permission.WORK_CASES, by, closed_too=True) as case:
        note = Note.objects.create(council_id=case.council_id, enquiry=case, text=text, by=by.user)
        record("enquiry.noted", subject=case, by=by.user)
    return note


def take_step(
    enquiry: Enquiry,
    step: Step,
    *,
    reason: CloseReason | None = None,
    wake_on: date | None = None,
    visit_at: datetime | None = None,
    comment: str = "",
    by: Access,
) -> Enquiry:
    """Move along the workflow. Raises Refused with the workflow's sentence."""
    with changing(enquiry, Permission.WORK_CASES, by, closed_too=True) as case:
        before = State(case.state)
        move = next_move(before, step, roles=by.roles.get(case.council_id, frozenset()), reason=reason)
        if step == Step.GIVE_UP:
            require_asked(case)
        now = hub_now()
        implied = _keep_implied_promise(case, before, move.to, now)
        _enter(case, move.to, now)
        if step == Step.REACH:  # without an attempt written down: they rang us
            case.reached_at = case.reached_at or now
        if step == Step.BOOK_VISIT:
            book(case, visit_at)
        case.close_reason = reason or ""
        case.wake_on = _wake(move.to, wake_on, now)
        save(case, *_STEP_CHANGES)
        if comment:
            Note.objects.create(council_id=case.council_id, enquiry=case, text=comment, by=by.user)
        record(
            f"enquiry.{step.value}",
            subject=case,
            by=by.user,
            old_state=before.value,
            state=case.state,
            reason=reason,
            promise_kept=implied or None,
            promise_evidence="implied" if implied else None,
        )
    return case


def release(enquiry: Enquiry, *, by: Access) -> Enquiry:
    """Out of quarantine: a person, not spam. What was held back is sent now."""
    with changing(enquiry, Permission.RELEASE_QUARANTINE, by) as case:
        if case.quarantined:
            case.quarantined = False
            save(case, "quarantined")
            record("enquiry.released", subject=case, by=by.user)
    return case


def _require_fitting(way: Way, outcome: Outcome) -> None:
    fitting = OUTCOMES_BY_WAY[way]
    if outcome not in fitting:
        offered = ", ".join(f"“{each.label}”" for each in fitting)
        raise Refused(f"“{outcome.label}” cannot come of “{way.label}”. Choose one of these: {offered}.")


def _possible(made_at: datetime, case: Enquiry, now: datetime) -> datetime:
    if made_at > now + _CLOCKS_DIFFER_BY:
        raise Refused("A contact attempt cannot be in the future.")
    if made_at < case.created_at - _CLOCKS_DIFFER_BY:
        raise Refused("A contact attempt cannot be earlier than the enquiry.")
    return made_at


def _keep_promise(case: Enquiry, attempt: ContactAttempt) -> bool:
    if case.promise_kept_at is not None:
        return False
    in_way_asked = attempt.way == case.way and attempt.outcome in KEEPING_OUTCOMES
    if attempt.outcome == Outcome.VOICEMAIL and not case.voicemail_ok:
        in_way_asked = False
    if not in_way_asked and attempt.outcome not in REACHING_OUTCOMES:
        return False
    case.promise_kept_at = attempt.at
    return True


def _keep_implied_promise(case: Enquiry, before: State, to: State, now: datetime) -> bool:
    """Nobody books a visit with a person to whom nobody has spoken: going on along the path keeps the promise."""
    if case.promise_kept_at is not None or before not in PATH or to not in PATH:
        return False
    case.promise_kept_at, case.next_due_at = now, None  # the next step is due anew
    return True


def _after_attempt(case: Enquiry, attempt: ContactAttempt, now: datetime, by: Access) -> None:
    """When somebody must act next, and who: an unclaimed case belongs to whoever rang."""
    hours = hours_of(Council.objects.get(pk=case.council_id))
    if attempt.outcome in REACHING_OUTCOMES:
        case.reached_at = case.reached_at or attempt.at
        case.next_due_at = end_of_next_working_day(now, hours, NEXT_STEP_WITHIN)
        if case.state == State.NEW:
            _enter(case, State.IN_CONTACT, now)
    else:
        failed = case.attempts.filter(council=case.council_id).exclude(outcome__in=REACHING_OUTCOMES).count()
        case.next_due_at = min([next_due(now, hours, failed_attempts=failed), *_still_promised(case, now)])
    if case.owner is None:
        case.owner, case.claimed_at = by.user, now
    save(case, "promise_kept_at", "reached_at", "next_due_at", "state", "state_changed_at", "owner", "claimed_at")


def _still_promised(case: Enquiry, now: datetime) -> list[datetime]:
    """The promise, where it can still be kept: no later try may hide it."""
    return [case.promise_due_at] if case.promise_kept_at is None and case.promise_due_at > now else []


def _enter(case: Enquiry, state: State, now: datetime) -> None:
    case.state, case.state_changed_at = state, now
    closed = state in CLOSED_STATES
    case.closed_at = now if closed else None
    hours = hours_of(Council.objects.get(pk=case.council_id))
    case.next_due_at = None if closed else case.next_due_at or end_of_next_working_day(now, hours, NEXT_STEP_WITHIN)


def _wake(state: State, wake_on: date | None, now: datetime) -> date | None:
    if state != State.NOT_YET:
        return None
    if wake_on is None or wake_on <= in_london(now).date():
        raise Refused("Say on which future day to ask again.")
    return wake_on
