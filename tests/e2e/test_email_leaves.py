"""An email to many from its draft to what people say to it: an editor writes it for an audience, a colleague approves
it, it leaves, one person stops by the button of their mail program, another by our page, and the next email knows."""

import re

import pytest

from campaigns.mailings.jobs import JOBS
from campaigns.models import Look
from councils.models import Council
from councils.tenancy import as_council
from outbox.sending import deliver_due
from tests.campaigns.subscribed import subscriber
from tests.e2e.barriers import BothScreens
from tests.e2e.conftest import DoneElsewhere
from tests.e2e.officer import Mailbox, Staff
from tests.e2e.people import EDIE, MOSS
from tests.e2e.tab import Tab
from tests.e2e.test_your_enquiry import page_in
from tests.e2e.visitor import Visitor

HEATHER, PAGE, STAYS = "heather@example.org", "paige@example.org", "stella@example.org"
EMAILS, AUDIENCE = "/staff/campaigns/mailing/", "Everybody who never asked"
SUBJECT = "Could you foster?"
UNSUBSCRIBE = re.compile(r"<http://localhost:\d+(/news/stop/\w+/)>")


@pytest.mark.usefixtures("by_day")
def test_an_email_leaves_and_whoever_says_no_gets_no_other(
    staff: Staff, visitor: Visitor, mailbox: Mailbox, by_itself: DoneElsewhere
) -> None:
    by_itself(three_people_agree)
    edie, moss = staff.who(EDIE).tab, staff.who(MOSS).tab
    seen = BothScreens(edie, "email-leaves")
    makes_audience(edie, seen)
    drafts(edie, "Spring letter", campaign="A new campaign")
    assert tallies(edie) == ["3 would get it", "0 would be left out"]
    edie.press("Fix these 3 people")
    assert "A colleague has to approve it now." in edie.everything()
    assert edie.page.get_by_role("button", name="Approve").count() == 0
    approves(moss, seen)
    starts(edie, by_itself, seen)
    stops_by_header(mailbox)
    stops_on_the_page(visitor.tab, mailbox, seen)
    assert "Hello Erin, come and meet us." in mailbox.reads(STAYS, about=SUBJECT)
    drafts(edie, "Summer letter", campaign="Spring letters")
    finds_who_said_no(edie, seen)
    seen.assert_nothing_found()


def three_people_agree() -> None:
    medway = Council.objects.get(slug="medway")
    for address in (HEATHER, PAGE, STAYS):
        subscriber(medway, address)
    with as_council(medway):
        Look.objects.update_or_create(council=medway, defaults={"postal_address": "1 Example Street", "two_above": 2})


def makes_audience(tab: Tab, seen: BothScreens) -> None:
    tab.open("/staff/campaigns/segment/new/")
    tab.fill("Name of the audience", AUDIENCE)
    tab.choose("Only those who get news and never enquired")
    tab.press("Count")
    assert "3 people fit these rules." in tab.text
    seen.look("audience")
    tab.press("Save")


def drafts(tab: Tab, name: str, *, campaign: str) -> None:
    tab.open(EMAILS)
    tab.follow("From Medway Council")
    tab.fill("Name of the email", name)
    tab.page.get_by_label("Campaign", exact=True).select_option(label=campaign)
    tab.fill("Name of the new campaign", "Spring letters")
    tab.press("Begin the email")
    tab.follow("Write it")
    tab.fill("Subject", SUBJECT)
    tab.press("Text")
    tab.fill("Text", "Hello {first_name|there}, come and meet us.")
    tab.press("Save and check")
    assert "Nothing is missing from it." in tab.text
    tab.open(EMAILS)
    tab.follow(name)
    tab.page.get_by_label("Audience", exact=True).select_option(label=AUDIENCE)
    tab.press("Save and count")


def approves(tab: Tab, seen: BothScreens) -> None:
    tab.open(EMAILS)
    tab.follow("Spring letter")
    assert "Edie asks you to look at it" in tab.text
    seen.of(tab).look("to-approve")
    tab.press("Approve it for 3 people")
    assert "Approved." in tab.everything()


def starts(tab: Tab, by_itself: DoneElsewhere, seen: BothScreens) -> None:
    tab.page.reload()
    seen.look("approved")
    tab.press("Send it to 3 people now")
    seen.look("running")
    by_itself(*JOBS, deliver_due, *JOBS)  # what workers do within the minute
    tab.page.reload()
    assert "How it went" in tab.text
    seen.look("done")


def stops_by_header(mailbox: Mailbox) -> None:
    """As a mail program does: no cookie, no page; it may press twice."""
    mail, tab = mailbox.reads(HEATHER, about=SUBJECT), mailbox.tab
    found = UNSUBSCRIBE.search(mail)
    assert found and "List-Unsubscribe=One-Click" in mail
    assert tab.page.context.cookies() == []
    for _ in range(2):
        assert tab.page.request.post(tab.site + found[1], form={"List-Unsubscribe": "One-Click"}).status == 200


def stops_on_the_page(tab: Tab, mailbox: Mailbox, seen: BothScreens) -> None:
    tab.open(page_in(mailbox.reads(PAGE, about=SUBJECT), "news/stop"))
    assert tab.heading == "Stop news about fostering"
    seen.of(tab).look("stop")
    tab.press("Stop news from Medway Council")
    assert tab.heading == "You get no more news"
    seen.of(tab).look("stopped")
    tab.follow("See and change what you get from us")
    assert "News and stories: no" in tab.text
    seen.of(tab).look("choices")


def finds_who_said_no(tab: Tab, seen: BothScreens) -> None:
    assert tallies(tab) == ["0 would get it", "3 would be left out"]
    assert left_out(tab) == {
        "Said no to news, in the whole region or here": "2",
        "Had a campaign email in the last days": "1",
    }
    seen.look("next-email")


def left_out(tab: Tab) -> dict[str, str]:
    rows = tab.page.get_by_role("region", name="Who is left out").locator("tbody tr").all()
    return dict(row.locator("td").all_inner_texts() for row in rows)


def tallies(tab: Tab) -> list[str]:
    return [" ".join(told.split()) for told in tab.page.locator(".staff-tally").all_inner_texts()]
