"""A case changes hands, and somebody says on which days they work: in a real browser, on both screens."""

import pytest

from tests.e2e.barriers import barriers
from tests.e2e.chromium import SCREENS, Screen
from tests.e2e.officer import Staff
from tests.e2e.test_staff_screens import ABSENCES, takes_a_call


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS.keys())
def test_a_case_is_given_to_a_colleague(staff: Staff, screen: Screen) -> None:
    officer = staff.at("kent", screen)
    takes_a_call(officer, name="Gita Given")
    officer.claims()
    colleague = officer.tab.page.get_by_label("Give it to", exact=True)
    assert "Olu" in colleague.locator("optgroup[label='Hub office']").inner_text()
    assert barriers(officer.tab.page) == []
    officer.tab.press("Give it to them")
    assert "Choose a colleague from the list." in officer.tab.text
    assert barriers(officer.tab.page) == []
    named = colleague.locator("option", has_text="Mina")  # on a weekend the list adds when she is in again
    colleague.select_option(value=named.get_attribute("value"))
    officer.tab.press("Give it to them")
    assert "Mina has this case now." in officer.tab.everything()
    assert "Gave the case to Mina" in officer.tab.text
    assert colleague.count() == 0


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS.keys())
def test_days_of_work_are_changed(staff: Staff, screen: Screen) -> None:
    officer = staff.at("hampshire", screen)
    officer.tab.open(ABSENCES)
    officer.tab.page.locator("summary", has_text="Change: days of work, yours").click()
    assert barriers(officer.tab.page) == []
    monday, saturday = (officer.tab.page.get_by_label(day, exact=True) for day in ("Monday", "Saturday"))
    week_of_five = monday.is_checked()  # whoever walked here before may have changed it: it goes to and fro
    monday.set_checked(not week_of_five)
    saturday.set_checked(week_of_five)
    officer.tab.press("Save the days of work of hampshire")
    words = "Tuesday, Wednesday, Thursday, Friday and Saturday" if week_of_five else "Monday to Friday"
    assert f"You: {words}" in officer.tab.text
