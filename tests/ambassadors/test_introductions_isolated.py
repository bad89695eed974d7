"""An introduction of two councils: each keeps its own row and mail, and whoever acts sees no more than before."""

import pytest

from ambassadors.actions import answering, meeting
from ambassadors.actions.introducing import introduce
from ambassadors.introduction_states import State
from ambassadors.models import Ambassador, Introduction, Offer, Scheme
from ambassadors.pairs import Where, pair_at, where_of_introduction
from ambassadors.tasks import look_after_introductions
from councils.clock import hub_now
from councils.models import Council, Event
from councils.refusals import Refused
from councils.tenancy import NoScope, across, as_ambassador, as_council, current_scope
from enquiries.models import Enquiry
from outbox.models import Message
from tests import factories
from tests.ambassadors.introducing import ask, cora, offer_of, state_of, talk, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def sharing(kent: Council, hampshire: Council) -> None:
    for council in (kent, hampshire):
        Scheme.objects.create(council=council, across_borders=True)


@pytest.fixture
def made(sharing: None, kent: Council, hampshire: Council) -> Introduction:
    """Of Kent's Erin and Hampshire's Anna, in touch."""
    found = ask(waiting(kent), factories.ambassador(hampshire), checked=False)
    answering.confirm(offer_of(found), by=cora(hampshire))
    talk(found).accept()
    talk(found).agree()
    return found


def test_each_council_keeps_its_own_row(made: Introduction, kent: Council, hampshire: Council) -> None:
    with as_council(kent):
        assert (Introduction.objects.count(), Offer.objects.count(), Ambassador.objects.count()) == (1, 0, 0)
    with as_council(hampshire):
        assert (Introduction.objects.count(), Offer.objects.count(), Enquiry.objects.count()) == (0, 1, 0)


def test_each_council_keeps_the_mail_to_its_own_people(made: Introduction, kent: Council, hampshire: Council) -> None:
    with across([kent, hampshire], reason="test"):
        anna, erin = Ambassador.objects.get().email, Enquiry.objects.get().email
        written = set(Message.objects.values_list("council_id", "to_address"))
    assert (kent.pk, erin) in written
    assert (hampshire.pk, anna) in written
    assert not {(kent.pk, anna), (hampshire.pk, erin)} & written


def test_events_of_one_council_name_nothing_of_the_others(
    made: Introduction, kent: Council, hampshire: Council
) -> None:
    with as_council(hampshire):
        told = [str(event.facts) for event in Event.objects.filter(verb__startswith="introduction.")]
    assert told
    assert str(made.enquiry_id) not in "".join(told)


def test_whoever_acts_sees_no_more_afterwards_than_before(made: Introduction, kent: Council) -> None:
    with as_council(kent):
        before = current_scope()
        meeting.take_phone_back(where_of_introduction(made))
        assert current_scope() == before
        assert not Offer.objects.exists()
    assert current_scope() is None


def test_what_happens_by_itself_leaves_no_scope_open(made: Introduction, kent: Council) -> None:
    with as_council(kent):
        Introduction.objects.update(agreed_at=hub_now(), talk_at=None, asked_at=None)
    look_after_introductions()
    assert current_scope() is None
    with pytest.raises(NoScope):
        Introduction.objects.count()


def test_two_rows_that_are_no_pair_are_none(made: Introduction, kent: Council, hampshire: Council) -> None:
    for wrong in (
        Where(made.pair_id, hampshire.pk, kent.pk),
        Where(made.pair_id, kent.pk, kent.pk),
        Where(made.pk, kent.pk, hampshire.pk),
    ):
        with pytest.raises((Introduction.DoesNotExist, Offer.DoesNotExist)), pair_at(wrong):
            pass


def test_an_ambassadors_own_scope_changes_nothing(made: Introduction, hampshire: Council) -> None:
    anna = offer_of(made).ambassador_id
    with as_ambassador(anna):
        assert Offer.objects.filter(ambassador=anna).count() == 1
        with pytest.raises(NoScope):
            Introduction.objects.count()


def test_another_councils_ambassador_is_refused_like_one_who_does_not_exist(kent: Council, hampshire: Council) -> None:
    """Where the councils keep to their own."""
    case, anna = waiting(kent), factories.ambassador(hampshire)
    told = []
    for key in (anna.pk, case.pk):
        with pytest.raises(Refused) as refused:
            introduce(case, ambassador_key=key, ambassador_council=hampshire.pk, checked=True, by=cora(kent))
        told.append(str(refused.value))
    assert told[0] == told[1]


def test_councils_of_another_hub_share_nobody(kent: Council) -> None:
    elsewhere = Council.objects.exclude(hub=kent.hub_id).first()
    if elsewhere is None:
        pytest.skip("one hub is loaded")
    for council in (kent, elsewhere):
        Scheme.objects.create(council=council, across_borders=True)
    with pytest.raises(Refused):
        ask(waiting(kent), factories.ambassador(elsewhere), checked=True)


def test_the_state_is_the_same_on_both_sides(made: Introduction) -> None:
    assert state_of(made) == State.AGREED
