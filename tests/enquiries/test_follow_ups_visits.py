"""Follow-ups about a day: of a visit, of a wake-up, and before somebody is closed for no reply."""

from datetime import date, datetime, timedelta

import pytest

from councils.access import Access
from councils.models import Council, ToDo
from councils.models.todos import ToDoKind
from councils.refusals import Refused
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.actions import (
    ask_still_interested,
    change_visit,
    run_due,
    take_step,
)
from enquiries.actions.changing import locked
from enquiries.actions.hearing import heard_from
from enquiries.models import Enquiry
from enquiries.states import CloseReason, State, Step
from enquiries.workflow import StepRefused
from outbox.models import Message
from tests import factories
from tests.enquiries.followed_up import TUESDAY, MoveClock, again, case, ends, kate, mails, tried

__all__ = ["case", "kate"]


def todos(case: Enquiry) -> list[str]:
    with as_council(case.council_id):
        return sorted(ToDo.objects.filter(subject_id=case.pk, done_at=None).values_list("kind", flat=True))


def booked(case: Enquiry, by: Access, at: datetime) -> None:
    take_step(case, Step.BOOK_VISIT, visit_at=at, by=by)


VISIT = datetime(2026, 12, 1, 14, tzinfo=LONDON)
REMINDER = datetime(2026, 11, 30, 10, tzinfo=LONDON)


def test_a_visit_is_told_at_once_and_reminded_on_the_working_day_before(
    case: Enquiry, kate: Access, move_clock: MoveClock
) -> None:
    booked(case, kate, VISIT)
    assert [kind for kind, _ in mails(case)] == ["confirmation", "visit_booked"]
    assert again(case).next_follow_up_at == REMINDER
    move_clock(REMINDER)
    assert run_due() == 1
    with as_council(case.council_id):
        reminder = Message.objects.get(kind="visit_reminder")
    assert reminder.subject == "We are visiting you on Tuesday 1 December at 2pm"
    assert reminder.expires_at == VISIT, "nobody is reminded of a visit that has been"


def test_a_changed_visit_is_told_anew_and_its_reminder_moves(
    case: Enquiry, kate: Access, move_clock: MoveClock
) -> None:
    booked(case, kate, VISIT)
    move_clock(TUESDAY + timedelta(hours=1))
    change_visit(case, at=VISIT + timedelta(days=2), by=kate)
    assert mails(case)[1:] == [("visit_booked", "cancelled"), ("visit_booked", "queued")]
    assert again(case).next_follow_up_at == REMINDER + timedelta(days=2)


def test_who_was_told_of_the_visit_after_its_reminder_is_not_reminded(
    case: Enquiry, kate: Access, move_clock: MoveClock
) -> None:
    booked(case, kate, TUESDAY + timedelta(days=1))
    assert [kind for kind, _ in mails(case)] == ["confirmation", "visit_booked"]
    assert ends(case)["visit_reminder:2026-11-25T10:00"] == ("not_possible", "too_late")


@pytest.mark.parametrize("at", [None, TUESDAY, TUESDAY - timedelta(days=1)])
def test_a_visit_needs_a_time_that_is_still_to_come(case: Enquiry, kate: Access, at: datetime | None) -> None:
    with pytest.raises(Refused):
        take_step(case, Step.BOOK_VISIT, visit_at=at, by=kate)
    assert again(case).state == State.NEW


def test_wake_ups_come_on_their_day_with_a_to_do(case: Enquiry, kate: Access, move_clock: MoveClock) -> None:
    saturday = date(2027, 1, 16)
    take_step(case, Step.POSTPONE, reason=CloseReason.NO_ROOM, wake_on=saturday, by=kate)
    assert [kind for kind, _ in mails(case)] == ["confirmation", "not_yet"]
    monday = datetime(2027, 1, 18, 9, tzinfo=LONDON)
    move_clock(monday - timedelta(minutes=1))
    run_due()
    assert (todos(case), again(case).next_follow_up_at) == ([], monday)
    move_clock(monday)
    assert run_due() == 1
    assert mails(case)[-1][0] == "wake_up"
    assert todos(case) == [ToDoKind.WAKE_UP]


def test_a_wake_up_is_a_to_do_also_where_nothing_can_be_sent(
    kent: Council, kate: Access, move_clock: MoveClock
) -> None:
    move_clock(TUESDAY)
    case = factories.enquiry(kent, email="")
    take_step(case, Step.POSTPONE, reason=CloseReason.NO_ROOM, wake_on=date(2026, 12, 8), by=kate)
    move_clock(datetime(2026, 12, 8, 9, tzinfo=LONDON))
    run_due()
    assert ends(case)["wake_up:2026-12-08"] == ("not_possible", "no_address")
    assert ToDoKind.WAKE_UP in todos(case)


def thrice(case: Enquiry, by: Access, move_clock: MoveClock) -> None:
    for days in (0, 1, 2):
        move_clock(TUESDAY + timedelta(days=days))
        tried(case, by)


def test_after_three_tries_and_five_working_days_they_are_asked(
    case: Enquiry, kate: Access, move_clock: MoveClock
) -> None:
    thrice(case, kate, move_clock)
    move_clock(datetime(2026, 12, 3, 9, 59, tzinfo=LONDON))
    run_due()
    assert again(case).asked_at is None
    asked_at = datetime(2026, 12, 3, 10, tzinfo=LONDON)
    move_clock(asked_at)
    assert run_due() == 1
    assert mails(case)[-1] == ("still_interested", "queued")
    assert again(case).asked_at == asked_at
    move_clock(datetime(2026, 12, 17, 10, tzinfo=LONDON))
    assert run_due() == 1
    assert ToDoKind.NO_ANSWER in todos(case)
    assert again(case).state == State.NEW, "the machine closes nothing"


def test_who_answers_is_not_asked(case: Enquiry, kate: Access, move_clock: MoveClock) -> None:
    thrice(case, kate, move_clock)
    move_clock(TUESDAY + timedelta(days=3))
    with as_council(case.council_id):
        heard_from(locked(case.council_id, case.pk), todo=None, reopen=True)
    move_clock(datetime(2026, 12, 4, 10, tzinfo=LONDON))
    run_due()
    assert again(case).asked_at is None


def test_nobody_is_closed_for_no_reply_before_they_were_asked(
    case: Enquiry, kate: Access, move_clock: MoveClock
) -> None:
    with pytest.raises(StepRefused, match="First ask whether they are still interested"):
        take_step(case, Step.GIVE_UP, by=kate)
    ask_still_interested(case, by=kate)
    with pytest.raises(StepRefused, match="Give them until Tuesday 1 December"):
        take_step(case, Step.GIVE_UP, by=kate)
    with pytest.raises(Refused, match="already"):
        ask_still_interested(case, by=kate)
    move_clock(datetime(2026, 12, 1, 9, tzinfo=LONDON))
    take_step(case, Step.GIVE_UP, by=kate)
    assert (again(case).state, mails(case)[-1]) == (State.NO_REPLY, ("closed", "queued"))


def test_who_cannot_be_written_to_may_be_closed_without_asking(kent: Council, kate: Access) -> None:
    case = factories.enquiry(kent, email="")
    take_step(case, Step.GIVE_UP, by=kate)
    assert again(case).state == State.NO_REPLY
