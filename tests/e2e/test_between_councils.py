"""An enquiry between councils: a call taken for another one, asked, refused, decided by the hub manager; and whoever
enquired opens an old link and reaches the council that answers now."""

import pytest

from tests.e2e.barriers import Inspection
from tests.e2e.chromium import PHONE, SCREENS
from tests.e2e.officer import Mailbox, Officer, Staff
from tests.e2e.people import HUGH, MINA, OFFICE
from tests.e2e.tab import Tabs
from tests.e2e.test_your_enquiry import page_in
from tests.e2e.visitor import CALL, Visitor

HANDOVERS = "/staff/enquiries/handover/"
SURREY, SLOUGH, KENT = "Surrey County Council", "Slough Borough Council", "Kent County Council"
LIVES_THERE = "They live in the other council’s area"
MOVED = "They have moved, or will soon"


@pytest.fixture(params=SCREENS)
def screen(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_call_to_the_hub_is_taken_from_the_first_word_to_the_question_to_another_council(
    staff: Staff, screen: str
) -> None:
    hub = staff.at(OFFICE, SCREENS[screen])
    tab, seen = hub.tab, Inspection(hub.tab, f"hub-call-{screen}")
    phone = "07700 900751" if screen == "phone" else "07700 900752"
    before = hub.takes_call(name=f"Cora Caller{screen}", phone=phone, postcode="KT1 1EU")
    tab.open("/staff/enquiries/enquiry/enter/")
    tab.page.get_by_label("Phone", exact=True).press_sequentially(phone)
    tab.page.locator("#found").get_by_role("link", name=before).wait_for()
    tab.fill("Postcode", "SL1 1JL")
    tab.page.locator("[data-found=council]", has_text="Slough").wait_for()
    seen.look("found-while-they-talk")
    tab.fill("Name", f"Cora Caller{screen}")
    tab.press("They agree: save")
    assert "Another council of the hub knows this household." in tab.text
    hub.claims()
    hub.writes_down("Rang", "Reached")
    assert "In contact" in tab.text
    hub.asks(SURREY, why=MOVED, words=f"Ms Caller{screen} moves to Guildford next month.")
    assert "Leave the name, the address, the number and the postcode out" in tab.text
    assert tab.value("What else they should know").endswith("Guildford next month.")
    seen.look("tells-too-much")
    tab.fill("What else they should know", "They move to Guildford next month.")
    tab.press("Ask this council")
    assert f"{SURREY} is asked since" in tab.text
    seen.look("asked")
    reference = hub.reference
    sees_no_name_before_it_accepts(staff, screen, reference, f"Caller{screen}")
    tab.page.reload()
    tab.press("Take the question back")
    assert f"Taken back. {SURREY} is not asked any more." in tab.everything()
    seen.assert_nothing_found()


def sees_no_name_before_it_accepts(staff: Staff, screen: str, reference: str, surname: str) -> None:
    surrey = staff.at("surrey", SCREENS[screen])
    seen = Inspection(surrey.tab, f"asked-{screen}")
    assert surrey.counted("Asked of us by another council") >= 1
    surrey.opens_from_work("Asked of us by another council")
    assert reference in surrey.tab.text
    assert "They move to Guildford next month." in surrey.tab.text
    assert surname not in surrey.tab.everything()
    seen.look("waiting-for-us")
    surrey.finds(surname)
    assert "No enquiries found" in surrey.tab.text
    seen.look("found-nothing")
    seen.assert_nothing_found()


def test_what_two_councils_refuse_the_hub_manager_decides(staff: Staff, screen: str) -> None:
    slough, hugh = staff.at("slough", SCREENS[screen]), staff.who(HUGH, SCREENS[screen])
    seen = Inspection(hugh.tab, f"hub-decides-{screen}")
    reference = slough.takes_call(name=f"Stella Stuck{screen}", phone="07700 900761", postcode="SL1 1JL")
    slough.asks(SURREY, why=LIVES_THERE)
    refuses(staff, "surrey", screen, reference)
    slough.tab.page.reload()
    assert "They do not live in our area, and we do not recruit there." in slough.tab.text
    slough.asks(KENT, why=LIVES_THERE)
    refuses(staff, "kent", screen, reference)
    slough.tab.page.reload()
    assert "The hub manager decides who answers it; until then it is yours." in slough.tab.text
    hugh.tab.open("/staff/enquiries/enquiry/to-do/")
    assert reference in hugh.tab.text
    seen.look("to-do")
    hugh.tab.open(HANDOVERS)
    line = hugh.tab.page.locator("article", has_text=reference)
    assert "Refused twice" in line.inner_text()
    seen.look("to-decide")
    decides(hugh, reference, seen)
    slough.tab.page.reload()
    assert "the hub manager decided it" in slough.tab.text
    assert "Ask another council to take it" not in slough.tab.text
    seen.assert_nothing_found()


def refuses(staff: Staff, council: str, screen: str, reference: str) -> None:
    asked = staff.at(council, SCREENS[screen])
    seen = Inspection(asked.tab, f"refuses-{council}-{screen}")
    asked.tab.open(HANDOVERS)
    says_no(asked, reference)
    assert "Choose why you do not take the enquiry." in asked.tab.text
    seen.look("no-reason")
    says_no(asked, reference, why="They do not live in our area, and we do not recruit there")
    assert f"you do not take {reference}" in asked.tab.everything()
    seen.look("refused")
    seen.assert_nothing_found()


def says_no(asked: Officer, reference: str, *, why: str = "Choose a reason") -> None:
    line = asked.tab.page.locator("article", has_text=reference)
    line.locator("summary").click()
    line.get_by_label("Why not").select_option(label=why)
    asked.tab.leave_by(line.get_by_role("button", name="Do not take it"))


def decides(hugh: Officer, reference: str, seen: Inspection) -> None:
    asked_last = hugh.tab.page.locator("article", has_text=reference).last
    asked_last.get_by_label(f"{SLOUGH}, for good").check()
    hugh.tab.leave_by(asked_last.get_by_role("button", name="Decide"))
    assert "Say why: both councils read it." in hugh.tab.text
    seen.look("say-why")
    asked_last.get_by_label(f"{SLOUGH}, for good").check()
    asked_last.get_by_label("Why. Both councils read it.").fill("They live in Slough.")
    hugh.tab.leave_by(asked_last.get_by_role("button", name="Decide"))
    assert "Decided. Both councils are told." in hugh.tab.everything()
    seen.look("decided")


def test_an_old_link_leads_to_the_council_that_answers_now(
    visitor: Visitor, staff: Staff, mailbox: Mailbox, tabs: Tabs, screen: str
) -> None:
    email = f"hana.{screen}@example.org"
    visitor.begins("SO23 8UJ")
    visitor.walks_on(name="Hana Handed", email=email, phone="07700 900123", way=CALL)
    old = visitor.sends().reference
    link = page_in(mailbox.reads(email, about=old), "your-enquiry")
    hampshire = staff.at("hampshire")
    hampshire.opens_case(old)
    hampshire.writes_down("Rang", "Reached")
    hampshire.asks(KENT, why=MOVED, words="They move to Maidstone in spring.")
    new = accepts(staff, screen, old)
    enquirer = tabs.open(PHONE)
    enquirer.open(link)
    assert new in enquirer.text
    assert "Kent Fostering" in enquirer.text
    assert "Hampshire" not in enquirer.page.locator("h2:text-is('Who has your enquiry') + p").inner_text()
    told = mailbox.reads(email, about="now answers")
    assert new in told
    hampshire.tab.page.reload()
    assert "Passed on" in hampshire.tab.text
    assert f"{KENT} answers this enquiry now" in hampshire.tab.text
    assert hampshire.tab.page.get_by_role("button", name="Rang: Reached").count() == 0
    passed_on = Inspection(hampshire.tab, f"handed-over-{screen}")
    passed_on.look("passed-on")
    hampshire.finds(new)
    assert "No enquiries found" in hampshire.tab.text
    passed_on.assert_nothing_found()


def accepts(staff: Staff, screen: str, old: str) -> str:
    """The manager of the council that was asked. Its own reference."""
    mina = staff.who(MINA, SCREENS[screen])
    seen = Inspection(mina.tab, f"accepts-{screen}")
    seen.open("asked-of-us", HANDOVERS)
    mina.tab.leave_by(mina.tab.page.locator("article", has_text=old).get_by_role("button", name="Accept"))
    assert "The enquiry is yours now" in mina.tab.everything()
    assert mina.tab.heading == "Hana Handed"
    assert f"There it was {old}." in mina.tab.text
    assert "They move to Maidstone in spring." in mina.tab.text
    seen.look("taken-over")
    new = mina.reference
    mina.finds(old)
    assert new in mina.tab.text
    seen.open("answered", HANDOVERS)
    seen.assert_nothing_found()
    return new
