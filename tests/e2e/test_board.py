"""Many cases at once in a real browser: ticked, looked at, given away, on both screens."""

import pytest

from tests.e2e.barriers import barriers
from tests.e2e.chromium import SCREENS, Screen
from tests.e2e.officer import Officer, Staff
from tests.e2e.people import OFFICE
from tests.e2e.test_staff_screens import takes_a_call

NAMES = ("Bella Bulk", "Boris Bulk")


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS.keys())
def test_many_enquiries_are_given_away_at_once(staff: Staff, screen: Screen) -> None:
    officer = staff.at(OFFICE, screen)
    for name in NAMES:
        takes_a_call(officer, name=name)
    officer.tab.open("/staff/")
    assert barriers(officer.tab.page) == []
    finds_bulk(officer)
    assert barriers(officer.tab.page) == []
    ticks_all(officer)
    officer.tab.page.get_by_label("Give them to").select_option(label="Hugh")
    officer.tab.press("Give away")
    assert "These enquiries will be" in officer.tab.text
    assert all(name in officer.tab.text for name in NAMES)
    assert barriers(officer.tab.page) == []
    officer.tab.leave_by(officer.tab.page.get_by_role("button", name="Yes, give them to"))
    assert "enquiries given to" in officer.tab.everything()
    finds_bulk(officer)
    ticks_all(officer)
    officer.tab.page.get_by_label("How they ended").select_option(label="They withdrew")
    officer.tab.press("Close")
    assert "Choose a reason from the list." in officer.tab.text
    assert barriers(officer.tab.page) == []


def finds_bulk(officer: Officer) -> None:
    officer.opens_list()
    officer.tab.fill("Find by name, phone, email, postcode or reference", "bulk")
    officer.tab.press("Find")


def ticks_all(officer: Officer) -> None:
    """The box above the others is there with scripts."""
    above = officer.tab.page.get_by_label("Tick all on this page")
    boxes = officer.tab.page.locator('input[name="case"]')
    assert boxes.count() >= len(NAMES)
    if above.is_visible():
        above.check()
    else:  # on a phone the list is one of cards, without a heading
        for box in boxes.all():
            box.check()
    assert all(box.is_checked() for box in boxes.all())
