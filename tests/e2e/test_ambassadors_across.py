"""Somebody whom no carer of their own council can talk to, and one of the next council who can, once its staff have
confirmed: three people and a fourth, from the wish to "did you speak?"."""

from ambassadors import tasks
from tests.e2e.ambassador import Ambassador, Enquirer, says_they_spoke
from tests.e2e.barriers import BothScreens
from tests.e2e.conftest import DoneElsewhere
from tests.e2e.officer import Mailbox, Officer, Staff
from tests.e2e.people import COLIN, CORA, PRITI
from tests.e2e.tab import Tabs
from tests.e2e.visitor import CALL, Visitor

WAITING = "/staff/ambassadors/introduction/"
ROOM = "https://video.example.org/room"


def test_across_two_councils(
    visitor: Visitor, staff: Staff, mailbox: Mailbox, tabs: Tabs, by_itself: DoneElsewhere
) -> None:
    """Kent has nobody who speaks Punjabi; Hampshire has Priti, and confirms first."""
    seen = BothScreens(visitor.tab, "ambassadors-across")
    email = "pavan.talks@example.org"
    visitor.begins("ME14 1XQ")
    visitor.walks_on(name="Pavan Punjabi", email=email, phone="07700 900124", way=CALL)
    reference = visitor.sends().reference
    pavan = Enquirer(visitor.tab, mailbox, email)
    wishes_for_punjabi(pavan, reference, seen)
    cora, colin = staff.who(CORA), staff.who(COLIN)
    asks_next_door(cora, by_itself, seen)
    confirms_for_kent(colin, seen)
    priti = Ambassador(tabs.open(), mailbox, PRITI)
    priti.opens(about="Would you talk to somebody")
    priti.says_yes("Pavan", seen)
    pavan.opens(about="Priti would like to talk to you")
    pavan.tab.press("Read about Priti and answer")
    pavan.tab.press("Yes, I would like to talk to Priti")
    pavan.tab.choose("By video: we send you both a link")
    pavan.tab.press("Yes, I would like to talk")
    assert "The council is getting a link ready." in pavan.tab.text
    gives_a_room(cora, seen)
    for side, mail in ((priti, "How you talk is"), (pavan, "How you talk to Priti")):
        side.opens(about=mail)
        side.tab.follow("Pavan") if side is priti else side.tab.press("Open your conversation")
        assert ROOM in side.tab.text
        seen.of(side.tab).look("room")
    for side in (priti, pavan):
        side.tab.follow("Tell us that you spoke")
        says_they_spoke(side.tab, seen)
    for officer in (colin, cora):
        seen.of(officer.tab).open("nothing-open", f"{WAITING}open/")
        assert "Priti" not in officer.tab.text
    colin.finds("Pavan")
    assert "No enquiries found" in colin.tab.text
    seen.assert_nothing_found()


def wishes_for_punjabi(pavan: Enquirer, reference: str, seen: BothScreens) -> None:
    """On "Your enquiry"."""
    pavan.opens(about=reference)
    pavan.tab.follow("Ask to talk to one of them")
    language = "Do you need to talk in a language other than English? (optional)"
    pavan.tab.fill(language, ", ".join("abcdefghijklmnop"))
    pavan.tab.press("I would like to talk to a foster carer")
    seen.of(pavan.tab).look("wish-errors")
    pavan.tab.fill(language, "panjabi")
    pavan.tab.press("I would like to talk to a foster carer")
    assert "We look for a foster carer you can talk to." in pavan.tab.text
    seen.of(pavan.tab).look("your-enquiry-looking")
    pavan.tab.follow("How long that takes")
    seen.of(pavan.tab).look("how-long-it-takes")


def asks_next_door(cora: Officer, by_itself: DoneElsewhere, seen: BothScreens) -> None:
    cora.tab.open(WAITING)
    cora.tab.press("Suggest for everybody now")
    by_itself(tasks.propose_rounds)
    seen.of(cora.tab).open("suggested", WAITING)
    cora.tab.page.get_by_label("Priti for Pavan").check()
    cora.tab.press("Introduce the ticked")
    assert "is asked to confirm Priti for Pavan." in cora.tab.everything()


def confirms_for_kent(colin: Officer, seen: BothScreens) -> None:
    look = seen.of(colin.tab).look
    colin.tab.open(WAITING)
    look("needs-you")
    colin.tab.leave_by(colin.tab.page.get_by_role("link", name="asks to introduce somebody to Priti"))
    assert "Pavan Punjabi" in colin.tab.text
    colin.tab.press("Confirm")
    look("confirm-not-checked")
    colin.tab.page.get_by_label("I have checked").check()
    colin.tab.press("Confirm")
    assert "Pavan Punjabi" not in colin.tab.everything()


def gives_a_room(cora: Officer, seen: BothScreens) -> None:
    look = seen.of(cora.tab).look
    cora.tab.open(f"{WAITING}open/")
    cora.tab.leave_by(cora.tab.page.get_by_role("button", name="Save the link"))
    look("link-errors")
    cora.tab.fill("Link to the video room", ROOM)
    cora.tab.leave_by(cora.tab.page.get_by_role("button", name="Save the link"))
    look("open-with-link")
