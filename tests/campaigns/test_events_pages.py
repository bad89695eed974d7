"""Events on the public site, as a visitor meets them."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from campaigns.actions.bookings import Booker, book, cancel
from campaigns.models import Booking, Gathering
from campaigns.states import BookingState, GatheringState
from councils.clock import hub_now
from councils.models import Council, Hub
from councils.tenancy import across, as_council
from enquiries.models import Enquiry
from outbox.models import Message
from tests.campaigns import made_up
from tests.enquiries.conftest import some_network
from tests.enquiries.status_visitor import path_of

ERIN = {"name": "Erin Example", "email": "erin@example.org", "phone": "", "postcode": "ME14 1XX", "people": "1"}


@pytest.fixture
def visitor() -> Client:
    return Client(REMOTE_ADDR=f"{some_network()}.1")


def page_of(gathering: Gathering, council: Council) -> str:
    return f"/events/{council.slug}/{gathering.pk}/"


def sent(visitor: Client, page: str, *, took: int = 60, **given: Any) -> Any:
    began = signing.dumps((hub_now() - timedelta(seconds=took)).timestamp(), salt="campaigns.booking_form")
    return visitor.post(f"{page}book/", {**ERIN, "began": began, **given})


def test_the_lists_tell_what_is_to_come_and_nothing_else(visitor: Client, kent: Council, hampshire: Council) -> None:
    made_up.gathering(kent, title="Evening in Kent", places=3)
    made_up.gathering(hampshire, title="Evening in Hampshire", is_online=False, join_link="", venue="The Guildhall")
    made_up.gathering(kent, title="A draft", state=GatheringState.DRAFT)
    made_up.gathering(kent, title="Not listed", is_listed=False)
    made_up.gathering(kent, title="Last year", starts_at=hub_now() - timedelta(days=300))
    made_up.gathering(kent, title="Called off", state=GatheringState.CANCELLED, cancelled_at=hub_now())
    everything = visitor.get("/events/").content.decode()
    of_kent = visitor.get("/events/kent/").content.decode()
    assert "Evening in Kent" in everything
    assert "3 places left" in everything
    assert "The Guildhall" in everything
    assert "Evening in Hampshire" not in of_kent
    for hidden in ("A draft", "Not listed", "Last year", "Called off", "video.example.org"):
        assert hidden not in everything + of_kent


def test_an_event_is_found_by_its_address_and_a_draft_is_not(visitor: Client, lafse: Hub, kent: Council) -> None:
    shown = made_up.gathering(kent, is_listed=False, about="Bring your questions.", places=1)
    told = visitor.get(page_of(shown, kent)).content.decode()
    assert "Bring your questions." in told
    assert f"{shown.starts_at:%Y}" in told
    assert "1 place left" in told
    assert shown.join_link not in told
    draft = made_up.gathering(kent, state=GatheringState.DRAFT)
    assert visitor.get(page_of(draft, kent)).status_code == 404
    assert visitor.get(f"/events/hampshire/{shown.pk}/").status_code == 404
    assert visitor.get("/events/nowhere/").status_code == 404


def test_a_place_is_booked_on_one_page_and_the_next_address_tells_nothing(visitor: Client, kent: Council) -> None:
    page = page_of(made_up.gathering(kent, places=1), kent)
    assert "Book a place" in visitor.get(f"{page}book/").content.decode()
    answer = sent(visitor, page)
    assert answer.headers["Location"] == f"{page}thank-you/booked/"
    told = visitor.get(answer.headers["Location"]).content.decode()
    assert "You have booked" in told
    assert "Kent Fostering will send you an email by" in told, "the promise of every enquiry"
    with as_council(kent):
        assert Booking.objects.get().email == "erin@example.org"
        assert not Enquiry.objects.get().quarantined
    again = sent(visitor, page, name="Somebody else")
    assert again.headers["Location"] == f"{page}thank-you/waiting/", "as anybody new is told now that it is full"


def test_who_books_on_the_last_day_is_promised_no_reminder_the_day_before(visitor: Client, kent: Council) -> None:
    near = made_up.gathering(kent, starts_at=hub_now() + timedelta(hours=5))
    far = made_up.gathering(kent)
    told = [visitor.get(f"{page_of(each, kent)}thank-you/booked/").content.decode() for each in (near, far)]
    assert ["The day before, we remind you" in page for page in told] == [False, True]
    assert "this email is your reminder, too. It has the link to join." in told[0]


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"name": ""}, "Enter your name"),
        ({"email": ""}, "Enter an email address or a phone number"),
        ({"email": "not an address"}, "The email address"),
        ({"postcode": "NOWHERE"}, "leave it empty"),
        ({"email": "", "phone": "07700 900123", "news": "on"}, "to get news by email"),
        ({"people": "7"}, "Choose from the list"),
    ],
)
def test_what_is_missing_is_said_in_words(visitor: Client, kent: Council, given: dict[str, Any], refusal: str) -> None:
    answer = sent(visitor, page_of(made_up.gathering(kent), kent), **given)
    assert answer.status_code == 422
    assert refusal in answer.content.decode()
    assert "There is a problem" in answer.content.decode()


@pytest.mark.parametrize("given", [{"homepage": "https://x.example"}, {"took": 1}])
def test_a_program_gets_the_same_page_and_no_mail_goes_out(
    visitor: Client, kent: Council, given: dict[str, Any]
) -> None:
    assert "/thank-you/booked/" in sent(visitor, page_of(made_up.gathering(kent), kent), **given).headers["Location"]
    with as_council(kent):
        assert Enquiry.objects.get().quarantined
        assert not Message.objects.filter(to_address="erin@example.org").exists()


def test_one_network_sends_no_more_bookings_than_forms(visitor: Client, kent: Council, settings: LazySettings) -> None:
    settings.POSTS_PER_NETWORK = 1
    page = page_of(made_up.gathering(kent), kent)
    assert [sent(visitor, page).status_code for _ in range(2)] == [302, 429]


def test_a_pass_that_somebody_made_up_opens_nothing(visitor: Client, kent: Council) -> None:
    book(made_up.gathering(kent), Booker("Erin", email="erin@example.org"), by=None)
    visitor.cookies["your-booking"] = signing.dumps(1, salt="another purpose")
    assert visitor.get("/your-booking/").headers["Location"] == "/your-booking/link/"
    assert visitor.post("/your-booking/cancel/").headers["Location"] == "/your-booking/link/"


def test_what_closed_meanwhile_leads_back_to_the_events_own_page(visitor: Client, kent: Council) -> None:
    closed = made_up.gathering(kent, booking_until=hub_now() - timedelta(hours=1))
    answer = sent(visitor, page_of(closed, kent))
    assert answer.headers["Location"] == page_of(closed, kent)
    assert "Booking for this event has closed" in visitor.get(page_of(closed, kent)).content.decode()


def test_the_calendar_holds_when_and_where_and_no_link_to_join(visitor: Client, kent: Council) -> None:
    evening = made_up.gathering(kent)
    file = visitor.get(f"{page_of(evening, kent)}calendar/").content.decode()
    assert f"DTSTART:{evening.starts_at:%Y%m%dT%H%M%SZ}" in file
    assert "video.example.org" not in file


def test_a_list_asks_as_often_for_many_events_as_for_one(visitor: Client, kent: Council) -> None:
    counts = []
    for _ in range(2):
        made_up.booking(made_up.gathering(kent))
        with CaptureQueriesContext(connection) as queries:
            assert visitor.get("/events/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def opened(visitor: Client, council: Council) -> str:
    """The link in the newest mail."""
    with across(Council.objects.all(), reason="test"):
        text = Message.objects.filter(kind__startswith="gathering").order_by("-created_at", "-kind")[0].text
    link = next(line for line in text.splitlines() if "/your-booking/" in line)
    answer = visitor.get(path_of(link))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/your-booking/")
    return visitor.get("/your-booking/").content.decode()


def test_the_link_in_the_mail_shows_changes_and_cancels_ones_own_booking(visitor: Client, hampshire: Council) -> None:
    evening = made_up.gathering(hampshire, places=4)
    booking = book(evening, Booker("Erin", email="erin@example.org", postcode="ME14 1XX"), by=None).booking
    assert "You have booked." in opened(visitor, hampshire)
    assert visitor.get("/your-booking/cancel/").status_code == 405
    refused = visitor.post("/your-booking/change/", {"people": "5", "needs": "A hearing loop"})
    assert refused.status_code == 422
    assert "not enough places" in refused.content.decode()
    assert "A hearing loop</textarea>" in refused.content.decode(), "what was typed is not lost"
    visitor.post("/your-booking/change/", {"people": "3", "needs": "A hearing loop"})
    visitor.post("/your-booking/cancel/")
    visitor.post("/your-booking/cancel/")
    with as_council(hampshire):
        booking.refresh_from_db()
        assert (booking.people, booking.needs, booking.state) == (3, "A hearing loop", BookingState.CANCELLED)
    assert "Cancelled." in visitor.get("/your-booking/").content.decode()


def test_without_the_link_nobody_sees_a_booking_and_a_wrong_one_answers_alike(visitor: Client, kent: Council) -> None:
    made_up.booking(made_up.gathering(kent))
    assert visitor.get("/your-booking/").headers["Location"] == "/your-booking/link/"
    assert visitor.get("/your-booking/no-such-token/").headers["Location"] == "/your-booking/"
    assert visitor.get("/your-booking/").headers["Location"] == "/your-booking/link/"
    assert "does not open a booking" in visitor.get("/your-booking/link/").content.decode()


def test_a_mail_scanner_that_follows_the_link_cancels_nothing(visitor: Client, kent: Council) -> None:
    booking = book(made_up.gathering(kent), Booker("Erin", email="erin@example.org"), by=None).booking
    opened(visitor, kent)
    with as_council(kent):
        assert Booking.objects.get(pk=booking.pk).state == BookingState.BOOKED
    assert cancel(booking, by=None).state == BookingState.CANCELLED
