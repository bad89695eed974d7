"""A morning of an officer, from the log-in to a letter, as it is lived: on a phone, at a desk, and by keyboard."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.barriers import Inspection
from tests.e2e.chromium import DESKTOP, SCREENS
from tests.e2e.officer import Mailbox, Officer, Staff
from tests.e2e.people import MINA, officer_of
from tests.e2e.tab import Tab, Tabs
from tests.e2e.visitor import CALL, Visitor

LETTERS = "/staff/enquiries/lettertemplate/"
EXPORT = "/staff/enquiries/enquiry/export/"
TODAY = date.today()  # noqa: DTZ011  # the site's own clock


def steps(tab: Tab) -> Locator:
    return tab.page.locator("section[aria-labelledby=steps]")


@pytest.mark.parametrize("screen", SCREENS)
def test_an_enquiry_of_this_morning_is_taken_and_brought_to_a_visit(
    screen: str, visitor: Visitor, tabs: Tabs, mailbox: Mailbox
) -> None:
    visitor.begins("ME14 1XQ")
    email = f"dora.{screen}@example.org"
    visitor.walks_on(name="Dora Dawn", email=email, phone="07700 900123", way=CALL)
    reference = visitor.sends().reference
    officer = Officer(tabs.open(SCREENS[screen]))
    seen = Inspection(officer.tab, f"officers-day-{screen}")
    officer.logs_in(officer_of("kent"))
    seen.look("your-work")
    takes_it_from_the_counts(officer, reference)
    seen.look("mine")
    corrects_the_postcode(officer)
    moves_on_and_back(officer, seen)
    books_a_visit(officer)
    seen.look("visit-booked")
    assert "10:30am" in mailbox.reads(email, about="visit")
    seen.assert_nothing_found()


def takes_it_from_the_counts(officer: Officer, reference: str) -> None:
    unread, mine = officer.counted("Not opened yet"), officer.counted("My cases")
    officer.opens_from_work("New")
    officer.tab.follow(reference)
    officer.claims()
    assert officer.counted("Not opened yet") == unread - 1
    assert officer.counted("My cases") == mine + 1
    officer.opens_from_work("My cases")
    pages = len(officer.tab.shown)
    officer.tab.follow(reference)
    officer.writes_down("Rang", "Reached")
    assert len(officer.tab.shown) - pages == 2, "an attempt is two clicks away from the list"
    assert "In contact" in officer.tab.text


def corrects_the_postcode(officer: Officer) -> None:
    officer.tab.follow("Correct what is known of them")
    officer.tab.fill("Postcode", "me14 1x")
    officer.tab.press("Save")
    assert "Correct the postcode, or leave it empty." in officer.tab.text
    officer.tab.fill("Postcode", "me141xx")
    officer.tab.press("Save")
    assert "ME14 1XX" in officer.tab.page.locator("section[aria-labelledby=said]").inner_text()
    assert "Check the council." not in officer.tab.text


def moves_on_and_back(officer: Officer, seen: Inspection) -> None:
    tab = officer.tab
    tab.page.get_by_label("Step", exact=True).select_option(label="Visited")
    tab.page.locator("#step-on").fill((TODAY - timedelta(days=9)).isoformat())
    tab.press("Move the case on")
    assert "nothing can have happened before" in tab.text
    seen.look("day-refused")
    assert tab.page.get_by_label("Step", exact=True).locator("option:checked").inner_text() == "Visited"
    tab.page.locator("#step-on").fill(TODAY.isoformat())
    tab.press("Move the case on")
    assert f"Visited since {TODAY.day} {TODAY:%B %Y}" in steps(tab).inner_text()
    tab.press("Undo “Visited”")
    assert "The case is “In contact” again." in tab.everything()


def books_a_visit(officer: Officer) -> None:
    officer.unfolds("Visit booked")
    day = TODAY + timedelta(days=9)
    officer.tab.page.locator("#visit-at").fill(f"{day.isoformat()}T10:30")
    officer.tab.leave_by(steps(officer.tab).get_by_role("button", name="Visit booked"))
    assert f"{day:%A} {day.day} {day:%B}, 10:30am" in officer.tab.page.locator("#visit + p").inner_text()


def test_a_letter_of_the_council_is_filled_in_seen_and_sent(staff: Staff, mailbox: Mailbox) -> None:
    manager = staff.who(MINA)
    manager.tab.open(LETTERS)
    manager.tab.leave_by(manager.tab.page.get_by_role("link", name="From “Before our visit”"))
    manager.tab.fill("Name of the letter", "Before we come")
    manager.tab.press("Save")
    officer = staff.at("kent")
    seen = Inspection(officer.tab, "officers-letter")
    seen.open("letters", LETTERS)
    to = "lena.letter@example.org"
    officer.takes_call(name="Lena Letter", phone="07700 900701", postcode="ME14 1XQ", email=to)
    officer.writes_down("Rang", "Reached")
    books_a_visit(officer)
    officer.tab.page.get_by_label("Start from").select_option(label="Before we come")
    officer.tab.press("Write")
    day = TODAY + timedelta(days=9)
    assert f"{day.day} {day:%B}" in officer.tab.value("Subject")
    assert officer.tab.value("Your words").startswith("Hello Lena,")
    officer.tab.press("See it as it will arrive")
    shown = officer.tab.page.frame_locator("iframe").locator("body")
    expect(shown).to_contain_text("I am looking forward to meeting you on")
    seen.look("as-it-arrives")
    as_seen = shown.inner_text()
    officer.tab.press("Send")
    assert "is waiting to leave" in officer.tab.text
    mailbox.tab.open(f"/mailbox/?to={to}")
    mailbox.tab.leave_by(mailbox.tab.page.locator(".hub-mail", has_text="Our visit on").get_by_role("link").first)
    assert mailbox.looks() == as_seen
    seen.assert_nothing_found()


def test_taking_lists_out_is_not_an_officers(staff: Staff) -> None:
    officer = staff.at("kent")
    officer.takes_call(name="Xenia Export", phone="07700 900702", postcode="ME14 1XQ")
    officer.finds("Xenia Export")
    assert officer.tab.page.get_by_role("rowheader").count() == 1
    assert "Take this list out" not in officer.tab.everything()
    assert officer.tab.is_refused(EXPORT)
    assert "Your role does not open this page." in officer.tab.text


def test_an_attempt_is_written_down_by_keys_alone(staff: Staff) -> None:
    officer = staff.at("kent", DESKTOP)
    tab = officer.tab
    reference = officer.takes_call(name="Kez Keyboard", phone="07700 900703", postcode="ME14 1XQ")
    tab.open("/staff/")
    tab.walks_to(tab.page.get_by_role("navigation", name="Main").get_by_role("link", name="Enquiries", exact=True))
    tab.keys("Enter")
    tab.walks_to(tab.page.get_by_label("Find by name, phone, email, postcode or reference"))
    tab.page.keyboard.type("kez keyb")
    tab.keys("Enter")
    tab.walks_to(tab.page.get_by_role("link", name=reference))
    tab.keys("Enter")
    tab.walks_to(tab.page.get_by_role("button", name="Rang: Left a voicemail"))
    tab.keys("Enter")
    assert "Phone call: Left a voicemail" in tab.text
