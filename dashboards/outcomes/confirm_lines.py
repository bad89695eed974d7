"""The lines of the page on which a council confirms its open applications: what is offered for each, and chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from councils.access import Access
from dashboards.actions.confirming import Said
from dashboards.outcomes.words import MOVES, Told
from enquiries.actions.steps import began
from enquiries.imports.cells import CellRefused, day
from enquiries.models import Enquiry
from enquiries.states import APPLICATION_REASONS, CloseReason, State
from enquiries.workflow import steps_from

AT_ONCE = 90  # two fields each: more than 200 in one post are refused
_OFFERED = (Told.STAGE_1_FROM, Told.PANEL, Told.DECISION, Told.APPROVED, Told.NOT_APPROVED)
_MOVED_ON = {Told.STAGE_1_FROM: "Assessment began on", Told.PANEL: "Went to panel on"}
_MOVED_ON |= {Told.DECISION: "Waiting for the decision since", Told.APPROVED: "Approved on"}
_MOVED_ON |= {Told.NOT_APPROVED: "Not approved on"}
STILL = "so"


@dataclass(frozen=True)
class Choice:
    value: str
    label: str


@dataclass(frozen=True)
class Line:
    case: Enquiry
    since: date
    choices: Sequence[Choice]
    chosen: str = ""
    day: str = ""
    problem: str = ""

    @property
    def key(self) -> str:
        return str(self.case.pk)


def lines_of(
    cases: Sequence[Enquiry], access: Access, typed: Mapping[str, str], problems: Mapping[UUID, str]
) -> list[Line]:
    return [
        Line(
            case,
            began(case),
            choices_of(case, access),
            typed.get(f"is-{case.pk}", ""),
            typed.get(f"on-{case.pk}", ""),
            problems.get(case.pk, ""),
        )
        for case in cases
    ]


def choices_of(case: Enquiry, access: Access) -> list[Choice]:
    """As the workflow lets them. What needs more than a day is done on the page of the case."""
    state = State(case.state)
    moves = {move.step for move in steps_from(state, roles=access.roles.get(case.council_id, frozenset()))}
    found = [Choice(f"{STILL}:{state.value}", f"Still so: {state.label.lower()}")]
    found += [Choice(told.name, _MOVED_ON[told]) for told in _OFFERED if MOVES[told][0] in moves]
    if MOVES[Told.WITHDRAWN][0] in moves:
        found += [Choice(reason.value, f"Withdrawn on, {reason.label}") for reason in APPLICATION_REASONS]
    return found


def said_of(case: Enquiry, typed: Mapping[str, str]) -> Said | str:
    """What is wrong, in a sentence, where it cannot be read."""
    chosen, on = typed.get(f"is-{case.pk}", ""), typed.get(f"on-{case.pk}", "").strip()
    still, _, seen = chosen.partition(":")
    if still == STILL:
        if on:
            return "You gave a day. Choose what happened on it, or take the day out."
        return Said(case.pk, seen)
    reason = CloseReason(chosen) if chosen in CloseReason.values else None
    told = Told.WITHDRAWN if reason else Told.__members__.get(chosen)
    if told is None:
        return "Choose how it stands."
    try:
        when = day(on)
    except CellRefused as refusal:
        return f"The day {refusal}."
    return Said(case.pk, case.state, told, when, reason)
