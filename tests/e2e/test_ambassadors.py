"""Three people from a wish to "did you speak?", by their own buttons and the links in their mails. Every page on the
way is looked at for barriers, on a phone and on a desktop."""

from datetime import timedelta

from ambassadors import tasks
from ambassadors.introduction_states import State
from ambassadors.models import Introduction
from councils.clock import hub_now
from councils.models import Council
from councils.tenancy import as_council
from tests.e2e.ambassador import Ambassador, Enquirer, says_they_spoke
from tests.e2e.barriers import BothScreens
from tests.e2e.chromium import PHONE
from tests.e2e.conftest import DoneElsewhere
from tests.e2e.officer import Mailbox, Officer, Staff
from tests.e2e.people import CORA, MINA, SADE
from tests.e2e.tab import Tabs
from tests.e2e.visitor import CALL, Visitor

WAITING, PEOPLE = "/staff/ambassadors/introduction/", "/staff/ambassadors/ambassador/"
WORRIED = "They asked three times where the children go to school."


def test_from_a_wish_to_did_you_speak(
    visitor: Visitor, staff: Staff, mailbox: Mailbox, tabs: Tabs, by_itself: DoneElsewhere
) -> None:
    seen = BothScreens(visitor.tab, "ambassadors")
    erin = Enquirer(visitor.tab, mailbox, "erin.talks@example.org")
    wishes(visitor, erin.email)
    cora = staff.who(CORA)
    anna = Ambassador(tabs.open(PHONE), mailbox, "anna.ambassador@example.org")
    invites(cora, anna, seen)
    anna.opens(about="ambassador")
    anna.joins(seen, about="We foster teenagers and would not miss it.", postcode="CT6 6AA")
    confirms(cora, seen)
    introduces(cora, seen)
    asked = anna.opens(about="Would you talk to somebody")
    assert "Erin" not in asked and "Talks" not in asked
    anna.says_yes("Erin", seen)
    agrees_to_a_call(erin, seen)
    sets_a_time(anna, seen)
    has_a_calendar_entry(erin, seen)
    by_itself(lambda: two_days_pass("kent"), tasks.look_after_introductions)
    both_say_that_they_spoke(erin, anna, seen)
    has_a_concern(anna, staff, seen)
    writes_time_down(anna, staff.who(MINA), seen)
    reads_how_it_went(cora, seen)
    becomes_a_mentor(cora, staff.who(MINA), seen)
    anna.looks_around(seen)
    seen.assert_nothing_found()


def wishes(visitor: Visitor, email: str) -> None:
    """On "help us prepare"."""
    visitor.begins("ME14 1XQ")
    visitor.walks_on(name="Erin Talks", email=email, phone="07700 900123", way=CALL)
    visitor.sends()
    visitor.tab.press("Help us prepare")
    for label in ("Yes, please", "Somebody who fosters teenagers", "What day-to-day life is like"):
        visitor.tab.choose(label)
    visitor.tab.press("Add to my enquiry")


def invites(cora: Officer, anna: Ambassador, seen: BothScreens) -> None:
    look = seen.of(cora.tab)
    look.open("waiting-nobody-here", WAITING)
    look.open("no-ambassadors", PEOPLE)
    cora.tab.follow("Invite an ambassador")
    cora.tab.press("Send the invitation")
    look.look("invite-errors")
    cora.tab.fill("First name", "Anna")
    cora.tab.fill("Email", anna.email)
    cora.tab.press("Send the invitation")
    look.look("invited")


def confirms(cora: Officer, seen: BothScreens) -> None:
    cora.tab.open(PEOPLE)
    cora.tab.follow("Anna")
    assert "Standing to confirm" in cora.tab.text
    cora.tab.press("Approved and in good standing, checked today")
    assert "Can be asked" in cora.tab.text
    seen.of(cora.tab).look("ambassador")


def introduces(cora: Officer, seen: BothScreens) -> None:
    look = seen.of(cora.tab).look
    cora.tab.open(WAITING)
    cora.tab.follow("Erin")
    assert "fosters teenagers as they asked" in cora.tab.text
    cora.tab.press("Introduce Erin")
    look("suggestions-nobody-ticked")
    cora.tab.page.get_by_label("Ask Anna: I have checked").check()
    cora.tab.press("Introduce Erin")
    assert "Anna is asked whether they can talk to Erin." in cora.tab.everything()


def agrees_to_a_call(erin: Enquirer, seen: BothScreens) -> None:
    look = seen.of(erin.tab).look
    erin.opens(about="Anna would like to talk to you")
    assert "will ring you by" in erin.tab.text  # staff's promise goes on
    look("your-enquiry-somebody-is-ready")
    erin.tab.press("Read about Anna and answer")
    assert "Fosters teenagers" in erin.tab.text
    look("about-anna")
    erin.tab.follow("I would rather talk to somebody else")
    look("somebody-else")
    erin.tab.back()
    erin.tab.press("Yes, I would like to talk to Anna")
    erin.tab.press("Yes, I would like to talk")
    look("how-errors")
    erin.tab.choose("By phone: Anna rings you")
    erin.tab.press("Yes, I would like to talk")
    assert "Anna rings you on a number that ends in 123." in erin.tab.text
    look("agreed-by-phone")


