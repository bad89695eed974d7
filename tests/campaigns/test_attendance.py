"""Who came is written down at the door, and stands on the case: also another council's, and where the case goes on."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.actions import bookings, desk
from campaigns.actions.attendance import Mark, mark
from campaigns.actions.attending import carry
from campaigns.actions.bookings import Booker
from campaigns.models import Attendance, Booking, Gathering
from campaigns.states import BookingState
from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council, Event, User
from councils.refusals import Refused, RoleRefused
from councils.tenancy import across, as_council, current_scope
from enquiries.actions import handovers
from enquiries.actions.merging import merge
from enquiries.handover_states import HandoverReason
from enquiries.models import Enquiry, Handover
from tests import factories
from tests.campaigns.made_up import booking, gathering
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]


def tonight(council: Council, **given: object) -> Gathering:
    return gathering(council, starts_at=hub_now() + timedelta(hours=1), **given)


def booked(row: Gathering, *, postcode: str = "ME14 1XX") -> Booking:
    booker = Booker(name="Erin Example", email="erin@example.org", postcode=postcode)
    return bookings.book(row, booker, by=None).booking


def state_of(each: Booking) -> str:
    with as_council(each.council_id):
        return Booking.objects.get(pk=each.pk).state


def on_case(council: Council) -> list[str]:
    with as_council(council):
        return list(Attendance.objects.values_list("state", flat=True))


def at(name: str, key: object) -> str:
    return reverse(f"admin:campaigns_gathering_{name}", args=[key])


def test_one_tap_says_that_they_came_and_one_undoes_it(kent: Council, cast: Cast, as_user: AsUser) -> None:
    kate, row = as_user(cast.kate), tonight(kent)
    erin = booked(row)
    assert "0 here, 1 still expected" in kate.get(at("door", row.pk)).content.decode()
    for _ in range(2):
        assert kate.post(at("mark", erin.pk), {"as": "came", "seen": "booked"}).status_code == 302
    assert "1 here, 0 still expected" in kate.get(at("door", row.pk)).content.decode()
    assert (state_of(erin), on_case(kent)) == (BookingState.CAME, [BookingState.CAME])
    kate.post(at("mark", erin.pk), {"as": "undo", "seen": "came"})
    assert (state_of(erin), on_case(kent)) == (BookingState.BOOKED, [BookingState.BOOKED])


def test_two_doors_do_not_overwrite_each_other(kent: Council, cast: Cast, as_user: AsUser) -> None:
    row = tonight(kent)
    erin = booked(row)
    mark(erin, Mark.CAME, seen="booked", by=access_of(cast.kate))
    late = as_user(cast.mina).post(at("mark", erin.pk), {"as": "missed", "seen": "booked"})
    assert late.status_code == 409
    assert "Kate wrote at" in late.content.decode()
    assert state_of(erin) == BookingState.CAME


def test_a_name_is_found_by_its_beginnings_and_stands_in_no_address(kent: Council, cast: Cast, as_user: AsUser) -> None:
    kate, row = as_user(cast.kate), tonight(kent)
    booking(row, "Erin Example-Smith")
    booking(row, "Zoltan Other")
    answer = kate.post(at("door", row.pk), {"find": "smi er"})
    page = answer.content.decode()
    assert "Erin Example-Smith" in page
    assert "Zoltan Other" not in page
    assert 'method="get"' not in page.split("staff-door-find")[1][:20]


def test_nobody_is_marked_days_before(kent: Council, cast: Cast) -> None:
    erin = booking(gathering(kent))
    with pytest.raises(Refused, match="Who comes can be written down from"):
        mark(erin, Mark.MISSED, seen="booked", by=access_of(cast.kate))


def test_marking_needs_the_role_in_the_inviting_council(kent: Council, hampshire: Council, cast: Cast) -> None:
    erin = booking(tonight(kent))
    for other in (cast.hal, factories.coordinator(kent)):
        with pytest.raises(RoleRefused):
            mark(erin, Mark.CAME, seen="booked", by=access_of(other))


def test_a_walk_in_is_a_booking_and_an_enquiry_beyond_the_places(kent: Council, cast: Cast, as_user: AsUser) -> None:
    kate, row = as_user(cast.kate), tonight(kent, places=1)
    booking(row)
    told = {"name": "Wanda Walks", "phone": "07700 900124", "email": "", "postcode": "ME14 1XX", "people": "2"}
    assert kate.post(at("walk_in", row.pk), told).status_code == 302
    with as_council(kent):
        wanda = Booking.objects.get(is_walk_in=True)
        case = Enquiry.objects.get()
    assert (wanda.state, case.name, on_case(kent)) == (BookingState.CAME, "Wanda Walks", [BookingState.CAME])
    kate.post(at("mark", wanda.pk), {"as": "undo", "seen": "came"})
    assert (state_of(wanda), on_case(kent)) == (BookingState.CANCELLED, [BookingState.CANCELLED])


def test_it_stands_on_the_case_of_another_council(
    kent: Council, hampshire: Council, cast: Cast, as_user: AsUser
) -> None:
    """Kent invites, Hampshire answers: no more crosses than what, when and whether."""
    erin = booked(tonight(kent), postcode="SO23 8UJ")
    mark(erin, Mark.CAME, seen="booked", by=access_of(cast.kate))
    assert current_scope() is None
    assert on_case(hampshire) == [BookingState.CAME]
    assert on_case(kent) == []
    with as_council(hampshire):
        case = Enquiry.objects.get()
        told = Event.objects.get(verb="gathering.attended")
    assert (told.subject_id, told.by_id, told.facts["attended"]) == (case.pk, cast.kate.pk, "came")
    page = as_user(cast.hal).get(reverse("admin:enquiries_enquiry_change", args=[case.pk])).content.decode()
    assert "Came to an event" in page, "on the timeline"
    assert "Came to “Information evening”" in " ".join(page.split())
    assert "by Kent County Council" in page
    assert at("page", erin.gathering_id) not in page, "Hal does not run Kent's events"
    at_kent = as_user(cast.kate).get(at("booking", erin.pk)).content.decode()
    assert "Hampshire County Council" in at_kent
    assert str(case.pk) not in at_kent, "Kate does not see Hampshire's cases"
    assert str(case.pk) in as_user(cast.olu).get(at("booking", erin.pk)).content.decode()


def test_it_goes_along_when_the_case_goes_to_another_council(
    kent: Council, hampshire: Council, office: Council, cast: Cast
) -> None:
    """The hub office invites, Kent hands over to Hampshire."""
    erin = booked(tonight(office))
    with as_council(kent):
        case = Enquiry.objects.get()
    handovers.offer(case, to=hampshire, reason=HandoverReason.LIVES_THERE, by=access_of(cast.kate))
    with as_council(hampshire):
        asked = Handover.objects.get()
    handovers.answer(asked, accept=True, by=access_of(cast.hal))
    assert on_case(hampshire) == [BookingState.BOOKED]
    mark(erin, Mark.CAME, seen="booked", by=access_of(cast.olu))
    assert on_case(hampshire) == [BookingState.CAME], "what is written down later goes to where the case is"


def test_a_moved_booking_moves_on_the_case(kent: Council, cast: Cast) -> None:
    erin, other = booked(gathering(kent)), gathering(kent, title="The other evening")
    desk.move(erin, other, by=access_of(cast.kate))
    with as_council(kent):
        row = Attendance.objects.get()
    assert (row.gathering_key, row.title) == (other.pk, "The other evening")


def test_of_joined_cases_it_is_read_together(kent: Council, cast: Cast, as_user: AsUser) -> None:
    booked(gathering(kent))
    with as_council(kent):
        case = Enquiry.objects.get()
    kept = factories.enquiry(kent, name="Erin Again", phone="+447700900199")
    merge(kept=kept, merged=case, by=access_of(cast.mina))
    page = as_user(cast.kate).get(reverse("admin:enquiries_enquiry_change", args=[kept.pk])).content.decode()
    assert "Has booked" in page
    assert "“Information evening”" in page


def test_somebody_who_waited_and_was_let_in_waits_again_when_it_is_undone(kent: Council, cast: Cast) -> None:
    row = tonight(kent, places=1)
    waits = booking(row, state=BookingState.WAITING, waiting_since=hub_now())
    promoted = booking(row, "Bea Booked", waiting_since=hub_now())
    for each, before in ((waits, "waiting"), (promoted, "booked")):
        mark(each, Mark.CAME, seen=before, by=access_of(cast.kate))
        mark(each, Mark.UNDO, seen="came", by=access_of(cast.kate))
        assert state_of(each) == before


def test_a_case_that_comes_back_has_it_once(kent: Council, hampshire: Council, cast: Cast) -> None:
    booked(gathering(kent))
    with as_council(kent):
        case = Enquiry.objects.get()
    new = factories.enquiry(kent)
    with across([kent, hampshire], reason="test"):
        row = Attendance.objects.get()
        carry(case, new)
        row.refresh_from_db()
    assert row.enquiry_id == new.pk
    assert len(on_case(kent)) == 1
