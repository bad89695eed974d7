"""Your enquiry, from the link in a mail: on a phone and a desktop, with a keyboard, without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.barriers import Inspection
from tests.e2e.chromium import DESKTOP, PHONE, SCREENS
from tests.e2e.officer import Mailbox, Staff
from tests.e2e.tab import Tab, Tabs
from tests.e2e.visitor import CALL, EMAIL, Visitor

NEW_ADDRESS = "new-home@example.org"


def enquire(visitor: Visitor, email: str, *, way: str = CALL) -> str:
    visitor.begins("ME14 1XQ")
    visitor.walks_on(name="Yara Enquiry", email=email, phone="07700 900123", way=way)
    return visitor.sends().reference


def link_for(tab: Tab, mailbox: Mailbox, reference: str, email: str) -> str:
    """Asked for with the reference and the address, as whoever has lost the mail does."""
    tab.open("/your-enquiry/lost-link/")
    tab.fill("Your reference", reference.lower())
    tab.fill("Your email address", email)
    tab.press("Send me a link")
    assert tab.heading == "Look in your email"
    return link_in(mailbox, email)


def link_in(mailbox: Mailbox, email: str) -> str:
    return page_in(mailbox.reads(email, about="Your link"), "your-enquiry")


def test_a_link_opens_the_page_and_its_token_is_gone(visitor: Visitor, mailbox: Mailbox) -> None:
    reference = enquire(visitor, "yara@example.org")
    link = link_for(visitor.tab, mailbox, reference, "yara@example.org")
    visitor.tab.open(link)
    assert visitor.tab.path == "/your-enquiry/"
    assert reference in visitor.tab.text
    assert "Kent Fostering will ring you by" in visitor.tab.text
    assert all(link not in address for address in visitor.tab.shown)
    visitor.tab.press("Close this page on this computer")
    visitor.tab.open("/your-enquiry/")
    assert visitor.tab.heading == "Open the link in our email"


def test_a_new_address_takes_over_and_links_in_the_old_mailbox_close(
    visitor: Visitor, mailbox: Mailbox, tabs: Tabs
) -> None:
    reference = enquire(visitor, "old-home@example.org")
    old_link = link_for(visitor.tab, mailbox, reference, "old-home@example.org")
    visitor.tab.open(old_link)
    visitor.tab.leave_by(visitor.tab.page.get_by_role("link", name="Change your email address"))
    visitor.tab.fill("Email address", NEW_ADDRESS)
    visitor.tab.press("Save")
    assert "We have saved how to reach you." in visitor.tab.text
    assert "n…@example.org" in visitor.tab.text
    assert "If it was not you" in mailbox.reads("old-home@example.org", about="new email address")
    stranger = tabs.open(PHONE)
    stranger.open(old_link)
    assert stranger.heading == "This link does not work any more"
    stranger.open(link_in(mailbox, NEW_ADDRESS))
    assert reference in stranger.text


def test_the_confirmation_leads_to_the_page_and_to_the_button_that_stops_us(visitor: Visitor, mailbox: Mailbox) -> None:
    reference = enquire(visitor, "stan@example.org")
    mail = mailbox.reads("stan@example.org", about=reference)
    visitor.tab.open(page_in(mail, "your-enquiry"))
    assert reference in visitor.tab.text
    visitor.tab.open(page_in(mail, "stop"))
    visitor.tab.press("Stop the messages")
    assert visitor.tab.heading == "We have stopped"
    visitor.tab.open("/your-enquiry/")
    assert "You asked us to stop our messages." in visitor.tab.text


def page_in(mail: str, page: str) -> str:
    found = re.search(rf"http://localhost:\d+(/{page}/\S+/)", mail)
    assert found
    return found[1]


def test_who_says_no_and_comes_back_is_promised_an_answer(visitor: Visitor, mailbox: Mailbox, staff: Staff) -> None:
    reference = enquire(visitor, "nora@example.org", way=EMAIL)
    visitor.tab.open(link_for(visitor.tab, mailbox, reference, "nora@example.org"))
    visitor.tab.follow("Tell us if you want to go on, wait or stop")
    visitor.tab.choose("No, I do not want to go on")
    visitor.tab.press("Continue")
    assert "Your enquiry is closed, because you did not want to go on." in visitor.tab.text
    visitor.tab.press("Tell us if you would like to go on")
    visitor.tab.choose("Yes, I am still interested")
    visitor.tab.press("Continue")
    assert "Kent Fostering will send you an email by" in visitor.tab.text
    officer = staff.at("kent")
    officer.opens_case(reference)
    assert "They are still interested" in officer.tab.text


def test_everything_works_with_a_keyboard_and_without_scripts(visitor: Visitor, mailbox: Mailbox, tabs: Tabs) -> None:
    reference = enquire(visitor, "kim@example.org")
    link = link_for(visitor.tab, mailbox, reference, "kim@example.org")
    tab = tabs.open(DESKTOP, scripts=False)
    tab.open(link)
    keyboard = tab.page.keyboard
    tab.page.get_by_role("link", name="Tell us if you want to go on, wait or stop").focus()
    keyboard.press("Enter")
    tab.page.get_by_label("Not now: ask me again later").focus()
    keyboard.press("Space")
    keyboard.press("Tab")
    expect(tab.focused).to_have_attribute("name", "month")
    keyboard.press("ArrowDown")
    keyboard.press("Tab")
    keyboard.press("Tab")
    expect(tab.focused).to_have_text("Continue")
    keyboard.press("Enter")
    expect(tab.page.locator("main")).to_contain_text("Now is not the right time for you, and that is fine.")


@pytest.mark.parametrize("screen", SCREENS)
def test_your_enquiry_has_no_barriers(screen: str, visitor: Visitor, mailbox: Mailbox, tabs: Tabs) -> None:
    email = f"vera-{screen}@example.org"
    reference = enquire(visitor, email)
    inspection = Inspection(tabs.open(SCREENS[screen]), f"your-enquiry-{screen}")
    tab = inspection.tab
    inspection.open("no-link", "/your-enquiry/link/")
    inspection.open("lost", "/your-enquiry/lost-link/")
    tab.press("Send me a link")
    inspection.look("lost-errors")
    tab.open("/your-enquiry/garbled/")
    inspection.look("link-closed")
    tab.press("Send me a new link")
    inspection.look("on-its-way")
    inspection.open("stop-unknown", "/stop/garbled/")
    tab.open(link_for(tab, mailbox, reference, email))
    inspection.look("page")
    inspection.open("contact", "/your-enquiry/contact/")
    tab.fill("Email address", "vera@")
    tab.choose("Text message")
    tab.fill("Phone number", "01622 900123")
    tab.press("Save")
    inspection.look("contact-errors")
    answers(inspection)
    inspection.assert_nothing_found()


def answers(inspection: Inspection) -> None:
    tab = inspection.tab
    inspection.open("interest", "/your-enquiry/interest/")
    tab.choose("Not now: ask me again later")
    inspection.look("interest-not-now")
    tab.press("Continue")
    inspection.look("interest-errors")
    inspection.open("stop", "/your-enquiry/messages/")
    tab.press("Stop the messages")
    inspection.look("stopped")
    tab.open("/your-enquiry/interest/")
    tab.choose("No, I do not want to go on")
    inspection.look("interest-no")
    tab.press("Continue")
    inspection.look("page-closed")
