"""What "Your enquiry" says, without a database."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from councils.working_time import LONDON
from enquiries.promise import Promise
from enquiries.states import CLOSED_STATES, OPEN_STATES, OUTCOMES_BY_WAY, Outcome, State, Way
from enquiries.status_words import CLOSED, NEXT, Facts, Try, standing, tried

DUE = datetime(2026, 11, 24, 17, tzinfo=LONDON)
BEFORE, AFTER = DUE - timedelta(hours=3), DUE + timedelta(hours=3)
WAITING = Facts(
    state=State.NEW,
    service="Kent Fostering",
    hub="Local Authority Fostering South East",
    phone="0300 000 0000",
    promise=Promise(due_at=DUE, by="Kent Fostering", way=Way.CALL),
    next_due_at=DUE,
)
NOBODY_IN = Try(Way.CALL, Outcome.NO_ANSWER, BEFORE)
RUNG = replace(WAITING, kept_at=BEFORE, last_try=NOBODY_IN, next_due_at=DUE + timedelta(days=1))


def said(facts: Facts, now: datetime) -> str:
    told = standing(facts, now)
    return " ".join([told.sorry, *told.sentences]).strip()


def test_a_promise_that_runs_is_said_as_it_was_made() -> None:
    assert said(WAITING, BEFORE) == "Kent Fostering will ring you by 5pm on Tuesday 24 November."


def test_sorry_comes_first_and_names_what_was_promised_and_whom_to_ring() -> None:
    assert said(WAITING, AFTER) == (
        "We are sorry. We promised that we would ring you by 5pm on Tuesday 24 November, and we did not."
        " Kent Fostering and Local Authority Fostering South East can see that you are waiting."
        " You do not need to do anything. If you would rather not wait, ring 0300 000 0000."
    )


def test_without_a_number_nobody_is_told_to_ring() -> None:
    assert said(replace(WAITING, phone=""), AFTER).endswith("You do not need to do anything.")


def test_a_try_in_another_way_does_not_count_as_the_promise() -> None:
    texted = replace(WAITING, last_try=Try(Way.TEXT, Outcome.SENT, BEFORE))
    assert said(texted, BEFORE) == (
        "We sent you a text message on Tuesday 24 November at 2pm."
        " Kent Fostering will ring you by 5pm on Tuesday 24 November."
    )


def test_the_next_try_is_said_and_sorry_when_it_has_passed() -> None:
    assert said(RUNG, AFTER).endswith("Kent Fostering will try again by 5pm on Wednesday 25 November.")
    assert said(RUNG, DUE + timedelta(days=1, hours=1)).startswith("We are sorry.")


def test_kept_late_is_sorry_too() -> None:
    spoken = replace(RUNG, kept_at=AFTER, last_try=Try(Way.CALL, Outcome.REACHED, AFTER))
    assert said(spoken, AFTER) == (
        "We are sorry that we were late. We promised that we would ring you by 5pm on Tuesday 24 November."
        " We were in touch with you on Tuesday 24 November."
    )


def test_a_promise_that_was_kept_is_said_to_be() -> None:
    spoken = replace(RUNG, last_try=Try(Way.CALL, Outcome.REACHED, BEFORE))
    assert said(spoken, AFTER) == "We were in touch with you on Tuesday 24 November, as we promised."
    again = replace(spoken, last_try=Try(Way.CALL, Outcome.REACHED, AFTER + timedelta(days=3)))
    assert said(again, DUE + timedelta(days=9)) == "We were in touch with you on Friday 27 November."


def test_once_they_spoke_no_date_is_promised_that_was_not() -> None:
    spoken = replace(RUNG, kept_at=BEFORE - timedelta(hours=1), last_try=Try(Way.CALL, Outcome.REACHED, BEFORE))
    assert said(spoken, DUE + timedelta(days=9)) == "We were in touch with you on Tuesday 24 November."


def test_who_was_heard_is_told_by_when_we_answer() -> None:
    heard = replace(RUNG, last_try=Try(Way.CALL, Outcome.REACHED, BEFORE), owes_answer=True)
    assert said(heard, AFTER).endswith("Kent Fostering will get in touch by 5pm on Wednesday 25 November.")


def test_a_visit_says_when_and_does_not_lie_afterwards() -> None:
    booked = replace(RUNG, state=State.VISIT_BOOKED, visit_at=DUE + timedelta(days=7), last_try=None)
    assert said(booked, AFTER) == "Your visit is on Tuesday 1 December at 5pm."
    assert said(booked, DUE + timedelta(days=8)) == "Your visit was on Tuesday 1 December at 5pm."
    assert said(replace(booked, visit_at=None), AFTER) == "We have arranged to visit you."


@pytest.mark.parametrize("state", sorted(CLOSED_STATES))
def test_a_closed_case_promises_no_call(state: State) -> None:
    words = said(replace(WAITING, state=state, wake_on=date(2027, 3, 1)), AFTER)
    assert words
    assert "{" not in words
    assert "sorry" not in words
    assert "will ring you" not in words


def test_every_state_and_every_try_has_its_words() -> None:
    assert set(CLOSED) == CLOSED_STATES
    assert set(NEXT) == OPEN_STATES
    tries = [Try(way, outcome, BEFORE) for way, outcomes in OUTCOMES_BY_WAY.items() for outcome in outcomes]
    assert all("24 November" in tried(each) or "did not work" in tried(each) for each in tries)
