"""Two doors at the same moment, and a door while somebody cancels. Each race is run twice: with the locks it is
decided, without them the test sees the fault."""

from datetime import timedelta

import pytest

from campaigns.actions import bookings
from campaigns.actions.attendance import Mark, mark
from campaigns.models import Booking
from campaigns.states import BookingState
from councils.access import Access, access_of
from councils.clock import hub_now
from councils.models import Council
from councils.roles import Role
from councils.tenancy import as_council
from tests import factories
from tests.campaigns.made_up import booking, gathering
from tests.enquiries.test_assigning_races import race


@pytest.fixture
def kent(committed_db: None) -> Council:
    return Council.objects.get(slug="kent")


@pytest.fixture
def erin(kent: Council) -> Booking:
    return booking(gathering(kent, starts_at=hub_now() + timedelta(hours=1)))


def at_a_door(kent: Council, name: str) -> Access:
    return access_of(factories.user(name, kent, Role.OFFICER))


def state_of(each: Booking) -> str:
    with as_council(each.council_id):
        return Booking.objects.get(pk=each.pk).state


@pytest.mark.parametrize("locks", [True, False])
def test_of_two_doors_the_second_is_told_what_the_first_wrote(kent: Council, erin: Booking, locks: bool) -> None:
    kate, ken = at_a_door(kent, "Kate"), at_a_door(kent, "Ken")
    told = race(
        kent,
        lambda: mark(erin, Mark.CAME, seen="booked", by=kate),
        lambda: mark(erin, Mark.MISSED, seen="booked", by=ken),
        locks=locks,
    )
    assert ("Kate wrote" in told[1]) is locks
    assert state_of(erin) == (BookingState.CAME if locks else BookingState.MISSED)


def test_whoever_is_here_cannot_cancel_any_more(kent: Council, erin: Booking) -> None:
    kate = at_a_door(kent, "Kate")
    told = race(
        kent,
        lambda: mark(erin, Mark.CAME, seen="booked", by=kate),
        lambda: bookings.cancel(erin, by=None),
        locks=True,
    )
    assert "The event has taken place" in told[1]
    assert state_of(erin) == BookingState.CAME