def sets_a_time(anna: Ambassador, seen: BothScreens) -> None:
    anna.opens(about="They would like to talk to you")
    anna.tab.follow("Erin")
    assert "Ring Erin on 07700 900123" in anna.tab.text
    assert "Withhold your number" in anna.tab.text
    seen.of(anna.tab).look("number-to-ring")
    anna.tab.press("Set a time")
    anna.tab.press("Save")
    seen.of(anna.tab).look("time-errors")
    anna.tab.page.get_by_label("Day", exact=True).select_option(index=3)
    anna.tab.page.get_by_label("Time", exact=True).select_option(value="18:30")
    anna.tab.press("Save")
    assert "at 6:30pm" in anna.tab.text
    seen.of(anna.tab).look("time-set")


def has_a_calendar_entry(erin: Enquirer, seen: BothScreens) -> None:
    erin.opens(about="You talk to Anna on")
    erin.tab.press("Open your conversation")
    with erin.tab.page.expect_download() as saved:
        erin.tab.page.get_by_role("link", name="Put it in my calendar").click()
    assert "SUMMARY:Talk with Anna" in saved.value.path().read_text()
    erin.tab.follow("stop this conversation")
    seen.of(erin.tab).look("stop")


def two_days_pass(slug: str) -> None:
    """What was arranged lies behind them."""
    with as_council(Council.objects.get(slug=slug)):
        agreed = Introduction.objects.filter(state=State.AGREED)
        assert agreed.update(talk_at=hub_now() - timedelta(days=2), remind_at=None) == 1


def both_say_that_they_spoke(erin: Enquirer, anna: Ambassador, seen: BothScreens) -> None:
    erin.opens(about="Did you speak to Anna?")
    erin.tab.press("Tell us if you spoke")
    erin.tab.press("Tell us")
    says_they_spoke(erin.tab, seen, how="It helped me a lot.")
    assert "07700 900123" not in erin.tab.text
    anna.opens(about="Did you speak?")
    anna.tab.follow("tell us whether you spoke with Erin")  # her yes has ended it
    says_they_spoke(anna.tab, seen)
    assert "07700 900123" not in anna.tab.everything()


def has_a_concern(anna: Ambassador, staff: Staff, seen: BothScreens) -> None:
    anna.tab.follow("tell us about a concern")
    assert anna.tab.text.index("999") < anna.tab.text.index("What happened?")
    anna.tab.press("Send")
    seen.of(anna.tab).look("concern-errors")
    anna.tab.choose("The person who is thinking about fostering")
    anna.tab.fill("What happened?", WORRIED)
    anna.tab.press("Send")
    seen.of(anna.tab).look("concern-sent")
    sade = staff.who(SADE)
    seen.of(sade.tab).open("concerns", "/staff/ambassadors/concern/")
    sade.tab.leave_by(sade.tab.page.locator("#content li a").first)
    assert WORRIED in sade.tab.text
    seen.of(sade.tab).look("concern")
    for email in (CORA, MINA):
        assert staff.who(email).tab.is_refused(sade.tab.path, 404)


def writes_time_down(anna: Ambassador, mina: Officer, seen: BothScreens) -> None:
    look = seen.of(anna.tab).look
    anna.tab.open("/ambassadors/log/add/")
    anna.tab.press("Save")
    look("log-errors")
    anna.tab.fill("When was it?", anna.tab.page.evaluate("() => new Date().toISOString().slice(0, 10)"))
    anna.tab.page.get_by_label("Erin, ").check()
    anna.tab.choose("Phone")
    anna.tab.fill("How many minutes did it take you?", "40")
    anna.tab.press("Save")
    look("log")
    seen.of(mina.tab).open("time-to-approve", "/staff/ambassadors/talk/")
    mina.tab.press("Approve what is ticked")
    seen.of(mina.tab).look("nothing-ticked")
    mina.tab.page.get_by_role("row", name="Anna").get_by_role("checkbox").check()
    mina.tab.press("Approve what is ticked")
    assert "Approved: 1." in mina.tab.everything()
    seen.of(mina.tab).open("time-take-out", "/staff/ambassadors/talk/take-out/")
    seen.of(mina.tab).open("schemes", "/staff/ambassadors/scheme/")
    mina.tab.follow("Kent County Council")
    mina.tab.fill("Working days to answer", "99")
    mina.tab.press("Save")
    seen.of(mina.tab).look("scheme-errors")


def reads_how_it_went(cora: Officer, seen: BothScreens) -> None:
    look = seen.of(cora.tab)
    look.open("fairness", f"{WAITING}fairness/")
    look.open("open", f"{WAITING}open/")
    cora.tab.open(PEOPLE)
    look.look("ambassadors")
    cora.tab.follow("Anna")
    assert "they spoke" in cora.tab.text.lower()
    page = cora.tab.path.replace("change/", "")
    look.open("address", f"{page}address/")
    look.open("leave", f"{page}leave/")
    cora.finds_from_work("Erin Talks")
    look.look("case")
    look.open("wish-heard", cora.tab.path.replace("change/", "wish/"))


def becomes_a_mentor(cora: Officer, mina: Officer, seen: BothScreens) -> None:
    """Erin has applied; Anna's pages show her afterwards."""
    look = seen.of(cora.tab)
    cora.tab.open(PEOPLE)
    cora.tab.follow("Anna")
    cora.tab.press("May be a mentor")
    mina.finds_from_work("Erin Talks")
    mina.tab.page.get_by_label("Step", exact=True).select_option(label="Application received")
    mina.tab.press("Move the case on")
    cora.finds_from_work("Erin Talks")
    look.look("mentor-to-give")
    cora.tab.page.get_by_label("Who", exact=True).select_option(label="Anna, CT6")
    cora.tab.press("Give them a mentor")
    look.look("mentor-given")
    cora.tab.follow("Pass a concern on to safeguarding")
    look.look("concern-to-pass-on")
