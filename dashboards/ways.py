"""How far a journey got, and on which days. Pure.

A step counts on the day that was told with it; one that was undone never happened; a day that was put right is the one
that counts. Councils skip steps: whoever applied counts as visited, although nobody wrote down on which day.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from councils.working_time import in_london
from dashboards.hours import days as by_days
from dashboards.states import STAGES, Stage
from dashboards.told import Case, Happened
from enquiries.states import State, Step

UNDONE, CORRECTED = "enquiry.state_undone", "enquiry.corrected"
STEPS: Mapping[str, Step] = {f"enquiry.{step.value}": step for step in Step}
_APPLIED_BY = (Step.APPLY, Step.ASSESS, Step.GO_TO_PANEL, Step.AWAIT_DECISION, Step.APPROVE, Step.NOT_APPROVE)
# The column of a day: the steps of which the first sets it, and the states that say that it has been.
_DAYS: Mapping[str, tuple[Sequence[Step], Sequence[State]]] = {
    "reached_on": ((Step.REACH,), (State.IN_CONTACT,)),
    "booked_on": ((Step.BOOK_VISIT,), (State.VISIT_BOOKED,)),
    "visited_on": ((Step.VISIT,), (State.VISITED,)),
    "applied_on": (_APPLIED_BY, (State.APPLIED,)),
    "assessed_on": ((Step.ASSESS,), (State.IN_ASSESSMENT,)),
    "panel_on": ((Step.GO_TO_PANEL, Step.AWAIT_DECISION), (State.PANEL, State.DECISION)),
    "approved_on": ((), (State.APPROVED,)),
}
_STAGE_OF: Mapping[str, Stage] = {
    "reached_on": Stage.REACHED,
    "booked_on": Stage.REACHED,
    "visited_on": Stage.VISITED,
    "applied_on": Stage.APPLIED,
    "assessed_on": Stage.ASSESSED,
    "panel_on": Stage.PANEL,
    "approved_on": Stage.APPROVED,
}
_PLACE = {stage: place for place, stage in enumerate(STAGES)}
_STAGE_IN: Mapping[str, Stage] = {
    State.IN_CONTACT: Stage.REACHED,
    State.VISIT_BOOKED: Stage.REACHED,
    State.VISITED: Stage.VISITED,
    State.APPLIED: Stage.APPLIED,
    State.IN_ASSESSMENT: Stage.ASSESSED,
    State.PANEL: Stage.PANEL,
    State.DECISION: Stage.PANEL,
    State.NOT_APPROVED: Stage.APPLIED,
    State.APPROVED: Stage.APPROVED,
}
Taken = tuple[str, Step, date, datetime]  # the event's key, the day told, and when it was written down


@dataclass(frozen=True)
class Way:
    """`days`: columns of a journey, each a date or None. `came_on`, `left_on`: its first day, and its last if any."""

    stage: Stage
    days: Mapping[str, Any]
    came_on: date
    left_on: date | None

    def lasted(self) -> dict[str, int]:
        """Days in each stage that was left, for those of which both days are known."""
        known = [(Stage.ENQUIRED, self.came_on)] + [
            (_STAGE_OF[column], day) for column, day in self.days.items() if day and column != "booked_on"
        ]
        ends = [*(day for _, day in known[1:]), *([self.left_on] if self.left_on else [])]
        return {
            str(stage): by_days((left - begun).days)
            for (stage, begun), left in zip(known, ends, strict=False)
            if left >= begun and stage != Stage.APPROVED
        }


def way_of(cases: Sequence[Case], last: Case) -> Way:
    first = _first_days(cases)
    days: dict[str, date | None] = {
        column: min((first[step] for step in steps if step in first), default=None) or _standing(last, states)
        for column, (steps, states) in _DAYS.items()
    }
    days["reached_on"] = _reached(cases) or days["reached_on"]
    days["applied_on"] = last.applied_on or days["applied_on"]
    days["assessed_on"] = days["assessed_on"] or last.assessed_on
    reached = [_STAGE_OF[column] for column, day in days.items() if day]
    stage = max([Stage.ENQUIRED, _STAGE_IN.get(last.state, Stage.ENQUIRED), *reached], key=_PLACE.__getitem__)
    return Way(stage, days, in_london(cases[0].created_at).date(), last.since if last.closed_at else None)


def steps_of(case: Case) -> list[tuple[Step, date]]:
    """Taken and not undone, in the order in which they were written down, each with its day. A day that is put right is
    that of the step which had led to the present state, if one had."""
    taken: list[Taken] = []
    undone = {event.undid for event in case.events if event.verb == UNDONE}  # of one moment, they are in no order
    for event in case.events:
        if event.verb == UNDONE:
            taken = [each for each in taken if each[0] != event.undid]
        elif event.was and event.on:
            _put_right(taken, event)
        elif step := STEPS.get(event.verb):
            taken.append((event.key, step, event.on or in_london(event.at).date(), event.at))
    return [(step, on) for key, step, on, _ in taken if key not in undone]


def _put_right(taken: list[Taken], event: Happened) -> None:
    """The last step. Of what a list told at one moment, any of it: they are in no order."""
    moment = None
    for place in reversed(range(len(taken))):
        key, step, on, at = taken[place]
        if on == event.was and event.on:
            taken[place] = (key, step, event.on, at)
            return
        if at != event.at and moment not in (None, at):
            return
        moment = at if at != event.at else moment


def _first_days(cases: Iterable[Case]) -> dict[Step, date]:
    """Of each step that was taken."""
    first: dict[Step, date] = {}
    for case in cases:
        for step, day in steps_of(case):
            first[step] = min(day, first.get(step, day))
    return first


def _standing(last: Case, states: Sequence[State]) -> date | None:
    """Brought in from a list, or written down without a step: the present state says since when."""
    return last.since if last.state in states else None


def _reached(cases: Iterable[Case]) -> date | None:
    moments = [case.reached_at for case in cases if case.reached_at]
    return in_london(min(moments)).date() if moments else None
