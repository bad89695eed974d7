"""A page that asks again: the title says so, the focus is on the summary, and each of its links leads to the control
that puts the error right."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator

from tests.e2e.chromium import PHONE
from tests.e2e.officer import Staff
from tests.e2e.tab import Tab, Tabs
from tests.e2e.visitor import CALL, NEW, Visitor

SUMMARY = ".govuk-error-summary"
TAMPERED = "box => { box.value = 'none of ours'; box.checked = true }"


@dataclass(frozen=True)
class Mistake:
    """`messages` in the order of the page; `makes` starts at the home page and ends on the page with errors."""

    makes: Callable[[Visitor], None]
    messages: tuple[str, ...]


def to_reason(visitor: Visitor) -> None:
    visitor.begins("SO23 8UJ")


def to_details(visitor: Visitor) -> None:
    to_reason(visitor)
    visitor.picks(NEW)


def to_contact(visitor: Visitor) -> None:
    to_details(visitor)
    visitor.gives_details("Erin Example", email="erin@example.org", phone="07700 900123")


def to_more(visitor: Visitor) -> None:
    to_contact(visitor)
    visitor.wants(CALL)


def to_check(visitor: Visitor) -> None:
    to_more(visitor)
    visitor.adds()


def no_postcode(visitor: Visitor) -> None:
    visitor.tab.open("/enquire/postcode/")
    visitor.tab.press("Continue")


def no_area(visitor: Visitor) -> None:
    visitor.begins("SL4 2BH")
    visitor.tab.press("Continue")


def no_council(visitor: Visitor) -> None:
    to_reason(visitor)
    visitor.tab.follow("choose another council")
    visitor.tab.press("Continue")


def no_reason(visitor: Visitor) -> None:
    to_reason(visitor)
    visitor.tab.press("Continue")


def no_service(visitor: Visitor) -> None:
    to_reason(visitor)
    visitor.picks("I already foster, or I used to")
    visitor.tab.press("Continue")


def council_without_name(visitor: Visitor) -> None:
    to_reason(visitor)
    visitor.picks("I already foster, or I used to")
    visitor.tab.choose("A council")
    visitor.tab.press("Continue")


def no_details(visitor: Visitor) -> None:
    to_details(visitor)
    visitor.tab.press("Continue")


def wrong_details(visitor: Visitor) -> None:
    to_details(visitor)
    visitor.gives_details("123", email="erin at example", phone="12")


def no_way(visitor: Visitor) -> None:
    to_contact(visitor)
    visitor.tab.press("Continue")


def tampered(visitor: Visitor, box: str) -> None:
    """The browser offers no wrong checkbox, so one is changed behind its back."""
    visitor.tab.page.locator(box).first.evaluate(TAMPERED)


def wrong_times(visitor: Visitor) -> None:
    to_contact(visitor)
    visitor.tab.choose(CALL)
    tampered(visitor, "[name=times]")
    visitor.tab.press("Continue")


def long_language(visitor: Visitor) -> None:
    to_contact(visitor)
    visitor.tab.choose(CALL)
    visitor.tab.choose("Another language than English")
    visitor.tab.fill("Which language?", "x" * 61)
    visitor.tab.press("Continue")


def long_message(visitor: Visitor) -> None:
    to_more(visitor)
    tampered(visitor, "[name=news]")
    visitor.adds("x" * 2001)


def old_notice(visitor: Visitor) -> None:
    to_check(visitor)
    visitor.tab.page.locator("[name=notice]").evaluate("field => field.value = '2020-01'")
    visitor.tab.press("Send your enquiry")


def wrong_preparation(visitor: Visitor) -> None:
    to_check(visitor)
    visitor.sends()
    visitor.tab.press("Help us prepare")
    tampered(visitor, "[name=care_kinds]")
    visitor.tab.fill("If you would foster with a partner or another adult, what is their name?", "123")
    visitor.tab.press("Add to my enquiry")


EMAIL_OR_PHONE = "Enter an email address or a phone number, so that we can reach you"
MISTAKES = [
    Mistake(no_postcode, ("Enter your postcode",)),
    Mistake(no_area, ("Choose who sends your council tax bill, or “I am not sure”",)),
    Mistake(no_council, ("Choose a council",)),
    Mistake(no_reason, ("Choose what brings you here",)),
    Mistake(no_service, ("Choose who you foster with",)),
    Mistake(council_without_name, ("Choose the council you foster with, or “Another council”",)),
    Mistake(no_details, ("Enter your name", EMAIL_OR_PHONE)),
    Mistake(wrong_details, ("Your name", "The email address", "The phone number")),
    Mistake(no_way, ("Choose how we should get in touch",)),
    Mistake(wrong_times, ("Choose times from the list",)),
    Mistake(long_language, ("The language must be 60 characters or fewer",)),
    Mistake(long_message, ("Your message must be 2,000 characters or fewer", "Choose from the list")),
    Mistake(wrong_preparation, ("The other adult’s name", "Choose from the list")),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.makes.__name__)
def test_errors_take_the_focus_and_lead_to_what_puts_them_right(visitor: Visitor, mistake: Mistake) -> None:
    mistake.makes(visitor)
    assert_told_and_led(visitor.tab, mistake)


@pytest.mark.parametrize("makes", [no_postcode, no_reason, no_details, no_way], ids=lambda makes: makes.__name__)
def test_errors_take_the_focus_without_scripts_too(tabs: Tabs, makes: Callable[[Visitor], None]) -> None:
    tab = tabs.open(PHONE, scripts=False)
    makes(Visitor(tab))
    assert_told_and_led(tab, next(mistake for mistake in MISTAKES if mistake.makes == makes))


def assert_told_and_led(tab: Tab, mistake: Mistake) -> None:
    assert tab.page.title().startswith("Error: ")
    assert_has_focus(tab, tab.page.locator(SUMMARY))
    links = tab.page.locator(f"{SUMMARY} a")
    assert links.count() == len(mistake.messages)
    for position, message in enumerate(mistake.messages):
        assert links.nth(position).inner_text().startswith(message)
        links.nth(position).click()
        assert_has_focus(tab, tab.page.locator(target_of(links.nth(position))))
        assert links.nth(position).inner_text() in group_of(tab).inner_text()


def test_a_changed_privacy_notice_takes_the_focus_and_leads_to_it(visitor: Visitor) -> None:
    old_notice(visitor)
    assert visitor.tab.page.title().startswith("Error: ")
    assert_has_focus(visitor.tab, visitor.tab.page.locator(SUMMARY))
    visitor.tab.page.locator(f"{SUMMARY} a").click()
    assert_has_focus(visitor.tab, visitor.tab.page.locator("#privacy"))


def test_a_failed_log_in_takes_the_focus(tabs: Tabs) -> None:
    tab = tabs.open()
    tab.open("/staff/")
    assert_has_focus(tab, tab.page.get_by_label("Email address"))
    tab.fill("Email address", "nobody@example.org")
    tab.fill("Password", "wrong")
    tab.press("Log in")
    assert tab.page.title().startswith("Error: ")
    assert_has_focus(tab, tab.page.get_by_role("alert"))


def test_a_refused_action_of_staff_takes_the_focus(staff: Staff) -> None:
    officer = staff.at("hampshire")
    officer.takes_call(name="Faye Focus", phone="07700 900799", postcode="SO23 8UJ")
    officer.tab.press("Save the note")
    assert officer.tab.page.title().startswith("Error: ")
    assert_has_focus(officer.tab, officer.tab.page.get_by_role("alert"))


def test_errors_of_a_call_written_down_take_the_focus_and_lead_to_what_puts_them_right(staff: Staff) -> None:
    tab = staff.at("hampshire").tab
    tab.open("/staff/enquiries/enquiry/enter/")
    tab.press("They agree: save")
    assert tab.page.title().startswith("Error: ")
    assert_has_focus(tab, tab.page.get_by_role("alert"))
    tab.page.get_by_role("link", name="Enter the name.").click()
    assert_has_focus(tab, tab.page.get_by_label("Name", exact=True))


def target_of(link: Locator) -> str:
    address = link.get_attribute("href") or ""
    return f"[id='{address.removeprefix('#')}']"


def assert_has_focus(tab: Tab, element: Locator) -> None:
    assert tab.focused.count() == 1
    assert tab.focused.evaluate("e => e.outerHTML") == element.evaluate("e => e.outerHTML")


def group_of(tab: Tab) -> Locator:
    """The question around the focused control, with its error message."""
    return tab.focused.locator("xpath=ancestor::*[contains(@class, 'govuk-form-group--error')][1]")
