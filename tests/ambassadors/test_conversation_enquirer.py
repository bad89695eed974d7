"""The enquirer's side of a conversation: what they see of somebody who said yes, and what they may do."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ambassadors.conversations.words import UNSAID
from ambassadors.introduction_states import State, StoppedBy
from ambassadors.models import Ambassador, Introduction, Offer, Offering
from ambassadors.states import Attribute, TalkBy
from councils.models import Council
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.actions.wishing import take_wish_back
from enquiries.models import Enquiry
from enquiries.states import TalkAbout
from tests import factories
from tests.ambassadors.talking import MONDAY, PAGE, MoveClock, anna, as_it_is, erin, introduced, reader
from tests.enquiries.status_visitor import Reader

__all__ = ["anna", "erin", "reader"]

LOOKING = "We are looking for somebody for you to talk to."
PINNED = 19
PATHS = ("", "agree/", "other/", "number/", "time/", "calendar.ics", "stop/", "spoke/")


def without_csrf(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


@pytest.mark.parametrize("state", sorted(UNSAID))
def test_nobody_learns_who_was_asked_or_who_said_no(
    reader: Reader, erin: Enquiry, anna: Ambassador, state: State
) -> None:
    before = [without_csrf(reader.sees(page)) for page in ("", PAGE)]
    assert LOOKING in before[1]
    introduced(erin, anna, state)
    assert [without_csrf(reader.sees(page)) for page in ("", PAGE)] == before


def test_how_long_it_takes_is_told(reader: Reader, erin: Enquiry) -> None:
    assert "They have 3 working days to answer." in reader.sees(PAGE)


def test_one_that_was_stopped_before_anybody_said_yes_is_not_told_either(
    reader: Reader, erin: Enquiry, anna: Ambassador
) -> None:
    before = without_csrf(reader.sees(PAGE))
    introduced(erin, anna, State.STOPPED, stopped_by=StoppedBy.STAFF)
    assert without_csrf(reader.sees(PAGE)) == before


def test_somebody_who_said_yes_is_shown_as_they_chose_to_be(reader: Reader, erin: Enquiry, anna: Ambassador) -> None:
    with as_council(anna.council_id):
        Offering.objects.create(council=anna.council, ambassador=anna, attribute=Attribute.SINGLE, version="2026-11")
    introduced(erin, anna, State.ACCEPTED)
    page = reader.sees(PAGE)
    for shown in ("Anna would like to talk to you", "We foster two brothers.", "2015", "Polish", "Two of us"):
        assert shown in page
    assert Attribute.SINGLE.label in page
    assert Attribute.LGBTQ.label not in page
    for kept in (anna.email, "900777", "07700"):
        assert kept not in page


def test_an_attribute_that_was_taken_back_is_shown_no_more(reader: Reader, erin: Enquiry, anna: Ambassador) -> None:
    with as_council(anna.council_id):
        offering = Offering.objects.create(
            council=anna.council, ambassador=anna, attribute=Attribute.SINGLE, version="2026-11"
        )
        introduced(erin, anna, State.ACCEPTED)
        offering.delete()
    assert Attribute.SINGLE.label not in reader.sees(PAGE)


def test_your_enquiry_leads_to_whoever_is_ready(reader: Reader, erin: Enquiry, anna: Ambassador) -> None:
    introduced(erin, anna, State.ACCEPTED)
    page = reader.sees()
    assert "Anna would like to talk to you" in page
    assert "/your-enquiry/talk/conversation/" in page


def test_they_may_ask_for_somebody_else_and_go_on_waiting(reader: Reader, erin: Enquiry, anna: Ambassador) -> None:
    row = introduced(erin, anna, State.ACCEPTED)
    assert "Find somebody else for me" in reader.sees(f"{PAGE}other/")
    assert as_it_is(row).state == State.ACCEPTED, "looking changes nothing"
    reader.sends(f"{PAGE}other/")
    assert as_it_is(row).state == State.UNWANTED
    assert LOOKING in reader.sees(PAGE)


def test_a_time_is_set_and_goes_into_a_calendar(reader: Reader, erin: Enquiry, anna: Ambassador) -> None:
    row = introduced(erin, anna, State.AGREED, way=TalkBy.PHONE, released_phone="+447700900123")
    assert "Weekday evenings, 5pm to 8pm" in reader.sees(PAGE)
    reader.sends(f"{PAGE}time/", day="2026-11-25", hour="18:30")
    assert as_it_is(row).talk_at == datetime(2026, 11, 25, 18, 30, tzinfo=LONDON)
    assert "Wednesday 25 November at 6:30pm" in reader.sees(PAGE)
    file = reader.client.get(f"/your-enquiry/{PAGE}calendar.ics")
    assert file["Content-Type"].startswith("text/calendar")
    text = file.content.decode().replace("\r\n ", "")
    assert "SUMMARY:Talk with Anna" in text
    for kept in ("Erin", "Example", "900123", "oster", erin.reference):
        assert kept not in text


def test_a_link_that_staff_entered_is_shown(reader: Reader, erin: Enquiry, anna: Ambassador) -> None:
    introduced(erin, anna, State.AGREED, way=TalkBy.VIDEO, link="https://video.example.org/room")
    assert "https://video.example.org/room" in reader.sees(PAGE)


def test_a_place_that_staff_agreed_is_shown(reader: Reader, erin: Enquiry, anna: Ambassador) -> None:
    introduced(erin, anna, State.AGREED, way=TalkBy.EVENT, place="Coffee morning, Town Hall")
    page = reader.sees(PAGE)
    assert "Coffee morning, Town Hall" in page
    assert "Please meet nowhere else." in page


def test_they_may_stop_at_any_time_without_a_reason(reader: Reader, erin: Enquiry, anna: Ambassador) -> None:
    row = introduced(erin, anna, State.AGREED, way=TalkBy.PHONE, released_phone="+447700900123")
    assert "You do not have to say why." in reader.sees(f"{PAGE}stop/")
    reader.sends(f"{PAGE}stop/")
    now = as_it_is(row)
    assert (now.state, now.stopped_by, now.released_phone) == (State.STOPPED, StoppedBy.ENQUIRER, "")
    assert "Your conversation with Anna has ended." in reader.sees(PAGE)


def test_whether_they_spoke_is_asked_once_the_time_has_passed(
    reader: Reader, erin: Enquiry, anna: Ambassador, move_clock: MoveClock
) -> None:
    row = introduced(erin, anna, State.AGREED, way=TalkBy.PHONE, talk_at=MONDAY + timedelta(hours=2))
    assert "Did you speak?" not in reader.sees(PAGE)
    move_clock(MONDAY + timedelta(hours=3))
    reader.opens(erin)
    assert "Did you speak?" in reader.sees(PAGE)
    reader.sends(f"{PAGE}spoke/", spoke="yes", how="It helped.")
    now = as_it_is(row)
    assert (now.spoke, now.how) == (True, "It helped.")
    assert "Did you speak?" not in reader.sees(PAGE)


def test_what_was_done_already_is_told_and_nothing_breaks(reader: Reader, erin: Enquiry, anna: Ambassador) -> None:
    row = introduced(erin, anna, State.ACCEPTED)
    for _ in range(2):
        assert reader.sends(f"{PAGE}agree/", way="email").status_code == 302
    for _ in range(2):
        assert reader.sends(f"{PAGE}stop/").status_code == 302
    assert as_it_is(row).state == State.STOPPED


@pytest.mark.parametrize("state", sorted(State))
def test_looking_changes_nothing(reader: Reader, erin: Enquiry, anna: Ambassador, state: State) -> None:
    row = introduced(erin, anna, state)
    before = _rows(row)
    for path in PATHS:
        assert reader.client.get(f"/your-enquiry/{PAGE}{path}").status_code in (200, 302)
    assert _rows(row) == before


def _rows(row: Introduction) -> list[Any]:
    with as_council(row.council_id):
        pair = {"pair_id": row.pair_id}
        return [Introduction.objects.filter(**pair).values().get(), Offer.objects.filter(**pair).values().get()]


@pytest.mark.parametrize("path", [path for path in PATHS if path not in ("", "calendar.ics")])
def test_whoever_has_no_conversation_can_do_nothing(reader: Reader, path: str) -> None:
    answer = reader.sends(f"{PAGE}{path}", way="email", spoke="yes")
    assert (answer.status_code, answer["Location"]) == (302, "/your-enquiry/talk/conversation/")


def test_without_a_wish_and_a_conversation_there_is_no_page(kent: Council) -> None:
    reader = Reader()
    page = reader.opens(factories.enquiry(kent))
    assert "Talking to somebody who fosters" not in page
    assert reader.client.get(f"/your-enquiry/{PAGE}")["Location"] == "/your-enquiry/"


def test_an_ambassador_of_another_council_is_shown_alike(reader: Reader, erin: Enquiry, hampshire: Council) -> None:
    harriet = factories.ambassador(hampshire, first_name="Harriet")
    introduced(erin, harriet, State.ACCEPTED)
    page = reader.sees(PAGE)
    assert "Harriet would like to talk to you" in page
    assert hampshire.service_name in page


def test_whoever_spoke_waits_no_more_until_they_wish_anew(
    reader: Reader, erin: Enquiry, anna: Ambassador, move_clock: MoveClock
) -> None:
    introduced(erin, anna, State.SPOKE)
    assert LOOKING not in reader.sees(PAGE)
    assert "Ask for another conversation" in reader.sees(PAGE)
    move_clock(MONDAY + timedelta(minutes=5))
    factories.wish(erin, about=(TalkAbout.MONEY,))
    assert LOOKING in reader.sees(PAGE)


def test_whoever_stopped_waits_no_more_and_whoever_was_stopped_goes_on_waiting(
    reader: Reader, erin: Enquiry, anna: Ambassador
) -> None:
    introduced(erin, anna, State.STOPPED, stopped_by=StoppedBy.ENQUIRER, agreed_at=MONDAY)
    with as_council(anna.council_id):
        Offer.objects.update(accepted_at=MONDAY)
    assert LOOKING not in reader.sees(PAGE)
    with as_council(erin.council_id):
        Introduction.objects.update(stopped_by=StoppedBy.AMBASSADOR)
    assert LOOKING in reader.sees(PAGE)


def test_the_others_word_may_come_first_and_theirs_is_still_welcome(
    reader: Reader, erin: Enquiry, anna: Ambassador
) -> None:
    row = introduced(erin, anna, State.SPOKE)
    page = reader.sees(PAGE)
    assert "Anna told us that the two of you spoke." in page
    reader.sends(f"{PAGE}spoke/", spoke="yes", how="Very much.")
    assert as_it_is(row).how == "Very much."
    assert "You spoke to Anna." in reader.sees(PAGE)


def test_a_wish_that_was_taken_back_is_looked_for_no_more(reader: Reader, erin: Enquiry) -> None:
    take_wish_back(erin, by=None)
    assert reader.client.get(f"/your-enquiry/{PAGE}")["Location"] == "/your-enquiry/"


def test_the_page_costs_few_queries(reader: Reader, erin: Enquiry, anna: Ambassador) -> None:
    """The scopes of two councils, opened and left, among them."""
    introduced(erin, anna, State.DECLINED)
    introduced(erin, anna, State.AGREED)
    with CaptureQueriesContext(connection) as queries:
        reader.sees(PAGE)
    assert len(queries) <= PINNED, "\n".join(query["sql"][:200] for query in queries.captured_queries)
