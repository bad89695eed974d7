"""One case on its way, in a real browser: dated steps, undo, a stale save, a correction, a transfer's records, the
referral on one sheet of paper."""

from datetime import date, timedelta

import pytest

from tests.e2e.barriers import Inspection
from tests.e2e.chromium import DESKTOP, PHONE, SCREENS, Screen
from tests.e2e.officer import Officer, Staff

ENTER = "/staff/enquiries/enquiry/enter/"
TODAY = date.today()  # noqa: DTZ011  # the site's own clock


def takes_a_transfer(officer: Officer, name: str, number: str) -> None:
    officer.tab.open(ENTER)
    officer.tab.fill("Postcode", "ME14 1XQ")
    officer.tab.fill("Name", name)
    officer.tab.fill("Phone", number)
    officer.tab.page.get_by_label("Type", exact=True).select_option("transfer")
    officer.tab.fill("Anything else", "We foster two brothers for an agency and would like to stay near their school.")
    officer.tab.press("They agree: save")


def unfolds(officer: Officer, summary: str) -> None:
    officer.tab.page.locator("summary", has_text=summary).first.click()


def takes_step(officer: Officer, step: str, on: date | None = None) -> None:
    officer.tab.page.get_by_label("Step", exact=True).select_option(label=step)
    if on:
        officer.tab.page.locator("#step-on").fill(on.isoformat())
    officer.tab.press("Move the case on")


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS.keys())
def test_a_transfer_goes_its_way_without_a_barrier(
    staff: Staff, screen: Screen, request: pytest.FixtureRequest
) -> None:
    officer = staff.at("kent", screen)
    name = request.node.callspec.id
    seen = Inspection(officer.tab, f"workflow-{name}")
    takes_a_transfer(officer, f"Tess Transfer {name.title()}", "07700 900611" if screen is PHONE else "07700 900612")
    officer.writes_down("Rang", "Reached")
    takes_step(officer, "Assessment started")
    assert "Assessment started" in officer.tab.page.get_by_role("button", name="Undo “Assessment started”").inner_text()
    unfolds(officer, "Write down the dates")
    officer.tab.fill("Stage 1 began", TODAY.isoformat())
    officer.tab.fill("Stage 2 began", (TODAY + timedelta(days=2)).isoformat())
    officer.tab.press("Save the dates")
    assert "none can be in the future" in officer.tab.text
    seen.look("stages-refused")
    officer.tab.fill("Stage 2 began", TODAY.isoformat())
    officer.tab.press("Save the dates")
    unfolds(officer, "Write down where they stand")
    officer.tab.fill("They agreed on", TODAY.isoformat())
    officer.tab.fill("We asked on", TODAY.isoformat())
    officer.tab.fill("Which service was asked", "Northern Star Fostering")
    officer.tab.leave_by(officer.tab.page.locator("#records ~ details button"))
    assert "15 working days left" in officer.tab.text
    officer.tab.fill("Number in your case system", "LCS 4711")
    officer.tab.press("Save the number")
    seen.look("in-assessment")
    for summary in ("Correct the day", "They do not want to go on", "Not yet: ask again later"):
        unfolds(officer, summary)
    seen.look("unfolded")
    officer.tab.press("Undo “Assessment started”")
    assert "Undone." in officer.tab.text
    officer.tab.page.get_by_role("button", name="Written down by mistake").first.click()
    officer.tab.page.get_by_text("Took back a contact attempt").wait_for()
    seen.look("taken-back")
    seen.assert_nothing_found()


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS.keys())
def test_two_tabs_and_one_case(staff: Staff, screen: Screen, request: pytest.FixtureRequest) -> None:
    officer = staff.at("kent", screen)
    name = request.node.callspec.id
    takes_a_transfer(officer, f"Stella Stale {name.title()}", "07700 900621" if screen is PHONE else "07700 900622")
    path, seen = officer.tab.path, Inspection(officer.tab, f"stale-{name}")
    other = staff.at("kent", DESKTOP)
    other.tab.open(path)
    takes_step(other, "Visited")
    takes_step(officer, "Application received")
    assert "Somebody was faster" in officer.tab.text
    assert "Since you opened the page:" in officer.tab.text
    seen.look("both-versions")
    officer.tab.press("Do it all the same")
    assert "The case is now “Applied”." in officer.tab.text
    seen.assert_nothing_found()


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS.keys())
def test_a_slip_on_the_phone_is_corrected(staff: Staff, screen: Screen, request: pytest.FixtureRequest) -> None:
    officer = staff.at("kent", screen)
    name = request.node.callspec.id
    takes_a_transfer(officer, f"Corry Slip {name.title()}", "07700 900631" if screen is PHONE else "07700 900632")
    seen = Inspection(officer.tab, f"correct-{name}")
    officer.tab.follow("Correct what is known of them")
    seen.look("page")
    officer.tab.fill("Name", "")
    officer.tab.press("Save")
    assert "Enter the name." in officer.tab.text
    seen.look("asked-again")
    officer.tab.fill("Name", f"Corry Right {name.title()}")
    officer.tab.fill("Postcode", "SO23 8UJ")
    officer.tab.press("Save")
    assert "SO23 8UJ is in the area of Hampshire County Council." in officer.tab.text
    seen.look("in-doubt")
    officer.tab.press("Kent County Council is right")
    assert "Check the council." not in officer.tab.text
    seen.assert_nothing_found()


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS.keys())
def test_the_referral_fits_on_one_sheet(staff: Staff, screen: Screen, request: pytest.FixtureRequest) -> None:
    officer = staff.at("kent", screen)
    name = request.node.callspec.id
    takes_a_transfer(officer, f"Paige Paper {name.title()}", "07700 900641" if screen is PHONE else "07700 900642")
    officer.writes_down("Rang", "No answer")
    officer.writes_down("Rang", "Reached")
    for note in ("They have a spare room since June. " * 8, "Two dogs, both calm.", "The school knows. " * 6):
        officer.tab.page.locator("#id_text").fill(note)
        officer.tab.press("Save the note")
    takes_step(officer, "Assessment started")
    seen = Inspection(officer.tab, f"referral-{name}")
    officer.tab.follow("The referral on one page, to print")
    seen.look("sheet")
    printed = officer.tab.page.pdf(path=f"screenshots/referral-{name}/sheet.pdf", prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") + printed.count(b"/Type /Page/") == 1
    seen.assert_nothing_found()
