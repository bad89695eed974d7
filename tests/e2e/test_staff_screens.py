"""The staff side in a real browser: no barriers at phone and desktop width, every action within reach of the keys."""

from datetime import date, timedelta

import pytest

from tests.e2e.barriers import barriers
from tests.e2e.chromium import SCREENS, Screen
from tests.e2e.officer import Officer, Staff

ABSENCES = "/staff/councils/absence/"
ENTER = "/staff/enquiries/enquiry/enter/"
LONG_NAME = "Wilhelmina-Konstantinopoulou Featherstonehaugh-Cholmondeley Vandenberghe-Oyelaran"


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS.keys())
def test_a_case_of_somebody_with_a_long_name_has_no_barrier(staff: Staff, screen: Screen) -> None:
    officer = staff.at("kent", screen)
    takes_a_call(officer, name=LONG_NAME)
    assert officer.tab.heading == LONG_NAME
    assert barriers(officer.tab.page) == []
    officer.opens_list()
    assert barriers(officer.tab.page) == []


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS.keys())
def test_a_refusal_on_the_phone_screen_has_no_barrier(staff: Staff, screen: Screen) -> None:
    officer = staff.at("kent", screen)
    officer.tab.open(ENTER)
    officer.tab.press("They agree: save")
    assert "Enter the name." in officer.tab.text
    assert barriers(officer.tab.page) == []


def test_a_call_is_taken_by_keyboard_alone_and_the_postcode_is_answered_while_typing(staff: Staff) -> None:
    officer = staff.at("kent")
    officer.tab.open(ENTER)
    keyboard = officer.tab.page.keyboard
    keyboard.type("me14 1xq")
    officer.tab.page.get_by_text("ME14 1XQ is in Maidstone").wait_for()
    keyboard.press("Tab")
    for typed in ("", "Kay Keys", "07700 900555"):
        keyboard.type(typed)
        keyboard.press("Tab")
    officer.tab.page.get_by_role("button", name="They agree: save").focus()
    with officer.tab.page.expect_navigation():
        keyboard.press("Enter")
    assert officer.tab.heading == "Kay Keys"


def test_a_call_is_logged_in_two_steps_of_the_keyboard(staff: Staff) -> None:
    officer = staff.at("kent")
    takes_a_call(officer, name="Kit Keys")
    officer.tab.page.get_by_role("button", name="Rang: No answer").focus()
    with officer.tab.page.expect_navigation():
        officer.tab.page.keyboard.press("Enter")
    assert "Phone call: No answer" in officer.tab.text


def test_somebody_who_asked_before_is_shown_while_typing(staff: Staff) -> None:
    officer = staff.at("kent")
    takes_a_call(officer, name="Remi Return", phone="07700 900777")
    officer.tab.open(ENTER)
    officer.tab.page.get_by_label("Phone", exact=True).press_sequentially("07700900777")
    officer.tab.page.get_by_role("link", name="Remi Return").first.wait_for()


def test_without_scripts_the_council_is_found_by_a_button(staff: Staff) -> None:
    known = staff.at("kent").tab.page.context.storage_state()
    tab = staff.tabs.open(scripts=False, known=known)
    tab.open(ENTER)
    tab.fill("Postcode", "SO23 8UJ")
    tab.press("Find council and earlier enquiries")
    assert "SO23 8UJ is in Winchester" in tab.text
    assert tab.value("Postcode") == "SO23 8UJ"


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS.keys())
def test_what_goes_next_is_looked_at_and_skipped(staff: Staff, screen: Screen) -> None:
    officer = staff.at("kent", screen)
    # An address for each screen: a second call under one would join the first.
    takes_a_call(officer, name="Nia Next", email=f"nia.next.{screen['viewport']['width']}@example.org")
    officer.tab.press("Rang: No answer")
    assert "“We tried to reach you”: by email" in officer.tab.text
    assert barriers(officer.tab.page) == []
    officer.tab.leave_by(officer.tab.page.get_by_role("link", name="As it will arrive"))
    assert "but missed you" in officer.tab.page.frame_locator("iframe").locator("body").inner_text()
    assert barriers(officer.tab.page) == []
    officer.tab.page.go_back()
    officer.tab.leave_by(officer.tab.page.get_by_role("button", name="Do not send it"))
    assert "“We tried to reach you” was not sent. Skipped." in officer.tab.text


def takes_a_call(officer: Officer, *, name: str, phone: str = "07700 900444", email: str = "") -> None:
    officer.tab.open(ENTER)
    officer.tab.fill("Postcode", "ME14 1XQ")
    officer.tab.fill("Name", name)
    officer.tab.fill("Phone", phone)
    officer.tab.fill("Email (optional)", email)
    officer.tab.press("They agree: save")


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS.keys())
def test_days_away_are_written_down_changed_and_deleted(staff: Staff, screen: Screen) -> None:
    officer = staff.at("kent", screen)
    officer.tab.open(ABSENCES)
    officer.tab.press("Save")
    assert "Enter the first day away." in officer.tab.text
    assert barriers(officer.tab.page) == []
    officer.tab.open(ABSENCES)
    today = date.fromisoformat(officer.tab.page.evaluate("() => new Date().toISOString().slice(0, 10)"))
    first, last = today + timedelta(days=30), today + timedelta(days=34)
    officer.tab.page.locator("#id_first_day").fill(first.isoformat())
    officer.tab.page.locator("#id_last_day").fill(last.isoformat())
    officer.tab.press("Save")
    written = f"{first:%A} {first.day} {first:%B} to {last:%A} {last.day} {last:%B %Y}"
    assert written in officer.tab.text
    officer.tab.page.locator("summary").first.click()
    assert barriers(officer.tab.page) == []
    officer.tab.press(f"Delete: kent, {first.day} {first:%B}")
    assert written not in officer.tab.text


EMPTY_PAGES = {
    "/staff/": "No enquiry is open.",
    "/staff/enquiries/enquiry/": "No enquiry is open.",
    "/staff/enquiries/enquiry/?special=replied": "Nothing waits here.",
    "/staff/enquiries/enquiry/to-do/": "Nothing to do here.",
    "/staff/enquiries/handover/": "No council asks you to take an enquiry.",
    "/staff/enquiries/lettertemplate/": "No letters yet.",
}


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS.keys())
def test_where_nothing_waits_the_pages_say_so_without_a_barrier(staff: Staff, screen: Screen) -> None:
    """The Isle of Wight's officer: no journey leads there."""
    officer = staff.at("isle-of-wight", screen)
    for path, words in EMPTY_PAGES.items():
        officer.tab.open(path)
        assert words in officer.tab.text
        assert barriers(officer.tab.page) == []
