"""No barriers on any page, with and without errors, on a phone and on a desktop (axe-core, WCAG 2.2 AA; reflow)."""

from collections.abc import Iterator

import pytest

from tests.e2e.barriers import Inspection
from tests.e2e.chromium import SCREENS
from tests.e2e.officer import Mailbox, Officer, Staff
from tests.e2e.people import OFFICE
from tests.e2e.tab import Tabs
from tests.e2e.test_staff_screens import takes_a_call
from tests.e2e.visitor import CALL, EMAIL, NEW, Visitor

PAGES = {
    "home": "/",
    "councils": "/councils/",
    "council": "/councils/kingston-upon-thames/",
    "council-of-districts": "/councils/hampshire/",
    "what-happens-next": "/what-happens-next/",
    "privacy": "/privacy/",
    "accessibility": "/accessibility/",
    "cookies": "/cookies/",
    "contact": "/contact/",
    "worried": "/worried-about-a-child/",
    "worried-council": "/worried-about-a-child/hampshire/",
    "postcode": "/enquire/postcode/",
}
FOSTERS = "I already foster, or I used to"


@pytest.fixture(params=SCREENS)
def screen(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def inspection(tabs: Tabs, screen: str) -> Iterator[Inspection]:
    yield Inspection(tabs.open(SCREENS[screen]), screen)


def test_pages_around_the_form_have_no_barriers(inspection: Inspection) -> None:
    for name, path in PAGES.items():
        inspection.open(name, path)
    inspection.assert_nothing_found()


def test_pages_of_the_form_have_no_barriers(inspection: Inspection) -> None:
    visitor, tab = Visitor(inspection.tab), inspection.tab
    walk_with_mistakes(visitor, inspection)
    visitor.sends()
    inspection.look("sent")
    tab.press("Help us prepare")
    inspection.look("prepare")
    tab.choose("Yes, please")
    inspection.look("prepare-talk")
    tab.fill("If you would foster with a partner or another adult, what is their name?", "123")
    tab.press("Add to my enquiry")
    inspection.look("prepare-errors")
    tab.fill("If you would foster with a partner or another adult, what is their name?", "Alex Example")
    tab.press("Add to my enquiry")
    inspection.look("sent-prepared")
    inspection.assert_nothing_found()


def walk_with_mistakes(visitor: Visitor, inspection: Inspection) -> None:
    """Every page as it opens, and again with errors."""
    tab = visitor.tab
    visitor.begins("no")
    inspection.look("postcode-errors")
    visitor.gives_postcode("SL4 2BH")
    looks_twice(visitor, inspection, "area")
    visitor.picks("I am not sure")
    looks_twice(visitor, inspection, "reason")
    visitor.picks(NEW)
    looks_twice(visitor, inspection, "details")
    visitor.gives_details(
        "Erin Example-With-A-Rather-Long-Double-Name", email="erin.example@hotmial.com", phone="07700 900123"
    )
    looks_twice(visitor, inspection, "contact")
    tab.choose("Another language than English")
    inspection.look("contact-language")
    visitor.wants(CALL)
    inspection.look("more")
    visitor.adds("x" * 2001)
    inspection.look("more-errors")
    visitor.adds("We have a dog, and a spare room under the roof.", "Yes, by email")
    inspection.look("check-likely-email")


def looks_twice(visitor: Visitor, inspection: Inspection, name: str) -> None:
    inspection.look(name)
    visitor.tab.press("Continue")
    inspection.look(f"{name}-errors")


def test_other_doors_of_the_form_have_no_barriers(inspection: Inspection) -> None:
    visitor, tab = Visitor(inspection.tab), inspection.tab
    for name, postcode in (("buckinghamshire", "HP9 1AB"), ("scotland", "EH1 1YZ")):
        visitor.begins(postcode)
        inspection.look(f"outside-{name}")
    visitor.begins("KT1 1EU")
    tab.follow("choose another council")
    looks_twice(visitor, inspection, "choose-council")
    for door in ("family", "private", "adoption"):
        inspection.open(f"right-door-{door}", f"/enquire/right-door/{door}/")
    tab.open("/enquire/reason/")
    visitor.picks(FOSTERS)
    looks_twice(visitor, inspection, "fostering")
    tab.choose("A council")
    inspection.look("fostering-council")
    tab.page.get_by_label("Which council?", exact=True).select_option("Kent County Council")
    tab.press("Continue")
    inspection.look("your-council")
    inspection.assert_nothing_found()


def test_a_page_that_is_not_there_has_no_barriers(inspection: Inspection) -> None:
    inspection.open("not-found", "/nothing-here/")
    inspection.assert_nothing_found()
    inspection.tab.complaints.clear()  # the browser reports the 404, as it should


def test_the_development_mailbox_has_no_barriers(inspection: Inspection, visitor: Visitor, screen: str) -> None:
    visitor.begins("SO23 8UJ")
    visitor.walks_on(name="Mo Mailbox", email=f"mo.{screen}@example.org", way=EMAIL)
    reference = visitor.sends().reference
    inspection.open("mailbox", "/mailbox/")
    Mailbox(inspection.tab).reads(f"mo.{screen}@example.org", about=reference)
    inspection.look("mail")
    inspection.assert_nothing_found()


def test_pages_of_staff_have_no_barriers(staff: Staff, screen: str, visitor: Visitor) -> None:
    visitor.begins("SO23 8UJ")
    visitor.walks_on(name="Erin Example", email=f"erin.{screen}@example.org", phone="07700 900123", way=CALL)
    reference = visitor.sends().reference
    officer = staff.at("hampshire", SCREENS[screen])
    inspection = Inspection(officer.tab, f"staff-{screen}")
    inspection.look("your-work")
    officer.opens_list()
    inspection.look("list")
    officer.tab.fill("Find by name, phone, email, postcode or reference", "erin")
    officer.tab.press("Find")
    inspection.look("found")
    officer.tab.follow(reference)
    inspection.look("case")
    work(officer, inspection)
    for name, path in STAFF_PAGES.items():
        inspection.open(name, path)
    inspection.open("password", "/staff/account/password/")
    for label in ("Your password now", "New password", "New password once more"):
        officer.tab.fill(label, "short")
    officer.tab.press("Change my password")
    inspection.look("password-errors")
    inspection.assert_nothing_found()


STAFF_PAGES = {
    "to-do": "/staff/enquiries/enquiry/to-do/",
    "councils": "/staff/councils/council/",
    "people": "/staff/councils/membership/",
    "enter": "/staff/enquiries/enquiry/enter/",
    "guide": "/staff/guide/",
    "guide-officer": "/staff/guide/officer/",
    "guide-coordinator": "/staff/guide/coordinator/",
    "guide-manager": "/staff/guide/manager/",
    "guide-hub-officer": "/staff/guide/hub-officer/",
    "guide-safeguarding": "/staff/guide/safeguarding/",
}


def work(officer: Officer, inspection: Inspection) -> None:
    officer.claims()
    officer.writes_down("Rang", "Left a voicemail")
    officer.tab.press("Save the note")
    inspection.look("case-refusal")
    officer.tab.page.get_by_text("Another way, another time, or a comment").click()
    officer.tab.page.locator("details").evaluate_all("all => all.forEach((each) => { each.open = true })")
    inspection.look("case-open")


def test_logging_in_and_the_hub_offices_pages_have_no_barriers(tabs: Tabs, staff: Staff, screen: str) -> None:
    stranger = Inspection(tabs.open(SCREENS[screen]), f"office-{screen}")
    stranger.open("log-in", "/staff/")
    stranger.tab.fill("Email address", "nobody@example.org")
    stranger.tab.fill("Password", "wrong")
    stranger.tab.press("Log in")
    stranger.look("log-in-errors")
    office = staff.at(OFFICE, SCREENS[screen])
    inspection = Inspection(office.tab, f"office-{screen}", found=stranger.found, seen=stranger.seen)
    inspection.open("to-do", "/staff/enquiries/enquiry/to-do/")
    inspection.open("list", "/staff/enquiries/enquiry/?state=all")
    inspection.open("enter", "/staff/enquiries/enquiry/enter/")
    office.tab.press("They agree: save")
    inspection.look("enter-errors")
    inspection.assert_nothing_found()


def test_what_a_manager_may_set_has_no_barriers(tabs: Tabs, screen: str) -> None:
    manager = Officer(tabs.open(SCREENS[screen]))
    inspection = Inspection(manager.tab, f"manager-{screen}")
    manager.logs_in("mina@example.org")
    manager.tab.open("/staff/councils/council/")
    manager.tab.follow("Kent County Council")
    inspection.look("settings")
    manager.tab.fill("Duty mailbox:", "not an address")
    manager.tab.press("Save")
    inspection.look("settings-errors")
    inspection.open("take-out", "/staff/enquiries/enquiry/export/")
    inspection.open("what-we-write", "/staff/enquiries/wording/")
    manager.tab.leave_by(manager.tab.page.get_by_role("link", name="We tried to reach you").first)
    inspection.look("wording")
    manager.tab.fill("Email", "((greting))")
    manager.tab.press("Save")
    assert "Did you mean ((greeting))?" in manager.tab.text
    inspection.look("wording-errors")
    manager.tab.press("Log out")
    inspection.look("logged-out")
    inspection.assert_nothing_found()


def test_what_a_safeguarding_lead_reads_and_writes_has_no_barriers(tabs: Tabs, staff: Staff, screen: str) -> None:
    officer = staff.at("kent")
    takes_a_call(officer, name=f"Sal Safe {screen}")
    lead = Officer(tabs.open(SCREENS[screen]))
    inspection = Inspection(lead.tab, f"safeguarding-{screen}")
    lead.logs_in("sade@example.org")
    inspection.look("your-work")
    lead.tab.open("/staff/enquiries/enquiry/")
    row = lead.tab.page.locator("tr", has_text=f"Sal Safe {screen}")
    lead.tab.leave_by(row.get_by_role("link"))
    lead.tab.press("Save the safeguarding note")
    assert "Write the safeguarding note first." in lead.tab.text
    inspection.look("refused")
    lead.tab.fill("Write a note", "A pangolin lives in the attic")
    lead.tab.press("Save the safeguarding note")
    assert "A pangolin lives in the attic" in lead.tab.text
    inspection.look("case")
    inspection.open("lost", "/staff/nothing-here/")
    inspection.open("refused-page", "/staff/enquiries/enquiry/enter/")
    inspection.assert_nothing_found()
    lead.tab.complaints.clear()  # the browser reports 404 and 403, as it should
    officer.tab.page.reload()
    assert "pangolin" not in officer.tab.everything()
    assert "afeguarding" not in officer.tab.text
