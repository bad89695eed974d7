"""The front page of the scheme."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ambassadors.introduction_states import State
from ambassadors.matched.rounds import make_rounds
from ambassadors.models import Ambassador, Introduction, Offer, Proposal, Scheme
from ambassadors.states import TalkBy
from councils.clock import hub_now
from councils.models import Council, Event, User
from councils.tenancy import as_council
from enquiries.models import Enquiry, Wish
from tests import factories
from tests.conftest import Cast

Log = Callable[[User], Client]
PAGE = "/staff/ambassadors/introduction/"


@pytest.fixture
def cora(kent: Council, as_user: Log) -> Client:
    return as_user(factories.coordinator(kent))


def waits(council: Council, name: str, *, days: int = 0, **wished: object) -> Enquiry:
    case = factories.enquiry(council, name=f"{name} Example")
    wish = factories.wish(case, **wished)
    with as_council(council):
        Wish.objects.filter(pk=wish.pk).update(since=hub_now() - timedelta(days=days))
    return case


def shown(client: Client) -> str:
    return client.get(PAGE).content.decode()


def tick(case: Enquiry, ambassador: Ambassador) -> str:
    return f"{case.pk}:{ambassador.pk}"


def test_the_longest_wait_comes_first_and_two_noes_before_it(kent: Council, cora: Client) -> None:
    waits(kent, "Short", days=2)
    waits(kent, "Long", days=20)
    twice = waits(kent, "Twice", days=1)
    past = factories.ambassador(kent, paused_by_staff=True)
    factories.introduction(twice, past, State.NOT_SPOKEN, noes=2)
    page = shown(cora)
    assert page.index(">Twice<") < page.index(">Long<") < page.index(">Short<")
    assert "20 days" in page
    assert "Two noes: comes first" in page


def test_each_has_whom_and_why_or_why_nobody(kent: Council, cora: Client) -> None:
    waits(kent, "Erin")
    waits(kent, "Pola", languages=("Polish",))
    factories.ambassador(kent)
    assert "the next round looks for somebody" in shown(cora)
    make_rounds()
    page = shown(cora)
    assert "<strong>Anna</strong>" in page
    assert "0 of 1 open" in page
    assert "no Polish speaker of their council" in page


def test_no_name_but_the_first(kent: Council, cora: Client) -> None:
    case = waits(kent, "Erin")
    page = shown(cora)
    assert not [word for word in ("Example", case.email, case.phone, case.postcode) if word in page]


@pytest.mark.parametrize("fields", [{"standing_until": None}, {"paused_by_staff": True}, {"most": 1}])
def test_who_is_stale_paused_or_full_by_now_is_suggested_to_nobody(
    kent: Council, cora: Client, fields: dict[str, object]
) -> None:
    waits(kent, "Erin")
    anna = factories.ambassador(kent, most=2)
    make_rounds()
    assert "<strong>Anna</strong>" in shown(cora)
    with as_council(kent):
        Ambassador.objects.filter(pk=anna.pk).update(**fields)
    if "most" in fields:
        factories.introduction(factories.enquiry(kent), anna)
    page = shown(cora)
    assert "Anna" not in page
    assert "cannot be asked any more" in page


def test_several_are_introduced_each_by_its_own_tick(kent: Council, cora: Client) -> None:
    erin, sam, third = (waits(kent, name, days=9 - n) for n, name in enumerate(("Erin", "Sam", "Third")))
    anna, bea = factories.ambassador(kent), factories.ambassador(kent, first_name="Bea", most=2)
    cora.post(f"{PAGE}several/", {"pair": [tick(erin, anna), tick(sam, bea)]})
    with as_council(kent):
        made = dict(Introduction.objects.values_list("enquiry", "ambassador_name"))
    assert made == {erin.pk: "Anna", sam.pk: "Bea"}
    assert third.pk not in made


def test_one_that_is_refused_holds_up_no_other(kent: Council, cora: Client) -> None:
    erin, sam = waits(kent, "Erin"), waits(kent, "Sam")
    anna, bea = factories.ambassador(kent), factories.ambassador(kent, first_name="Bea", paused_by_staff=True)
    answer = cora.post(f"{PAGE}several/", {"pair": [tick(sam, bea), tick(erin, anna)]})
    assert answer.status_code == 409
    assert sam.reference in answer.content.decode()
    with as_council(kent):
        assert [each.enquiry_id for each in Introduction.objects.all()] == [erin.pk]


@pytest.mark.parametrize("pair", [[], ["nonsense"], [":"], ["a:b"]])
def test_without_a_tick_nothing_happens(kent: Council, cora: Client, pair: list[str]) -> None:
    waits(kent, "Erin")
    assert cora.post(f"{PAGE}several/", {"pair": pair}).status_code == 409
    with as_council(kent):
        assert not Introduction.objects.exists()


def test_another_councils_case_cannot_be_ticked(kent: Council, hampshire: Council, as_user: Log) -> None:
    case, anna = waits(kent, "Erin"), factories.ambassador(kent)
    client = as_user(factories.coordinator(hampshire))
    assert client.post(f"{PAGE}several/", {"pair": [tick(case, anna)]}).status_code == 409
    with as_council(kent):
        assert not Introduction.objects.exists()


def test_the_button_makes_the_next_round_due(kent: Council, cora: Client) -> None:
    waits(kent, "Erin")
    make_rounds()
    factories.ambassador(kent)
    assert make_rounds() == 0
    assert cora.post(f"{PAGE}round/").status_code == 302
    assert make_rounds() == 1
    assert "<strong>Anna</strong>" in shown(cora)


def test_the_button_reaches_no_other_council(kent: Council, hampshire: Council, as_user: Log) -> None:
    waits(kent, "Erin")
    make_rounds()
    as_user(factories.coordinator(hampshire)).post(f"{PAGE}round/")
    assert make_rounds() == 0


def test_another_councils_people_wait_on_another_list(kent: Council, hampshire: Council, as_user: Log) -> None:
    waits(kent, "Erin")
    factories.ambassador(kent)
    make_rounds()
    page = shown(as_user(factories.coordinator(hampshire)))
    assert "Nobody waits for a conversation" in page
    assert "Anna" not in page


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}fairness/"])
def test_an_officer_has_no_such_list(cast: Cast, as_user: Log, address: str) -> None:
    client = as_user(cast.kate)
    assert client.get(address).status_code == 403
    assert ">Ambassadors<" not in client.get("/staff/").content.decode()


def test_a_coordinator_finds_it_at_the_top_of_each_page(cora: Client) -> None:
    assert ">Ambassadors<" in cora.get("/staff/").content.decode()


def test_what_needs_a_coordinator_stands_first(
    kent: Council, hampshire: Council, cora: Client, move_clock: Callable[[datetime], None]
) -> None:
    assert "Needs you" not in shown(cora)
    for council in (kent, hampshire):
        Scheme.objects.create(council=council, across_borders=True)
    factories.ambassador(kent, standing_until=None)
    factories.ambassador(kent, first_name="Leah", leaving_asked_at=hub_now())
    anna = factories.ambassador(kent, most=9)
    factories.introduction(factories.enquiry(hampshire), anna, State.TO_CONFIRM)
    factories.introduction(factories.enquiry(kent), anna, State.AGREED, way=TalkBy.VIDEO)
    factories.introduction(factories.enquiry(kent), anna, State.OFFERED)
    page = shown(cora)
    assert f"{hampshire.name} asks to introduce somebody to Anna" in page
    assert "1 ambassador whose standing has to be confirmed" in page
    assert "Leah would like to stop" in page
    assert "1 conversation without a link or a place" in page
    assert "nearly out of time" not in page
    move_clock(hub_now() + timedelta(days=2, hours=1))
    assert "1 offer without an answer, nearly out of time" in shown(cora)


def test_a_scheme_that_is_off_says_so(kent: Council, cora: Client) -> None:
    waits(kent, "Erin")
    Scheme.objects.create(council=kent, runs=False)
    page = shown(cora)
    assert "The scheme is switched off" in page
    assert "Erin" not in page


def test_the_page_of_a_case_leads_to_who_could_talk_to_them(kent: Council, cora: Client, cast: Cast) -> None:
    case = waits(kent, "Erin")
    address = f"/staff/enquiries/enquiry/{case.pk}/change/"
    assert f"{PAGE}of/{case.pk}/suggest/" in cora.get(address).content.decode()
    factories.introduction(case, factories.ambassador(kent), State.DECLINED)
    page = cora.get(address).content.decode()
    assert "the ambassador could not" in page
    assert f"{PAGE}of/{case.pk}/suggest/" in page


def test_who_does_not_make_introductions_reads_nothing_of_them(kent: Council, cast: Cast, as_user: Log) -> None:
    case = waits(kent, "Erin")
    factories.introduction(case, factories.ambassador(kent), State.OFFERED)
    page = as_user(cast.kate).get(f"/staff/enquiries/enquiry/{case.pk}/change/").content.decode()
    assert "Introductions" not in page
    assert "Anna" not in page


def test_a_list_of_any_length_asks_the_same_few_questions(kent: Council, cora: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            shown(cora)
        return sum("councils_routingversion" not in each["sql"] for each in queries)  # asked every few seconds

    waits(kent, "Erin")
    factories.ambassador(kent)
    make_rounds()
    asked()
    few = asked()
    for name in ("Sam", "Kim", "Lee"):
        waits(kent, name)
        factories.ambassador(kent, first_name=f"A{name}")
    make_rounds()
    assert asked() == few


class TestConfirming:
    """Across a border staff of the ambassador's council say yes or no."""

    @pytest.fixture
    def offer(self, kent: Council, hampshire: Council) -> Offer:
        for council in (kent, hampshire):
            Scheme.objects.create(council=council, across_borders=True)
        case = factories.enquiry(kent, name="Erin Example")
        factories.wish(case)
        factories.introduction(case, factories.ambassador(hampshire), State.TO_CONFIRM)
        with as_council(hampshire):
            return Offer.objects.get()

    @pytest.fixture
    def hari(self, hampshire: Council, as_user: Log) -> Client:
        return as_user(factories.coordinator(hampshire))

    @staticmethod
    def state(offer: Offer) -> str:
        with as_council(offer.council_id):
            return Offer.objects.get(pk=offer.pk).state

    def test_the_full_name_is_shown_for_the_check_and_nothing_else(self, offer: Offer, hari: Client) -> None:
        page = hari.get(f"{PAGE}{offer.pk}/confirm/").content.decode()
        assert "Erin Example" in page
        assert not [word for word in ("erin@example.org", "07700", "+447700900123", "ME14") if word in page]

    def test_who_looked_is_written_down_in_both_councils(
        self, offer: Offer, hari: Client, kent: Council, hampshire: Council
    ) -> None:
        hari.get(f"{PAGE}{offer.pk}/confirm/")
        for council, verb in ((kent, "enquiry.seen"), (hampshire, "introduction.name_shown")):
            with as_council(council):
                seen = Event.objects.get(verb=verb)
                assert seen.by == factories.coordinator(hampshire)
                assert "Erin" not in str(seen.facts)

    def test_a_tick_confirms(self, offer: Offer, hari: Client) -> None:
        assert hari.post(f"{PAGE}{offer.pk}/agree/").status_code == 409
        assert self.state(offer) == State.TO_CONFIRM
        assert hari.post(f"{PAGE}{offer.pk}/agree/", {"checked": "on"}).status_code == 302
        assert self.state(offer) == State.OFFERED

    def test_not_confirmed_is_said_without_a_reason(self, offer: Offer, hari: Client) -> None:
        assert hari.post(f"{PAGE}{offer.pk}/refuse/").status_code == 302
        assert self.state(offer) == State.NOT_CONFIRMED
        assert "Erin" not in hari.get(f"{PAGE}{offer.pk}/confirm/").content.decode()

    @pytest.mark.parametrize("state", [State.OFFERED, State.AGREED, State.STOPPED])
    def test_once_it_is_settled_the_name_is_shown_no_more(
        self, kent: Council, hampshire: Council, hari: Client, state: State
    ) -> None:
        factories.introduction(factories.enquiry(kent, name="Erin Example"), factories.ambassador(hampshire), state)
        with as_council(hampshire):
            offer = Offer.objects.get()
        page = hari.get(f"{PAGE}{offer.pk}/confirm/").content.decode()
        assert "Erin" not in page
        assert "waits for no answer of yours" in page

    @pytest.mark.parametrize("page", ["confirm/", "agree/", "refuse/"])
    def test_the_council_that_asks_does_not_confirm(self, offer: Offer, cora: Client, page: str) -> None:
        ask = cora.get if page == "confirm/" else cora.post
        assert ask(f"{PAGE}{offer.pk}/{page}").status_code == 404
        assert self.state(offer) == State.TO_CONFIRM


def test_who_was_proposed_stands_in_the_council_that_waits_alone(kent: Council, hampshire: Council) -> None:
    waits(kent, "Erin")
    make_rounds()
    with as_council(hampshire):
        assert not Proposal.objects.exists()
