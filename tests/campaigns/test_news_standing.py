"""Who may be written to: whoever agreed and has not taken it back, in any of the ways in which one can."""

from collections.abc import Callable

import pytest

from campaigns.actions.leaving import PAGE, end_one, leave
from campaigns.models import Refusal, Subscriber
from campaigns.news import links
from campaigns.news.standing import agreed, may_be_written_to, why_not
from campaigns.states import Excluded, Purpose, Reach, SubscriberState
from councils.doors import find_door
from councils.models import Council, Door
from councils.models.doors import DoorPurpose
from councils.tenancy import NoScope, across, as_council
from enquiries.actions import status
from enquiries.models import Enquiry
from outbox.states import Cover
from outbox.suppressions import HARD_BOUNCE, suppress
from tests import factories
from tests.campaigns.subscribed import subscriber

NEWS = Purpose.NEWS


def may(own: Subscriber, purpose: Purpose = NEWS) -> bool:
    with as_council(own.council_id):
        return own.pk in may_be_written_to([own.pk], purpose)


def reason(own: Subscriber) -> Excluded | None:
    with as_council(own.council_id):
        return why_not([own.pk], NEWS).get(own.pk)


def of_a_case(council: Council) -> tuple[Subscriber, Enquiry]:
    case = factories.enquiry(council, news_by_email=True)
    return subscriber(council, case.email, enquiry=case), case


def test_who_agreed_may_be_written_to_for_that_and_nothing_else(kent: Council) -> None:
    own = subscriber(kent, purposes=(NEWS,))
    assert may(own)
    assert reason(own) is None
    assert not may(own, Purpose.EVENTS)


@pytest.mark.parametrize("state", [SubscriberState.PENDING, SubscriberState.ENDED])
def test_who_has_not_confirmed_or_has_left_may_not(kent: Council, state: SubscriberState) -> None:
    own = subscriber(kent, state=state)
    assert not may(own)
    assert reason(own) == Excluded.NO_CONSENT


def _refuses(own: Subscriber) -> None:
    Refusal.objects.create(council_id=own.council_id, address_hash=own.address_hash)


def _refuses_everybody(own: Subscriber) -> None:
    suppress(own.address, hub_id=own.council.hub_id, cover=Cover.PROMOTIONAL, reason="opted_out")


def _bounces(own: Subscriber) -> None:
    suppress(own.address, hub_id=own.council.hub_id, cover=Cover.EVERYTHING, reason=HARD_BOUNCE)


@pytest.mark.parametrize(
    ("happens", "why"),
    [
        (_refuses, Excluded.SUPPRESSED),
        (_refuses_everybody, Excluded.SUPPRESSED),
        (_bounces, Excluded.BOUNCED),
        (lambda own: leave(own, how=PAGE), Excluded.SUPPRESSED),
        (lambda own: leave(own, how=PAGE, reach=Reach.REGION), Excluded.SUPPRESSED),
        (lambda own: end_one(own, NEWS, how=PAGE), Excluded.NO_CONSENT),
    ],
)
def test_a_no_is_heard_however_it_is_said(
    kent: Council, happens: Callable[[Subscriber], object], why: Excluded
) -> None:
    own = subscriber(kent)
    assert may(own)
    happens(own)
    assert not may(own)
    assert reason(own) == why


def _moves(case: Enquiry) -> None:
    Enquiry.objects.filter(pk=case.pk).update(email="moved@example.org")


@pytest.mark.parametrize("happens", [status.stop_news, status.ask_to_stop, _moves])
def test_what_the_case_says_holds_before_anybody_looked(kent: Council, happens: Callable[[Enquiry], None]) -> None:
    own, case = of_a_case(kent)
    with as_council(kent):
        assert agreed([kent.pk], NEWS).filter(pk=own.pk).exists()
        happens(case)
        assert not agreed([kent.pk], NEWS).filter(pk=own.pk).exists()


def test_one_council_is_never_asked_for_another(kent: Council, hampshire: Council) -> None:
    own, other = subscriber(kent), subscriber(hampshire)
    with as_council(kent):
        assert may_be_written_to([own.pk, other.pk], NEWS) == {own.pk}
        assert why_not([other.pk], NEWS) == {other.pk: Excluded.NO_CONSENT}
        assert list(agreed([kent.pk, hampshire.pk], NEWS)) == [own]
    with across([kent.pk, hampshire.pk], reason="test"):
        assert may_be_written_to([own.pk, other.pk], NEWS) == {own.pk, other.pk}
    with pytest.raises(NoScope):
        list(agreed([kent.pk], NEWS))


def test_the_link_can_be_made_again_and_leads_to_them(kent: Council) -> None:
    own = subscriber(kent)
    with as_council(kent):
        links.open_news_door(own)
    assert Door.objects.filter(subject_id=own.pk).count() == 1, "opened once"
    door = find_door(links.token_of(own.pk), DoorPurpose.NEWS)
    assert door and (door.council_id, door.subject_id) == (kent.pk, own.pk)
    assert links.stop_url(own).endswith(f"/news/stop/{links.token_of(own)}/")
    assert str(own.pk) not in links.choices_url(own)
