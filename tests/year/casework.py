"""What one member of staff does with the next case, and what comes of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from django.db.models import Q

from councils.models import Council
from councils.refusals import Refused
from councils.working_time import in_london, next_working_day
from enquiries import actions
from enquiries.commitment import hours_of
from enquiries.models import Enquiry
from enquiries.promise import SLOT_HOURS, slot_falls_on
from enquiries.states import TIMED_WAYS, WAYS_BY_PHONE, CloseReason, Outcome, Slot, State, Step, Way
from tests.year.offices import CASES_AN_HOUR, Worker
from tests.year.people import Arrival

_RUNS_OUT = timedelta(hours=5)
_LOOKED_AT = CASES_AN_HOUR * 8
_ENOUGH_TRIES = 4
_FIRST_STEPS = frozenset({State.NEW, State.IN_CONTACT})
_ONWARD: dict[State, Step] = {
    State.IN_CONTACT: Step.BOOK_VISIT,
    State.VISIT_BOOKED: Step.VISIT,
    State.VISITED: Step.APPLY,
    State.APPLIED: Step.ASSESS,
    State.IN_ASSESSMENT: Step.GO_TO_PANEL,
    State.PANEL: Step.AWAIT_DECISION,
    State.DECISION: Step.APPROVE,
}


def ready(worker: Worker, now: datetime) -> Iterator[Enquiry]:
    """The cases that a sensible person takes next: those due first; asked-for times are kept if they can be."""
    own = Q(owner=None) | Q(owner=worker.access.user)
    cases = Enquiry.objects.open().filter(own, council=worker.council).order_by("next_due_at")
    fitting = (case for case in cases[:_LOOKED_AT] if _suits(case, worker, now))
    yield from (case for _, case in zip(range(CASES_AN_HOUR), fitting, strict=False))


def _suits(case: Enquiry, worker: Worker, now: datetime) -> bool:
    if worker.is_on_rota(now):
        return bool(case.times) and in_slot(case, worker.council, now)
    due = case.next_due_at or now
    if case.times and case.way in TIMED_WAYS and due - now > _RUNS_OUT:
        return in_slot(case, worker.council, now)
    return case.first_seen_at is None or due - now <= timedelta(days=1)


def in_slot(case: Enquiry, council: Council, now: datetime) -> bool:
    here = in_london(now)
    return any(
        slot_falls_on(slot, here.date(), hours_of(council)) and SLOT_HOURS[slot][0] <= here.time() < SLOT_HOURS[slot][1]
        for slot in map(Slot, case.times)
    )


def work_on(case: Enquiry, person: Arrival | None, worker: Worker, now: datetime, chance: Random) -> None:
    """Look, try, and take the step that follows. Refusals are part of the day: the rule is told and the case stays."""
    by = worker.access
    actions.mark_seen(case, by=by)
    way, outcome = attempt(case, person, chance)
    case = actions.log_attempt(case, way=way, outcome=outcome, by=by).enquiry
    try:
        if outcome == Outcome.REACHED:
            go_on(case, person, worker, now, chance)
        elif _tries(case) >= _ENOUGH_TRIES:
            actions.take_step(case, Step.GIVE_UP, by=by)
    except Refused:
        return


def attempt(case: Enquiry, person: Arrival | None, chance: Random) -> tuple[Way, Outcome]:
    way = Way(case.way)
    if case.email_fails and case.phone and way not in WAYS_BY_PHONE:
        way = Way.CALL
    answers = 0.5 if person is None else person.answers_calls
    if way in (Way.TEXT, Way.EMAIL):
        return way, Outcome.REACHED if chance.random() < answers * 0.6 else Outcome.SENT
    if chance.random() < answers:
        return way, Outcome.REACHED
    left = case.voicemail_ok and way == Way.CALL
    return way, Outcome.VOICEMAIL if left else Outcome.NO_ANSWER


def go_on(case: Enquiry, person: Arrival | None, worker: Worker, now: datetime, chance: Random) -> None:
    state, by = State(case.state), worker.access
    wish = chance.random() * (1 if person is None else 0.4 + person.resolve)
    if state in _FIRST_STEPS and wish < 0.15:
        actions.take_step(case, Step.WITHDRAW, reason=CloseReason.NO_ROOM, by=by)
    elif state in _FIRST_STEPS and wish < 0.35:
        later = in_london(now).date() + timedelta(days=chance.randrange(14, 120))
        actions.take_step(case, Step.POSTPONE, reason=CloseReason.WORK_OR_MONEY, wake_on=later, by=by)
    elif state == State.IN_CONTACT and wish > 0.55:
        day = next_working_day(in_london(now).date(), hours_of(worker.council), chance.randrange(2, 9))
        visit_at = in_london(now).replace(year=day.year, month=day.month, day=day.day, hour=11, minute=0)
        actions.take_step(case, Step.BOOK_VISIT, visit_at=visit_at, by=by)
    elif state not in _FIRST_STEPS and wish > 0.5 and _time_has_come(case, now):
        manager = worker.access  # approval is a manager's: refused to an officer, and told so
        actions.take_step(case, _ONWARD[state], by=manager)


def _time_has_come(case: Enquiry, now: datetime) -> bool:
    return case.visit_at is None or case.state != State.VISIT_BOOKED or case.visit_at < now


def _tries(case: Enquiry) -> int:
    return case.attempts.filter(council=case.council_id).exclude(outcome=Outcome.REACHED).count()
