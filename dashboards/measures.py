"""What councils are set beside each other by: a count, a share, or a middle, made from one council's counts. Pure.

Pages, the map and reports by email ask here, so that the same words mean the same number on each of them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from campaigns.intervals import of_share
from dashboards.hours import quantile
from dashboards.states import STAGES, Stage

K = TypeVar("K")
STEADY = 30  # cases: on fewer, no council is ranked, coloured or counted into a middle


class Unit(StrEnum):
    COUNT = "count"
    SHARE = "share"
    HOURS = "hours"


@dataclass(frozen=True)
class Numbers:
    """Counts of one council, or of several added up. `hours`: by figure, (half hours, how many)."""

    whole: Mapping[str, int] = field(default_factory=dict)
    hours: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    stages: Mapping[str, int] = field(default_factory=dict)
    still_open: Mapping[str, int] = field(default_factory=dict)

    def n(self, *figures: str) -> int:
        return sum(self.whole.get(figure, 0) for figure in figures)


@dataclass(frozen=True, slots=True)
class Value:
    """`cases`: how many it rests on; `part`: of a share, how many of them. `number`: None where there are no cases."""

    unit: Unit
    number: float | None
    cases: int
    part: int = 0

    @property
    def is_steady(self) -> bool:
        return self.unit is Unit.COUNT or self.cases >= STEADY

    @property
    def words(self) -> str:
        if self.number is None:
            return "none yet"
        if self.unit is Unit.SHARE and not self.is_steady:
            return f"{self.part:,} of {self.cases:,} ({_interval(self.part, self.cases)})"
        return in_words(self.unit, self.number)


def in_words(unit: Unit, number: float) -> str:
    if unit is Unit.SHARE:
        return f"{number:.0%}"
    if unit is Unit.HOURS:
        return f"{number:,.1f} h".replace(".0 h", " h")
    return f"{number:,.0f}"


def _interval(part: int, whole: int) -> str:
    found = of_share(part, whole)
    return f"{found.low:.0%} to {found.high or 1:.0%}"


@dataclass(frozen=True)
class Measure:
    """`figure`: whose definition is printed beside it. `low_is_good`: None where neither is."""

    code: str
    name: str
    figure: str
    unit: Unit
    of: Callable[[Numbers], Value]
    low_is_good: bool | None = None


def _count(figure: str, name: str, *, low_is_good: bool | None = None) -> Measure:
    return Measure(figure, name, figure, Unit.COUNT, lambda held: _counted(held.n(figure)), low_is_good)


def _counted(n: int) -> Value:
    return Value(Unit.COUNT, float(n), n)


def _share(part: int, whole: int) -> Value:
    return Value(Unit.SHARE, part / whole if whole else None, whole, part)


def _promise(held: Numbers) -> Value:
    kept = held.n("promise_kept")
    return _share(kept, kept + held.n("promise_late", "promise_missed"))


def _hours(figure: str, share: float) -> Callable[[Numbers], Value]:
    def of(held: Numbers) -> Value:
        counts = held.hours.get(figure, {})
        found = quantile(counts.items(), share)
        return Value(Unit.HOURS, found / 2 if found is not None else None, sum(counts.values()))

    return of


def _got_to(stage: Stage) -> Callable[[Numbers], Value]:
    return lambda held: _share(held.stages.get(stage, 0), held.stages.get(Stage.ENQUIRED, 0))


MEASURES: Mapping[str, Measure] = {
    each.code: each
    for each in (
        _count("enquiries", "Initial enquiries"),
        _count("households", "Households"),
        Measure("promise", "Promises kept in time", "promise_kept", Unit.SHARE, _promise, low_is_good=False),
        _count("promise_missed", "Promises missed, nobody has got in touch", low_is_good=True),
        Measure(
            *("first_try", "Working hours to the first try, middle", "first_try", Unit.HOURS),
            _hours("first_try", 0.5),
            low_is_good=True,
        ),
        Measure(
            *("first_try_90", "Working hours to the first try, nine of ten", "first_try", Unit.HOURS),
            _hours("first_try", 0.9),
            low_is_good=True,
        ),
        Measure(
            *("reached", "Working hours until spoken with, middle", "reached", Unit.HOURS),
            _hours("reached", 0.5),
            low_is_good=True,
        ),
        _count("visits", "Visits"),
        Measure("visited", "Visited, of those who enquired", "cohort", Unit.SHARE, _got_to(Stage.VISITED), False),
        _count("applications", "Applications"),
        Measure("applied", "Applied, of those who enquired", "cohort", Unit.SHARE, _got_to(Stage.APPLIED), False),
        _count("approvals", "Approvals"),
        _count("wishes", "Would like to talk to a foster carer"),
        _count("conversations", "Conversations with ambassadors"),
        _count("passed_on", "Passed on to another council"),
    )
}
WHOLE = tuple(
    dict.fromkeys(
        [
            *(each.figure for each in MEASURES.values() if each.unit is Unit.COUNT),
            *("received", "apart", "again", "promise_kept", "promise_late", "ended_before", "ended_after"),
            *("not_yet", "cohort_open", "introduced", "taken_over"),
        ]
    )
)
OF_HOURS = ("first_try", "reached")


def added(all_of: Iterable[Numbers]) -> Numbers:
    """Several councils as if they were one."""
    whole: dict[str, int] = {}
    hours: dict[str, dict[int, int]] = {}
    stages: dict[str, int] = {}
    still_open: dict[str, int] = {}
    for each in all_of:
        _add(whole, each.whole)
        _add(stages, each.stages)
        _add(still_open, each.still_open)
        for figure, counts in each.hours.items():
            _add(hours.setdefault(figure, {}), counts)
    return Numbers(whole, hours, stages, still_open)


def _add(to: dict[K, int], more: Mapping[K, int]) -> None:
    for key, n in more.items():
        to[key] = to.get(key, 0) + n


def funnel(held: Numbers) -> list[tuple[Stage, int, int]]:
    """Each stage, how many have reached it, and how many are there now and still on their way."""
    return [(stage, held.stages.get(stage, 0), held.still_open.get(stage, 0)) for stage in STAGES]
