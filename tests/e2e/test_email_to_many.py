"""An email to many: begun, written in parts, put right, looked at and tried on oneself. Every page on the way is looked
at for barriers."""

from tests.e2e.barriers import BothScreens
from tests.e2e.officer import Mailbox, Staff
from tests.e2e.people import MINA
from tests.e2e.tab import Tab

NAME = "Spring letter"


def test_an_email_to_many_is_written_and_tried(staff: Staff, mailbox: Mailbox) -> None:
    tab = staff.who(MINA).tab
    seen = BothScreens(tab, "email-to-many")
    says_who_we_are(tab, seen)
    begins(tab)
    writes(tab, seen)
    checks(tab, seen)
    mailbox.reads(MINA, about="Test: Could you foster, Erin?")
    assert "Hello Erin, we would like to meet you." in mailbox.looks()
    seen.assert_nothing_found()


def says_who_we_are(tab: Tab, seen: BothScreens) -> None:
    tab.open("/staff/campaigns/mailing/looks/kent/")
    tab.fill("Colour", "#ffdd00")
    tab.press("Save")
    assert "choose a darker one" in tab.text
    seen.look("look-errors")
    tab.fill("Colour", "#0d4f4f")
    tab.fill("Postal address, for the foot of every email", "1 Example Street, Maidstone ME14 1XX")
    tab.press("Save")
    assert "From now on emails look like this." in tab.everything()


def begins(tab: Tab) -> None:
    tab.open("/staff/campaigns/mailing/")
    tab.follow("From Kent County Council")
    tab.fill("Name of the email", NAME)
    tab.page.get_by_label("Campaign", exact=True).select_option(label="A new campaign")
    tab.fill("Name of the new campaign", "Spring letters")
    tab.press("Begin the email")
    tab.follow("Write it")


def writes(tab: Tab, seen: BothScreens) -> None:
    seen.look("nothing-yet")
    tab.fill("Subject", "Could you foster, {first_name|perhaps}?")
    for part in ("Button", "Text"):
        tab.press(part)
    assert "Not saved yet." in tab.text
    tab.fill("Words on the button", "Tell us about yourself")
    tab.fill("Where it leads", "/enquire/")
    tab.fill("Text", "Hello {first_name}, we would like to meet you.")
    tab.press("Move up 2. Text")
    seen.look("two-parts")
    tab.leave_by(tab.page.get_by_role("button", name="Save", exact=True).first)
    assert "“{first_name}” may be empty." in tab.text
    seen.look("write-errors")
    tab.fill("Text", "Hello {first_name|there}, we would like to meet you.")
    tab.page.get_by_role("button", name="Look at it without saving", exact=True).click()
    tab.page.frame_locator("iframe").get_by_text("Hello Erin, we would like").wait_for()
    tab.press("Save and check")


def checks(tab: Tab, seen: BothScreens) -> None:
    assert "Nothing is missing from it." in tab.text
    assert tab.page.frame_locator("iframe >> nth=1").get_by_role("link", name="Tell us about yourself").is_visible()
    seen.look("preview")
    tab.follow("For somebody whose name we do not know")
    assert "Could you foster, perhaps?" in tab.text
    # By the keyboard: Chromium loses a click near frames of their own process once the window was another size.
    with tab.page.expect_navigation():
        tab.page.get_by_role("button", name="Send me a test", exact=True).press("Enter")
    assert "A test is on its way to mina@example.org." in tab.everything()
