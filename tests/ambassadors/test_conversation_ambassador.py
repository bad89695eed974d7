"""The ambassador's side of a conversation: what the enquirer chose to share, and never the case."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from ambassadors.introduction_states import OPEN, State, StoppedBy
from ambassadors.models import Ambassador, Introduction, Offer
from ambassadors.states import TalkBy
from councils.models import Council
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.models import Enquiry
from enquiries.states import Slot, TalkAbout
from tests import factories
from tests.ambassadors.own_pages import as_ambassador_client

MONDAY = datetime(2026, 11, 23, 11, tzinfo=LONDON)
PATHS = ("", "time/", "calendar.ics", "stop/", "spoke/")
MoveClock = Callable[[datetime], None]


@pytest.fixture
def anna(kent: Council, move_clock: MoveClock) -> Ambassador:
    move_clock(MONDAY)
    return factories.ambassador(kent)


@pytest.fixture
def erin(kent: Council, anna: Ambassador) -> Enquiry:
    case = factories.enquiry(kent, message="We have thought about it for years.", times=(Slot.SATURDAY,))
    factories.wish(case, about=(TalkAbout.TEENAGERS,), detail="How is school?")
    return case


@pytest.fixture
def client(anna: Ambassador) -> Client:
    return as_ambassador_client(anna)


def introduced(case: Enquiry, ambassador: Ambassador, state: State, **given: Any) -> Introduction:
    return factories.introduction(case, ambassador, state, **given)


def offer_of(row: Introduction) -> Offer:
    with as_council(row.ambassador_council_id):
        return Offer.objects.get(pair_id=row.pair_id)


def as_it_is(row: Introduction) -> Introduction:
    with as_council(row.council_id):
        return Introduction.objects.get(pk=row.pk)


def path_to(row: Introduction, path: str = "") -> str:
    return f"/ambassadors/conversation/{offer_of(row).pk}/{path}"


def sees(client: Client, row: Introduction, path: str = "") -> str:
    answer = client.get(path_to(row, path))
    assert answer.status_code == 200
    return answer.content.decode()


def of_the_case(case: Enquiry) -> list[str]:
    return ["Erin Example", case.email, "900123", "ME14", case.reference, str(case.pk), "thought about it for years"]


def test_an_offer_says_what_they_chose_to_share_and_nothing_of_the_case(
    client: Client, erin: Enquiry, anna: Ambassador
) -> None:
    row = introduced(erin, anna, State.OFFERED)
    page = sees(client, row)
    for shown in ("Can you talk to Erin?", "Fostering teenagers", "How is school?", "Saturdays, 10am to 4pm"):
        assert shown in page
    assert "Please answer by Thursday 26 November." in page
    assert [kept for kept in of_the_case(erin) if kept in page] == []


def test_yes_is_a_button(client: Client, erin: Enquiry, anna: Ambassador) -> None:
    row = introduced(erin, anna, State.OFFERED)
    answer = client.post(path_to(row, "answer/"), {"answer": "accept"})
    assert (answer.status_code, answer["Location"]) == (302, path_to(row))
    assert as_it_is(row).state == State.ACCEPTED
    assert "Erin now chooses how to talk" in sees(client, row)


def test_no_is_a_button_too_and_asks_for_no_reason(client: Client, erin: Enquiry, anna: Ambassador) -> None:
    row = introduced(erin, anna, State.OFFERED)
    client.post(path_to(row, "answer/"), {"answer": "decline"})
    assert as_it_is(row).state == State.DECLINED
    page = sees(client, row)
    assert "You could not this time. Thank you for telling us" in page
    assert "How is school?" not in page


def test_an_answer_that_is_neither_does_nothing(client: Client, erin: Enquiry, anna: Ambassador) -> None:
    row = introduced(erin, anna, State.OFFERED)
    assert client.post(path_to(row, "answer/"), {"answer": "perhaps"}).status_code == 302
    assert as_it_is(row).state == State.OFFERED


def test_answering_twice_or_too_late_is_harmless(client: Client, erin: Enquiry, anna: Ambassador) -> None:
    row = introduced(erin, anna, State.EXPIRED)
    answer = client.post(path_to(row, "answer/"), {"answer": "accept"}, follow=True)
    assert "This has changed since you opened the page" in answer.content.decode()
    assert as_it_is(row).state == State.EXPIRED


def test_a_number_is_shown_with_how_to_withhold_ones_own(client: Client, erin: Enquiry, anna: Ambassador) -> None:
    row = introduced(erin, anna, State.AGREED, way=TalkBy.PHONE, released_phone="+447700900123")
    page = sees(client, row)
    assert "Ring Erin on <strong>07700 900123</strong>" in page
    assert "dial 141 before the number" in page
    assert 'href="tel:14107700900123"' in page


def test_a_number_from_abroad_is_dialled_from_here(client: Client, erin: Enquiry, anna: Ambassador) -> None:
    row = introduced(erin, anna, State.AGREED, way=TalkBy.PHONE, released_phone="+33142685300")
    assert 'href="tel:1410033142685300"' in sees(client, row)


def test_a_number_that_was_taken_back_is_gone(client: Client, erin: Enquiry, anna: Ambassador) -> None:
    row = introduced(erin, anna, State.AGREED, way=TalkBy.PHONE)
    page = sees(client, row)
    assert "there is no number at the moment" in page
    assert "tel:141" not in page


def test_by_email_neither_sees_the_others_address(client: Client, erin: Enquiry, anna: Ambassador) -> None:
    row = introduced(erin, anna, State.AGREED, way=TalkBy.EMAIL)
    page = sees(client, row)
    assert re.search(r'href="mailto:talk\+\w+@', page)
    assert erin.email not in page


def test_somebody_who_was_erased_has_no_name_any_more(client: Client, erin: Enquiry, anna: Ambassador) -> None:
    row = introduced(erin, anna, State.SPOKE, shared_name="")
    assert '<h1 class="govuk-heading-l">Your conversation</h1>' in sees(client, row)


def test_nothing_leads_to_the_other_once_it_has_ended(client: Client, erin: Enquiry, anna: Ambassador) -> None:
    for state in sorted(set(State) - OPEN - {State.NOT_CONFIRMED}):
        row = introduced(erin, anna, state, way=TalkBy.VIDEO, link="https://video.example.org/room")
        page = sees(client, row)
        for kept in ("video.example.org", "How is school?", *of_the_case(erin)):
            assert kept not in page, state


def test_what_staff_have_not_confirmed_does_not_exist_for_them(client: Client, erin: Enquiry, anna: Ambassador) -> None:
    row = introduced(erin, anna, State.TO_CONFIRM)
    assert client.get(path_to(row)).status_code == 404
    assert client.post(path_to(row, "answer/"), {"answer": "accept"}).status_code == 404


@pytest.mark.parametrize("path", [*PATHS, "answer/"])
def test_another_ambassadors_and_none_answer_alike(erin: Enquiry, anna: Ambassador, kent: Council, path: str) -> None:
    row = introduced(erin, anna, State.AGREED, talk_at=MONDAY)
    other = as_ambassador_client(factories.ambassador(kent, first_name="Alex"))
    nowhere = f"/ambassadors/conversation/{uuid4()}/{path}"
    send = other.post if path == "answer/" else other.get
    theirs, none = send(path_to(row, path)), send(nowhere)
    assert (theirs.status_code, theirs.content) == (404, none.content)


def test_somebody_of_another_council_is_shown_alike(hampshire: Council, erin: Enquiry) -> None:
    harriet = factories.ambassador(hampshire, first_name="Harriet")
    row = introduced(erin, harriet, State.OFFERED)
    client = as_ambassador_client(harriet)
    assert "Can you talk to Erin?" in sees(client, row)
    client.post(path_to(row, "answer/"), {"answer": "accept"})
    assert as_it_is(row).state == offer_of(row).state == State.ACCEPTED


def test_a_time_is_set_and_goes_into_a_calendar(client: Client, erin: Enquiry, anna: Ambassador) -> None:
    row = introduced(erin, anna, State.AGREED, way=TalkBy.PHONE, released_phone="+447700900123")
    client.post(path_to(row, "time/"), {"day": "2026-11-25", "hour": "18:30"})
    assert as_it_is(row).talk_at == datetime(2026, 11, 25, 18, 30, tzinfo=LONDON)
    file = client.get(path_to(row, "calendar.ics")).content.decode().replace("\r\n ", "")
    assert "SUMMARY:Talk with Erin" in file
    assert "DTSTART:20261125T183000Z" in file
    for kept in ("oster", *of_the_case(erin)):
        assert kept not in file


def test_a_time_that_has_passed_is_asked_for_again(client: Client, erin: Enquiry, anna: Ambassador) -> None:
    row = introduced(erin, anna, State.AGREED, way=TalkBy.PHONE)
    answer = client.post(path_to(row, "time/"), {"day": "2026-11-23", "hour": "09:00"})
    assert answer.status_code == 422
    assert "Choose a time that is still to come" in answer.content.decode()
    assert as_it_is(row).talk_at is None


def test_they_may_stop_without_a_reason(client: Client, erin: Enquiry, anna: Ambassador) -> None:
    row = introduced(erin, anna, State.AGREED, way=TalkBy.PHONE, released_phone="+447700900123")
    assert "You do not have to say why." in sees(client, row, "stop/")
    client.post(path_to(row, "stop/"))
    now = as_it_is(row)
    assert (now.state, now.stopped_by, now.released_phone) == (State.STOPPED, StoppedBy.AMBASSADOR, "")


def test_they_say_whether_they_spoke_on_their_own_row(
    client: Client, erin: Enquiry, anna: Ambassador, move_clock: MoveClock
) -> None:
    row = introduced(erin, anna, State.AGREED, way=TalkBy.PHONE, talk_at=MONDAY - timedelta(hours=1))
    assert "Did you speak?" in sees(client, row)
    client.post(path_to(row, "spoke/"), {"spoke": "yes", "how": "We laughed."})
    offer = offer_of(row)
    assert (offer.spoke, offer.how) == (True, "We laughed.")
    assert as_it_is(row).spoke is None


@pytest.mark.parametrize("state", sorted(State))
def test_looking_changes_nothing(client: Client, erin: Enquiry, anna: Ambassador, state: State) -> None:
    row = introduced(erin, anna, state)
    before = offer_of(row).__dict__.copy(), as_it_is(row).__dict__.copy()
    for path in PATHS:
        assert client.get(path_to(row, path)).status_code in (200, 302, 404)
    after = offer_of(row).__dict__.copy(), as_it_is(row).__dict__.copy()
    for each in (*before, *after):
        each.pop("_state")
    assert after == before


def test_without_a_log_in_there_is_nothing_to_see(erin: Enquiry, anna: Ambassador) -> None:
    row = introduced(erin, anna, State.OFFERED)
    answer = Client().get(path_to(row))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/ambassadors/")
