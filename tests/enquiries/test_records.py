"""The records of the service for which somebody fosters now: agreed to, asked for, due, come."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from councils.access import Access, access_of
from councils.models import Council, Event, EventDetail, ToDo, User
from councils.models.todos import ToDoKind
from councils.refusals import Refused, RoleRefused
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.actions import take_step
from enquiries.actions.records import Records, due_on, find_late_records, write_records
from enquiries.due import Urgency, due_by_day
from enquiries.models import Enquiry
from enquiries.states import CloseReason, FostersWith, Kind, Step
from tests import factories
from tests.conftest import Cast

CAME = datetime(2026, 11, 24, 11, tzinfo=LONDON)
ASKED = CAME.date()
DUE = date(2026, 12, 15)  # fifteen working days later
ASKED_OF = Records(consent_on=ASKED, asked_on=ASKED, asked_of="Northern Star Fostering")
MoveClock = Callable[[datetime], None]
AsUser = Callable[[User], Client]


@pytest.fixture
def case(kent: Council, cast: Cast, move_clock: MoveClock) -> Enquiry:
    move_clock(CAME)
    return factories.enquiry(kent, kind=Kind.TRANSFER, fosters_with=FostersWith.AGENCY)


@pytest.fixture
def kate(cast: Cast) -> Access:
    return access_of(cast.kate)


def todos(case: Enquiry, *, done: bool = False) -> int:
    with as_council(case.council_id):
        found = ToDo.objects.filter(subject_id=case.pk, kind=ToDoKind.RECORDS_DUE)
        return found.exclude(done_at=None).count() if done else found.filter(done_at=None).count()


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (date(2026, 11, 24), DUE),
        (date(2026, 12, 18), date(2027, 1, 13)),  # Christmas, its substitute day and New Year do not count
        (date(2026, 11, 21), date(2026, 12, 11)),  # a Saturday
    ],
)
def test_they_are_due_fifteen_working_days_after_they_were_asked_for(asked: date, due: date) -> None:
    assert due_on(asked) == due


def test_what_is_written_down_says_by_when(case: Enquiry, kate: Access) -> None:
    after = write_records(case, ASKED_OF, by=kate)
    assert (after.records_due_on, after.fosters_with_name) == (DUE, "Northern Star Fostering")
    with as_council(case.council_id):
        event = Event.objects.get(verb="enquiry.records_written")
        assert EventDetail.objects.get(event=event).field == "fosters_with_name"
    assert "Northern" not in str(event.facts)


@pytest.mark.parametrize(
    ("records", "words"),
    [
        (Records(asked_on=ASKED, asked_of="A"), "Say when they agreed"),
        (Records(consent_on=ASKED, asked_on=ASKED), "Say which service"),
        (Records(consent_on=ASKED, asked_on=ASKED - timedelta(days=1), asked_of="A"), "before they agreed"),
        (Records(consent_on=ASKED, came_on=ASKED), "before they were asked for"),
        (Records(consent_on=ASKED + timedelta(days=1)), "none can be in the future"),
    ],
)
def test_days_that_cannot_be_are_refused(case: Enquiry, kate: Access, records: Records, words: str) -> None:
    with pytest.raises(Refused, match=words):
        write_records(case, records, by=kate)


def test_nobody_is_asked_about_who_does_not_foster(kent: Council, kate: Access) -> None:
    with pytest.raises(Refused, match="correct the type first"):
        write_records(factories.enquiry(kent), ASKED_OF, by=kate)


def test_the_other_councils_officer_writes_nothing_down(case: Enquiry, cast: Cast) -> None:
    with pytest.raises(RoleRefused):
        write_records(case, ASKED_OF, by=access_of(cast.hal))


def test_records_that_are_late_are_a_to_do_once(case: Enquiry, kate: Access, move_clock: MoveClock) -> None:
    write_records(case, ASKED_OF, by=kate)
    move_clock(datetime(2026, 12, 15, 23, 59, tzinfo=LONDON))
    assert find_late_records() == 0, "the whole of the last day is theirs"
    move_clock(datetime(2026, 12, 16, 0, 1, tzinfo=LONDON))
    assert (find_late_records(), find_late_records(), todos(case)) == (1, 0, 1)


def test_a_to_do_that_was_done_does_not_come_back_until_they_are_asked_again(
    case: Enquiry, kate: Access, move_clock: MoveClock
) -> None:
    write_records(case, ASKED_OF, by=kate)
    move_clock(datetime(2026, 12, 16, 9, tzinfo=LONDON))
    find_late_records()
    with as_council(case.council_id):
        ToDo.objects.update(done_at=datetime(2026, 12, 16, 10, tzinfo=LONDON))
    assert (find_late_records(), todos(case)) == (0, 0)
    asked_again = Records(consent_on=ASKED, asked_on=date(2026, 12, 16), asked_of="Northern Star Fostering")
    write_records(case, asked_again, by=kate)
    move_clock(datetime(2027, 2, 1, 9, tzinfo=LONDON))
    assert (find_late_records(), todos(case)) == (1, 1)


def test_records_that_came_settle_the_to_do(case: Enquiry, kate: Access, move_clock: MoveClock) -> None:
    write_records(case, ASKED_OF, by=kate)
    move_clock(datetime(2026, 12, 16, 9, tzinfo=LONDON))
    find_late_records()
    came = Records(consent_on=ASKED, asked_on=ASKED, asked_of="A", came_on=date(2026, 12, 16))
    write_records(case, came, by=kate)
    assert (todos(case), todos(case, done=True), find_late_records()) == (0, 1, 0)


def test_nobody_waits_for_the_records_of_a_closed_case(case: Enquiry, kate: Access, move_clock: MoveClock) -> None:
    write_records(case, ASKED_OF, by=kate)
    take_step(case, Step.WITHDRAW, reason=CloseReason.NO_ROOM, by=kate)
    move_clock(datetime(2026, 12, 16, 9, tzinfo=LONDON))
    assert find_late_records() == 0


@pytest.mark.parametrize(
    ("day", "words", "urgency"),
    [
        (DUE, "15 working days left, by Tuesday 15 December", Urgency.CALM),
        (date(2026, 11, 25), "1 working day left, by Wednesday 25 November", Urgency.SOON),
        (ASKED, "Due today", Urgency.SOON),
        (date(2026, 11, 23), "Late: due by Monday 23 November", Urgency.LATE),
        (None, "Nothing due", Urgency.DONE),
    ],
)
def test_what_has_a_day_is_told_in_working_days(day: date | None, words: str, urgency: Urgency) -> None:
    told = due_by_day(day, ASKED)
    assert (told.words, told.urgency) == (words, urgency)


def test_the_page_shows_the_time_left_to_transfers_only(
    case: Enquiry, kent: Council, cast: Cast, as_user: AsUser
) -> None:
    client, name = as_user(cast.kate), "admin:enquiries_enquiry_{}"
    page = reverse(name.format("change"), args=[case.pk])
    assert "Records of the other service" in client.get(page).content.decode()
    sent = {"records_consent_on": "2026-11-24", "records_asked_on": "2026-11-24", "fosters_with_name": "Star"}
    shown = client.post(reverse(name.format("records"), args=[case.pk]), sent, follow=True).content.decode()
    assert "They should come by 15 December 2026." in shown
    assert "15 working days left, by Tuesday 15 December" in shown
    others = reverse(name.format("change"), args=[factories.enquiry(kent, email="other@example.org").pk])
    assert "Records of the other service" not in client.get(others).content.decode()
