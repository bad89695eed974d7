"""What one journey adds to which counts. Pure: the counts are the sum of this over all journeys, and nothing else."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from dashboards.figures import Split
from dashboards.hours import days as by_days
from dashboards.states import STAGES, Grain, Promise, Stage
from dashboards.told import Told
from enquiries.states import APPLICATION_REASONS, APPLICATION_STATES, CLOSED_STATES, CloseReason, State


class At(NamedTuple):
    """Where a count stands: the unique key of a cell. While there are millions of them, a tuple without names."""

    council: int
    grain: str
    on: date
    figure: str
    split: str = ""
    value: str = ""


Key = tuple[int, str, date, str, str, str]  # an At
Added = tuple[str, int, date, str, str]  # one more: of this figure, for this council, on this day; split and value


_MONTH, _DAY = Grain.MONTH.value, Grain.DAY.value
_APPLIED = STAGES.index(Stage.APPLIED)
_REACHED = {stage.value: tuple(each.value for each in STAGES[: place + 1]) for place, stage in enumerate(STAGES)}
_PROMISES: Mapping[str, str] = {
    Promise.RUNNING: "promise_running",
    Promise.KEPT: "promise_kept",
    Promise.LATE: "promise_late",
    Promise.MISSED: "promise_missed",
}
_MOVES: Mapping[str, str] = {"out": "passed_on", "in": "taken_over", "back": "opened_again"}


def counts_of(journeys: Iterable[Told]) -> Counter[Key]:
    """By At."""
    counts = Counter[Key]()
    added = Counter(chain.from_iterable(map(added_by, journeys)))
    for (figure, council, on, split, value), n in added.items():
        counts[council, _MONTH, _month(on), figure, split, value] += n
        if not split:
            counts[council, _DAY, on, figure, "", ""] += n
    return counts


@lru_cache(maxsize=10_000)
def _month(day: date) -> date:
    return day.replace(day=1)


def added_by(told: Told) -> Iterator[Added]:
    yield from _arrival(told)
    if told.counts or told.apart:
        yield from _promise(told)
        yield from _handovers(told)
        yield from _ambassadors(told)
        if told.state in APPLICATION_STATES:
            yield from _of(told, "applications_open", told.came_on)
    if told.counts:
        yield from _way(told)
        yield from _end(told)
        yield from _cohort(told)


def _of(told: Told, figure: str, on: date | None, *splits: tuple[str, str]) -> Iterator[Added]:
    """The whole, and each of its parts."""
    if on:
        yield figure, told.council_id, on, "", ""
        for split, value in splits:
            yield figure, told.council_id, on, split, value


def _arrival(told: Told) -> Iterator[Added]:
    if told.real or told.state == "duplicate":
        yield "received", told.arrived_in_id, told.came_on, "", ""
        yield "received", told.arrived_in_id, told.came_on, Split.CHANNEL, told.channel
    if told.counts:
        kinds = ((Split.KIND, told.kind), (Split.CHANNEL, told.channel))
        yield from _of(told, "enquiries", told.came_on, *kinds, *_brought(told))
    if told.apart:
        yield from _of(told, "apart", told.came_on, (Split.KIND, told.kind))
    if told.first_of_year:
        yield from _of(told, "households", told.came_on)
    if told.again:
        yield from _of(told, "again", told.came_on)


def _brought(told: Told) -> Iterator[tuple[str, str]]:
    """By what, first and last; not everybody by a code."""
    yield Split.SOURCE, told.source_first
    yield Split.LAST_SOURCE, told.source_last
    if told.code_first:
        yield Split.CODE, told.code_first
    if told.code_last:
        yield Split.LAST_CODE, told.code_last


def _promise(told: Told) -> Iterator[Added]:
    if figure := _PROMISES.get(told.promise):
        yield figure, told.promised_by_id, told.promise_on, "", ""
    for council, became, day in told.earlier:
        yield _PROMISES[became], council, date.fromisoformat(day), "", ""
    if told.try_hours is not None:
        yield from _of(told, "first_try", told.came_on, (Split.HOURS, str(told.try_hours)))
    if told.reach_hours is not None:
        yield from _of(told, "reached", told.came_on, (Split.HOURS, str(told.reach_hours)))


def _way(told: Told) -> Iterator[Added]:
    yield from _of(told, "visits", told.visited_on, *_brought(told))
    yield from _of(told, "applications", told.applied_on, *_brought(told))
    yield from _of(told, "approvals", told.approved_on, *_brought(told))


def _end(told: Told) -> Iterator[Added]:
    if told.state in ("duplicate", "passed_on"):
        return
    yield from _of(told, "not_yet", told.slept_on)
    if len(_REACHED[told.stage]) <= _APPLIED:
        yield from _of(told, "ended_before", told.ended_on, (Split.REASON, told.end_reason or told.state))
    elif told.state != State.NOT_YET:
        yield from _of(told, "ended_after", told.ended_on, (Split.REASON, _why_after(told)))


def _why_after(told: Told) -> str:
    """Whoever withdrew is counted by Ofsted's reasons, also where the case was opened again and none of them given."""
    if told.state == State.WITHDRAWN and told.end_reason not in APPLICATION_REASONS:
        return CloseReason.AW0.value
    return told.end_reason or told.state


def _cohort(told: Told) -> Iterator[Added]:
    for stage in _REACHED[told.stage]:
        yield "cohort", told.council_id, told.came_on, Split.STAGE, stage
        yield "cohort_source", told.council_id, told.came_on, Split.SOURCE, f"{told.source_first}|{stage}"
    if told.state not in CLOSED_STATES:
        yield from _of(told, "cohort_open", told.came_on, (Split.STAGE, told.stage))
    for left, days in told.lasted.items():
        yield "stage_days", told.council_id, told.came_on, Split.STAGE_DAYS, f"{left}|{days}"


def _handovers(told: Told) -> Iterator[Added]:
    for council, way, day in told.moves:
        yield _MOVES[way], council, date.fromisoformat(day), "", ""


def _ambassadors(told: Told) -> Iterator[Added]:
    yield from _of(told, "wishes", told.wished_on, *((Split.ABOUT, topic) for topic in told.about))
    yield from _of(told, "introduced", told.introduced_on)
    if told.spoke_on:
        waited = (told.spoke_on - told.wished_on).days if told.wished_on else 0
        yield from _of(told, "conversations", told.spoke_on, (Split.WAIT, str(by_days(max(0, waited)))))
