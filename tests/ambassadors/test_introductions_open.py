"""Staff's list of open introductions: where each stands, and what it needs from them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ambassadors.introduction_states import OPEN, State, StoppedBy
from ambassadors.models import Ambassador, Introduction, Offer
from ambassadors.states import TalkBy
from councils.models import Council, Event, User
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.models import Enquiry
from tests import factories
from tests.ambassadors.introducing import ask, mails, talk
from tests.conftest import Cast

MONDAY = datetime(2026, 11, 23, 11, tzinfo=LONDON)
PAGE = "/staff/ambassadors/introduction/open/"
MoveClock = Callable[[datetime], None]
AsUser = Callable[[User], Client]


@pytest.fixture
def anna(kent: Council, move_clock: MoveClock) -> Ambassador:
    move_clock(MONDAY)
    return factories.ambassador(kent, most=20)


@pytest.fixture
def erin(kent: Council, anna: Ambassador) -> Enquiry:
    return factories.enquiry(kent)


@pytest.fixture
def cora(kent: Council, as_user: AsUser) -> Client:
    return as_user(factories.coordinator(kent))


def sees(client: Client) -> str:
    answer = client.get(PAGE)
    assert answer.status_code == 200
    return answer.content.decode()


def as_it_is(row: Introduction) -> Introduction:
    with as_council(row.council_id):
        return Introduction.objects.get(pk=row.pk)


def offer_key(row: Introduction) -> UUID:
    with as_council(row.ambassador_council_id):
        return Offer.objects.get(pair_id=row.pair_id).pk


def by_video(case: Enquiry, ambassador: Ambassador, **given: Any) -> Introduction:
    return factories.introduction(case, ambassador, State.AGREED, way=TalkBy.VIDEO, **given)


def test_it_says_who_waits_for_whom_and_until_when(cora: Client, erin: Enquiry, anna: Ambassador) -> None:
    factories.introduction(erin, anna, State.OFFERED)
    page = sees(cora)
    assert "Erin Example</a> and Anna" in page
    assert "Waiting for the ambassador" in page
    assert "Answer: " in page


@pytest.mark.parametrize("state", sorted(set(State) - OPEN))
def test_what_has_ended_is_not_on_it(cora: Client, erin: Enquiry, anna: Ambassador, state: State) -> None:
    factories.introduction(erin, anna, state)
    assert "Erin Example" not in sees(cora)


def test_a_missing_link_needs_staff_until_it_is_entered(cora: Client, erin: Enquiry, anna: Ambassador) -> None:
    row = by_video(erin, anna)
    assert "Needs you (1)" in sees(cora)
    answer = cora.post(f"{PAGE}{row.pk}/link/", {"link": "https://video.example.org/room"})
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert as_it_is(row).link == "https://video.example.org/room"
    assert "Needs you" not in sees(cora)


@pytest.mark.parametrize("link", ["", "http://video.example.org/room", "javascript:alert(1)", "video.example.org"])
def test_a_link_begins_with_https(cora: Client, erin: Enquiry, anna: Ambassador, link: str) -> None:
    row = by_video(erin, anna)
    answer = cora.post(f"{PAGE}{row.pk}/link/", {"link": link})
    assert answer.status_code == 409
    assert "beginning with https://" in answer.content.decode()
    assert as_it_is(row).link == ""


def test_a_place_is_entered_for_who_meets_at_an_event(cora: Client, erin: Enquiry, anna: Ambassador) -> None:
    row = factories.introduction(erin, anna, State.AGREED, way=TalkBy.EVENT)
    assert "Needs you (1)" in sees(cora)
    cora.post(f"{PAGE}{row.pk}/place/", {"place": "Coffee morning, Town Hall"})
    assert as_it_is(row).place == "Coffee morning, Town Hall"
    assert cora.post(f"{PAGE}{row.pk}/place/", {"place": " "}).status_code == 409


def test_what_was_entered_stands_in_no_event(cora: Client, erin: Enquiry, anna: Ambassador, kent: Council) -> None:
    row = by_video(erin, anna)
    cora.post(f"{PAGE}{row.pk}/link/", {"link": "https://video.example.org/room"})
    with as_council(kent):
        assert "video.example.org" not in str(list(Event.objects.values_list("facts", flat=True)))


def test_staff_may_stop_one(cora: Client, erin: Enquiry, anna: Ambassador) -> None:
    row = factories.introduction(erin, anna, State.AGREED)
    cora.post(f"{PAGE}{row.pk}/stop/")
    now = as_it_is(row)
    assert (now.state, now.stopped_by) == (State.STOPPED, StoppedBy.STAFF)
    assert cora.post(f"{PAGE}{row.pk}/stop/").status_code == 302, "twice is harmless"


def test_whom_no_message_reaches_is_rung(cora: Client, kent: Council, anna: Ambassador) -> None:
    case = factories.enquiry(kent, email="", text_ok=False)
    factories.wish(case)
    made = ask(case, anna)
    talk(made).accept()
    assert mails(kent, to=factories.coordinator(kent).email) == ["to_ring"]
    assert "Needs you (1)" in sees(cora)
    assert "Ring them" in sees(cora)
    for _ in range(2):
        assert cora.post(f"{PAGE}{made.pk}/said-yes/").status_code == 302
    now = as_it_is(made)
    assert (now.state, now.way, now.released_phone) == (State.AGREED, TalkBy.PHONE, "+447700900123")


def test_nobody_says_yes_for_somebody_we_write_to(cora: Client, erin: Enquiry, anna: Ambassador) -> None:
    row = factories.introduction(erin, anna, State.ACCEPTED)
    assert "Ring them" not in sees(cora)
    assert cora.post(f"{PAGE}{row.pk}/said-yes/").status_code == 409
    assert as_it_is(row).state == State.ACCEPTED


def test_a_concern_is_passed_on_from_the_list(cora: Client, erin: Enquiry, anna: Ambassador) -> None:
    row = factories.introduction(erin, anna, State.AGREED)
    link = f"/staff/ambassadors/concern/pass-on/{row.pk}/"
    assert link in sees(cora)
    assert cora.get(link).status_code == 200


def test_the_other_councils_enquirer_is_not_named(
    erin: Enquiry, hampshire: Council, as_user: AsUser, cora: Client
) -> None:
    harriet = factories.ambassador(hampshire, first_name="Harriet")
    row = factories.introduction(erin, harriet, State.OFFERED)
    theirs = sees(as_user(factories.coordinator(hampshire)))
    assert "An enquirer of Kent County Council and Harriet" in theirs
    assert "Erin" not in theirs
    assert str(erin.pk) not in theirs
    assert str(row.pk) not in theirs
    assert "and Harriet of Hampshire" in sees(cora)


def test_the_council_of_the_ambassador_may_stop_one(erin: Enquiry, hampshire: Council, as_user: AsUser) -> None:
    row = factories.introduction(erin, factories.ambassador(hampshire), State.OFFERED)
    client = as_user(factories.coordinator(hampshire))
    assert client.post(f"{PAGE}{row.pk}/stop/").status_code == 404, "the enquirer’s row is not theirs"
    assert client.post(f"{PAGE}offers/{offer_key(row)}/stop/").status_code == 302
    assert as_it_is(row).state == State.STOPPED


def test_one_to_confirm_is_on_the_list_of_the_ambassadors_council(
    erin: Enquiry, hampshire: Council, as_user: AsUser, cora: Client
) -> None:
    factories.introduction(erin, factories.ambassador(hampshire), State.TO_CONFIRM)
    assert "Needs you (1)" in sees(as_user(factories.coordinator(hampshire)))
    assert "Needs you" not in sees(cora)


@pytest.mark.parametrize("path", ["link/", "place/", "stop/"])
def test_another_councils_and_none_answer_alike(
    erin: Enquiry, anna: Ambassador, hampshire: Council, as_user: AsUser, path: str
) -> None:
    row = by_video(erin, anna)
    stranger = as_user(factories.coordinator(hampshire))
    sent = {"link": "https://video.example.org/room", "place": "Here"}
    theirs = stranger.post(f"{PAGE}{row.pk}/{path}", sent)
    none = stranger.post(f"{PAGE}{uuid4()}/{path}", sent)
    assert (theirs.status_code, none.status_code) == (404, 404)
    assert as_it_is(row).state == State.AGREED
    assert "Erin" not in sees(stranger)


def test_who_matches_nobody_is_refused(erin: Enquiry, anna: Ambassador, cast: Cast, as_user: AsUser) -> None:
    row = by_video(erin, anna)
    kate = as_user(cast.kate)
    assert kate.get(PAGE).status_code == 403
    assert kate.post(f"{PAGE}{row.pk}/stop/").status_code == 403


def test_the_list_costs_as_much_for_many_as_for_few(kent: Council, anna: Ambassador, cora: Client) -> None:
    factories.introduction(factories.enquiry(kent), anna, State.OFFERED)
    with CaptureQueriesContext(connection) as few:
        sees(cora)
    for _ in range(4):
        factories.introduction(factories.enquiry(kent), anna, State.AGREED)
    with CaptureQueriesContext(connection) as many:
        sees(cora)
    assert len(many) == len(few)
