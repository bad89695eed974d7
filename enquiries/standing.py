"""Where a case stands on the way to approval, and what may be done about that: for the page of the case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from councils.access import Access
from councils.models import Event
from councils.roles import Permission
from enquiries.actions.steps import began
from enquiries.actions.undoing import last_step
from enquiries.models import Enquiry
from enquiries.states import CloseReason, State, Step
from enquiries.workflow import Move, may_undo, steps_from

# Joining two cases and passing one on are panels of their own.
_ONWARD = frozenset(
    {
        Step.REACH,
        Step.VISIT,
        Step.APPLY,
        Step.ASSESS,
        Step.GO_TO_PANEL,
        Step.AWAIT_DECISION,
        Step.APPROVE,
        Step.REOPEN,
    }
)
_ENDINGS: Mapping[Step, str] = {
    Step.POSTPONE: "Not yet: ask again later",
    Step.WITHDRAW: "They do not want to go on",
    Step.GIVE_UP: "No reply after several tries",
    Step.DECLINE: "The service declines",
    Step.NOT_APPROVE: "Not approved",
}


@dataclass(frozen=True)
class Ending:
    """A step that ends or pauses the case, with the reasons that the workflow lists for it."""

    step: Step
    label: str
    reasons: tuple[CloseReason, ...]
    needs_day: bool


@dataclass(frozen=True)
class Standing:
    """`undoes`: what the last step was called, where this person may undo it."""

    since: date
    onward: list[Move]
    may_book: bool
    endings: list[Ending]
    undoes: str


def standing(case: Enquiry, events: Sequence[Event], *, access: Access) -> Standing:
    roles = access.roles.get(case.council_id, frozenset())
    works = access.may(Permission.WORK_CASES, case.council_id)
    moves = steps_from(State(case.state), roles=roles) if works else ()
    last = last_step(case, events)
    own = last is not None and last.by_id == access.user.pk
    return Standing(
        since=began(case),
        onward=[move for move in moves if move.step in _ONWARD],
        may_book=any(move.step == Step.BOOK_VISIT for move in moves),
        endings=[_ending(move) for move in moves if move.step in _ENDINGS],
        undoes=Step(last.verb.removeprefix("enquiry.")).label if last and may_undo(roles, own=own) else "",
    )


def _ending(move: Move) -> Ending:
    return Ending(move.step, _ENDINGS[move.step], move.reasons, needs_day=move.step == Step.POSTPONE)
