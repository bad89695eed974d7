"""The same form sent twice is one enquiry; Back never loses an answer."""

import secrets

import pytest

from tests.e2e.chromium import DESKTOP
from tests.e2e.officer import Staff
from tests.e2e.records import Records
from tests.e2e.tab import Tabs
from tests.e2e.visitor import CALL, NEW, Visitor


def walk_to_check(visitor: Visitor) -> str:
    """With an address that nobody has used before, which is given back: a second form under one joins the first."""
    email = f"erin.{secrets.token_hex(4)}@example.org"
    visitor.begins("SO23 8UJ")
    visitor.picks(NEW)
    visitor.gives_details("Erin Example", email=email, phone="07700 900123")
    visitor.wants(CALL, "Weekday mornings, 9am to midday", "In a voicemail")
    visitor.adds("We have a dog", "Yes, by email")
    visitor.thinks()
    return email


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_double_click_makes_one_enquiry(tabs: Tabs, records: Records, scripts: bool) -> None:
    visitor = Visitor(tabs.open(DESKTOP, scripts=scripts))
    walk_to_check(visitor)
    before = records.count()
    visitor.tab.page.get_by_role("button", name="Send your enquiry").dblclick()
    visitor.tab.page.wait_for_url("**/enquire/sent/")
    assert visitor.reads_confirmation().reference
    after = records.count()
    for table in ("enquiries_enquiry", "enquiries_submission"):
        assert after[table] == before[table] + 1


def test_back_and_send_again_gives_the_same_reference(visitor: Visitor, records: Records) -> None:
    walk_to_check(visitor)
    first = visitor.sends()
    before = records.count()
    visitor.tab.back()
    assert visitor.tab.heading == "Check your answers"
    second = visitor.sends()
    assert second == first
    assert records.count() == before


def test_changed_answers_join_the_same_enquiry_and_the_officer_sees_both(visitor: Visitor, staff: Staff) -> None:
    email = walk_to_check(visitor)
    first = visitor.sends()
    visitor.tab.back()
    visitor.tab.follow("Change your phone number")
    visitor.gives_details("Erin Example", email=email, phone="07700 900999")
    visitor.tab.open("/enquire/check/")
    second = visitor.sends()
    assert second.reference == first.reference
    assert "You sent us changed answers." in second.text
    officer = staff.at("hampshire")
    officer.opens_case(first.reference)
    assert "They sent the form again with other answers." in officer.tab.text
    assert "900999" in officer.tab.text.replace(" ", "")


def test_another_person_may_start_anew_after_somebody_else_sent_theirs(visitor: Visitor) -> None:
    walk_to_check(visitor)
    first = visitor.sends()
    walk_to_check(visitor)
    assert visitor.sends().reference != first.reference


def test_whoever_clears_the_shared_computer_leaves_no_answer_behind(visitor: Visitor) -> None:
    walk_to_check(visitor)
    visitor.sends()
    visitor.tab.press("Clear my answers from this computer")
    visitor.tab.open("/enquire/details/")
    assert visitor.tab.heading == "What is your postcode?"
    assert visitor.tab.value("What is your postcode?") == ""


@pytest.mark.parametrize("how", ["the browser's Back", "the page's Back link"])
def test_back_never_loses_an_answer(visitor: Visitor, how: str) -> None:
    email = walk_to_check(visitor)
    tab = visitor.tab
    back = tab.back if how == "the browser's Back" else lambda: tab.follow("Back")
    back()
    assert tab.value("Is there anything else you would like us to know? (optional)") == "We have a dog"
    assert tab.is_chosen("Yes, by email")
    assert not tab.is_chosen("Yes, by text message")
    back()
    assert tab.is_chosen("Phone call")
    assert tab.is_chosen("Weekday mornings, 9am to midday")
    assert tab.is_chosen("In a voicemail")
    back()
    assert tab.value("Your name") == "Erin Example"
    assert tab.value("Email address") == email
    assert tab.value("Phone number") == "07700 900123"
    back()
    assert tab.is_chosen(NEW)
    tab.open("/enquire/check/")
    assert tab.heading == "Check your answers"
