"""Reminders, places that were left over, and bookings of people who were erased."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

from campaigns.actions.bookings import Booker, book, cancel
from campaigns.actions.reminding import empty_those_erased, give_places_left, remind, thank
from campaigns.gatherings.mails import tell_cancelled, tell_changed
from campaigns.models import Booking, Gathering
from campaigns.states import BookingState
from councils.clock import hub_now
from councils.models import Council
from councils.tenancy import as_council
from enquiries.models import Enquiry
from enquiries.models.enquiry_personal import WHEN_ERASED
from enquiries.states import State
from outbox.models import Message
from tests.campaigns import made_up

ERIN = Booker("Erin Example", email="erin@example.org", postcode="ME14 1XX")
Move = Callable[[datetime], None]


def told(council: Council) -> list[str]:
    with as_council(council):
        sent = Message.objects.filter(kind__startswith="gathering").order_by("kind", "created_at")
        return [kind.removeprefix("gathering_") for kind in sent.values_list("kind", flat=True)]


def test_an_online_event_is_reminded_of_twice_with_its_link_and_each_time_once(kent: Council, move_clock: Move) -> None:
    evening = made_up.gathering(kent)
    book(evening, ERIN, by=None)
    for before in (timedelta(days=2), timedelta(hours=23), timedelta(hours=22), timedelta(minutes=50)):
        move_clock(evening.starts_at - before)
        remind()
        remind()
    assert told(kent) == ["booked", "reminder", "soon"]
    with as_council(kent):
        for kind in ("reminder", "soon"):
            assert evening.join_link in Message.objects.get(kind=f"gathering_{kind}").text


def test_an_event_in_a_hall_is_reminded_of_once_and_who_cancelled_or_waits_is_not(
    kent: Council, move_clock: Move
) -> None:
    hall = made_up.gathering(kent, is_online=False, join_link="", venue="The Guildhall", places=1)
    booking = book(hall, ERIN, by=None).booking
    book(hall, Booker("Paul", email="paul@example.org"), by=None)
    gone = made_up.gathering(kent, starts_at=hall.starts_at)
    cancel(book(gone, ERIN, by=None).booking, by=None)
    for before in (timedelta(hours=23), timedelta(minutes=50)):
        move_clock(hall.starts_at - before)
        remind()
    with as_council(kent):
        reminded = Message.objects.filter(kind__in=["gathering_reminder", "gathering_soon"])
        assert [each.to_address for each in reminded] == [booking.email]


def test_an_event_that_is_put_off_is_reminded_of_again(kent: Council, move_clock: Move) -> None:
    evening = made_up.gathering(kent, is_online=False, join_link="")
    book(evening, ERIN, by=None)
    move_clock(evening.starts_at - timedelta(hours=20))
    remind()
    later = evening.starts_at + timedelta(days=7)
    with as_council(kent):
        Gathering.objects.update(starts_at=later, ends_at=later + timedelta(hours=2))
    remind()
    move_clock(later - timedelta(hours=20))
    remind()
    assert told(kent).count("reminder") == 2


def test_the_day_after_whoever_came_is_thanked_and_who_did_not_is_missed_once(kent: Council, move_clock: Move) -> None:
    evening = made_up.gathering(kent, is_online=False, join_link="")
    erin = book(evening, ERIN, by=None).booking
    paul = book(evening, Booker("Paul", email="paul@example.org"), by=None).booking
    book(evening, Booker("Uma", email="uma@example.org"), by=None)
    with as_council(kent):
        Booking.objects.filter(pk=erin.pk).update(state=BookingState.CAME)
        Booking.objects.filter(pk=paul.pk).update(state=BookingState.MISSED)
    for after in (timedelta(hours=3), timedelta(hours=16), timedelta(hours=17)):
        move_clock(evening.ends_at + after)
        thank()
    with as_council(kent):
        sent = Message.objects.filter(kind__in=["gathering_thanks", "gathering_missed"])
        assert dict(sent.values_list("to_address", "kind")) == {
            erin.email: "gathering_thanks",
            paul.email: "gathering_missed",
        }


def test_a_place_that_was_left_over_is_given(kent: Council) -> None:
    evening = made_up.gathering(kent, places=1)
    first = book(evening, ERIN, by=None).booking
    paul = book(evening, Booker("Paul", email="paul@example.org"), by=None).booking
    with as_council(kent):  # as a row that somebody mended by hand
        Booking.objects.filter(pk=first.pk).update(state=BookingState.CANCELLED)
    assert give_places_left() == 1
    assert give_places_left() == 0
    with as_council(kent):
        assert Booking.objects.get(pk=paul.pk).state == BookingState.BOOKED


def test_a_change_and_a_cancellation_are_told_once_each(kent: Council) -> None:
    evening = made_up.gathering(kent)
    booking = book(evening, ERIN, by=None).booking
    with as_council(kent):
        for _ in range(2):
            tell_changed(evening, booking)
            tell_cancelled(evening, booking)
    assert told(kent) == ["booked", "cancelled", "changed"]


def test_whose_case_is_erased_leaves_an_empty_booking_and_their_place(kent: Council) -> None:
    evening = made_up.gathering(kent, places=1)
    booking = book(evening, ERIN, by=None).booking
    paul = book(evening, Booker("Paul", email="paul@example.org"), by=None).booking
    assert empty_those_erased() == 0
    with as_council(kent):
        cases = Enquiry.objects.filter(email="erin@example.org")
        gone = {"state": State.WITHDRAWN, "closed_at": hub_now(), "erased_at": hub_now(), "next_due_at": None}
        cases.update(**WHEN_ERASED, **gone, next_follow_up_at=None)
    assert empty_those_erased() == 1
    assert empty_those_erased() == 0
    with as_council(kent):
        booking.refresh_from_db()
        paul.refresh_from_db()
        assert (booking.name, booking.email, booking.address_hash, booking.needs) == ("", "", "", "")
        assert (booking.state, paul.state) == (BookingState.CANCELLED, BookingState.BOOKED)


def test_whoever_asked_us_to_stop_is_told_of_a_cancellation_and_not_reminded(kent: Council, move_clock: Move) -> None:
    evening = made_up.gathering(kent)
    booking = book(evening, ERIN, by=None).booking
    move_clock(evening.starts_at - timedelta(hours=20))
    with as_council(kent):
        Enquiry.objects.update(stopped_at=hub_now())
    remind()
    with as_council(kent):
        tell_cancelled(evening, booking)
    assert told(kent) == ["booked", "cancelled"]


def test_the_mail_brings_the_event_for_a_calendar_without_the_link_to_join(kent: Council) -> None:
    evening = made_up.gathering(kent)
    book(evening, ERIN, by=None)
    with as_council(kent):
        mime = bytes(Message.objects.get(kind="gathering_booked").mime)
    (file,) = message_from_bytes(mime, EmailMessage, policy=policy.default).iter_attachments()
    assert "BEGIN:VEVENT" in file.get_content()
    assert evening.join_link not in file.get_content()


def test_the_messages_of_a_booking_go_with_the_case(kent: Council) -> None:
    book(made_up.gathering(kent), ERIN, by=None)
    with as_council(kent):
        case = Enquiry.objects.get()
        about = Message.objects.filter(kind="gathering_booked").values_list("subject_kind", "subject_id").get()
    assert about == ("enquiry", case.pk)
