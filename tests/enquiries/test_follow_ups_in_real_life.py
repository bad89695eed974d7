"""What happens in an office: moved back, written down late, heard on the phone and not recorded as an attempt."""

from datetime import date, datetime, timedelta

import pytest

from councils.access import Access
from councils.models import Council
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.actions import (
    add_note,
    ask_still_interested,
    change_visit,
    log_attempt,
    run_due,
    status,
    take_step,
)
from enquiries.follow_up_states import FollowUp
from enquiries.followups.composing import EXAMPLE_LINKS, MOST_IN_A_TEXT, MOST_IN_TWO, text_message
from enquiries.followups.placeholders import Words
from enquiries.models import Enquiry
from enquiries.states import CloseReason, Outcome, Step, Way
from enquiries.status_page import status_page
from outbox.models import Message
from tests import factories
from tests.enquiries.followed_up import TUESDAY, MoveClock, again, case, kate

__all__ = ["case", "kate"]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def sent(case: Enquiry, kind: str) -> list[Message]:
    with as_council(case.council_id):
        return list(Message.objects.about(case.pk).filter(kind=kind, to_staff=False).order_by("created_at"))


def states(case: Enquiry, kind: str) -> list[str]:
    return [message.state for message in sent(case, kind)]


def not_reached(case: Enquiry, by: Access, at: datetime | None = None) -> None:
    log_attempt(again(case), way=Way.CALL, outcome=Outcome.NO_ANSWER, at=at, by=by)


def visit_moved_there_and_back(case: Enquiry, kate: Access, move_clock: MoveClock) -> None:
    take_step(case, Step.BOOK_VISIT, visit_at=TUESDAY + 7 * DAY, by=kate)
    for hours, days in ((1, 8), (2, 7)):
        move_clock(TUESDAY + hours * HOUR)
        change_visit(again(case), at=TUESDAY + days * DAY, by=kate)


def test_a_visit_moved_back_to_its_first_time_is_told_again(case: Enquiry, kate: Access, move_clock: MoveClock) -> None:
    visit_moved_there_and_back(case, kate, move_clock)
    assert states(case, "visit_booked") == ["cancelled", "cancelled", "queued"]
    assert sent(case, "visit_booked")[-1].subject == "Our visit on Tuesday 1 December at 10am"
    move_clock(TUESDAY + 6 * DAY)
    run_due()
    run_due()
    assert states(case, "visit_reminder") == ["queued"], "once, for the time that stands"


def test_what_replaced_a_message_is_not_called_back_with_it(case: Enquiry, kate: Access, move_clock: MoveClock) -> None:
    visit_moved_there_and_back(case, kate, move_clock)
    add_note(again(case), "They have a dog.", by=kate)
    assert states(case, "visit_booked")[-1] == "queued"


def test_in_contact_without_an_attempt_stops_we_tried_to_reach_you(
    case: Enquiry, kate: Access, move_clock: MoveClock
) -> None:
    not_reached(case, kate)
    move_clock(TUESDAY + timedelta(minutes=10))
    take_step(again(case), Step.REACH, by=kate)
    move_clock(TUESDAY + HOUR)
    run_due()
    assert again(case).reached_at is not None
    assert sent(case, "tried") == []


def test_an_attempt_written_down_late_is_not_told_in_place_of_another(
    case: Enquiry, kate: Access, move_clock: MoveClock
) -> None:
    move_clock(TUESDAY + DAY)
    not_reached(case, kate)
    move_clock(TUESDAY + DAY + HOUR)
    run_due()
    not_reached(case, kate, at=TUESDAY + HOUR)
    move_clock(TUESDAY + DAY + 2 * HOUR)
    run_due()
    told = sorted(message.text.split("We will")[0].split(" on ")[1] for message in sent(case, "tried"))
    assert [day.split(",")[0] for day in told] == ["Tuesday 24 November", "Wednesday 25 November"]


