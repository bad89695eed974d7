"""The life of a case as a table: from these states, this step leads there, these roles may, this message follows.

Councils skip steps, so a step on the way to approval starts from every state before its own. A step that ends a case
needs a reason where the table lists some: the hub's own before an application, Ofsted's AW codes from then on.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from councils.refusals import Refused
from councils.roles import Role
from enquiries.follow_up_states import FollowUp
from enquiries.states import (
    APPLICATION_REASONS,
    APPLICATION_STATES,
    ENQUIRY_REASONS,
    ENQUIRY_STATES,
    OPEN_STATES,
    PATH,
    REOPENABLE_STATES,
    CloseReason,
    State,
    Step,
)

WORKERS = frozenset({Role.OFFICER, Role.MANAGER, Role.HUB_OFFICER, Role.HUB_MANAGER})
COUNCIL = frozenset({Role.OFFICER, Role.MANAGER, Role.HUB_MANAGER})  # what a hub officer leaves to the council
MANAGERS = frozenset({Role.MANAGER, Role.HUB_MANAGER})
OWN_LIST = ENQUIRY_REASONS
OFSTED = APPLICATION_REASONS
# More than a change of state: joining two cases and handing one over are actions of their own.
NEVER_BARE: Mapping[Step, str] = {
    Step.MERGE: "Join the two enquiries instead: the other one has to be named.",
    Step.PASS_ON: "Ask the other council first: it has to accept.",
}


class StepRefused(Refused):
    """The step cannot be taken; the message is for the member of staff who tried."""


@dataclass(frozen=True, slots=True)
class Move:
    sources: frozenset[State]
    step: Step
    to: State
    roles: frozenset[Role]
    message: FollowUp | None = None
    reasons: tuple[CloseReason, ...] = ()


def forward(step: Step, to: State, roles: frozenset[Role], message: FollowUp | None = None) -> Move:
    """A step on the way: from every state before the one it leads to."""
    return Move(frozenset(PATH[: PATH.index(to)]), step, to, roles, message)


# fmt: off
WORKFLOW: tuple[Move, ...] = (
    #       step                 to                   who      message
    forward(Step.REACH,          State.IN_CONTACT,    WORKERS),
    forward(Step.BOOK_VISIT,     State.VISIT_BOOKED,  WORKERS, FollowUp.VISIT_BOOKED),
    forward(Step.VISIT,          State.VISITED,       COUNCIL),
    forward(Step.APPLY,          State.APPLIED,       COUNCIL, FollowUp.APPLICATION),
    forward(Step.ASSESS,         State.IN_ASSESSMENT, COUNCIL),
    forward(Step.GO_TO_PANEL,    State.PANEL,         COUNCIL),
    forward(Step.AWAIT_DECISION, State.DECISION,      COUNCIL),
    forward(Step.APPROVE,        State.APPROVED,      MANAGERS),
    #    from                step              to                         who       message           reasons
    Move(APPLICATION_STATES, Step.NOT_APPROVE, State.NOT_APPROVED,        MANAGERS),
    Move(ENQUIRY_STATES,     Step.WITHDRAW,    State.WITHDRAWN,           WORKERS,  FollowUp.CLOSED,  OWN_LIST),
    Move(APPLICATION_STATES, Step.WITHDRAW,    State.WITHDRAWN,           COUNCIL,  FollowUp.CLOSED,  OFSTED),
    Move(OPEN_STATES,        Step.POSTPONE,    State.NOT_YET,             WORKERS,  FollowUp.NOT_YET, OWN_LIST),
    Move(ENQUIRY_STATES,     Step.DECLINE,     State.DECLINED_BY_SERVICE, COUNCIL,  None,             OWN_LIST),
    Move(APPLICATION_STATES, Step.DECLINE,     State.DECLINED_BY_SERVICE, MANAGERS, None,             OWN_LIST),
    Move(ENQUIRY_STATES,     Step.GIVE_UP,     State.NO_REPLY,            WORKERS,  FollowUp.CLOSED),
    Move(OPEN_STATES,        Step.MERGE,       State.DUPLICATE,           WORKERS),
    Move(OPEN_STATES,        Step.PASS_ON,     State.PASSED_ON,           WORKERS),
    Move(REOPENABLE_STATES,  Step.REOPEN,      State.IN_CONTACT,          WORKERS),
)
# fmt: on


def next_move(
    state: State, step: Step, *, roles: frozenset[Role], reason: CloseReason | None = None, bare: bool = False
) -> Move:
    """The one reader of the table. `bare`: as a step by itself. Raises StepRefused with the sentence to show."""
    if bare and step in NEVER_BARE:
        raise StepRefused(NEVER_BARE[step])
    move = next((move for move in WORKFLOW if move.step == step and state in move.sources), None)
    if move is None:
        raise StepRefused(f"A case that is “{state.label}” cannot become “{step.label}”.")
    if not roles & move.roles:
        allowed = " or ".join(sorted(role.label.lower() for role in move.roles))
        raise StepRefused(f"Only {allowed} may do this.")
    if move.reasons and reason not in move.reasons:
        raise StepRefused(_no_reason(reason, state))
    return move


def _no_reason(reason: CloseReason | None, state: State) -> str:
    if reason is None:
        return "Choose a reason from the list."
    return f"“{reason.label}” is no reason for a case that is “{state.label}”. Choose another one from the list."


def steps_from(state: State, *, roles: frozenset[Role]) -> tuple[Move, ...]:
    """What these roles may do with a case in this state, in the order of the table."""
    return tuple(move for move in WORKFLOW if state in move.sources and roles & move.roles)


def may_undo(roles: frozenset[Role], *, own: bool) -> bool:
    """Whoever did it, and who manages them."""
    return bool(roles & (WORKERS if own else MANAGERS))
