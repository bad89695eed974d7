"""From an introduction to "did you speak?", by the buttons of all three alone: in one council, and across two."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from ambassadors.actions import answering
from ambassadors.introduction_states import State
from ambassadors.models import Introduction, Offer, Scheme
from councils.access import access_of
from councils.models import Council, User
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.models import Enquiry
from tests import factories
from tests.ambassadors.introducing import ask, offer_of, state_of, waiting
from tests.ambassadors.own_pages import as_ambassador_client
from tests.conftest import Cast
from tests.enquiries.status_visitor import Reader

MONDAY = datetime(2026, 11, 23, 11, tzinfo=LONDON)
STAFF = "/staff/ambassadors/introduction/"
ROOM = "https://video.example.org/room"
MoveClock = Callable[[datetime], None]
AsUser = Callable[[User], Client]


@pytest.fixture
def erin(kent: Council, move_clock: MoveClock) -> Enquiry:
    move_clock(MONDAY)
    return waiting(kent)


def goes_all_the_way(erin: Enquiry, row: Introduction, ambassador: Client, cora: Client) -> None:
    own, reader = f"/ambassadors/conversation/{offer_of(row).pk}/", Reader()
    reader.opens(erin)
    ambassador.post(f"{own}answer/", {"answer": "accept"})
    reader.sends("talk/conversation/agree/", way="video")
    cora.post(f"{STAFF}open/{row.pk}/link/", {"link": ROOM})
    ambassador.post(f"{own}time/", {"day": "2026-11-25", "hour": "18:30"})
    for page in (reader.sees("talk/conversation/"), ambassador.get(own).content.decode()):
        assert ROOM in page
        assert "Wednesday 25 November at 6:30pm" in page
    assert state_of(row) == State.AGREED
    reader.sends("talk/conversation/spoke/", spoke="yes", how="It helped.")
    ambassador.post(f"{own}spoke/", {"spoke": "yes"})
    assert state_of(row) == State.SPOKE
    assert "You spoke to" in reader.sees("talk/conversation/")
    assert ROOM not in ambassador.get(own).content.decode()


def test_in_one_council(erin: Enquiry, kent: Council, as_user: AsUser) -> None:
    anna = factories.ambassador(kent)
    row = ask(erin, anna)
    goes_all_the_way(erin, row, as_ambassador_client(anna), as_user(factories.coordinator(kent)))


def test_across_two_councils(erin: Enquiry, kent: Council, hampshire: Council, as_user: AsUser) -> None:
    for council in (kent, hampshire):
        Scheme.objects.create(council=council, across_borders=True)
    harriet = factories.ambassador(hampshire, first_name="Harriet")
    row = ask(erin, harriet, checked=False)
    theirs = as_user(factories.coordinator(hampshire))
    confirm = f"{STAFF}{offer_of(row).pk}/confirm/"
    assert confirm in theirs.get(f"{STAFF}open/").content.decode()
    with as_council(hampshire):
        answering.confirm(Offer.objects.get(pair_id=row.pair_id), access_of(factories.coordinator(hampshire)))
    goes_all_the_way(erin, row, as_ambassador_client(harriet), as_user(factories.coordinator(kent)))


def test_each_ones_word_is_read_by_who_introduces_on_their_side_alone(
    erin: Enquiry, kent: Council, hampshire: Council, cast: Cast, as_user: AsUser
) -> None:
    harriet = factories.ambassador(hampshire, first_name="Harriet")
    row = factories.introduction(erin, harriet, State.SPOKE, how="It helped.")
    with as_council(hampshire):
        Offer.objects.filter(pair_id=row.pair_id).update(how="A warm person.")
    case, carer = f"/staff/enquiries/enquiry/{erin.pk}/change/", f"/staff/ambassadors/ambassador/{harriet.pk}/change/"
    ours, theirs = as_user(factories.coordinator(kent)), as_user(factories.coordinator(hampshire))
    assert "They wrote: “It helped.”" in ours.get(case).content.decode()
    assert "They wrote: “A warm person.”" in theirs.get(carer).content.decode()
    assert "It helped." not in theirs.get(carer).content.decode()
    for page in (ours.get(case), as_user(cast.kate).get(case)):
        assert "A warm person." not in page.content.decode()
    assert "It helped." not in as_user(cast.kate).get(case).content.decode()
