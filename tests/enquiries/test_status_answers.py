""" "Are you still interested?", answered by the enquirer: yes, not now, no."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from councils.access import access_of
from councils.models import Council, Event, ToDo
from councils.models.todos import ToDoKind
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.actions import claim, mark_seen
from enquiries.models import Enquiry
from enquiries.states import APPLICATION_STATES, CLOSED_STATES, REOPENABLE_STATES, CloseReason, State
from enquiries.status_choices import answers_in, months_after
from tests import factories
from tests.conftest import Cast
from tests.enquiries.status_visitor import Reader
from tests.in_order import as_written

MONDAY = datetime(2026, 11, 23, 11, tzinfo=LONDON)
THEIRS = ("enquiry.still_interested", "enquiry.postpone", "enquiry.withdraw", "enquiry.wants_to_end")


@pytest.fixture
def case(kent: Council, cast: Cast, move_clock: Callable[[datetime], None]) -> Enquiry:
    move_clock(MONDAY)
    return factories.enquiry(kent)


@pytest.fixture
def reader(case: Enquiry) -> Reader:
    reader = Reader()
    reader.opens(case)
    return reader


def change(case: Enquiry, state: State) -> None:
    closed_at = MONDAY if state in CLOSED_STATES else None
    due = None if closed_at else MONDAY + timedelta(days=9)
    with as_council(case.council_id):
        Enquiry.objects.update(state=state, closed_at=closed_at, next_due_at=due, promise_kept_at=MONDAY)


def now_of(case: Enquiry) -> Enquiry:
    with as_council(case.council_id):
        return Enquiry.objects.get(pk=case.pk)


def todos_of(case: Enquiry) -> list[str]:
    with as_council(case.council_id):
        return list(ToDo.objects.filter(subject_id=case.pk, done_at=None).values_list("kind", flat=True))


def told(case: Enquiry) -> list[tuple[str, Any]]:
    with as_council(case.council_id):
        events = as_written(Event.objects.filter(subject_id=case.pk, verb__in=THEIRS))
        assert {event.by for event in events} <= {None}
        return [(event.verb, event.facts.get("state")) for event in events]


def test_yes_is_somebodys_work_and_twice_is_harmless(reader: Reader, case: Enquiry) -> None:
    for _ in range(2):
        assert reader.sends("interest/", answer="yes").status_code == 302
    assert todos_of(case) == [ToDoKind.STILL_INTERESTED]
    assert told(case) == [("enquiry.still_interested", None)]
    assert "Thank you for telling us." in reader.sees()


def test_yes_is_answered_within_a_working_day(reader: Reader, case: Enquiry) -> None:
    change(case, State.IN_CONTACT)
    reader.sends("interest/", answer="yes")
    assert "Kent Fostering will get in touch by 5pm on Tuesday 24 November." in reader.sees()


@pytest.mark.parametrize("state", sorted(REOPENABLE_STATES))
def test_yes_opens_a_closed_enquiry_with_a_new_promise(reader: Reader, case: Enquiry, state: State) -> None:
    change(case, state)
    assert "Tell us if you would like to go on" in reader.sees()
    reader.sends("interest/", answer="yes")
    after = now_of(case)
    assert (after.state, after.closed_at, after.promise_kept_at) == (State.IN_CONTACT, None, None)
    assert "Kent Fostering will ring you by 5pm on Tuesday 24 November." in reader.sees()


def test_not_now_closes_until_the_month_they_chose(reader: Reader, case: Enquiry) -> None:
    for _ in range(2):
        assert reader.sends("interest/", answer="not_now", month="2027-03-01").status_code == 302
    after = now_of(case)
    assert (after.state, after.wake_on, after.next_due_at) == (State.NOT_YET, date(2027, 3, 1), None)
    assert after.heard_at == MONDAY
    assert told(case) == [("enquiry.postpone", "not_yet")]
    assert todos_of(case) == [ToDoKind.NO_LONGER_INTERESTED]
    assert "Kent Fostering gets in touch again in March 2027." in reader.sees()


@pytest.mark.parametrize("month", ["", "2026-11-01", "2036-11-01", "soon"])
def test_not_now_needs_a_month_to_come(reader: Reader, case: Enquiry, month: str) -> None:
    assert reader.sends("interest/", answer="not_now", month=month).status_code == 422
    assert now_of(case).state == State.NEW


def test_no_closes_the_enquiry_and_who_had_it_is_told(reader: Reader, case: Enquiry, cast: Cast) -> None:
    claim(case, by=access_of(cast.kate))
    for _ in range(2):
        reader.sends("interest/", answer="no", reason="no_room")
    after = now_of(case)
    assert (after.state, after.close_reason) == (State.WITHDRAWN, CloseReason.NO_ROOM)
    assert todos_of(case) == [ToDoKind.NO_LONGER_INTERESTED]
    assert told(case) == [("enquiry.withdraw", "withdrawn")]


def test_nobody_has_to_say_why(reader: Reader, case: Enquiry) -> None:
    assert reader.sends("interest/", answer="no").status_code == 302
    assert (now_of(case).state, now_of(case).close_reason) == (State.WITHDRAWN, "")


@pytest.mark.parametrize("state", sorted(APPLICATION_STATES))
@pytest.mark.parametrize("answer", ["no", "not_now"])
def test_from_the_application_on_a_person_decides(reader: Reader, case: Enquiry, state: State, answer: str) -> None:
    change(case, state)
    reader.sends("interest/", answer=answer, month="2027-03-01")
    assert now_of(case).state == state
    assert todos_of(case) == [ToDoKind.NO_LONGER_INTERESTED]
    assert told(case) == [("enquiry.wants_to_end", None)]


@pytest.mark.parametrize("state", [state for state in State if not answers_in(state)])
def test_what_was_decided_offers_no_answer_and_takes_none(reader: Reader, case: Enquiry, state: State) -> None:
    change(case, state)
    assert "Tell us if" not in reader.sees()
    for answer in ("yes", "not_now", "no"):
        assert reader.sends("interest/", answer=answer, month="2027-03-01").status_code == 302
    assert now_of(case).state == state
    assert todos_of(case) == []


def test_a_change_of_mind_leaves_one_thing_to_do(reader: Reader, case: Enquiry, cast: Cast) -> None:
    mark_seen(case, by=access_of(cast.kate))
    reader.sends("interest/", answer="yes")
    reader.sends("interest/", answer="no")
    assert todos_of(case) == [ToDoKind.NO_LONGER_INTERESTED]
    reader.sends("interest/", answer="yes")
    assert todos_of(case) == [ToDoKind.STILL_INTERESTED]
    assert now_of(case).state == State.IN_CONTACT


def test_an_answer_is_needed(reader: Reader) -> None:
    answer = reader.sends("interest/")
    assert answer.status_code == 422
    assert b"Choose an answer" in answer.content


def test_who_was_asked_is_asked_on_the_page_until_they_answer(reader: Reader, case: Enquiry) -> None:
    with as_council(case.council_id):
        Enquiry.objects.update(asked_at=MONDAY - timedelta(days=1), heard_at=MONDAY - timedelta(days=3))
    assert "We have not been able to talk to you." in reader.sees()
    reader.sends("interest/", answer="yes")
    assert "We have not been able to talk to you." not in reader.sees()


def test_months_are_the_coming_ones() -> None:
    months = months_after(date(2026, 11, 30))
    assert months[0] == ("2026-12-01", "December 2026")
    assert months[1] == ("2027-01-01", "January 2027")
    assert months[-1] == ("2028-11-01", "November 2028")
