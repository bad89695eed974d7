"""From the start page to the officer's screen, for every way a postcode can turn out."""

import re
from dataclasses import dataclass

import pytest

from tests.e2e.chromium import PHONE
from tests.e2e.officer import Mailbox, Staff
from tests.e2e.people import OFFICE, duty_mailbox
from tests.e2e.tab import Tabs
from tests.e2e.visitor import CALL, EMAIL, Confirmation, Visitor

WORKING_DAY = re.compile(r"by \d{1,2}(:\d\d)?(am|pm) on (Monday|Tuesday|Wednesday|Thursday|Friday) \d{1,2} [A-Z][a-z]+")


@dataclass(frozen=True)
class Place:
    """`choices` are pressed or picked between the postcode and "what brings you here"."""

    postcode: str
    council: str
    code: str
    service: str
    choices: tuple[str, ...] = ()


GO_ON = "Go on and ask us"
BRACKNELL = "Bracknell Forest Council"
READING = "Brighter Futures for Children"
HUB = "Local Authority Fostering South East"
PLACES = {
    "a district of Hampshire": Place("SO23 8UJ", "hampshire", "HAM", "Hampshire County Council"),
    "SL4 in Windsor": Place("SL4 1NJ", "windsor-and-maidenhead", "WAM", "Achieving for Children"),
    "SL4 in Bracknell Forest": Place("sl42da", "bracknell-forest", "BRF", BRACKNELL),
    "RG4 in Reading": Place("RG4 5AA", "reading", "REA", READING),
    "RG4 in Wokingham": Place("RG4 5XX", "wokingham", "WOK", "Wokingham Borough Council"),
    "RG4 in Oxfordshire": Place("RG4 9AA", "oxfordshire", "OXF", "Oxfordshire County Council"),
    "Kingston": Place("KT1 1EU", "kingston-upon-thames", "KIN", "Achieving for Children"),
    "Buckinghamshire, not a member": Place("HP9 1AB", OFFICE, "LAF", HUB, (GO_ON,)),
    "Scotland": Place("EH1 1YZ", OFFICE, "LAF", HUB, (GO_ON,)),
    "a new home in a known sector": Place("SO23 9ZZ", "hampshire", "HAM", "Hampshire County Council"),
    "a new home in a sector of three": Place("RG4 6UG", "reading", "REA", READING, ("Reading Borough Council",)),
    "a new home in no known district": Place("SO99 1AA", OFFICE, "LAF", HUB),
    "near a border, council named": Place("SL4 2BH", "bracknell-forest", "BRF", BRACKNELL, (BRACKNELL,)),
    "near a border, not sure": Place(
        "SL4 2BH", "windsor-and-maidenhead", "WAM", "Achieving for Children", ("I am not sure",)
    ),
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES.keys())
def test_an_enquiry_goes_from_the_start_page_to_the_officers_screen(
    place: Place, visitor: Visitor, staff: Staff, mailbox: Mailbox
) -> None:
    confirmation = enquire(visitor, place)
    assert_promised(confirmation, place)
    assert_told_by_mail(confirmation, place, mailbox)
    assert_worked(confirmation, place, staff)


def enquire(visitor: Visitor, place: Place) -> Confirmation:
    visitor.begins(place.postcode)
    for choice in place.choices:
        if choice == GO_ON:
            visitor.tab.press(GO_ON)
        else:
            visitor.picks(choice)
    assert place.service in visitor.tab.text
    visitor.walks_on(name="Erin Example", email=address(place), phone="07700 900123", way=CALL)
    return visitor.sends()


def address(place: Place) -> str:
    return f"erin.{re.sub('[^a-z0-9]', '', place.postcode.lower())}.{place.code.lower()}@example.org"


def assert_promised(confirmation: Confirmation, place: Place) -> None:
    assert re.fullmatch(rf"{place.code}-[A-Z0-9]+(-[A-Z0-9]+)*", confirmation.reference)
    assert confirmation.promise.startswith(f"{place.service} will ring you by ")
    assert WORKING_DAY.search(confirmation.promise)


def assert_told_by_mail(confirmation: Confirmation, place: Place, mailbox: Mailbox) -> None:
    ours = mailbox.reads(address(place), about=confirmation.reference)
    for text in (ours, mailbox.looks()):
        assert confirmation.promise in text
        assert confirmation.reference in text
    theirs = mailbox.reads(duty_mailbox(place.council), about=confirmation.reference)
    assert "/staff/enquiries/enquiry/" in theirs
    for personal in ("Erin", "Example", address(place), "900123", place.postcode):
        assert personal not in theirs.replace("example.org", "")


def assert_worked(confirmation: Confirmation, place: Place, staff: Staff) -> None:
    officer = staff.at(place.council)
    officer.opens_case(confirmation.reference)
    assert "Erin Example" in officer.tab.heading
    assert confirmation.promise in officer.tab.text
    officer.claims()
    assert "This case is yours." in officer.tab.everything()
    officer.writes_down("Rang", "Reached")
    assert "In contact" in officer.tab.text
    assert "Written down: phone call, reached" in officer.tab.everything()


def test_a_reference_takes_at_most_eight_pages_and_five_required_answers(visitor: Visitor) -> None:
    visitor.begins("SO23 8UJ")
    visitor.walks_on(name="Erin Example", email="erin@example.org", way=EMAIL)
    visitor.sends()
    assert len(visitor.tab.shown) <= 8, visitor.tab.shown
    assert visitor.required - 1 <= 5  # email or phone counts as one answer, and the way to get in touch is one


def test_somebody_without_a_postcode_is_answered_by_the_hub_office(visitor: Visitor, staff: Staff) -> None:
    visitor.has_no_postcode()
    assert f"{HUB} will answer you" in visitor.tab.text
    visitor.walks_on(name="Noor Nowhere", phone="07700 900124", way=CALL)
    confirmation = visitor.sends()
    assert confirmation.reference.startswith("LAF-")
    assert "We have no email address for you" in confirmation.text
    office = staff.at(OFFICE)
    office.opens_case(confirmation.reference)
    assert "Noor Nowhere" in office.tab.heading
    assert "No postcode was given." in office.tab.text


def test_somebody_who_mistyped_the_postcode_keeps_it_and_may_go_on_without_it(visitor: Visitor) -> None:
    visitor.begins("ZZ9 9ZZ")
    assert "Enter a full UK postcode" in visitor.tab.text
    assert visitor.tab.value("What is your postcode?") == "ZZ9 9ZZ"
    visitor.tab.press("Go on without a postcode")
    assert visitor.tab.heading == "What brings you here?"


def test_without_scripts_an_enquiry_arrives_all_the_same(tabs: Tabs, staff: Staff) -> None:
    visitor = Visitor(tabs.open(PHONE, scripts=False))
    visitor.begins("SL4 2BH")
    visitor.picks(BRACKNELL)
    visitor.walks_on(name="Nell Noscript", email="nell@example.org", phone="07700 900126", way=CALL)
    confirmation = visitor.sends()
    assert confirmation.promise.startswith(f"{BRACKNELL} will ring you by ")
    officer = staff.at("bracknell-forest")
    officer.opens_case(confirmation.reference)
    assert "Nell Noscript" in officer.tab.heading
