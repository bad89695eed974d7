"""How an enquiry ended decides how long it is kept; nothing here needs a database."""

from datetime import date

import pytest

from councils.retention_names import Kept
from enquiries.actions.clearing import CLEARED
from enquiries.retention.endings import RULES, Ended, Ending, ending_of, fault_of, goes_on, hub_months
from enquiries.retention.lives import LIVES
from enquiries.retention.months import last_day_of_next_month, months_after
from enquiries.rights.by_age import BY_AGE
from enquiries.states import CLOSED_STATES, State

CLOSED = date(2024, 11, 1)


def ended(state: State = State.WITHDRAWN, **given: object) -> Ended:
    return Ended(**{"state": state, "closed_on": CLOSED, **given})  # type: ignore[arg-type]  # by name


def test_every_way_to_end_has_a_rule_with_its_source_and_reason() -> None:
    assert RULES.keys() == set(Ending)
    assert all(rule.source and rule.reason and rule.months >= rule.minimum for rule in RULES.values())
    assert {ending_of(ended(state)) for state in CLOSED_STATES} <= RULES.keys()


def test_every_rule_that_a_field_may_name_says_how_long() -> None:
    assert LIVES.keys() == set(Kept)
    assert {kept for kept, life in LIVES.items() if life.days} == CLEARED.keys() | BY_AGE.keys()


@pytest.mark.parametrize(
    ("case", "ending"),
    [
        (ended(State.NO_REPLY), Ending.ENQUIRY),
        (ended(State.DECLINED_BY_SERVICE), Ending.ENQUIRY),
        (ended(State.NOT_YET), Ending.NOT_YET),
        (ended(State.WITHDRAWN, applied=True), Ending.APPLICATION),
        (ended(State.NOT_YET, applied=True), Ending.APPLICATION),
        (ended(State.PASSED_ON, applied=True), Ending.APPLICATION),
        (ended(State.NOT_APPROVED), Ending.APPLICATION),
        (ended(State.APPROVED, applied=True), Ending.APPROVED),
        (ended(State.PASSED_ON, unconfirmed=True), Ending.PASSED_ON),
        (ended(State.DECLINED_BY_SERVICE, unconfirmed=True), Ending.NOT_AN_ENQUIRY),
    ],
)
def test_how_it_ended(case: Ended, ending: Ending) -> None:
    assert ending_of(case) == ending


def test_an_application_is_kept_for_three_years_and_an_enquiry_for_two() -> None:
    assert goes_on(ended(), hub_months()) == date(2026, 11, 1)
    assert goes_on(ended(applied=True), hub_months()) == date(2027, 11, 1)


def test_whoever_asked_to_wait_is_kept_from_the_day_they_named() -> None:
    assert goes_on(ended(State.NOT_YET, wake_on=date(2026, 3, 1)), hub_months()) == date(2028, 3, 1)


def test_an_approval_goes_nowhere_before_its_number_is_written_down() -> None:
    assert goes_on(ended(State.APPROVED), hub_months()) is None
    assert goes_on(ended(State.APPROVED, number=True), hub_months()) == date(2026, 11, 1)


def test_a_council_sets_longer_and_never_shorter_than_the_law() -> None:
    assert fault_of(Ending.APPLICATION, 60) == ""
    assert "36 months" in fault_of(Ending.APPLICATION, 35)
    assert "32(3)" in fault_of(Ending.APPLICATION, 35)
    assert fault_of(Ending.ENQUIRY, 1) == ""
    assert fault_of(Ending.ENQUIRY, 0)
    assert fault_of(Ending.ENQUIRY, 241)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2024, 8, 31), 18, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 12, 15), 1, date(2025, 1, 15)),
        (date(2025, 1, 31), -11, date(2024, 2, 29)),
    ],
)
def test_months_are_the_calendars(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


def test_the_preview_ends_with_next_month() -> None:
    assert last_day_of_next_month(date(2026, 1, 31)) == date(2026, 2, 28)
    assert last_day_of_next_month(date(2026, 11, 22)) == date(2026, 12, 31)
