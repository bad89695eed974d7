"""From the cases of a household to what is told of each of its journeys. Pure, and the one place that decides it.

The cases are as they stand now and the events are everything that happened: told twice, or in another order, it comes
to the same. Nothing here knows the time: a promise is missed when the event says so, not when a clock does.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from councils.working_time import WorkingHours, in_london
from dashboards.figures import APART, INITIAL, year_of
from dashboards.hours import half_hours
from dashboards.states import Promise
from dashboards.told import Case, Earlier, Move, Told
from dashboards.ways import steps_of, way_of
from dashboards.worked import worked_between
from enquiries.states import State, Step, TalkAbout

Hours = Callable[[int, datetime], WorkingHours]  # of a council, then
MISSED, TAKEN_OVER, WISHED = "enquiry.promise_missed", "enquiry.taken_over", "enquiry.wished"
PROMISED_AGAIN = "enquiry.promised_again"
REOPENED = f"enquiry.{Step.REOPEN.value}"
_TOPICS = frozenset(topic.value for topic in TalkAbout)  # no other word leaves the wish
_ELSEWHERE = (State.PASSED_ON, State.DUPLICATE)


def tell(cases: Iterable[Case], *, hub: int, hours: Hours, before: Mapping[UUID, Told]) -> list[Told]:
    """Of one household. `before`: what was told of its journeys the last time; of what was erased, all there is."""
    told: list[Told] = []
    years, came = set[int](), False
    for journey in _in_order(cases):
        each = _journey(journey, hub, hours, before, years=years, again=came)
        if each.counts:
            years.add(year_of(each.came_on))
        came = came or each.real
        told.append(each)
    return told


def _in_order(cases: Iterable[Case]) -> list[list[Case]]:
    """Journeys by when they came, and the cases of each."""
    journeys = defaultdict[UUID, list[Case]](list)
    for case in sorted(cases, key=lambda case: (case.created_at, case.key)):
        journeys[case.journey].append(case)
    return sorted(journeys.values(), key=lambda each: (each[0].created_at, each[0].journey))


def _journey(
    cases: Sequence[Case], hub: int, hours: Hours, before: Mapping[UUID, Told], *, years: set[int], again: bool
) -> Told:
    """`years`: of earlier ones of the household that count; `again`: there was an earlier one."""
    first, last = cases[0], goes_on(cases)
    way, came_on = way_of(cases, last), _day(first.created_at)
    real = not last.held_back and last.state != State.DUPLICATE
    counts = real and last.kind in INITIAL
    ended = last.closed_at is not None and last.state != State.APPROVED
    return Told(
        hub_id=hub,
        council_id=last.council,
        journey_id=first.journey,
        household_id=last.household,
        case_key=last.key,
        came_on=came_on,
        arrived_in_id=first.council,
        kind=last.kind,
        channel=first.channel,
        real=real,
        counts=counts,
        apart=real and last.kind in APART,
        first_of_year=counts and year_of(came_on) not in years,
        again=real and again,
        stage=way.stage.value,
        state=last.state,
        **way.days,
        ended_on=last.since if ended else None,
        end_reason=last.reason if ended else "",
        slept_on=last.since if last.state == State.NOT_YET else None,
        moves=_moves(cases),
        lasted=way.lasted(),
        **_promises(cases, last),
        **_sources(cases),
        **_tries(cases, hours),
        **_with_ambassador(cases, before.get(first.journey)),
    )


def _sources(cases: Sequence[Case]) -> dict[str, Any]:
    came = sorted((each for case in cases for each in case.came), key=lambda each: each.at)
    if not came:
        return {}
    first, last = came[0], came[-1]
    return {
        "source_first": first.source,
        "source_last": last.source,
        "code_first": first.code,
        "code_last": last.code,
    }


def _tries(cases: Sequence[Case], hours: Hours) -> dict[str, Any]:
    tried = min((case.tried_at for case in cases if case.tried_at), default=None)
    reached = min((case.reached_at for case in cases if case.reached_at), default=None)
    took = _hours(cases[0], tried, hours)
    return {"try_hours": took, "reach_hours": took if reached == tried else _hours(cases[0], reached, hours)}


def _with_ambassador(cases: Sequence[Case], before: Told | None) -> dict[str, Any]:
    erased = any(case.erased for case in cases)
    said = {each for case in cases for each in case.about} & _TOPICS
    about = said | set(before.about if before and erased else ())
    return {
        "wished_on": _first_on(cases, WISHED),
        "about": tuple(sorted(about)),
        "introduced_on": _earliest(case.introduced_at for case in cases),
        "spoke_on": _earliest(case.spoke_at for case in cases),
    }


def goes_on(cases: Sequence[Case]) -> Case:
    """The newest that was neither passed on nor joined with another; where there is none, the newest."""
    return next((case for case in reversed(cases) if case.state not in _ELSEWHERE), cases[-1])


def _promises(cases: Sequence[Case], last: Case) -> dict[str, Any]:
    """The newest: what became of it, and whose it was. Beside it those before."""
    became = _became(cases, last.due_at, last.kept_at)
    void = last.closed_at or _ran_out_closed(last)
    return {
        "promise": (became or (Promise.VOID if void else Promise.RUNNING)).value,
        "promise_on": _day(last.due_at),
        "promised_by_id": _whose(cases, last, last.due_at, last.kept_at),
        "earlier": _earlier(cases),
    }


def _whose(cases: Sequence[Case], had: Case, due_at: datetime, kept_at: datetime | None) -> int:
    """The council of the first case that was open until then; `had`: of which the promise was known."""
    settled_at = min(kept_at or due_at, due_at)
    return next((case for case in cases if case.closed_at and case.closed_at >= settled_at), had).council


def _became(
    cases: Sequence[Case], due_at: datetime, kept_at: datetime | None, until: datetime | None = None
) -> Promise | None:
    """None: neither kept nor missed. An earlier promise that was missed says nothing of a later one, nor the other way
    round: `until` it was the one that counted."""
    if kept_at:
        return Promise.KEPT if kept_at <= due_at else Promise.LATE
    missed = (event.at for case in cases for event in case.events if event.verb == MISSED)
    return Promise.MISSED if any(at >= due_at and (until is None or at <= until) for at in missed) else None


def _earlier(cases: Sequence[Case]) -> tuple[Earlier, ...]:
    """Whoever comes back is promised anew. Of those before, what was kept or missed stays so."""
    return tuple(
        (_whose(cases, case, event.due, event.kept), became.value, _day(event.due).isoformat())
        for case in cases
        for event in case.events
        if event.due and (became := _became(cases, event.due, event.kept, event.at))
    )


def _ran_out_closed(last: Case) -> bool:
    """It was opened again when the time was over: nobody was to get in touch until then."""
    return any(event.verb == REOPENED and event.at >= last.due_at for event in last.events)


def _hours(first: Case, at: datetime | None, hours: Hours) -> int | None:
    """By the hours that the council that it came to had then. What is told of before it came took no time."""
    if at is None:
        return None
    then = hours(first.council, first.created_at)
    return half_hours(worked_between(first.created_at, max(at, first.created_at), then))


def _moves(cases: Iterable[Case]) -> tuple[Move, ...]:
    moves: list[Move] = []
    for case in cases:
        if any(event.verb == TAKEN_OVER for event in case.events):
            moves.append((case.council, "in", _day(case.created_at).isoformat()))
        moves += ((case.council, "back", day.isoformat()) for day in _returns(case))
        if case.state == State.PASSED_ON and case.closed_at:
            moves.append((case.council, "out", _day(case.closed_at).isoformat()))
    return tuple(moves)


def _returns(case: Case) -> Iterator[date]:
    """By themselves, or because staff opened it again."""
    yield from (_day(event.at) for event in case.events if event.verb == PROMISED_AGAIN)
    if any(event.verb == REOPENED for event in case.events):
        yield from (day for step, day in steps_of(case) if step == Step.REOPEN)


def _first_on(cases: Iterable[Case], verb: str) -> date | None:
    return _earliest(event.at for case in cases for event in case.events if event.verb == verb)


def _earliest(moments: Iterable[datetime | None]) -> date | None:
    first = min((moment for moment in moments if moment), default=None)
    return _day(first) if first else None


def _day(moment: datetime) -> date:
    return in_london(moment).date()
