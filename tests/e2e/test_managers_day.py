"""What a manager does in a day: gives cases away, closes many, lets new ones be given by themselves, takes a list out,
makes one enquiry of two and two of one."""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Download

from tests.e2e.barriers import Inspection
from tests.e2e.chromium import SCREENS
from tests.e2e.officer import Officer, Staff
from tests.e2e.people import MINA, MOSS
from tests.e2e.tab import Tab
from tests.e2e.visitor import CALL, Visitor

KENT, MEDWAY = "ME14 1XQ", "ME7 1XA"
PHONES = {"phone": "07700 9007", "desktop": "07700 9008"}  # and two digits: each is one enquiry's


@pytest.fixture(params=SCREENS)
def screen(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_many_are_given_away_and_closed_by_keys_alone(staff: Staff) -> None:
    manager = staff.who(MINA)
    tab, seen = manager.tab, Inspection(manager.tab, "managers-keys")
    for number, name in enumerate(("Anna Quillon", "Bert Quillon", "Cleo Quillon")):
        manager.takes_call(name=name, phone=f"07700 90071{number}", postcode=KENT)
    manager.finds("quillon")
    tab.walks_to(tab.page.get_by_label("Tick all on this page"))
    tab.page.keyboard.press("Space")
    tab.walks_to(tab.page.get_by_label("Give them to"))
    tab.page.keyboard.type("kent")
    tab.walks_to(tab.page.get_by_role("button", name="Give away"))
    tab.keys("Enter")
    assert "These enquiries will be kent’s." in tab.text
    tab.walks_to(tab.page.get_by_role("button", name="Yes, give them to kent"))
    tab.keys("Enter")
    assert "3 enquiries given to kent." in tab.everything()
    manager.finds("quillon")
    assert tab.page.get_by_role("cell", name="kent", exact=True).count() == 3
    closes_all_but_one(manager, seen)
    seen.assert_nothing_found()


def closes_all_but_one(manager: Officer, seen: Inspection) -> None:
    """The second of the three is applied for meanwhile, where another list of reasons counts."""
    tab = manager.tab
    tab.walks_to(tab.page.get_by_label("Tick all on this page"))
    tab.page.keyboard.press("Space")
    tab.page.get_by_label("How they ended").select_option(label="They withdrew")
    tab.page.get_by_label("Reason").select_option(label="No spare room")
    tab.walks_to(tab.page.get_by_role("button", name="Close", exact=True))
    tab.keys("Enter")
    assert "These enquiries will be closed: they withdrew, No spare room." in tab.text
    seen.look("close-look")
    applied_for_elsewhere(manager, "Bert Quillon")
    tab.walks_to(tab.page.get_by_role("button", name="Yes, close them"))
    tab.keys("Enter")
    assert "2 enquiries closed" in tab.everything()
    assert "These stayed as they were" in tab.text
    assert "is no reason for a case that is “Applied”" in tab.text
    seen.look("close-done")
    manager.finds("Bert Quillon")
    tab.press("Close")
    assert "Tick the enquiries first." in tab.everything()
    seen.look("nothing-ticked")
    manager.finds("Bert Quillon")
    tab.page.get_by_label("Tick KEN").check()
    tab.page.get_by_label("How they ended").select_option(label="They withdrew")
    tab.page.get_by_label("Reason").select_option(label="No spare room")
    tab.press("Close")
    assert "None of these can be changed in this way." in tab.text
    seen.look("none-can-be-closed")


def applied_for_elsewhere(manager: Officer, name: str) -> None:
    other = Officer(Tab(manager.tab.page.context.new_page(), manager.tab.site, manager.tab.let_in))
    other.finds_from_work(name)
    other.tab.page.get_by_label("Step", exact=True).select_option(label="Application received")
    other.tab.press("Move the case on")
    other.tab.page.close()


def test_a_manager_gives_a_case_to_an_officer_and_takes_it_back(staff: Staff, screen: str) -> None:
    manager = staff.who(MINA, SCREENS[screen])
    seen = Inspection(manager.tab, f"managers-assign-{screen}")
    manager.takes_call(name="Asa Assigned", phone=f"{PHONES[screen]}20", postcode=KENT)
    manager.tab.page.get_by_label("Give it to", exact=True).select_option(value=kent(manager.tab))
    manager.tab.press("Give it to them")
    assert "Kent has this case now." in manager.tab.everything()
    officer = staff.at("kent")
    officer.finds_from_work("Asa Assigned")
    assert officer.tab.page.get_by_role("button", name="I take it").count() == 0
    seen.look("given")
    manager.tab.press("Give it back: nobody has it")
    assert "nobody has this case now" in manager.tab.everything()
    seen.assert_nothing_found()


def kent(tab: Tab) -> str | None:
    """On a weekend the list adds when somebody is in again."""
    return tab.page.locator("#assign-to option", has_text="kent").first.get_attribute("value")


def test_new_enquiries_find_their_officer_once_a_manager_says_so(staff: Staff, screen: str, visitor: Visitor) -> None:
    manager = staff.who(MOSS, SCREENS[screen])
    seen = Inspection(manager.tab, f"managers-turns-{screen}")
    manager.tab.open("/staff/councils/council/")
    manager.tab.follow("Medway Council")
    manager.tab.page.get_by_label("Who gets a new enquiry").select_option(label="The officers in turn")
    manager.tab.press("Save")
    seen.look("saved")
    visitor.begins("ME7 1XA")
    visitor.walks_on(name="Tarn Turn", email=f"tarn.{screen}@example.org", phone="07700 900123", way=CALL)
    reference = visitor.sends().reference
    officer = staff.at("medway")
    officer.opens_from_work("My cases")
    officer.tab.follow(reference)
    assert "Given to medway, whose turn it was" in officer.tab.text
    assert "This case is yours." in officer.tab.text
    seen.assert_nothing_found()


def test_a_list_leaves_the_hub_with_its_purpose_written_down(staff: Staff, screen: str, tmp_path: Path) -> None:
    manager = staff.who(MINA, SCREENS[screen])
    tab, seen = manager.tab, Inspection(manager.tab, f"managers-list-{screen}")
    name = f'=cmd|"calc" Taken-{screen}'
    reference = manager.takes_call(name=name, phone=f"{PHONES[screen]}30", postcode=KENT)
    manager.finds(f"taken-{screen}")
    tab.press("Take this list out")
    assert "1 enquiry, as the list is narrowed now." in tab.text
    seen.look("asked")
    tab.press("Take it out as CSV")
    assert "Choose what the list is for." in tab.text
    seen.look("refused")
    tab.page.get_by_label("What is it for?").select_option(label="To report figures inside the council")
    tab.fill("In your own words", "For the meeting on Monday, until then.")
    tab.choose("With names, email addresses, phone numbers and postcodes")
    rows = read_csv(takes_out(tab, "Take it out as CSV"))
    assert [(row["Reference"], row["Name"], row["Postcode"]) for row in rows] == [(reference, f"'{name}", KENT)]
    sheet = load_workbook(io.BytesIO(takes_out(tab, "Take it out for Excel"))).active
    assert sheet is not None
    head, only = sheet.iter_rows()
    told = dict(zip([cell.value for cell in head], only, strict=True))
    assert told["Reference"].value == reference
    assert (told["Name"].value, told["Name"].data_type) == (name, "s")
    seen.assert_nothing_found()


def takes_out(tab: Tab, button: str) -> bytes:
    with tab.page.expect_download() as begun:
        tab.page.get_by_role("button", name=button).click()
    file: Download = begun.value
    assert file.suggested_filename.startswith("enquiries-")
    return Path(file.path()).read_bytes()


def read_csv(file: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"))))


def test_two_enquiries_of_the_same_people_are_made_one_and_two_again(staff: Staff, screen: str) -> None:
    manager = staff.who(MINA, SCREENS[screen])
    tab, seen = manager.tab, Inspection(manager.tab, f"managers-same-{screen}")
    phone, name = f"{PHONES[screen]}40", f"Merle Merged{screen}"
    first = manager.takes_call(name=name, phone=phone, postcode=KENT)
    seen.look("none-found")
    second = manager.takes_call(name=f"M {name.split()[1]}", phone=phone, postcode=KENT)
    assert f"Perhaps the same people: {name}, {first}" in tab.text
    seen.look("perhaps")
    tab.leave_by(tab.page.get_by_role("link", name="Find another enquiry of the same people"))
    tab.fill("Reference of the other enquiry", "KEN-NOTHING")
    tab.press("Look at both")
    assert "No enquiry of this council has that reference." in tab.text
    seen.look("not-found")
    tab.fill("Reference of the other enquiry", first.lower())
    tab.press("Look at both")
    assert tab.heading == "Are these the same people?"
    seen.look("both")
    tab.press("The same people: join them")
    assert f"Joined: {second} goes on in this enquiry." in tab.everything()
    assert manager.reference == first
    seen.look("joined")
    tab.leave_by(tab.page.locator("#same ~ div").get_by_role("link", name=second))
    assert f"This enquiry goes on in {first}." in tab.text
    seen.look("goes-on")
    tab.follow(first)
    manager.unfolds("It was a mistake: separate them")
    tab.press(f"Separate {second}")
    assert f"Separated: {second} is an enquiry of its own again." in tab.everything()
    tab.page.locator("section[aria-labelledby=same]").get_by_role("link").first.wait_for()
    seen.look("separated")
    seen.assert_nothing_found()
