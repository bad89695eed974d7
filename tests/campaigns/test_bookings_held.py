"""What looks like spam takes no place until a person has looked at its enquiry, and is never lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.actions.attendance import Mark, mark
from campaigns.actions.bookings import Booker, book, free, seated
from campaigns.actions.desk import cancel as cancel_at_desk
from campaigns.actions.gatherings import cancel as call_off
from campaigns.actions.held import settle_held
from campaigns.models import Attendance, Booking, Gathering
from campaigns.states import BookingState
from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council, Event, User
from councils.tenancy import across, as_council
from enquiries.actions import steps
from enquiries.actions.casework import release
from enquiries.models import Enquiry
from enquiries.states import CloseReason, Step
from outbox.models import Message
from tests.campaigns import made_up
from tests.conftest import Cast

PERHAPS = Booker("Erin Example", email="erin@example.org", postcode="ME14 1XX", people=2, suspicions=("filled_trap",))
PAUL = Booker("Paul Patient", email="paul@example.org", postcode="ME14 1XX", people=2)


def states(council: Council) -> dict[str, str]:
    with as_council(council):
        return dict(Booking.objects.values_list("name", "state"))


def case_of(council: Council) -> Enquiry:
    with as_council(council):
        return Enquiry.objects.get(quarantined=True)


def mails(council: Council) -> list[tuple[str, str]]:
    with as_council(council):
        sent = Message.objects.filter(kind__startswith="gathering").order_by("kind", "to_address")
        return list(sent.values_list("kind", "to_address"))


@pytest.fixture
def evening(kent: Council) -> Gathering:
    return made_up.gathering(kent, places=2)


def test_it_takes_no_place_and_is_told_what_anybody_is(kent: Council, evening: Gathering) -> None:
    booked = book(evening, PERHAPS, by=None)
    assert (booked.told, booked.booking.state) == (BookingState.BOOKED, BookingState.HELD)
    with as_council(kent):
        assert (seated(evening), free(evening)) == (0, 2)
        case = Enquiry.objects.get()
        assert case.quarantined and case.next_due_at == case.promise_due_at
        assert Attendance.objects.get().state == BookingState.HELD
    assert book(evening, PAUL, by=None).booking.state == BookingState.BOOKED
    assert book(evening, PERHAPS, by=None).repeated, "the same program again"
    assert [to for _, to in mails(kent)] == ["paul@example.org"]


@pytest.mark.parametrize("full", [False, True])
def test_released_it_gets_what_there_is_and_a_mail(kent: Council, evening: Gathering, cast: Cast, full: bool) -> None:
    booking = book(evening, PERHAPS, by=None).booking
    if full:
        book(evening, PAUL, by=None)
    assert settle_held() == 0, "nobody has looked"
    release(case_of(kent), by=access_of(cast.kate))
    assert (settle_held(), settle_held()) == (1, 0)
    with as_council(kent):
        now = Booking.objects.get(pk=booking.pk)
        assert Attendance.objects.get(booking_key=booking.pk).state == now.state
        assert Event.objects.get(verb="gathering.booking_looked_at").facts["state"] == now.state
    assert now.state == (BookingState.WAITING if full else BookingState.BOOKED)
    assert now.waiting_since == (booking.created_at if full else None), "in turn from when it was sent"
    assert (f"gathering_{'waiting' if full else 'booked'}", "erin@example.org") in mails(kent)


def test_closed_by_a_person_it_is_cancelled_without_a_word(kent: Council, evening: Gathering, cast: Cast) -> None:
    book(evening, PERHAPS, by=None)
    with as_council(kent):
        steps.take_step(case_of(kent), Step.DECLINE, reason=CloseReason.OTHER, comment="Spam", by=access_of(cast.mina))
    assert settle_held() == 1
    assert (states(kent), mails(kent)) == ({"Erin Example": "cancelled"}, [])


def test_a_person_who_tried_again_has_one_booking(kent: Council, evening: Gathering, cast: Cast) -> None:
    held = book(evening, PERHAPS, by=None).booking
    again = book(evening, Booker("Erin Example", email="erin@example.org"), by=None).booking
    assert (again.pk == held.pk, again.state) == (False, BookingState.BOOKED)
    release(case_of(kent), by=access_of(cast.kate))
    settle_held()
    with as_council(kent):
        assert dict(Booking.objects.values_list("pk", "state")) == {held.pk: "cancelled", again.pk: "booked"}


def test_the_case_of_another_council_frees_it_too(hampshire: Council, kent: Council, cast: Cast) -> None:
    evening = made_up.gathering(hampshire)
    book(evening, PERHAPS, by=None)
    other = book(made_up.gathering(hampshire), PAUL, by=None).booking
    release(case_of(kent), by=access_of(cast.kate))
    assert settle_held() == 1
    assert states(hampshire) == {"Erin Example": "booked", "Paul Patient": "booked"}
    with across([hampshire.pk], reason="look"):
        assert Booking.objects.get(pk=other.pk).cancelled_at is None


def test_staff_see_it_cancel_it_and_call_off_the_event_with_it(
    kent: Council, evening: Gathering, cast: Cast, as_user: Callable[[User], Client]
) -> None:
    booking = book(evening, PERHAPS, by=None).booking
    kate = as_user(cast.kate)
    event = kate.get(reverse("admin:campaigns_gathering_page", args=[evening.pk])).content.decode()
    assert "2 to look at" in event and "Looks like spam" in event
    page = kate.get(reverse("admin:campaigns_gathering_booking", args=[booking.pk])).content.decode()
    case = case_of(kent)
    assert "takes no place" in page and str(case.pk) in page
    shown = kate.get(reverse("admin:enquiries_enquiry_change", args=[case.pk])).content.decode()
    assert "once this enquiry is released" in shown
    printed = kate.get(reverse("admin:campaigns_gathering_print", args=[evening.pk])).content.decode()
    assert "Erin Example" not in printed
    cancel_at_desk(booking, by=access_of(cast.kate))
    book(evening, PERHAPS, by=None)
    assert len(call_off(evening, by=access_of(cast.mina))) == 1
    assert set(states(kent).values()) == {"cancelled"}


def test_whoever_stands_at_the_door_came(kent: Council, cast: Cast) -> None:
    evening = made_up.gathering(kent, starts_at=hub_now() + timedelta(hours=1))
    booking = book(evening, PERHAPS, by=None).booking
    came = mark(booking, Mark.CAME, seen=BookingState.HELD, by=access_of(cast.kate))
    assert came.state == BookingState.CAME
