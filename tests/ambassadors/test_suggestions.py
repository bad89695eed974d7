"""Whom a coordinator may ask for one person, and what a tick does."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client

from ambassadors.introduction_states import State
from ambassadors.models import Ambassador, Introduction, NextInTurn, Scheme
from councils.models import Council, Event, User
from councils.roles import Role
from councils.tenancy import as_council, current_scope
from enquiries.models import Enquiry
from enquiries.states import TalkAbout
from tests import factories
from tests.conftest import Cast

Log = Callable[[User], Client]
PAGE = "/staff/ambassadors/introduction/of/{}/suggest/"
INTRODUCE = "/staff/ambassadors/introduction/of/{}/introduce/"


@pytest.fixture
def case(kent: Council) -> Enquiry:
    made = factories.enquiry(kent, name="Erin Example")
    factories.wish(made, about=(TalkAbout.MONEY,), detail="What does a week look like?")
    return made


@pytest.fixture
def cora(kent: Council, as_user: Log) -> Client:
    return as_user(factories.coordinator(kent))


def shown(client: Client, case: Enquiry) -> str:
    return client.get(PAGE.format(case.pk)).content.decode()


def introductions(council: Council) -> list[tuple[str, str]]:
    with as_council(council):
        return list(Introduction.objects.filter(council=council).values_list("ambassador_name", "state"))


def test_the_best_come_first_with_their_reasons(case: Enquiry, kent: Council, cora: Client) -> None:
    factories.ambassador(kent, first_name="Bea", easting=400_000, northing=100_000)
    factories.ambassador(kent, first_name="Anna", easting=576_000, northing=155_000)
    page = shown(cora, case)
    assert page.index(">Anna") < page.index(">Bea")
    assert "0 of 1 open" in page
    assert "money and support" in page
    assert "What does a week look like?" in page


def test_of_the_person_a_first_name_and_no_more(case: Enquiry, kent: Council, cora: Client) -> None:
    factories.ambassador(kent)
    page = shown(cora, case)
    assert "Erin" in page
    assert not [word for word in ("Example", case.email, case.phone, case.postcode) if word in page]


def test_those_left_out_are_counted_and_not_named(case: Enquiry, kent: Council, cora: Client) -> None:
    factories.ambassador(kent, first_name="Stale", standing_until=None)
    factories.ambassador(kent, first_name="Paused", paused_by_staff=True)
    full = factories.ambassador(kent, first_name="Fullofwork")
    factories.introduction(factories.enquiry(kent), full)
    page = shown(cora, case)
    assert "1 has to be confirmed" in page
    assert "1 is paused" in page
    assert "1 is full" in page
    assert not [name for name in ("Stale", "Paused", "Fullofwork") if name in page]
    assert "Nobody can be asked now" in page


def test_a_long_list_ends_where_nobody_reads_on(case: Enquiry, kent: Council, cora: Client) -> None:
    for _ in range(22):
        factories.ambassador(kent)
    page = shown(cora, case)
    assert page.count('name="ambassador"') == 20
    assert "2 more could be asked" in page


def test_a_tick_introduces(case: Enquiry, kent: Council, cora: Client) -> None:
    anna = factories.ambassador(kent)
    told = cora.post(INTRODUCE.format(case.pk), {"ambassador": anna.pk}, follow=True).content.decode()
    assert "Anna is asked whether they can talk to Erin." in told
    assert introductions(kent) == [("Anna", State.OFFERED)]
    with as_council(kent):
        assert "0 of 1 open" in Introduction.objects.get().reasons


def test_nobody_is_introduced_without_a_tick(case: Enquiry, kent: Council, cora: Client) -> None:
    factories.ambassador(kent)
    answer = cora.post(INTRODUCE.format(case.pk))
    assert answer.status_code == 409
    assert "Tick at least one" in answer.content.decode()
    assert introductions(kent) == []


def test_several_ticks_are_asked_in_turn(case: Enquiry, kent: Council, cora: Client) -> None:
    anna, bea = factories.ambassador(kent), factories.ambassador(kent, first_name="Bea")
    told = cora.post(INTRODUCE.format(case.pk), {"ambassador": [bea.pk, anna.pk]}, follow=True).content.decode()
    assert "Bea is asked whether they can talk to Erin. After that, if need be: Anna." in told
    assert introductions(kent) == [("Bea", State.OFFERED)]
    with as_council(kent):
        assert [each.ambassador_key for each in NextInTurn.objects.all()] == [anna.pk]


@pytest.mark.parametrize("key", ["", "nonsense", str(UUID(int=1))])
def test_a_tick_for_nobody_introduces_nobody(case: Enquiry, kent: Council, cora: Client, key: str) -> None:
    factories.ambassador(kent)
    assert cora.post(INTRODUCE.format(case.pk), {"ambassador": key}).status_code == 409
    assert introductions(kent) == []


def test_whoever_was_paused_since_is_not_asked(case: Enquiry, kent: Council, cora: Client) -> None:
    anna = factories.ambassador(kent)
    with as_council(kent):
        Ambassador.objects.filter(pk=anna.pk).update(paused_by_staff=True)
    answer = cora.post(INTRODUCE.format(case.pk), {"ambassador": anna.pk})
    assert answer.status_code == 409
    assert "cannot be asked any more" in answer.content.decode()
    assert introductions(kent) == []


def test_twice_is_harmless(case: Enquiry, kent: Council, cora: Client) -> None:
    anna = factories.ambassador(kent, most=2)
    for status in (302, 409):
        assert cora.post(INTRODUCE.format(case.pk), {"ambassador": anna.pk}).status_code == status
    assert len(introductions(kent)) == 1


def test_who_does_not_wait_has_a_page_that_says_so(kent: Council, cora: Client) -> None:
    case = factories.enquiry(kent)
    factories.ambassador(kent)
    page = shown(cora, case)
    assert "does not wait for a conversation" in page
    assert "Anna" not in page


@pytest.mark.parametrize("address", [PAGE, INTRODUCE])
def test_another_councils_case_and_none_answer_alike(
    case: Enquiry, hampshire: Council, as_user: Log, address: str
) -> None:
    client = as_user(factories.coordinator(hampshire))
    ask = client.get if address is PAGE else client.post
    assert {ask(address.format(key)).status_code for key in (case.pk, UUID(int=1))} == {404}


def test_an_officer_sees_nothing_of_it(case: Enquiry, cast: Cast, as_user: Log) -> None:
    assert as_user(cast.kate).get(PAGE.format(case.pk)).status_code == 403


@pytest.fixture
def sharing(kent: Council, hampshire: Council) -> None:
    for council in (kent, hampshire):
        Scheme.objects.create(council=council, across_borders=True)


def test_across_a_border_the_other_council_is_asked_first(
    case: Enquiry, kent: Council, hampshire: Council, sharing: None, cora: Client
) -> None:
    anna = factories.ambassador(hampshire)
    page = shown(cora, case)
    assert f"Ask {hampshire.name} to confirm Anna" in page
    told = cora.post(INTRODUCE.format(case.pk), {"ambassador": anna.pk}, follow=True).content.decode()
    assert f"{hampshire.name} is asked to confirm Anna for Erin." in told
    assert introductions(kent) == [("Anna", State.TO_CONFIRM)]


def test_who_read_the_wish_is_on_the_trail_of_the_case(case: Enquiry, kent: Council, cora: Client) -> None:
    shown(cora, case)
    with as_council(kent):
        seen = Event.objects.get(verb="enquiry.seen")
        assert (seen.subject_id, seen.facts["page"]) == (case.pk, "suggestions")


def test_looking_across_is_written_down(
    case: Enquiry, kent: Council, hampshire: Council, sharing: None, cora: Client
) -> None:
    factories.ambassador(hampshire)
    shown(cora, case)
    with as_council(kent):
        seen = Event.objects.get(verb="wish.looked_across_border")
        assert seen.facts == {"councils": [hampshire.pk]}


@pytest.mark.parametrize("keeps", ["kent", "hampshire"])
def test_of_a_council_that_keeps_to_its_own_nobody_is_seen(
    case: Enquiry, hampshire: Council, sharing: None, cora: Client, keeps: str
) -> None:
    Scheme.objects.filter(council__slug=keeps).update(across_borders=False)
    anna = factories.ambassador(hampshire)
    page = shown(cora, case)
    assert "Anna" not in page
    assert "their council has no ambassador yet" in page
    assert cora.post(INTRODUCE.format(case.pk), {"ambassador": anna.pk}).status_code == 409


def test_looking_across_reads_no_more_than_ambassadors_agreed_to_show(
    case: Enquiry, hampshire: Council, sharing: None, cora: Client
) -> None:
    told = {"phone": "+447700900777", "household": "Two cats", "about": "We have fostered since", "district": "SO23"}
    anna = factories.ambassador(hampshire, **told)
    page = shown(cora, case)
    assert "Anna" in page
    assert not [word for word in (anna.email, *told.values()) if word in page]


def test_the_scope_is_as_before_when_the_page_is_done(
    case: Enquiry, kent: Council, hampshire: Council, sharing: None
) -> None:
    from ambassadors.matched.loading import load  # noqa: PLC0415  # what the page calls, without its middleware

    factories.ambassador(hampshire)
    with as_council(kent):
        found = load([kent.pk], kent.hub_id)
        scope = current_scope()
        assert scope and scope.councils == {kent.pk}
        assert [each.council for each in found.carers] == [hampshire.pk]
        assert not Ambassador.objects.exists(), "the other council's rows are out of reach again"


def test_a_hub_manager_looks_in_every_council(case: Enquiry, kent: Council, office: Council, as_user: Log) -> None:
    factories.ambassador(kent)
    manager = factories.user("Hana", office, Role.HUB_MANAGER)
    assert "Anna" in shown(as_user(manager), case)
