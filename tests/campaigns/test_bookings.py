"""Places are given in turn and never twice; whoever books enquires where they live."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from campaigns.actions.bookings import Booker, book, cancel, change, promote, seated
from campaigns.models import Attendance, Booking, Gathering
from campaigns.states import BookingState, GatheringState
from councils.clock import hub_now
from councils.models import Council, Event
from councils.refusals import Refused
from councils.tenancy import across, as_council
from enquiries.came_states import Source
from enquiries.models import Enquiry, Submission, Touch
from enquiries.states import Channel
from outbox.models import Message
from tests import factories
from tests.campaigns import made_up
from tests.conftest import Cast

ERIN = Booker("Erin Example", email="erin@example.org", postcode="ME14 1XX")
PAUL = Booker("Paul Patient", email="paul@example.org", postcode="ME14 1XX")
UMA = Booker("Uma Up", email="uma@example.org", postcode="ME14 1XX", people=2)


def kinds(council: Council, to: str) -> list[str]:
    with as_council(council):
        sent = Message.objects.filter(to_address=to, kind__startswith="gathering").order_by("kind")
        return [kind.removeprefix("gathering_") for kind in sent.values_list("kind", flat=True)]


def test_a_booking_is_a_place_an_enquiry_with_its_promise_and_a_mail(kent: Council) -> None:
    evening = made_up.gathering(kent)
    booked = book(evening, ERIN, by=None)
    assert (booked.booking.state, booked.repeated, booked.told) == (BookingState.BOOKED, False, BookingState.BOOKED)
    with as_council(kent):
        case, attends = Enquiry.objects.get(), Attendance.objects.get()
        assert (case.channel, case.council_id, case.next_due_at == case.promise_due_at) == (
            Channel.GATHERING,
            kent.pk,
            True,
        )
        assert (attends.enquiry_id, attends.booking_key, attends.state) == (case.pk, booked.booking.pk, "booked")
        assert (booked.booking.case_council_id, booked.booking.attendance_key) == (kent.pk, attends.pk)
        assert Touch.objects.values_list("source", "detail").get() == (Source.EVENT, "evening")
        assert Event.objects.filter(verb="gathering.booked").count() == 1
        text = Message.objects.get(kind="gathering_booked").text
    assert kinds(kent, "erin@example.org") == ["booked"]
    assert "/your-booking/" in text
    assert evening.join_link not in text, "the link to join comes the day before"


def test_who_books_in_another_council_enquires_where_they_live(kent: Council, hampshire: Council) -> None:
    evening = made_up.gathering(hampshire)
    booking = book(evening, ERIN, by=None).booking
    with as_council(kent):
        assert Attendance.objects.get().host_id == hampshire.pk
        assert Enquiry.objects.get().name == "Erin Example"
        assert not Booking.objects.exists()
    with as_council(hampshire):
        assert Booking.objects.get() == booking
        assert not Enquiry.objects.exists()


def test_without_a_postcode_the_inviting_council_answers_and_the_council_is_checked(hampshire: Council) -> None:
    book(made_up.gathering(hampshire), Booker("Nia", phone="+447700900123"), by=None)
    with as_council(hampshire):
        assert Enquiry.objects.get().check_council


@pytest.mark.parametrize(("postcode", "answers"), [("LS1 4AP", "lafse-office"), ("SO23 8UJ", "hampshire")])
def test_who_lives_elsewhere_is_answered_by_their_council_or_the_office(
    kent: Council, postcode: str, answers: str
) -> None:
    booking = book(made_up.gathering(kent), Booker("Nia", email="nia@example.org", postcode=postcode), by=None).booking
    assert booking.case_council == Council.objects.get(slug=answers)


def test_the_hub_office_invites_and_answers_who_gives_no_postcode(office: Council) -> None:
    assert book(made_up.gathering(office), Booker("Nia", phone="+447700900123"), by=None).booking.case_council == office


def test_a_booking_joins_the_case_that_goes_on(kent: Council) -> None:
    case = factories.enquiry(kent, email="erin@example.org")
    book(made_up.gathering(kent), ERIN, by=None)
    with as_council(kent):
        assert Enquiry.objects.get() == case
        assert Attendance.objects.get().enquiry_id == case.pk


def test_news_is_agreed_to_in_the_words_that_were_shown(kent: Council) -> None:
    book(made_up.gathering(kent), Booker("Erin", email="erin@example.org", news=True), by=None)
    with as_council(kent):
        assert Enquiry.objects.get().news_by_email
        assert list(Submission.objects.get().consents) == ["news_by_email"]


def test_who_books_twice_is_told_what_anybody_would_be_and_books_once(kent: Council) -> None:
    evening = made_up.gathering(kent, places=2)
    first = book(evening, ERIN, by=None)
    book(evening, PAUL, by=None)
    again = book(evening, Booker("A stranger", email="ERIN@example.org", people=1), by=None)
    assert (again.booking.pk, again.repeated) == (first.booking.pk, True)
    assert again.told == BookingState.WAITING, "as anybody new would be told now that it is full"
    book(evening, ERIN, by=None)
    with as_council(kent):
        assert seated(evening) == 2
        assert Enquiry.objects.count() == 2
    assert kinds(kent, "erin@example.org") == ["already", "booked"]


def test_without_email_the_same_name_and_number_book_once(kent: Council) -> None:
    evening, nia = made_up.gathering(kent), Booker("Nia", phone="+447700900123")
    assert book(evening, nia, by=None).booking.pk == book(evening, nia, by=None).booking.pk
    assert not book(evening, Booker("Noah", phone="+447700900123"), by=None).repeated


def test_a_full_event_has_a_waiting_list_that_moves_up_in_turn(
    kent: Council, move_clock: Callable[[datetime], None]
) -> None:
    evening = made_up.gathering(kent, places=2)
    first = book(evening, Booker("Zoe", email="zoe@example.org", people=2), by=None).booking
    paul = book(evening, PAUL, by=None).booking
    move_clock(hub_now() + timedelta(minutes=1))
    uma = book(evening, UMA, by=None).booking
    assert {paul.state, uma.state} == {BookingState.WAITING}
    cancel(first, by=None)
    cancel(first, by=None)
    with as_council(kent):
        states = dict(Booking.objects.values_list("pk", "state"))
        told = dict(Attendance.objects.values_list("booking_key", "state"))
    expected = {first.pk: "cancelled", paul.pk: "booked", uma.pk: "waiting"}
    assert states == told == expected, "two do not fit beside Paul"
    assert kinds(kent, "paul@example.org") == ["place", "waiting"]
    assert kinds(kent, "zoe@example.org").count("given_up") == 1


def test_what_dies_before_the_place_is_given_on_has_not_given_it_up_either(kent: Council) -> None:
    evening = made_up.gathering(kent, places=1)
    erin, paul = (book(evening, each, by=None).booking for each in (ERIN, PAUL))
    with pytest.raises(ConnectionResetError), transaction.atomic():
        cancel(erin, by=None)
        raise ConnectionResetError
    with as_council(kent):
        assert dict(Booking.objects.values_list("pk", "state")) == {erin.pk: "booked", paul.pk: "waiting"}
    assert kinds(kent, "paul@example.org") == ["waiting"]


def test_fewer_people_make_room_and_more_need_it(kent: Council) -> None:
    evening = made_up.gathering(kent, places=3)
    zoe = book(evening, Booker("Zoe", email="zoe@example.org", people=3), by=None).booking
    paul = book(evening, PAUL, by=None).booking
    change(zoe, people=2, needs="A hearing loop", by=None)
    with as_council(kent):
        paul.refresh_from_db()
        assert paul.state == BookingState.BOOKED
        assert Booking.objects.get(pk=zoe.pk).needs == "A hearing loop"
    with pytest.raises(Refused, match="not enough places"):
        change(zoe, people=3, needs="", by=None)


def test_places_that_are_added_go_to_those_who_wait(kent: Council) -> None:
    evening = made_up.gathering(kent, places=1)
    book(evening, ERIN, by=None)
    book(evening, PAUL, by=None)
    with as_council(kent):
        Gathering.objects.update(places=None)
    assert promote(evening, by=None) == 1
    assert promote(evening, by=None) == 0


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"state": GatheringState.DRAFT}, "not published"),
        ({"state": GatheringState.CANCELLED, "cancelled_at": True}, "cancelled"),
        ({"starts_at": timedelta(days=-1)}, "over"),
        ({"starts_at": timedelta(hours=-1)}, "closed"),
        ({"booking_until": timedelta(hours=-1)}, "closed"),
    ],
)
def test_what_cannot_be_booked_is_refused_and_leaves_nothing(
    kent: Council, given: dict[str, object], refusal: str
) -> None:
    now = hub_now()
    at = {name: now + value if isinstance(value, timedelta) else value for name, value in given.items()}
    evening = made_up.gathering(kent, **at | ({"cancelled_at": now} if "cancelled_at" in at else {}))
    with pytest.raises(Refused, match=refusal):
        book(evening, ERIN, by=None)
    with as_council(kent):
        assert not Enquiry.objects.exists()
        assert not Booking.objects.exists()


def test_at_the_door_nobody_is_turned_away_and_who_had_booked_came(kent: Council) -> None:
    evening = made_up.gathering(kent, places=1, starts_at=hub_now() - timedelta(minutes=20))
    made_up.booking(evening, "Erin")
    ed = made_up.editor(kent)
    walked = book(evening, Booker("Nia"), by=ed, walk_in=True).booking
    assert (walked.state, walked.is_walk_in, walked.marked_by) == (BookingState.CAME, True, ed)
    known = book(evening, Booker("Erin", email="erin@example.org"), by=ed, walk_in=True)
    assert (known.repeated, known.booking.state, known.booking.is_walk_in) == (True, BookingState.CAME, False)
    with pytest.raises(Refused, match="whether they came"):
        cancel(walked, by=None)


def test_once_it_has_begun_nobody_cancels_or_changes_by_the_link(
    kent: Council, move_clock: Callable[[datetime], None]
) -> None:
    evening = made_up.gathering(kent)
    booking = book(evening, ERIN, by=None).booking
    move_clock(evening.starts_at + timedelta(minutes=1))
    with pytest.raises(Refused, match="has begun"):
        cancel(booking, by=None)
    with pytest.raises(Refused, match="has begun"):
        change(booking, people=2, needs="", by=None)


def test_another_councils_staff_book_nobody(kent: Council, cast: Cast) -> None:
    evening = made_up.gathering(kent)
    with pytest.raises(Refused):
        book(evening, ERIN, by=cast.hal)


def test_staff_book_by_phone_inside_their_own_scope(kent: Council, hampshire: Council) -> None:
    evening = made_up.gathering(hampshire)
    with as_council(hampshire):
        booked = book(evening, ERIN, by=made_up.editor(hampshire)).booking
        assert booked.case_council_id == kent.pk
        assert not Enquiry.objects.exists(), "the case stays out of their sight"


def test_what_may_be_spam_is_a_booking_and_waits_for_a_person_without_a_mail(kent: Council) -> None:
    book(made_up.gathering(kent), Booker("Erin", email="erin@example.org", suspicions=("filled_trap",)), by=None)
    with across([kent], reason="test"):
        assert Enquiry.objects.get().quarantined
    assert kinds(kent, "erin@example.org") == []


def test_the_link_to_join_is_in_the_mail_where_the_event_is_soon(
    kent: Council, move_clock: Callable[[datetime], None]
) -> None:
    evening = made_up.gathering(kent, starts_at=hub_now() + timedelta(hours=3))
    book(evening, ERIN, by=None)
    with as_council(kent):
        assert evening.join_link in Message.objects.get(kind="gathering_booked").text
