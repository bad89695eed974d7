"""Another email address, and an invitation that nobody took up."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ambassadors.actions.addresses import change_address
from ambassadors.actions.invitations import STANDS, take_back_unanswered
from ambassadors.actions.log_in import INVITED_OPEN_FOR, send_invitation
from ambassadors.models import Ambassador, AmbassadorState, LogInAddress
from ambassadors.tasks import EACH_MINUTE, take_back_unanswered_invitations
from councils.access import Access, access_of
from councils.models import Council, Event, User
from councils.refusals import Refused, RoleRefused
from councils.tenancy import as_council
from councils.working_time import LONDON
from outbox.models import Message
from tests import factories
from tests.ambassadors.own_pages import as_ambassador_client, fresh, link_path, post, somebody, text_of
from tests.ambassadors.test_own_log_in import known, link_in
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
MoveClock = Callable[[datetime], None]
MONDAY = datetime(2026, 11, 23, 11, tzinfo=LONDON)
OLD, NEW = "anna@example.org", "new@example.org"


@pytest.fixture
def anna(kent: Council, move_clock: MoveClock) -> Ambassador:
    move_clock(MONDAY)
    return known(kent, email=OLD)


@pytest.fixture
def cora(kent: Council) -> Access:
    return access_of(factories.coordinator(kent))


@pytest.fixture
def bea(kent: Council, move_clock: MoveClock) -> Ambassador:
    """She was invited on Monday."""
    move_clock(MONDAY)
    row = factories.ambassador(kent, first_name="Bea", state=AmbassadorState.INVITED, joined_at=None)
    with as_council(kent):
        send_invitation(row, by=row.invited_by)
    return row


def mail_to(council: Council, address: str) -> Message:
    with as_council(council):
        return Message.objects.get(to_address=address)


def test_the_new_address_opens_the_pages_and_the_old_one_no_more(anna: Ambassador, cora: Access, kent: Council) -> None:
    before, inside = link_path(anna), as_ambassador_client(anna)
    change_address(anna, email="New@Example.org", by=cora)
    client = somebody()
    client.get(link_in(mail_to(kent, NEW)))
    assert "Hello Anna" in text_of(client)
    assert "Hello Anna" not in text_of(inside)
    late = somebody()
    late.get(before)
    assert "This link does not work any more" in text_of(late)
    post(somebody(), "log-in/", email=OLD)
    note = mail_to(kent, OLD).text
    assert "/ambassadors/enter/" not in note
    assert NEW not in note


def test_an_event_says_that_it_changed_and_not_to_what(anna: Ambassador, cora: Access) -> None:
    for _ in range(2):
        change_address(anna, email=NEW, by=cora)
    with as_council(anna.council_id):
        (event,) = Event.objects.filter(subject_id=anna.pk, verb="ambassador.address_changed")
    assert (event.by, event.facts) == (cora.user, {})


def test_an_address_is_one_ambassadors_of_a_council(anna: Ambassador, cora: Access, kent: Council) -> None:
    known(kent, first_name="Bea", email=NEW)
    with pytest.raises(Refused, match="Bea has this address"):
        change_address(anna, email=NEW, by=cora)
    assert fresh(anna).email == OLD


def test_only_who_looks_after_ambassadors_changes_it(anna: Ambassador, cast: Cast, hampshire: Council) -> None:
    for user in (cast.kate, factories.coordinator(hampshire)):
        with pytest.raises(RoleRefused):
            change_address(anna, email=NEW, by=access_of(user))
    assert fresh(anna).email == OLD


def test_whoever_was_invited_is_invited_at_the_new_address(
    bea: Ambassador, cora: Access, kent: Council, move_clock: MoveClock
) -> None:
    move_clock(MONDAY + timedelta(days=2))
    change_address(bea, email=NEW, by=cora)
    client = somebody()
    client.get(link_in(mail_to(kent, NEW)))
    assert "Be an ambassador" in text_of(client)


def test_staff_change_it_on_the_page(anna: Ambassador, cora: Access, as_user: Callable[[User], Client]) -> None:
    client, page = as_user(cora.user), reverse("admin:ambassadors_ambassador_address", args=[anna.pk])
    assert "by phone, on a number you know" in client.get(page).content.decode()
    refused = client.post(page, {"email": "new"})
    assert refused.status_code == 409
    assert client.post(page, {"email": NEW}).status_code == 302
    assert fresh(anna).email == NEW


def test_an_invitation_that_nobody_took_up_is_taken_back(
    bea: Ambassador, anna: Ambassador, kent: Council, hampshire: Council, move_clock: MoveClock
) -> None:
    path = link_path(bea, lasting=timedelta(days=365))
    ends = MONDAY + INVITED_OPEN_FOR + STANDS
    move_clock(ends)
    assert take_back_unanswered() == 0
    move_clock(ends + timedelta(seconds=1))
    young = factories.ambassador(hampshire, state=AmbassadorState.INVITED, joined_at=None)
    assert take_back_unanswered_invitations in EACH_MINUTE
    assert [take_back_unanswered() for _ in range(2)] == [1, 0]
    states = [fresh(each).state for each in (bea, anna, young)]
    assert states == [AmbassadorState.LEFT, AmbassadorState.ACTIVE, AmbassadorState.INVITED]
    assert not LogInAddress.objects.filter(ambassador_id=bea.pk).exists()
    client = somebody()
    client.get(path)
    assert "Your council has taken the invitation back" in text_of(client)


def test_invited_again_it_stands_from_then_on(bea: Ambassador, kent: Council, move_clock: MoveClock) -> None:
    move_clock(MONDAY + timedelta(days=50))
    with as_council(kent):
        send_invitation(bea, by=bea.invited_by)
    move_clock(MONDAY + INVITED_OPEN_FOR + STANDS + timedelta(days=1))
    assert take_back_unanswered() == 0
