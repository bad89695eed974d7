"""Genuine tries by a person to get in touch: written down, and taken back where one was written down by mistake."""

from datetime import datetime, timedelta
from uuid import UUID

from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.models import Council, Event
from councils.refusals import Refused
from councils.roles import Permission
from councils.working_time import end_of_next_working_day, in_london
from enquiries.actions.changing import changing, save
from enquiries.actions.steps import NEXT_STEP_WITHIN, enter
from enquiries.actions.taking_back import TRIED, call_back, require_own
from enquiries.actions.todos import no_longer_to_ring
from enquiries.actions.traces import Trace, put_back
from enquiries.commitment import hours_of
from enquiries.letters.traces import is_letter_that_stands
from enquiries.models import ContactAttempt, Enquiry
from enquiries.promise import next_due
from enquiries.states import KEEPING_OUTCOMES, OUTCOMES_BY_WAY, REACHING_OUTCOMES, Outcome, State, Way

_CLOCKS_DIFFER_BY = timedelta(minutes=5)
_STATE = ("state", "state_changed_at", "state_since")
_CHANGES = (*_STATE, "promise_kept_at", "reached_at", "next_due_at", "owner", "claimed_at")


def log_attempt(
    enquiry: Enquiry, *, way: Way, outcome: Outcome, at: datetime | None = None, comment: str = "", by: Access
) -> ContactAttempt:
    """The first one in the way asked keeps the promise; reaching somebody always does."""
    with changing(enquiry, Permission.WORK_CASES, by) as case:
        _require_fitting(way, outcome)
        now, trace = hub_now(), Trace.of(case)
        made_at = _possible(at or now, case, now)
        attempt = ContactAttempt.objects.create(
            council_id=case.council_id, enquiry=case, way=way, outcome=outcome, at=made_at, comment=comment, by=by.user
        )
        kept = _keep_promise(case, attempt)
        if way != Way.EMAIL and outcome in KEEPING_OUTCOMES:
            no_longer_to_ring(case, by=by.user)
        _after_attempt(case, attempt, now, by)
        _record(attempt, case, trace, kept=kept, by=by)
    return attempt


def withdraw_attempt(enquiry: Enquiry, attempt_id: UUID, *, by: Access) -> Enquiry:
    """Written down by mistake: what it did to the case is put back, and it stays on the timeline as taken back.

    A message that waits because of it is taken back too. One that has left stays told: a promise that counts as kept
    although nobody rang would be worse. Raises Refused to whoever did not write it down and manages nobody.
    """
    with changing(enquiry, Permission.WORK_CASES, by) as case:
        attempt = ContactAttempt.objects.filter(council=case.council_id, enquiry=case, pk=attempt_id).first()
        if attempt is None:
            raise Refused("That attempt is not there any more: somebody has taken it back.")
        require_own(attempt.by_id, case, by)
        if is_letter_that_stands(case, attempt_id):
            raise Refused("This is a letter, and it was sent. Call it back while it waits; after that it stays told.")
        event = _event_of(attempt)
        told = call_back(case, since=event.at if event else attempt.created_at, named=TRIED)
        attempt.delete()
        _put_back(case, attempt, event)
        save(case, *_CHANGES)
        record(
            "enquiry.attempt_withdrawn",
            subject=case,
            by=by.user,
            old={"comment": attempt.comment} if attempt.comment else None,
            attempt=str(attempt_id),
            told=bool(told),
        )
    return case


def _event_of(attempt: ContactAttempt) -> Event | None:
    events = Event.objects.filter(council=attempt.council_id, subject_id=attempt.enquiry_id, verb="enquiry.attempted")
    return next((event for event in events if event.facts.get("attempt") == str(attempt.pk)), None)


def _put_back(case: Enquiry, attempt: ContactAttempt, event: Event | None) -> None:
    """The promise is kept by the first attempt that is left and keeps it, if any is."""
    facts = event.facts if event else {}
    before, after = facts.get("before", {}), facts.get("after", {})
    put_back(case, before, after, always=())
    left = list(ContactAttempt.objects.filter(council=case.council_id, enquiry=case).order_by("at"))
    if facts.get("kept_promise"):
        case.promise_kept_at = next((each.at for each in left if _keeps(case, each)), None)
    if case.reached_at == attempt.at:
        case.reached_at = next((each.at for each in left if each.outcome in REACHING_OUTCOMES), None)
    if case.is_open and case.promise_kept_at is None:  # somebody must act by then again
        case.next_due_at = min(each for each in (case.next_due_at, case.promise_due_at) if each)


def _record(attempt: ContactAttempt, case: Enquiry, trace: Trace, *, kept: bool, by: Access) -> None:
    before, after = trace.until(case)
    record(
        "enquiry.attempted",
        subject=case,
        by=by.user,
        attempt=str(attempt.pk),
        way=attempt.way,
        outcome=attempt.outcome,
        made=attempt.at.isoformat(),
        kept_promise=kept,
        before=before,
        after=after,
    )


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
    if case.promise_kept_at is not None or not _keeps(case, attempt):
        return False
    case.promise_kept_at = attempt.at
    return True


def _keeps(case: Enquiry, attempt: ContactAttempt) -> bool:
    if attempt.outcome in REACHING_OUTCOMES:
        return True
    if attempt.outcome == Outcome.VOICEMAIL and not case.voicemail_ok:
        return False
    return attempt.way == case.way and attempt.outcome in KEEPING_OUTCOMES


def _after_attempt(case: Enquiry, attempt: ContactAttempt, now: datetime, by: Access) -> None:
    """When somebody must act next, and who: an unclaimed case belongs to whoever rang."""
    hours = hours_of(Council.objects.get(pk=case.council_id))
    if attempt.outcome in REACHING_OUTCOMES:
        case.reached_at = case.reached_at or attempt.at
        case.next_due_at = end_of_next_working_day(now, hours, NEXT_STEP_WITHIN)
        if case.state == State.NEW:
            enter(case, State.IN_CONTACT, now, since=in_london(attempt.at).date())
    else:
        failed = case.attempts.filter(council=case.council_id).exclude(outcome__in=REACHING_OUTCOMES).count()
        case.next_due_at = min([next_due(now, hours, failed_attempts=failed), *_still_promised(case, now)])
    if case.owner is None:
        case.owner, case.claimed_at = by.user, now
    save(case, *_CHANGES)


def _still_promised(case: Enquiry, now: datetime) -> list[datetime]:
    """The promise, where it can still be kept: no later try may hide it."""
    return [case.promise_due_at] if case.promise_kept_at is None and case.promise_due_at > now else []
