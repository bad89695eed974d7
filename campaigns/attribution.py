"""Which campaign brought somebody, and how far they went. Pure.

Two answers stand side by side, since neither is the truth: what somebody came by first, and what they came by last.
Enquiries, visits and applications are counted by journey, so that a handover counts nobody twice; approved ones by
household. What was spent counts evenly on each of its days.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum
from uuid import UUID

from enquiries.states import APPLICATION_STATES, State, Step


class Stage(IntEnum):
    ENQUIRED = 0
    VISITED = 1
    APPLIED = 2
    APPROVED = 3


class Rule(StrEnum):
    FIRST = "first"
    LAST = "last"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Touched:
    at: datetime
    source: str
    code: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Journey:
    """`touches`: in the order of time."""

    key: UUID
    household: UUID
    began: datetime
    touches: tuple[Touched, ...]
    furthest: Stage

    def by(self, rule: Rule) -> tuple[Touched, ...]:
        if rule == Rule.ANY:
            return self.touches
        return self.touches[:1] if rule == Rule.FIRST else self.touches[-1:]


@dataclass(frozen=True, slots=True)
class Brought:
    enquiries: int = 0
    visits: int = 0
    applications: int = 0
    approved: int = 0


# Steps that say that a stage was reached, whatever became of the case later.
_REACHED_BY: Mapping[str, Stage] = {
    Step.VISIT: Stage.VISITED,
    Step.APPLY: Stage.APPLIED,
    Step.ASSESS: Stage.APPLIED,
    Step.GO_TO_PANEL: Stage.APPLIED,
    Step.AWAIT_DECISION: Stage.APPLIED,
    Step.NOT_APPROVE: Stage.APPLIED,
    Step.APPROVE: Stage.APPROVED,
}
_REACHED_IN: Mapping[str, Stage] = {
    State.VISITED: Stage.VISITED,
    **dict.fromkeys(APPLICATION_STATES, Stage.APPLIED),
    State.NOT_APPROVED: Stage.APPLIED,
    State.APPROVED: Stage.APPROVED,
}


def furthest(state: str, *, applied: bool, steps: Iterable[str]) -> Stage:
    """Of one case. `steps`: those taken and not undone since. Who was approved has applied and was visited: councils
    skip steps."""
    reached = [_REACHED_IN.get(state, Stage.ENQUIRED), Stage.APPLIED if applied else Stage.ENQUIRED]
    return max(*reached, *(_REACHED_BY.get(step, Stage.ENQUIRED) for step in steps))


def brought(journeys: Iterable[Journey], rule: Rule, counts: Callable[[Touched], bool]) -> Brought:
    """By touches that count."""
    return sum_of([journey for journey in journeys if any(map(counts, journey.by(rule)))])


def sum_of(journeys: Collection[Journey]) -> Brought:
    approved = {journey.household for journey in journeys if journey.furthest == Stage.APPROVED}
    return Brought(
        enquiries=len(journeys),
        visits=sum(journey.furthest >= Stage.VISITED for journey in journeys),
        applications=sum(journey.furthest >= Stage.APPLIED for journey in journeys),
        approved=len(approved),
    )


def spent_within(pence: int, first_day: date, last_day: date, *, since: date, until: date) -> int:
    """Its part of the days from `since` to `until`, both included."""
    days = (last_day - first_day).days + 1
    within = (min(last_day, until) - max(first_day, since)).days + 1
    return round(pence * within / days) if within > 0 else 0
