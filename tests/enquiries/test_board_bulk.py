"""Many ticked cases at once: first what would happen is shown, then it is done, and what was refused is told."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from councils.access import access_of
from councils.models import Council, Event, Membership, User
from councils.roles import Role
from councils.tenancy import as_council
from enquiries import actions
from enquiries.models import Enquiry
from enquiries.states import CloseReason, State, Step
from outbox.models import Message
from tests import factories
from tests.conftest import Cast

AsUser = Callable[[User], Client]
LIST = reverse("admin:enquiries_enquiry_changelist")
GIVE = reverse("admin:enquiries_enquiry_bulk_give")
CLOSE = reverse("admin:enquiries_enquiry_bulk_close")


@pytest.fixture
def mina(cast: Cast, as_user: AsUser) -> Client:
    return as_user(cast.mina)


def ticked(*cases: Enquiry) -> list[str]:
    return [f"{case.pk}~{case.owner_id or 0}" for case in cases]


def now_of(case: Enquiry) -> Enquiry:
    with as_council(case.council_id):
        return Enquiry.objects.get(pk=case.pk)


def written(council: Council) -> tuple[int, int]:
    with as_council(council):
        return Event.objects.count(), Message.objects.count()


def two(kent: Council) -> tuple[Enquiry, Enquiry]:
    return factories.enquiry(kent, name="Ann"), factories.enquiry(kent, name="Ben", email="ben@example.org")


def closed(case: Enquiry, by: User) -> Enquiry:
    with as_council(case.council_id):
        return actions.take_step(case, Step.WITHDRAW, reason=CloseReason.NO_ROOM, by=access_of(by))


def test_first_it_is_shown_and_nothing_changes(kent: Council, cast: Cast, mina: Client) -> None:
    ann, ben = two(kent)
    before = written(kent)
    page = mina.post(GIVE, {"case": ticked(ann, ben), "to": cast.kate.pk})
    assert page.status_code == 200
    body = page.content.decode()
    assert "These enquiries will be Kate’s" in body
    assert "Ann" in body
    assert "Ben" in body
    assert now_of(ann).owner_id is None
    assert now_of(ann).version == ann.version
    assert written(kent) == before


def test_then_it_is_done(kent: Council, cast: Cast, mina: Client) -> None:
    ann, ben = two(kent)
    answer = mina.post(GIVE, {"case": ticked(ann, ben), "to": cast.kate.pk, "sure": "yes"}, follow=True)
    assert {now_of(case).owner_id for case in (ann, ben)} == {cast.kate.pk}
    assert "2 enquiries given to Kate." in answer.content.decode()


def test_cases_are_given_back_to_nobody(kent: Council, cast: Cast, mina: Client) -> None:
    case = factories.enquiry(kent)
    with as_council(kent):
        case = actions.claim(case, by=access_of(cast.kate))
    mina.post(GIVE, {"case": ticked(case), "to": "nobody", "sure": "yes"})
    assert now_of(case).owner_id is None


def test_many_are_closed_with_a_reason(kent: Council, mina: Client) -> None:
    ann, ben = two(kent)
    sent = {"case": ticked(ann, ben), "step": "withdraw", "reason": "no_room"}
    shown = mina.post(CLOSE, sent)
    assert "These enquiries will be closed: they withdrew, No spare room" in shown.content.decode()
    assert now_of(ann).state == State.NEW
    mina.post(CLOSE, sent | {"sure": "yes"})
    assert {(now_of(case).state, now_of(case).close_reason) for case in (ann, ben)} == {("withdrawn", "no_room")}


def test_what_cannot_be_done_is_named_before_and_after(kent: Council, cast: Cast, mina: Client) -> None:
    ann, ben = two(kent)
    ben = closed(ben, cast.kate)
    sent = {"case": ticked(ann, ben), "to": cast.kate.pk}
    before = mina.post(GIVE, sent).content.decode()
    after = mina.post(GIVE, sent | {"sure": "yes"})
    assert after.status_code == 200  # read, and not led away from
    for body in (before, after.content.decode()):
        assert f"<strong>{ben.reference}</strong>: This case is closed. Reopen it first." in body
    assert now_of(ann).owner_id == cast.kate.pk
    assert now_of(ben).owner_id is None


def test_a_case_that_somebody_took_meanwhile_is_not_taken_away(kent: Council, cast: Cast, mina: Client) -> None:
    case = factories.enquiry(kent)
    seen = ticked(case)
    with as_council(kent):
        actions.claim(case, by=access_of(cast.kate))
    body = mina.post(GIVE, {"case": seen, "to": cast.mina.pk, "sure": "yes"}).content.decode()
    assert "Kate has this case now" in body
    assert now_of(case).owner_id == cast.kate.pk


def test_another_councils_case_is_neither_named_nor_changed(
    kent: Council, hampshire: Council, cast: Cast, mina: Client
) -> None:
    theirs = factories.enquiry(hampshire, name="Hana")
    for sure in ({}, {"sure": "yes"}):
        body = mina.post(GIVE, {"case": ticked(theirs), "to": cast.kate.pk} | sure).content.decode()
        assert "There is no such enquiry in your councils." in body
        assert theirs.reference not in body
        assert "Hana" not in body
    assert now_of(theirs).owner_id is None


def test_another_councils_colleague_is_not_offered(hampshire: Council, kent: Council, cast: Cast, mina: Client) -> None:
    case = factories.enquiry(kent)
    assert "Hal" not in mina.get(LIST).content.decode()
    answer = mina.post(GIVE, {"case": ticked(case), "to": cast.hal.pk, "sure": "yes"}, follow=True)
    assert "Choose a colleague from the list" in answer.content.decode()
    assert now_of(case).owner_id is None


@pytest.mark.parametrize(
    ("url", "sent", "told"),
    [
        (GIVE, {"to": "nobody"}, "Tick the enquiries first."),
        (GIVE, {"to": "nobody", "case": ["nonsense", "1~2"]}, "Tick the enquiries first."),
        (CLOSE, {"step": "approve"}, "Tick the enquiries first."),
    ],
)
def test_nothing_ticked_leads_back_to_the_list(mina: Client, url: str, sent: dict[str, object], told: str) -> None:
    answer = mina.post(url, sent | {"state": "closed"}, follow=True)
    assert answer.redirect_chain == [(f"{LIST}?state=closed", 302)]
    assert told in answer.content.decode()


def test_whoever_may_only_look_is_offered_nothing_and_refused(kent: Council, cast: Cast, as_user: AsUser) -> None:
    case = factories.enquiry(kent)
    sue = factories.user("Sue", kent, Role.SAFEGUARDING)
    client = as_user(sue)
    page = client.get(LIST).content.decode()
    assert case.reference in page
    assert 'name="case"' not in page
    assert client.post(GIVE, {"case": ticked(case), "to": cast.kate.pk, "sure": "yes"}).status_code == 403
    assert client.post(CLOSE, {"case": ticked(case), "step": "give_up", "sure": "yes"}).status_code == 403


def test_the_list_narrows_by_colleague(kent: Council, cast: Cast, mina: Client) -> None:
    ann, _ = two(kent)
    with as_council(kent):
        actions.claim(ann, by=access_of(cast.kate))
    rows = mina.get(f"{LIST}?owner={cast.kate.pk}").context["rows"]
    assert [row.case.name for row in rows] == ["Ann"]
    Membership.objects.filter(user=cast.kate).delete()
    assert len(mina.get(f"{LIST}?owner={cast.kate.pk}").context["rows"]) == 2  # no filter offers it: narrows nothing
