"""An evening from its listing to who came: staff make it, somebody books on a phone, and another phone is at the door.
Every page on the way is looked at for barriers."""

from tests.e2e.barriers import BothScreens
from tests.e2e.chromium import PHONE
from tests.e2e.officer import Mailbox, Officer, Staff
from tests.e2e.tab import Tab
from tests.e2e.test_your_enquiry import page_in
from tests.e2e.visitor import FASTEST_PERSON, Visitor

TITLE = "Could you foster in Maidstone?"
EVIE = "evie.evening@example.org"
# As staff type it, in London, whatever clock this computer shows.
IN_HOURS = """hours => new Date(Date.now() + hours * 3600e3)
  .toLocaleString("sv-SE", { timeZone: "Europe/London" }).slice(0, 16).replace(" ", "T")"""


def test_an_evening_from_listing_to_attendance(visitor: Visitor, staff: Staff, mailbox: Mailbox) -> None:
    seen = BothScreens(visitor.tab, "evening")
    kate = staff.at("kent")
    makes_it(kate, seen)
    books(visitor.tab, seen)
    opens_booking(visitor.tab, mailbox, seen)
    takes_call(kate, seen)
    at_the_door(staff.at("kent", PHONE), seen)
    kate.finds_from_work("Evie Evening")
    assert f"Came to “{TITLE}”" in kate.tab.text
    seen.of(kate.tab).look("case")
    seen.assert_nothing_found()


def makes_it(kate: Officer, seen: BothScreens) -> None:
    tab, look = kate.tab, seen.of(kate.tab).look
    tab.goes_to("Events")
    look("no-events")
    tab.follow("New event")
    tab.press("Save")
    assert "Give the event a title." in tab.text
    look("event-errors")
    tab.fill("Title", TITLE)
    tab.fill("What it is about", "Listen, ask, and talk to people who foster.")
    tab.fill("Starts", tab.page.evaluate(IN_HOURS, 1))
    tab.fill("Ends", tab.page.evaluate(IN_HOURS, 2.5))
    tab.choose("At a place")
    tab.fill("Name of the place", "Town hall")
    tab.fill("Address", "High Street, Maidstone")
    tab.fill("Getting in and getting around", "Step-free from the car park.")
    tab.fill("Places", "3")
    tab.press("Save")
    look("draft")
    tab.press("Publish")
    look("published")


def books(tab: Tab, seen: BothScreens) -> None:
    look = seen.of(tab).look
    tab.open("/events/")
    look("listed")
    tab.follow(TITLE)
    look("event")
    tab.press("Book a place")  # a link that looks like one
    tab.press("Book")
    look("book-errors")
    tab.fill("Your name", "Evie Evening")
    tab.fill("Email address", EVIE)
    tab.fill("Your postcode (optional)", "ME14 1XQ")
    tab.fill("Is there anything you need to take part? (optional)", "I use a wheelchair.")
    tab.page.wait_for_timeout(FASTEST_PERSON * 1000)
    tab.press("Book")
    assert "You have booked" in tab.text
    assert "evie" not in tab.path.lower()
    look("booked")


def opens_booking(tab: Tab, mailbox: Mailbox, seen: BothScreens) -> None:
    mail = mailbox.reads(EVIE, about="You have booked")
    tab.open(page_in(mail, "your-booking"))
    assert "You have booked." in tab.text
    seen.of(tab).look("own-booking")


def takes_call(kate: Officer, seen: BothScreens) -> None:
    """Somebody rings, for three, and two places are left."""
    tab, look = kate.tab, seen.of(kate.tab).look
    opens_event(kate)
    tab.follow("Book for somebody who rings")
    tab.press("They agree: book")
    assert "Enter their name." in tab.text
    look("call-errors")
    tab.fill("Name", "Walter Waits")
    tab.fill("Phone", "07700 900125")
    tab.page.get_by_label("How many people", exact=True).select_option(label="3")
    tab.press("They agree: book")
    assert "they are on the waiting list" in tab.everything()
    look("event-with-bookings")
    tab.follow("Walter Waits")
    look("booking")


def at_the_door(kate: Officer, seen: BothScreens) -> None:
    tab, look = kate.tab, seen.of(kate.tab).look
    opens_event(kate)
    tab.follow("At the door")
    assert "0 here, 1 still expected" in tab.text
    look("door")
    tab.fill("Find a name", "evi")
    tab.press("Find")
    assert "I use a wheelchair." in tab.text
    tab.press("Came: Evie Evening")
    assert "1 here, 0 still expected" in tab.text
    tab.press("Undo: Evie Evening")
    tab.press("Came: Evie Evening")
    tab.follow("Somebody without a booking")
    tab.press("They agree: they are here")
    look("walk-in-errors")
    tab.fill("Name", "Wanda Walks")
    tab.fill("Phone", "07700 900126")
    tab.fill("Postcode", "ME14 1XQ")
    tab.press("They agree: they are here")
    assert "2 here, 0 still expected" in tab.text
    look("door-with-people")
    tab.follow("The event")
    tab.follow("List to print")
    look("list-to-print")


def opens_event(kate: Officer) -> None:
    kate.tab.open("/staff/campaigns/gathering/")
    kate.tab.follow(TITLE)
