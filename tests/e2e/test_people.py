"""People for whom the form must be more than a form."""

from tests.e2e.officer import Mailbox, Staff
from tests.e2e.people import NOBODY_THERE, OFFICE
from tests.e2e.records import Records
from tests.e2e.visitor import CALL, EMAIL, VIDEO, Visitor

FOSTERS = "I already foster, or I used to"
TRANSFERRING = "An independent fostering agency"
BSL = "British Sign Language (BSL)"


def test_a_carer_of_an_agency_is_shown_to_the_officer_as_a_transfer(visitor: Visitor, staff: Staff) -> None:
    visitor.begins("SO23 8UJ")
    visitor.picks(FOSTERS)
    visitor.tab.choose(TRANSFERRING)
    visitor.tab.fill("Which agency? (optional)", "Acorn Fostering")
    visitor.tab.press("Continue")
    visitor.gives_details("Tara Transfer", email="tara@example.org")
    visitor.wants(EMAIL)
    visitor.adds()
    assert "Acorn Fostering" in visitor.tab.text
    reference = visitor.sends().reference
    officer = staff.at("hampshire")
    officer.opens_case(reference)
    assert "Transfer" in officer.tab.heading + officer.tab.text
    assert "Acorn Fostering" in officer.tab.text


def test_a_carer_of_one_of_our_councils_is_led_to_it_and_nothing_is_kept(visitor: Visitor, records: Records) -> None:
    before = records.count()
    visitor.begins("SO23 8UJ")
    visitor.picks(FOSTERS)
    visitor.tab.choose("A council")
    visitor.tab.page.get_by_label("Which council?", exact=True).select_option("Kent County Council")
    visitor.tab.press("Continue")
    assert visitor.tab.heading == "You already foster for Kent County Council"
    assert records.count() == before


def test_a_deaf_man_who_wants_email_only_is_never_asked_for_a_phone(
    visitor: Visitor, staff: Staff, mailbox: Mailbox
) -> None:
    visitor.begins("KT1 1EU")
    visitor.picks("I would like to find out about fostering")
    visitor.gives_details("Dev Deaf", email="dev@example.org")
    offered = visitor.tab.page.locator("input[name=way]").count()
    assert offered == 2
    assert "Phone call" not in visitor.tab.text
    visitor.wants(EMAIL, BSL)
    visitor.adds("Please no calls")
    confirmation = visitor.sends()
    assert "will send you an email by" in confirmation.promise
    assert confirmation.promise in mailbox.reads("dev@example.org", about=confirmation.reference)
    officer = staff.at("kingston-upon-thames")
    officer.opens_case(confirmation.reference)
    assert "Uses British Sign Language" in officer.tab.text
    assert "Rang" not in officer.tab.text
    officer.claims()
    officer.writes_down("Emailed", "Sent")
    assert "Written down: email" in officer.tab.everything()


def test_a_video_call_can_be_asked_for_with_an_interpreter(visitor: Visitor, staff: Staff) -> None:
    visitor.begins("KT1 1EU")
    visitor.picks("I would like to find out about fostering")
    visitor.gives_details("Ines Interprets", email="ines@example.org")
    visitor.tab.choose(VIDEO)
    visitor.tab.choose("Weekday evenings, 5pm to 8pm")
    visitor.tab.choose("Another language than English")
    visitor.tab.fill("Which language?", "Portuguese")
    visitor.tab.choose("I would like an interpreter")
    visitor.tab.press("Continue")
    visitor.adds()
    confirmation = visitor.sends()
    assert confirmation.promise.endswith("in the evening, as you asked")
    officer = staff.at("kingston-upon-thames")
    officer.opens_case(confirmation.reference)
    assert "Speaks Portuguese" in officer.tab.text
    assert "Needs an interpreter" in officer.tab.text


def test_whoever_is_worried_about_a_child_is_told_whom_to_call_and_nothing_is_kept(
    visitor: Visitor, records: Records
) -> None:
    before = records.count()
    visitor.begins("SO23 8UJ")
    visitor.picks("I am worried about a child")
    assert "Call 999 now if a child is in danger." in visitor.tab.text
    assert "01489 587052" in visitor.tab.text
    assert records.count() == before
    visitor.tab.open("/enquire/reason/")
    assert visitor.tab.heading == "What is your postcode?"


def test_a_buckinghamshire_home_is_signposted_by_name(visitor: Visitor) -> None:
    visitor.begins("HP9 1AB")
    assert visitor.tab.heading == "You live outside our area"
    assert "You seem to live in the area of Buckinghamshire." in visitor.tab.text


def test_a_scottish_home_is_told_that_we_help_in_england_only(visitor: Visitor) -> None:
    visitor.begins("EH1 1YZ")
    assert "We can only help people who live in England" in visitor.tab.text


def test_an_outsider_may_choose_one_of_our_councils(visitor: Visitor) -> None:
    visitor.begins("HP9 1AB")
    visitor.tab.follow("choose one of our councils")
    visitor.picks("Slough Borough Council")
    assert "You chose Slough Children First" in visitor.tab.text
    visitor.walks_on(name="Ola Outsider", email="ola@example.org", way=EMAIL)
    assert visitor.sends().reference.startswith("SLO-")


def test_suspected_spam_gets_its_promise_and_a_place_on_the_list(
    visitor: Visitor, staff: Staff, mailbox: Mailbox
) -> None:
    visitor.begins("ME14 1XX")
    visitor.picks("I would like to find out about fostering")
    visitor.tab.page.locator("[name=homepage]").evaluate("field => field.value = 'https://spam.example'")
    visitor.gives_details("Sam Spamlike", email="sam@example.org", phone="07700 900125")
    visitor.wants(CALL)
    visitor.adds()
    confirmation = visitor.sends()
    assert confirmation.promise.startswith("Kent Fostering will ring you by ")
    officer = staff.at("kent")
    officer.opens_list()
    assert "Perhaps spam" in officer.tab.page.get_by_role("row").filter(has_text=confirmation.reference).inner_text()
    officer.tab.follow(confirmation.reference)
    assert mailbox.is_empty_for("sam@example.org")
    officer.tab.press("This is a person: release it")
    assert confirmation.promise in mailbox.reads("sam@example.org", about=confirmation.reference)


def test_a_case_where_nobody_works_stands_on_the_hub_offices_list(visitor: Visitor, staff: Staff) -> None:
    visitor.begins("PO1 2LB")
    visitor.walks_on(name="Pia Portsmouth", email="pia@example.org", way=EMAIL)
    reference = visitor.sends().reference
    assert reference.startswith("POR-")
    office = staff.at(OFFICE)
    assert NOBODY_THERE
    office.tab.follow("To do")
    work = office.tab.page.get_by_role("listitem").filter(has_text=reference)
    office.tab.leave_by(work.get_by_role("link", name=reference))
    assert "Pia Portsmouth" in office.tab.heading
