"""Households that two councils know, which only the hub office joins; and what a safeguarding lead writes down, which
nobody else sees."""

import pytest

from tests.e2e.barriers import Inspection
from tests.e2e.chromium import SCREENS
from tests.e2e.officer import Officer, Staff
from tests.e2e.people import HUGH, MINA, OFFICE, SADE

HOUSEHOLDS = "/staff/enquiries/householdproposal/"
ELSEWHERE = "Another council of the hub knows this household."
SECRET = "The ocelot of the neighbours"


@pytest.mark.parametrize("screen", SCREENS)
def test_the_hub_office_says_which_two_are_one_household(staff: Staff, screen: str) -> None:
    hub = staff.at(OFFICE, SCREENS[screen])
    seen = Inspection(hub.tab, f"households-{screen}")
    pair = rings_two_councils(hub, f"Hale{screen}", f"07700 90077{len(screen)}")
    others = rings_two_councils(hub, f"Holm{screen}", f"07700 90078{len(screen)}")
    hub.tab.open(HOUSEHOLDS)
    seen.look("two-to-look-at")
    slower = staff.at(OFFICE, SCREENS[screen])
    slower.tab.open(HOUSEHOLDS)
    answers(hub, pair, "One household")
    assert "One household. The figures of the region count it once" in hub.tab.everything()
    answers(slower, pair, "Two households")
    assert "Somebody was faster: joined." in slower.tab.text
    Inspection(slower.tab, f"households-{screen}", found=seen.found, seen=seen.seen).look("too-late")
    answers(hub, others, "Two households")
    assert "Two households. They are not proposed again." in hub.tab.everything()
    seen.look("none-left")
    assert "No households to compare." in hub.tab.text
    assert tells_kent(staff, pair[0]) and not tells_kent(staff, others[0])
    seen.assert_nothing_found()


def rings_two_councils(hub: Officer, surname: str, phone: str) -> tuple[str, str]:
    """The same surname at the same postcode, with two numbers."""
    kent = hub.takes_call(name=f"Hedy {surname}", phone=phone, postcode="ME14 1XQ")
    other = {"phone": phone[:-1] + "9", "postcode": "ME14 1XQ", "council": "Medway Council"}
    return kent, hub.takes_call(name=f"Hugo {surname}", **other)


def answers(hub: Officer, pair: tuple[str, str], button: str) -> None:
    section = hub.tab.page.locator("section", has_text=pair[0])
    assert pair[1] in section.inner_text()
    hub.tab.leave_by(section.get_by_role("button", name=button))


def tells_kent(staff: Staff, reference: str) -> bool:
    """That another council knows them, and nothing more."""
    kent = staff.at("kent")
    kent.tab.open("/staff/")
    kent.opens_case(reference)
    assert "Medway" not in kent.tab.page.locator("section[aria-labelledby=same]").inner_text()
    return ELSEWHERE in kent.tab.text


def test_a_safeguarding_note_is_seen_by_nobody_else(staff: Staff) -> None:
    officer = staff.at("kent")
    reference = officer.takes_call(name="Sella Safe", phone="07700 900791", postcode="ME14 1XQ")
    case = officer.tab.path
    lead = staff.who(SADE)
    lead.tab.open(case)
    lead.tab.fill("Write a note", SECRET)
    lead.tab.press("Save the safeguarding note")
    assert SECRET in lead.tab.text
    lead.finds("ocelot")
    assert "No enquiries found" in lead.tab.text
    for email in (MINA, HUGH):
        hides_it(staff.who(email), case, reference)
    hides_it(staff.at(OFFICE), case, reference)
    hides_it(officer, case, reference)


def hides_it(other: Officer, case: str, reference: str) -> None:
    """Neither the note, nor that there is one: on the case, its referral, the list and the words that are searched."""
    for path in (case, case.replace("/change/", "/referral/"), "/staff/enquiries/enquiry/", "/staff/"):
        other.tab.open(path)
        text = other.tab.text
        assert "ocelot" not in text and "afeguarding" not in text, path
    other.finds("ocelot")
    assert reference not in other.tab.everything()
