"""What the enquirer and the ambassador learn of each other: a number for this conversation, or a masked address."""

import re

from ambassadors.introduction_states import State
from ambassadors.models import Ambassador
from ambassadors.states import TalkBy
from councils.tenancy import as_council
from enquiries.models import Enquiry
from tests import factories
from tests.ambassadors.talking import PAGE, anna, as_it_is, erin, introduced, reader
from tests.enquiries.status_visitor import Reader

__all__ = ["anna", "erin", "reader"]


def test_by_phone_the_number_is_given_for_this_conversation_alone(
    reader: Reader, erin: Enquiry, anna: Ambassador
) -> None:
    row = introduced(erin, anna, State.ACCEPTED)
    answer = reader.sends(f"{PAGE}agree/", way="phone", phone="07700 900456")
    assert (answer.status_code, answer["Location"]) == (302, "/your-enquiry/talk/conversation/")
    now = as_it_is(row)
    assert (now.state, now.way, now.released_phone) == (State.AGREED, TalkBy.PHONE, "+447700900456")
    assert "Anna rings you on <strong>07700 900456</strong>" in reader.sees(PAGE)


def test_a_number_is_not_written_out_before_its_owner_was_reached(
    reader: Reader, erin: Enquiry, anna: Ambassador
) -> None:
    row = introduced(erin, anna, State.ACCEPTED)
    form = reader.sees(f"{PAGE}agree/")
    assert "A number that ends in 123" in form
    assert "900123" not in form
    reader.sends(f"{PAGE}agree/", way="phone", phone="")
    assert as_it_is(row).released_phone == erin.phone
    page = reader.sees(PAGE)
    assert "Anna rings you on <strong>a number that ends in 123</strong>" in page
    assert "900123" not in page


def test_where_no_way_suits_both_they_are_not_asked_to_choose_one(
    reader: Reader, erin: Enquiry, anna: Ambassador
) -> None:
    introduced(erin, anna, State.ACCEPTED)
    with as_council(anna.council_id):
        Ambassador.objects.update(ways=[TalkBy.VIDEO.value])
    factories.wish(erin, ways=(TalkBy.PHONE,))
    assert "no way to talk that suits you both" in reader.sees(PAGE)
    assert reader.client.get(f"/your-enquiry/{PAGE}agree/").status_code == 302


def test_by_email_no_number_is_given(reader: Reader, erin: Enquiry, anna: Ambassador) -> None:
    row = introduced(erin, anna, State.ACCEPTED)
    reader.sends(f"{PAGE}agree/", way="email", phone="07700 900123")
    assert as_it_is(row).released_phone == ""


def test_by_email_neither_sees_the_others_address(reader: Reader, erin: Enquiry, anna: Ambassador) -> None:
    introduced(erin, anna, State.ACCEPTED)
    reader.sends(f"{PAGE}agree/", way="email")
    page = reader.sees(PAGE)
    assert re.search(r'href="mailto:talk\+\w+@', page)
    assert anna.email not in page


def test_a_number_is_taken_back_and_another_given(reader: Reader, erin: Enquiry, anna: Ambassador) -> None:
    row = introduced(erin, anna, State.AGREED, way=TalkBy.PHONE, released_phone="+447700900123")
    reader.sends(f"{PAGE}number/take-back/")
    assert as_it_is(row).released_phone == ""
    assert "has no number to ring you on" in reader.sees(PAGE)
    reader.sends(f"{PAGE}number/take-back/")
    reader.sends(f"{PAGE}number/", phone="07700 900456")
    assert as_it_is(row).released_phone == "+447700900456"
