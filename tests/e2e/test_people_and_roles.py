"""Somebody is invited and comes, somebody leaves, and somebody works for three councils."""

import re

import pytest

from tests.e2e.barriers import Inspection
from tests.e2e.chromium import DESKTOP, PHONE, SCREENS
from tests.e2e.log_in import App
from tests.e2e.officer import Mailbox, Officer, Staff
from tests.e2e.people import ACHIENG, HUGH, LENA, WANDA
from tests.e2e.tab import Tab, Tabs
from tests.e2e.test_log_in import is_in, secret_on

NEWBURY, WOKINGHAM = "RG14 5LD", "RG40 1AP"
GOOD = "three random words here"


@pytest.fixture(params=SCREENS)
def screen(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def people(officer: Officer) -> Tab:
    officer.tab.goes_to("People")
    return officer.tab


def test_from_the_invitation_to_the_first_page(tabs: Tabs, staff: Staff, mailbox: Mailbox) -> None:
    manager = staff.who(WANDA)
    seen = Inspection(manager.tab, "people-invite")
    invites(manager, seen)
    mail = mailbox.reads("nina@example.org", about="Join West Berkshire Council")
    assert "Wanda invites you" in mail
    found = re.search(r"/staff/account/invitation/\S+", mail)
    assert found
    tab = tabs.open(PHONE)
    joins(tab, found[0])
    assert is_in(tab)
    assert "You work for West Berkshire Council" in tab.everything()
    people(manager)
    assert "Invited, not here yet" not in manager.tab.text
    assert "Nina New" in manager.tab.text
    used = tabs.open(PHONE)
    used.open(found[0])
    assert used.heading == "This link does not work"
    Inspection(used, "people-used").look("not-open")
    seen.assert_nothing_found()


def invites(manager: Officer, seen: Inspection) -> None:
    tab = people(manager)
    tab.follow("Invite somebody to West Berkshire Council")
    seen.look("empty")
    tab.press("Send the invitation")
    assert "There is a problem" in tab.text
    seen.look("errors")
    tab.fill("Name", "Nina New")
    tab.fill("Work email address", "nina@example.org")
    tab.page.get_by_label("Role", exact=True).select_option(label="Officer")
    tab.press("Send the invitation")
    assert "We invite Nina New by email." in tab.everything()
    assert "Invited, not here yet" in tab.text
    seen.look("invited")


def joins(tab: Tab, link: str) -> None:
    seen = Inspection(tab, "people-join")
    tab.open(link)
    assert tab.path == "/staff/account/invitation/"
    assert "Wanda invites you to work on the fostering enquiry hub for West Berkshire Council, as officer." in tab.text
    seen.look("invitation")
    tab.fill("Choose a password", "short")
    tab.press("Join")
    assert "There is a problem" in tab.text
    seen.look("errors")
    tab.fill("Choose a password", GOOD)
    tab.press("Join")
    assert tab.heading == "Set up your second step"
    tab.fill("Code that the app shows", App(secret_on(tab)).shows(tab))
    tab.press("Set it up")
    tab.follow("I have them: continue")
    seen.assert_nothing_found()


def test_whoever_leaves_is_out_at_once_and_a_colleague_has_the_work(staff: Staff) -> None:
    lena, manager = staff.who(LENA), staff.who(WANDA)
    reference = lena.takes_call(name="Lou Leftover", phone="07700 900741", postcode=NEWBURY)
    if lena.tab.page.get_by_role("button", name="I take it", exact=True).count():
        lena.claims()
    seen = Inspection(manager.tab, "people-leaver")
    tab = people(manager)
    seen.look("list")
    tab.leave_by(tab.page.get_by_role("link", name=re.compile("^Lena")))
    assert "1 open enquiry needs somebody else." in tab.text
    seen.look("person")
    tab.page.get_by_label("Who gets their open enquiries").select_option(label="west-berkshire")
    tab.press("Remove Lena")
    assert "Lena does not work here as officer any more." in tab.everything()
    lena.tab.open("/staff/")
    assert lena.tab.heading == "Log in"
    colleague = staff.at("west-berkshire")
    colleague.opens_case(reference)
    assert "Lou Leftover" in colleague.tab.heading
    seen.assert_nothing_found()


def test_one_click_from_one_council_to_another(staff: Staff, screen: str) -> None:
    achieng = staff.who(ACHIENG, SCREENS[screen])
    tab, seen = achieng.tab, Inspection(achieng.tab, f"people-switcher-{screen}")
    number = "51" if screen == "phone" else "52"
    here = achieng.takes_call(name=f"Newbury {screen}", phone=f"07700 9007{number}", postcode=NEWBURY)
    address = tab.path
    there = achieng.takes_call(name=f"Wokingham {screen}", phone=f"07700 9008{number}", postcode=WOKINGHAM)
    assert "You work for All 3 councils" in tab.everything()
    achieng.opens_list()
    tab.press("Wokingham Borough Council")
    assert "You work for Wokingham Borough Council" in tab.everything()
    assert there in tab.text
    assert here not in tab.text
    seen.look("one")
    assert tab.is_refused(address, 404)
    seen.look("not-here")
    tab.press("Look in all 3 councils")
    assert tab.path == address
    assert f"Newbury {screen}" in tab.heading
    seen.look("all")
    seen.assert_nothing_found()


def test_a_hub_manager_sees_all_people_and_chooses_a_council(staff: Staff, screen: str) -> None:
    hugh = staff.who(HUGH, SCREENS[screen])
    seen = Inspection(hugh.tab, f"people-hub-{screen}")
    tab = people(hugh)
    assert "Portsmouth City Council" in tab.text
    seen.look("people")
    tab.follow("Who may do what")
    assert "Your own roles are in bold." in tab.text
    seen.look("roles")
    tab.page.get_by_label("Work for", exact=True).select_option(label="Medway Council")
    tab.press("Switch to this council")
    assert "You work for Medway Council" in tab.everything()
    seen.look("medway")
    seen.assert_nothing_found()


def test_the_switcher_needs_no_script(tabs: Tabs) -> None:
    tab = tabs.open(DESKTOP, scripts=False)
    tab.becomes(ACHIENG)
    tab.open("/staff/")
    tab.press("Bracknell Forest Council")
    assert "You work for Bracknell Forest Council" in tab.everything()
