"""The lines of the page on which a council confirms its open applications: what is offered for each, and chosen."""

import re
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
_HELD = re.compile(r"is-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


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


def spoken_of(typed: Mapping[str, str]) -> list[UUID]:
    """The applications that stood on the page that was sent."""
    found = (_HELD.fullmatch(name) for name in typed)
    return [UUID(each[1]) for each in found if each][:AT_ONCE]


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
    """As the workflow lets them, each with the state that is seen. What needs more than a day is done on the page of
    the case."""
    state = State(case.state)
    moves = {move.step for move in steps_from(state, roles=access.roles.get(case.council_id, frozenset()))}
    found = [Choice(f"{STILL}:{state.value}", f"Still so: {state.label.lower()}")]
    found += [Choice(f"{told.name}:{state.value}", _MOVED_ON[told]) for told in _OFFERED if MOVES[told][0] in moves]
    if MOVES[Told.WITHDRAWN][0] in moves:
        found += [
            Choice(f"{reason.value}:{state.value}", f"Withdrawn on, {reason.label}") for reason in APPLICATION_REASONS
        ]
    return found


def said_of(case: Enquiry, typed: Mapping[str, str]) -> Said | str:
    """What is wrong, in a sentence, where it cannot be read. Each choice says what state the page showed."""
    chosen, _, seen = typed.get(f"is-{case.pk}", "").partition(":")
    on = typed.get(f"on-{case.pk}", "").strip()
    if chosen == STILL:
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
    return Said(case.pk, seen, told, when, reason)
