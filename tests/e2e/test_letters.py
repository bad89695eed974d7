"""A letter from the council's text to the enquirer's mailbox, on a phone and at a desk, and without scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.barriers import Inspection
from tests.e2e.chromium import SCREENS
from tests.e2e.officer import Mailbox, Officer, Staff
from tests.e2e.tab import Tab
from tests.e2e.test_staff_screens import takes_a_call

LETTERS = "/staff/enquiries/lettertemplate/"
MINA = "mina@example.org"


def seen_in(tab: Tab) -> Locator:
    """The mail in its frame, which has a process of its own and so a moment of its own."""
    return tab.page.frame_locator("iframe").locator("body")


@pytest.fixture(params=SCREENS)
def screen(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def manager(staff: Staff, screen: str) -> Iterator[Officer]:
    yield staff.who(MINA, SCREENS[screen])


def test_a_manager_writes_a_letter_and_sees_it_first(manager: Officer, screen: str) -> None:
    inspection, tab = Inspection(manager.tab, screen), manager.tab
    inspection.open("letters", LETTERS)
    tab.leave_by(tab.page.get_by_role("link", name="From “Before our visit”"))
    tab.fill("Name of the letter", f"Before our visit ({screen})")
    tab.press("See it as it arrives, without saving")
    expect(seen_in(tab)).to_contain_text("Hello Erin,")
    inspection.look("letter-new")
    tab.press("Save")
    assert "Saved. Colleagues can start from" in tab.text
    tab.fill("Letter", "((greting))")
    tab.press("Save")
    inspection.look("letter-refused")
    assert "Did you mean ((greeting))?" in tab.text
    tab.open(LETTERS)
    inspection.look("letters-of-kent")
    tab.leave_by(tab.page.get_by_role("link", name=f"Before our visit ({screen})"))
    tab.press("Use it no more")
    assert "is not in use any more" in tab.text
    inspection.assert_nothing_found()


def test_a_letter_is_written_seen_changed_called_back_and_sent(staff: Staff, screen: str) -> None:
    officer = staff.at("kent", SCREENS[screen])
    inspection, tab = Inspection(officer.tab, screen), officer.tab
    to = f"wanda.wilhelmina.alexandrina.featherstonehaugh.cholmondeley.{screen}@example.org"  # as wide as a phone
    takes_a_call(officer, name="Wanda Writes", email=to)
    tab.press("Write")
    inspection.look("write")
    tab.fill("Subject", "About fostering")
    tab.fill("Your words", "Hello Wanda,\n\n# Three things\n\n* one\n* two\n* ((visit))\n\nKent")
    tab.press("See it as it will arrive")
    inspection.look("write-refused")
    assert "((visit)) could not be filled in" in tab.text
    tab.fill("Your words", "Hello Wanda,\n\n# Three things\n\n* one\n* two\n* three\n\nKent")
    tab.press("See it as it will arrive")
    expect(seen_in(tab)).to_contain_text("Three things")
    inspection.look("write-look")
    assert seen_in(tab).locator("td.band").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(13, 79, 79)"
    tab.press("Change it")
    assert "* three" in tab.value("Your words")
    tab.press("See it as it will arrive")
    tab.press("Send")
    inspection.look("write-sent")
    tab.leave_by(tab.page.get_by_role("button", name="Call it back"))
    inspection.look("write-called-back")
    assert "Called back: nothing was sent" in tab.text
    tab.press("See it as it will arrive")
    tab.press("Send")
    assert "“About fostering” is waiting to leave" in tab.text
    inspection.assert_nothing_found()


def test_without_scripts_a_letter_leaves_as_it_was_seen(staff: Staff, mailbox: Mailbox) -> None:
    officer = staff.at("kent")
    takes_a_call(officer, name="Nora Noscript", email="nora.noscript@example.org")
    tab = staff.tabs.open(scripts=False, known=officer.tab.page.context.storage_state())
    tab.open(officer.tab.path.replace("/change/", "/write/"))
    tab.fill("Subject", "Shall we talk?")
    tab.fill("Your words", "Hello Nora,\n\nshall we talk?")
    tab.press("See it as it will arrive")
    expect(seen_in(tab)).to_contain_text("shall we talk?")
    seen = seen_in(tab).inner_text()
    tab.press("Send")
    assert "is waiting to leave" in tab.text
    mailbox.tab.open("/mailbox/?to=nora.noscript@example.org")
    mailbox.tab.leave_by(mailbox.tab.page.locator(".hub-mail", has_text="Shall we talk?").get_by_role("link"))
    assert mailbox.looks() == seen
