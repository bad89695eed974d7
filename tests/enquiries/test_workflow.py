import pytest

from councils.roles import Role
from enquiries.states import (
    APPLICATION_REASONS,
    APPLICATION_STATES,
    CLOSED_STATES,
    ENQUIRY_REASONS,
    OPEN_STATES,
    CloseReason,
    State,
    Step,
)
from enquiries.workflow import WORKFLOW, StepRefused, next_move, steps_from

OFFICER = frozenset({Role.OFFICER})
MANAGER = frozenset({Role.MANAGER})


def test_every_pair_of_state_and_step_has_one_row_at_most() -> None:
    pairs = [(state, move.step) for move in WORKFLOW for state in move.sources]
    assert len(pairs) == len(set(pairs))


def test_every_state_can_be_reached() -> None:
    assert {move.to for move in WORKFLOW} == set(State) - {State.NEW}


def test_every_step_is_in_the_table() -> None:
    assert {move.step for move in WORKFLOW} == set(Step)


@pytest.mark.parametrize("state", sorted(OPEN_STATES))
def test_every_open_case_can_go_on_and_can_end(state: State) -> None:
    targets = {move.to for move in steps_from(state, roles=MANAGER)}
    assert targets & CLOSED_STATES
    assert targets - CLOSED_STATES - {state} or state == State.DECISION


def test_a_council_may_skip_steps() -> None:
    assert next_move(State.NEW, Step.APPLY, roles=OFFICER).to == State.APPLIED


def test_a_case_does_not_go_backwards() -> None:
    with pytest.raises(StepRefused, match="cannot become"):
        next_move(State.APPLIED, Step.REACH, roles=OFFICER)


def test_an_approval_is_a_managers() -> None:
    with pytest.raises(StepRefused, match="Only hub manager or manager may"):
        next_move(State.DECISION, Step.APPROVE, roles=OFFICER)
    assert next_move(State.DECISION, Step.APPROVE, roles=MANAGER).to == State.APPROVED


def test_before_an_application_ofsteds_codes_are_refused() -> None:
    with pytest.raises(StepRefused, match="reason"):
        next_move(State.IN_CONTACT, Step.WITHDRAW, roles=OFFICER, reason=CloseReason.AW1)
    assert next_move(State.IN_CONTACT, Step.WITHDRAW, roles=OFFICER, reason=CloseReason.NO_ROOM)


@pytest.mark.parametrize("state", sorted(APPLICATION_STATES))
def test_from_the_application_on_only_ofsteds_codes_count(state: State) -> None:
    with pytest.raises(StepRefused, match="reason"):
        next_move(state, Step.WITHDRAW, roles=OFFICER, reason=CloseReason.NO_ROOM)
    assert next_move(state, Step.WITHDRAW, roles=OFFICER, reason=CloseReason.AW3).to == State.WITHDRAWN


def test_a_withdrawal_without_a_reason_is_refused() -> None:
    with pytest.raises(StepRefused, match="reason"):
        next_move(State.NEW, Step.WITHDRAW, roles=OFFICER)


def test_the_two_lists_of_reasons_are_all_reasons() -> None:
    assert {*APPLICATION_REASONS, *ENQUIRY_REASONS} == set(CloseReason)
    assert not set(APPLICATION_REASONS) & set(ENQUIRY_REASONS)


@pytest.mark.parametrize("state", sorted({State.APPROVED, State.NOT_APPROVED, State.PASSED_ON, State.DUPLICATE}))
def test_what_is_over_stays_over(state: State) -> None:
    assert not steps_from(state, roles=MANAGER)


@pytest.mark.parametrize("role", [Role.SAFEGUARDING, Role.CAMPAIGN_EDITOR, Role.REGIONAL_LEAD, Role.OPERATOR])
def test_a_role_without_casework_moves_nothing(role: Role) -> None:
    assert not any(steps_from(state, roles=frozenset({role})) for state in State)