def test_reached_in_the_evening_and_written_down_afterwards_calls_the_mail_of_the_night_back(
    case: Enquiry, kate: Access, move_clock: MoveClock
) -> None:
    evening = TUESDAY.replace(hour=19, minute=50)
    move_clock(evening)
    not_reached(case, kate)
    move_clock(evening + timedelta(minutes=31))
    run_due()
    move_clock(evening + HOUR)
    log_attempt(again(case), way=Way.CALL, outcome=Outcome.REACHED, at=evening + timedelta(minutes=20), by=kate)
    assert states(case, "tried") == ["cancelled"]


def test_yes_opens_a_case_that_was_closed_over_an_earlier_yes(
    case: Enquiry, kate: Access, move_clock: MoveClock
) -> None:
    status.say_still_interested(case)
    take_step(again(case), Step.WITHDRAW, reason=CloseReason.OTHER, by=kate)
    move_clock(TUESDAY + DAY)
    status.say_still_interested(again(case))
    assert again(case).is_open


def test_who_has_talked_with_us_since_is_not_asked_any_more(case: Enquiry, kate: Access, move_clock: MoveClock) -> None:
    ask_still_interested(case, by=kate)
    with as_council(case.council_id):
        assert status_page(again(case)).asked
    move_clock(TUESDAY + DAY)
    log_attempt(again(case), way=Way.CALL, outcome=Outcome.REACHED, by=kate)
    with as_council(case.council_id):
        assert not status_page(again(case)).asked


def test_the_day_that_is_told_is_the_day_on_which_they_are_asked(
    case: Enquiry, kate: Access, move_clock: MoveClock
) -> None:
    status.say_not_now(case, wake_on=date(2027, 8, 1))  # a Sunday
    assert sent(case, "not_yet")[0].subject == "We will ask you again on Monday 2 August 2027"
    move_clock(datetime(2027, 8, 2, 9, tzinfo=LONDON))
    run_due()
    assert len(sent(case, FollowUp.WAKE_UP)) == 1


@pytest.mark.parametrize("length", [40, MOST_IN_A_TEXT])
def test_every_text_says_how_to_stop(length: int) -> None:
    text = text_message(Words("", "", "x" * length, ""), EXAMPLE_LINKS)
    assert text.endswith(f" To stop: {EXAMPLE_LINKS.stop}")
    assert len(text) <= MOST_IN_TWO


def test_of_two_days_to_ask_again_the_last_is_told(case: Enquiry, move_clock: MoveClock) -> None:
    for hours, month in ((12, 8), (13, 9), (14, 8)):  # at night: all of them would leave in the morning
        move_clock(TUESDAY + hours * HOUR)
        status.say_not_now(again(case), wake_on=date(2027, month, 1))
    assert states(case, "not_yet") == ["cancelled", "cancelled", "queued"]
    assert "2 August 2027" in sent(case, "not_yet")[-1].subject


@pytest.mark.parametrize(("days", "sorry"), [(1, False), (5, True)])
def test_who_was_never_called_reads_sorry_also_once_it_is_closed(
    case: Enquiry, move_clock: MoveClock, days: int, sorry: bool
) -> None:
    move_clock(TUESDAY + days * DAY)
    status.say_no(again(case), reason=None)
    move_clock(TUESDAY + 9 * DAY)
    with as_council(case.council_id):
        assert status_page(again(case)).standing.sorry.startswith("We are sorry.") is sorry


@pytest.mark.parametrize(("ticked", "after"), [(True, DAY * 3), (False, None)])
def test_who_ticks_news_is_looked_at_again_from_the_moment_they_send(
    kent: Council, move_clock: MoveClock, ticked: bool, after: timedelta | None
) -> None:
    """Nothing else would: the round of follow-ups looks where a time is written."""
    move_clock(TUESDAY)
    case = factories.enquiry(kent, news_by_email=ticked)
    assert case.next_follow_up_at == (TUESDAY + after if after else None)
