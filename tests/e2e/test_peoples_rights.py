"""Somebody asks for what is held on them to be deleted; the manager takes it all out, and has it erased."""

import pytest

from tests.e2e.barriers import Inspection
from tests.e2e.chromium import SCREENS
from tests.e2e.officer import Mailbox, Staff
from tests.e2e.people import MINA
from tests.e2e.test_your_enquiry import enquire, link_for
from tests.e2e.visitor import Visitor

WAYS = dict(zip(SCREENS, ("delia@example.org", "dora@example.org"), strict=True))


@pytest.mark.parametrize("screen", SCREENS)
def test_they_ask_for_deletion_and_the_manager_answers(
    visitor: Visitor, mailbox: Mailbox, staff: Staff, screen: str
) -> None:
    reference = enquire(visitor, WAYS[screen])
    visitor.tab.open(link_for(visitor.tab, mailbox, reference, WAYS[screen]))
    theirs = Inspection(visitor.tab, f"rights-enquirer-{screen}")
    visitor.tab.follow("Delete what you hold on me")
    theirs.look("ask")
    visitor.tab.press("Ask for it to be deleted")
    assert visitor.tab.heading == "You have asked us to delete what we hold on you"
    theirs.look("asked")
    theirs.assert_nothing_found()

    manager = staff.who(MINA, SCREENS[screen])
    tab, seen = manager.tab, Inspection(manager.tab, f"rights-{screen}")
    manager.opens_case(reference)
    assert "They asked us to delete what we hold on them" in tab.text
    tab.follow("Everything held on them, in one file")
    tab.press("Take it out")
    assert "Say what it is for." in tab.text
    seen.look("take-out-refused")
    tab.fill("What is it for?", "They asked for it in the enquiry")
    with tab.page.expect_download() as taken:
        tab.page.get_by_role("button", name="Take it out").click()
    assert taken.value.suggested_filename.startswith("everything-held-")
    tab.follow(f"Back to {reference}")
    tab.follow("Erase this enquiry")
    seen.look("erase")
    tab.press(f"Erase {reference}")
    assert "Say why it is erased." in tab.text
    tab.page.get_by_label("The person asked for it").check()
    tab.page.get_by_label("I understand that this cannot be undone").check()
    seen.look("erase-refused-and-chosen")
    tab.press(f"Erase {reference}")
    assert "to be erased" in tab.everything()
    seen.assert_nothing_found()
