"""Staff look after their council's ambassadors, and nobody else's."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from ambassadors.actions import conflicts, people, standing
from ambassadors.actions.leaving import CHANGED, leave
from ambassadors.actions.settings import change_scheme
from ambassadors.introduction_states import State
from ambassadors.models import (
    Ambassador,
    AmbassadorState,
    Introduction,
    KeptApart,
    LogInAddress,
    Offer,
    Offering,
    Scheme,
)
from ambassadors.people.reading import Which, lines_of
from ambassadors.schemes import scheme_of
from ambassadors.states import Attribute
from councils.access import Access, access_of
from councils.clock import hub_now
from councils.models import Council, Event
from councils.refusals import Refused, RoleRefused
from councils.tenancy import as_council
from councils.working_time import in_london
from enquiries.models import Enquiry
from enquiries.retention.months import months_after
from outbox.models import Message
from tests import factories
from tests.ambassadors.introducing import ask, waiting
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
MoveClock = Callable[[datetime], None]


@pytest.fixture
def cora(kent: Council) -> Access:
    return access_of(factories.coordinator(kent))


def names(council: Council, which: Which) -> list[str]:
    with as_council(council):
        return [line.row.first_name for line in lines_of([council.pk], in_london(hub_now()).date(), which=which)]


def again(row: Ambassador) -> Ambassador:
    with as_council(row.council_id):
        return Ambassador.objects.get(pk=row.pk)


def test_an_invited_carer_gets_a_link_and_another(kent: Council, cora: Access, move_clock: MoveClock) -> None:
    made = people.invite(kent, first_name="Anna", email="Anna@Example.org", by=cora)
    assert (made.state, made.email) == (AmbassadorState.INVITED, "anna@example.org")
    with as_council(kent):
        mail = Message.objects.get(kind="ambassador_invitation")
    assert "/ambassadors/enter/" in mail.text
    assert LogInAddress.objects.filter(ambassador_id=made.pk).exists()
    move_clock(hub_now() + timedelta(minutes=5))  # pressed twice in one moment, it is one mail
    people.invite_again(made, by=cora)
    with as_council(kent):
        assert Message.objects.filter(kind="ambassador_invitation").count() == 2


def test_an_address_is_one_ambassadors_of_a_council(kent: Council, hampshire: Council, cora: Access) -> None:
    people.invite(kent, first_name="Anna", email="anna@example.org", by=cora)
    with pytest.raises(Refused, match="Anna has this address"):
        people.invite(kent, first_name="Another", email=" ANNA@example.org ", by=cora)
    elsewhere = access_of(factories.coordinator(hampshire))
    assert people.invite(hampshire, first_name="Anna", email="anna@example.org", by=elsewhere)


def test_a_withdrawn_invitation_opens_nothing(kent: Council, cora: Access) -> None:
    made = people.invite(kent, first_name="Anna", email="anna@example.org", by=cora)
    people.withdraw_invitation(made, by=cora)
    assert again(made).state == AmbassadorState.LEFT
    assert not LogInAddress.objects.filter(ambassador_id=made.pk).exists()


def test_a_confirmed_standing_holds_for_the_councils_months_and_goes_stale_by_date_alone(
    kent: Council, cora: Access, move_clock: MoveClock
) -> None:
    anna = factories.ambassador(kent, first_name="Anna", standing_until=None)
    assert names(kent, Which.ASKABLE) == []
    until = standing.confirm_standing(anna, by=cora)
    assert until == months_after(in_london(hub_now()).date(), 3)
    assert names(kent, Which.ASKABLE) == ["Anna"]
    move_clock(hub_now() + timedelta(days=100))
    assert names(kent, Which.ASKABLE) == []
    assert names(kent, Which.STANDING) == ["Anna"]


def test_who_is_stale_paused_or_full_can_not_be_asked(kent: Council, cora: Access) -> None:
    stale = factories.ambassador(kent, first_name="Stale", standing_until=in_london(hub_now()).date() - timedelta(1))
    paused = factories.ambassador(kent, first_name="Paused")
    full = factories.ambassador(kent, first_name="Full", most=1)
    factories.ambassador(kent, first_name="Ready")
    standing.set_paused(paused, paused=True, by=cora)
    factories.introduction(factories.enquiry(kent), full)
    assert names(kent, Which.ASKABLE) == ["Ready"]
    assert {stale.first_name, "Paused", "Full"} <= set(names(kent, Which.ALL))
    standing.set_paused(paused, paused=False, by=cora)
    assert names(kent, Which.ASKABLE) == ["Paused", "Ready"]


def test_coordinators_are_told_before_a_standing_runs_out_and_when_it_has(
    kent: Council, hampshire: Council, cora: Access, move_clock: MoveClock
) -> None:
    anna = factories.ambassador(kent, first_name="Anna", standing_until=in_london(hub_now()).date() + timedelta(10))
    factories.ambassador(hampshire, standing_until=in_london(hub_now()).date() + timedelta(days=60))
    factories.ambassador(kent, first_name="Left", state=AmbassadorState.LEFT, left_at=hub_now())
    for _ in range(2):
        standing.remind_of_standing()
    assert told_of_standing(kent) == ["standing_ends"]
    assert told_of_standing(hampshire) == []
    move_clock(hub_now() + timedelta(days=11))
    for _ in range(2):
        standing.remind_of_standing()
    assert told_of_standing(kent) == ["standing_ends", "standing_over"]
    standing.confirm_standing(anna, by=cora)
    standing.remind_of_standing()
    assert told_of_standing(kent) == ["standing_ends", "standing_over"]


def told_of_standing(council: Council) -> list[str]:
    with as_council(council):
        mails = list(Message.objects.filter(kind__contains="standing").order_by("created_at"))
    assert not [mail for mail in mails if "Anna" in mail.text]
    return [mail.kind.removeprefix("introduction_") for mail in mails]


def test_a_surname_is_kept_apart_without_being_kept(kent: Council, cora: Access) -> None:
    anna = factories.ambassador(kent)
    conflicts.keep_apart_from_surname(anna, "Beispiel", reason="placed children", by=cora)
    with as_council(kent):
        row = KeptApart.objects.get()
    assert "beispiel" not in str(vars(row)).lower()
    case = waiting(kent, name="Bea Beispiel")
    with pytest.raises(Refused):
        ask(case, anna)
    conflicts.end_keeping_apart(row, by=cora)
    ask(case, anna)


@pytest.mark.parametrize(
    ("kept", "name"),
    [
        *(("Béispiel", "Bea BEISPIEL"), ("Beispiel", "Beispiel"), ("Beispiel", "Beispiel, Bea")),
        *(("Garcia", "Bea Garcia Lopez"), ("Garcia Lopez", "Bea Garcia"), ("Smith-Jones", "Bea Smith")),
        *(("O'Brien", "Bea O Brien"), ("Mc Donald", "Bea McDonald"), ("van der Berg", "Bea Berg")),
    ],
)
def test_a_surname_is_known_however_it_is_written(kent: Council, cora: Access, kept: str, name: str) -> None:
    anna = factories.ambassador(kent)
    conflicts.keep_apart_from_surname(anna, kept, reason="", by=cora)
    with pytest.raises(Refused, match="Choose somebody else"):
        ask(waiting(kent, name=name), anna)
    assert ask(waiting(kent, name="Bea van Other"), anna)


def test_the_second_adult_is_kept_apart_too(kent: Council, cora: Access) -> None:
    anna, case = factories.ambassador(kent), waiting(kent)
    conflicts.keep_apart_from_surname(anna, "Beispiel", reason="", by=cora)
    with as_council(kent):
        Enquiry.objects.filter(pk=case.pk).update(second_adult="Bob Beispiel")
    with pytest.raises(Refused, match="Choose somebody else"):
        ask(case, anna)


def test_a_case_is_kept_apart_by_its_reference(kent: Council, hampshire: Council, cora: Access) -> None:
    anna, case, elsewhere = factories.ambassador(kent), waiting(kent), factories.enquiry(hampshire)
    conflicts.keep_apart_from_case(anna, case.reference.lower(), reason="", by=cora)
    with pytest.raises(Refused):
        ask(case, anna)
    with pytest.raises(Refused, match="no enquiry of this council"):
        conflicts.keep_apart_from_case(anna, elsewhere.reference, reason="", by=cora)


def test_who_is_kept_apart_stays_so_where_their_case_is_passed_on(
    kent: Council, hampshire: Council, cora: Access
) -> None:
    for council in (kent, hampshire):
        Scheme.objects.create(council=council, across_borders=True)
    anna, case, there = factories.ambassador(kent), waiting(kent), waiting(hampshire)
    conflicts.keep_apart_from_case(anna, case.reference, reason="", by=cora)
    with as_council(hampshire):
        Enquiry.objects.filter(pk=there.pk).update(journey_id=case.journey_id)
    with pytest.raises(Refused, match="Choose somebody else"):
        ask(there, anna)
    assert ask(waiting(hampshire), anna)


def test_one_who_leaves_hands_over_and_takes_nothing_along(kent: Council, cora: Access) -> None:
    anna, bert = factories.ambassador(kent, first_name="Anna", most=3), factories.ambassador(kent, first_name="Bert")
    to_bert, back = (factories.introduction(waiting(kent), anna, state=State.AGREED) for _ in range(2))
    with as_council(kent):
        Offering.objects.create(council=kent, ambassador=anna, attribute=Attribute.LGBTQ, version="2026-11")
        first, second = (Offer.objects.get(pair_id=each.pair_id) for each in (to_bert, back))
    leave(anna, {first.pk: bert.pk, second.pk: None}, checked=True, by=cora)
    assert again(anna).state == AmbassadorState.LEFT
    with as_council(kent):
        assert set(Introduction.objects.filter(ambassador_key=anna.pk).values_list("state", flat=True)) == {
            State.HANDED_ON
        }
        made = Introduction.objects.get(ambassador_key=bert.pk)
        assert (made.enquiry_id, made.state) == (to_bert.enquiry_id, State.OFFERED)
        assert not Offering.objects.filter(ambassador=anna).exists()
    assert not LogInAddress.objects.filter(ambassador_id=anna.pk).exists()


def test_nothing_is_handed_over_where_one_cannot_be(kent: Council, cora: Access) -> None:
    anna, full = factories.ambassador(kent), factories.ambassador(kent, most=1)
    made = factories.introduction(waiting(kent), anna, state=State.AGREED)
    factories.introduction(factories.enquiry(kent), full)
    with as_council(kent):
        offer = Offer.objects.get(pair_id=made.pair_id)
    with pytest.raises(Refused):
        leave(anna, {offer.pk: full.pk}, checked=True, by=cora)
    with pytest.raises(Refused, match=CHANGED):
        leave(anna, {}, checked=True, by=cora)
    assert again(anna).state == AmbassadorState.ACTIVE
    with as_council(kent):
        assert Introduction.objects.get(pk=made.pk).state == State.AGREED


def test_a_manager_sets_the_scheme_and_what_it_was_is_on_record(kent: Council, cast: Cast, cora: Access) -> None:
    with pytest.raises(RoleRefused):
        change_scheme(kent, {"answer_days": 5}, by=cora)
    change_scheme(kent, {"answer_days": 5, "across_borders": True}, by=access_of(cast.mina))
    assert (scheme_of(kent).answer_days, scheme_of(kent).across_borders) == (5, True)
    with as_council(kent):
        facts = Event.objects.get(verb="council.scheme_changed").facts
    assert facts == {
        "before": {"answer_days": 3, "across_borders": False},
        "after": {"answer_days": 5, "across_borders": True},
    }


def test_an_officer_looks_after_nobody(kent: Council, cast: Cast) -> None:
    kate, anna = access_of(cast.kate), factories.ambassador(kent)
    for do in (
        lambda: people.invite(kent, first_name="Anna", email="anna@example.org", by=kate),
        lambda: standing.confirm_standing(anna, by=kate),
        lambda: standing.set_paused(anna, paused=True, by=kate),
        lambda: leave(anna, {}, checked=True, by=kate),
        lambda: conflicts.keep_apart_from_surname(anna, "Beispiel", reason="", by=kate),
    ):
        with pytest.raises(RoleRefused):
            do()
