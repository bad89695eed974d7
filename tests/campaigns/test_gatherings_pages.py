"""The pages on which staff make an event and look after it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns.actions import bookings
from campaigns.actions.bookings import Booker
from campaigns.models import Booking, Gathering
from campaigns.states import BookingState, GatheringState
from councils.clock import hub_now
from councils.models import Council, Event, User
from councils.tenancy import as_council
from councils.working_time import in_london
from enquiries.models import Enquiry
from outbox.models import Message
from tests import factories
from tests.campaigns.made_up import booking, editor, gathering
from tests.conftest import Cast
from tests.in_order import as_written

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]
ADMIN = "admin:campaigns_gathering_"


def at(name: str, *args: object) -> str:
    return reverse(f"{ADMIN}{name}", args=args)


def form(**given: str) -> dict[str, str]:
    """An online evening in ten days."""
    starts = in_london(hub_now() + timedelta(days=10)).replace(hour=19, minute=0)
    return {
        "kind": "evening",
        "title": "Could you foster?",
        "starts_at": f"{starts:%Y-%m-%dT%H:%M}",
        "ends_at": f"{starts + timedelta(hours=1):%Y-%m-%dT%H:%M}",
        "place": "online",
        "join_link": "https://video.example.org/evening",
        "places": "20",
        "shown": "listed",
        "version": "1",
        **given,
    }


def now(row: Gathering) -> Gathering:
    with as_council(row.council_id):
        return Gathering.objects.get(pk=row.pk)


def verbs(row: Gathering) -> list[str]:
    with as_council(row.council_id):
        return list(as_written(Event.objects.filter(subject_id=row.pk)).values_list("verb", flat=True))


def test_an_event_is_a_draft_until_it_is_published(kent: Council, cast: Cast, as_user: AsUser) -> None:
    kate = as_user(cast.kate)
    answer = kate.post(at("new"), form())
    with as_council(kent):
        row = Gathering.objects.get()
    assert (answer.status_code, row.state, row.council_id) == (302, GatheringState.DRAFT, kent.pk)
    assert "Not published" in kate.get(at("page", row.pk)).content.decode()
    for _ in range(2):
        assert kate.post(at("publish", row.pk)).status_code == 302
    assert now(row).state == GatheringState.PUBLISHED
    assert verbs(row) == ["gathering.made", "gathering.published"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"title": " "}, "Give the event a title."),
        ({"starts_at": "2020-01-01T19:00"}, "It has to start in the future."),
        ({"ends_at": "2020-01-01T19:00"}, "It has to end after it starts."),
        ({"join_link": ""}, "Enter the link with which people join."),
        ({"place": "there", "venue": "", "address": "1 High Street"}, "Say what the place is called."),
        ({"places": "0"}, "a whole number from 1"),
        ({"booking_until": "2099-01-01T19:00"}, "Booking cannot close after the event is over."),
        ({"starts_at": "9999-12-31T19:00", "ends_at": "9999-12-31T21:00"}, "Look at the year."),
        ({"starts_at": "soon"}, "enter the day and the time"),
        ({"starts_at": "2027-10-31T01:30"}, "Starts: The clocks change in that hour. Choose a time before 1:00"),
        ({"booking_until": "2027-03-28T01:30"}, "Booking closes: The clocks change in that hour."),
    ],
)
def test_what_is_wrong_is_said_in_words_and_nothing_is_lost(
    kent: Council, cast: Cast, as_user: AsUser, wrong: dict[str, str], told: str
) -> None:
    answer = as_user(cast.kate).post(at("new"), form(about="About us", **wrong))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert "About us" in page
    with as_council(kent):
        assert not Gathering.objects.exists()


def test_another_councils_event_answers_like_none(
    kent: Council, hampshire: Council, cast: Cast, as_user: AsUser
) -> None:
    row = gathering(hampshire, title="Only in Hampshire")
    booked = booking(row)
    kate = as_user(cast.kate)
    for name in ("page", "change", "book", "print", "door", "walk_in"):
        assert kate.get(at(name, row.pk)).status_code == 404
    for name in ("publish", "cancel", "again"):
        assert kate.post(at(name, row.pk), {"sure": "yes"}).status_code == 404
    assert kate.get(at("booking", booked.pk)).status_code == 404
    for name in ("people", "move", "cancel_booking", "mark"):
        assert kate.post(at(name, booked.pk), {"as": "came"}).status_code == 404
    assert row.title not in kate.get(at("changelist")).content.decode()


def test_whoever_runs_no_events_is_refused(kent: Council, as_user: AsUser) -> None:
    cora = as_user(factories.coordinator(kent))
    assert cora.get(at("changelist")).status_code == 403
    assert cora.get(at("page", gathering(kent).pk)).status_code == 403


def test_the_hub_office_invites_for_itself_or_for_a_council(
    office: Council, kent: Council, cast: Cast, as_user: AsUser
) -> None:
    olu = as_user(cast.olu)
    assert "Who invites" in olu.get(at("new")).content.decode()
    olu.post(at("new"), form(council="lafse-office"))
    olu.post(at("new"), form(council="kent"))
    for council in (office, kent):
        with as_council(council):
            assert Gathering.objects.count() == 1
    assert "Could you foster?" in olu.get(at("changelist"), {"of": "kent"}).content.decode()


def test_a_change_that_a_colleague_overtook_is_refused(kent: Council, cast: Cast, as_user: AsUser) -> None:
    kate = as_user(cast.kate)
    kate.post(at("new"), form())
    with as_council(kent):
        row = Gathering.objects.get()
    assert kate.post(at("change", row.pk), form(title="First")).status_code == 302
    late = kate.post(at("change", row.pk), form(title="Second"))
    assert late.status_code == 409
    assert "A colleague has changed this event meanwhile" in late.content.decode()
    assert now(row).title == "First"


def test_fewer_places_than_are_booked_is_refused_and_more_let_people_in(
    kent: Council, cast: Cast, as_user: AsUser
) -> None:
    kate = as_user(cast.kate)
    kate.post(at("new"), form(places="2"))
    with as_council(kent):
        row = Gathering.objects.get()
    kate.post(at("publish", row.pk))
    booking(row, people=2)
    waits = booking(row, "Wanda Waits", state=BookingState.WAITING, waiting_since=hub_now())
    assert kate.post(at("change", row.pk), form(places="1")).status_code == 409
    assert kate.post(at("change", row.pk), form(places="3")).status_code == 302
    with as_council(kent):
        assert Booking.objects.get(pk=waits.pk).state == BookingState.BOOKED


def test_whoever_booked_is_told_when_it_changes_and_when_it_is_cancelled(
    kent: Council, cast: Cast, as_user: AsUser
) -> None:
    kate, row = as_user(cast.kate), gathering(kent)
    bookings.book(row, Booker(name="Erin Example", email="erin@example.org", postcode="ME14 1XX"), by=None)
    booking(row, "Phil Phone", email="", phone="+447700900127")
    before = booking(row, "Cleo Cancelled", email="", phone="+447700900128", state=BookingState.CANCELLED)
    assert before.cancelled_at is None
    kate.post(at("change", row.pk), form(title="Another title"))
    unsure = kate.post(at("cancel", row.pk))
    assert unsure.status_code == 409
    for _ in range(2):
        assert kate.post(at("cancel", row.pk), {"sure": "yes"}).status_code == 302
    with as_council(kent):
        told = list(Message.objects.filter(kind__startswith="gathering_").values_list("kind", flat=True))
        assert set(Booking.objects.values_list("state", flat=True)) == {BookingState.CANCELLED}
    assert told.count("gathering_changed") == 1
    assert told.count("gathering_cancelled") == 1
    page = kate.get(at("page", row.pk)).content.decode()
    assert page.count("Ring them") == 1, "whoever was not written to; not who cancelled before"
    assert now(row).cancelled_at is not None
    assert verbs(row)[-1] == "gathering.cancelled"


def test_the_same_again_is_a_draft_two_weeks_later_at_the_same_time_of_day(
    kent: Council, cast: Cast, as_user: AsUser
) -> None:
    """Also where the clocks change in between."""
    row = gathering(kent, booking_until=hub_now() + timedelta(days=19))
    booking(row)
    assert as_user(cast.kate).post(at("again", row.pk)).status_code == 302
    with as_council(kent):
        made = Gathering.objects.exclude(pk=row.pk).get()
        assert not Booking.objects.filter(gathering=made).exists()
    first, second = in_london(row.starts_at), in_london(made.starts_at)
    assert (second.date() - first.date(), second.time()) == (timedelta(weeks=2), first.time())
    assert (made.state, made.title, made.places) == (GatheringState.DRAFT, row.title, row.places)


def test_somebody_who_rings_is_booked_changed_moved_and_cancelled(kent: Council, cast: Cast, as_user: AsUser) -> None:
    kate, row, other = as_user(cast.kate), gathering(kent), gathering(kent, title="Another evening", places=1)
    told = {"name": "Erin Example", "phone": "07700 900123", "email": "", "postcode": "ME14 1XX", "people": "1"}
    unreachable = kate.post(at("book", row.pk), told | {"phone": ""})
    assert "so that we can reach them" in unreachable.content.decode()
    assert kate.post(at("book", row.pk), told).status_code == 302
    with as_council(kent):
        booked = Booking.objects.get()
    page = kate.get(at("page", row.pk)).content.decode()
    assert "Erin Example" in page
    assert kate.post(at("people", booked.pk), {"people": "2", "needs": "A ramp"}).status_code == 302
    assert kate.post(at("move", booked.pk), {"to": str(other.pk)}).status_code == 302
    with as_council(kent):
        booked = Booking.objects.get()
        assert (booked.gathering_id, booked.needs) == (other.pk, "A ramp")
        assert booked.state == BookingState.WAITING, "two people, one place"
    assert kate.post(at("cancel_booking", booked.pk)).status_code == 302
    with as_council(kent):
        assert Booking.objects.get().state == BookingState.CANCELLED
    assert kate.post(at("move", booked.pk), {"to": str(row.pk)}).status_code == 409


def test_the_printed_list_names_who_comes_and_says_who_printed_it(kent: Council, cast: Cast, as_user: AsUser) -> None:
    row = gathering(kent)
    booking(row, needs="A ramp")
    booking(row, "Nobody Now", state=BookingState.CANCELLED)
    page = as_user(cast.kate).get(at("print", row.pk)).content.decode()
    assert "Erin Example" in page and "A ramp" in page
    assert "Nobody Now" not in page
    assert verbs(row) == ["gathering.printed"]


def test_the_list_asks_as_often_for_many_events_as_for_one(kent: Council, cast: Cast, as_user: AsUser) -> None:
    kate = as_user(cast.kate)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert kate.get(at("changelist")).status_code == 200
        return len(queries)

    booking(gathering(kent))
    asked()  # what is kept between requests is read once
    one = asked()
    for number in range(4):
        booking(gathering(kent, title=f"Evening {number}"))
    assert asked() == one


def test_who_was_erased_is_named_no_more(kent: Council, cast: Cast, as_user: AsUser) -> None:
    row = gathering(kent)
    gone = booking(row, "", email="")
    kate = as_user(cast.kate)
    assert "Name erased" in kate.get(at("page", row.pk)).content.decode()
    assert "A booking without a name" in kate.get(at("booking", gone.pk)).content.decode()


def test_the_link_of_one_that_goes_on_can_be_put_right_and_of_one_that_is_over_nothing(
    kent: Council, cast: Cast, as_user: AsUser
) -> None:
    kate, began = as_user(cast.kate), gathering(kent, starts_at=hub_now() - timedelta(minutes=5))
    same = {"starts_at": f"{in_london(began.starts_at):%Y-%m-%dT%H:%M}"}
    answer = kate.post(at("change", began.pk), form(join_link="https://video.example.org/other", **same))
    assert answer.status_code == 302
    assert now(began).join_link == "https://video.example.org/other"
    over = gathering(kent, starts_at=hub_now() - timedelta(days=1))
    same = {"starts_at": f"{in_london(over.starts_at):%Y-%m-%dT%H:%M}"}
    assert kate.post(at("change", over.pk), form(**same)).status_code == 409


def test_a_campaign_editor_runs_events_and_sees_no_enquiry(kent: Council, office: Council, as_user: AsUser) -> None:
    """The hub office's reaches every council."""
    row = gathering(kent)
    told = {"name": "Erin Example", "phone": "07700 900123", "postcode": "ME14 1XX", "people": "1"}
    for user in (editor(kent), editor(office)):
        ed = as_user(user)
        assert at("changelist") in ed.get(reverse("admin:index")).content.decode()
        assert row.title in ed.get(at("changelist")).content.decode()
        assert ed.post(at("book", row.pk), told).status_code == 302
    with as_council(kent):
        booked, case = Booking.objects.get(), Enquiry.objects.get()
    page = as_user(editor(kent)).get(at("booking", booked.pk)).content.decode()
    assert str(case.pk) not in page
    assert as_user(editor(kent)).get(reverse("admin:enquiries_enquiry_change", args=[case.pk])).status_code == 404
