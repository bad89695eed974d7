"""How long things are kept, what is held, and who is responsible: on a phone and at a desk, without barriers."""

from collections.abc import Iterator

import pytest

from tests.e2e.barriers import Inspection
from tests.e2e.chromium import SCREENS
from tests.e2e.officer import Officer, Staff
from tests.e2e.people import MINA
from tests.e2e.test_staff_screens import takes_a_call

RULES = "/staff/councils/retentionrule/"
REASON = "Which claim, inquiry or complaint?"
APPLICATION = "Months for “An application that was withdrawn or refused”"


@pytest.fixture(params=SCREENS)
def screen(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def manager(staff: Staff, screen: str) -> Iterator[Officer]:
    yield staff.who(MINA, SCREENS[screen])


def test_a_manager_sets_how_long_and_cannot_go_below_the_law(manager: Officer, screen: str) -> None:
    inspection, tab = Inspection(manager.tab, screen), manager.tab
    inspection.open("keeping", RULES)
    tab.follow("Kent County Council")
    inspection.look("keeping-kent")
    tab.fill(APPLICATION, "12")
    tab.press("Save")
    inspection.look("keeping-refused")
    assert "36 or more. Regulation 32(3)" in tab.text
    tab.fill(APPLICATION, "60" if screen == "phone" else "48")
    tab.press("Save")
    assert "It counts from now on" in tab.everything()
    assert "Your own number, set by Mina" in tab.text
    tab.follow("What goes next")
    inspection.look("keeping-next")
    inspection.open("processing", f"{RULES}processing/")
    inspection.assert_nothing_found()


def test_a_manager_holds_an_enquiry_and_lifts_the_hold(manager: Officer, screen: str) -> None:
    inspection, tab = Inspection(manager.tab, screen), manager.tab
    takes_a_call(manager, name="Hana Held", email=f"hana.{screen}@example.org")
    tab.page.get_by_text("Hold this enquiry").click()
    tab.press("Hold it")
    inspection.look("hold-refused")
    assert "Say which claim" in tab.text
    tab.fill(REASON, "A complaint to the Ombudsman")
    tab.press("Hold it")
    inspection.look("held")
    assert "Held since" in tab.text
    tab.follow("All legal holds")
    inspection.look("holds")
    assert "A complaint to the Ombudsman" in tab.text
    tab.page.get_by_role("button", name="Lift").first.click()
    tab.page.get_by_text("Lifted.").wait_for()
    inspection.assert_nothing_found()


def test_everybody_reads_who_is_responsible(manager: Officer, screen: str) -> None:
    inspection = Inspection(manager.tab, screen)
    inspection.open("responsible", "/privacy/who-is-responsible/")
    assert "Kent County Council" in manager.tab.text
    inspection.assert_nothing_found()
