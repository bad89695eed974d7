"""A member of staff at the screen: the list, one case, and the development mailbox beside it."""

from dataclasses import dataclass

from playwright.sync_api import expect

from tests.e2e.chromium import DESKTOP, Screen
from tests.e2e.people import officer_of
from tests.e2e.tab import Tab, Tabs

MAIL_TAKES = 20_000  # milliseconds; the sweeper looks three times a second


@dataclass
class Officer:
    tab: Tab

    def logs_in(self, email: str) -> None:
        """By a session that is there already; log_in.py has the way through the pages."""
        self.tab.becomes(email)
        self.tab.open("/staff/")

    def opens_list(self) -> None:
        self.tab.goes_to("Enquiries")

    def opens_case(self, reference: str) -> None:
        self.opens_list()
        self.tab.follow(reference)

    def claims(self) -> None:
        self.tab.press("I take it")

    def opens_from_work(self, label: str) -> None:
        """One of the counts of the first page leads to its list."""
        self.tab.open("/staff/")
        self.tab.leave_by(self.tab.page.locator(".staff-tally", has_text=label))

    def counted(self, label: str) -> int:
        self.tab.open("/staff/")
        return int(self.tab.page.locator(".staff-tally", has_text=label).locator(".staff-tally__count").inner_text())

    def finds(self, typed: str) -> None:
        self.opens_list()
        self.tab.fill("Find by name, phone, email, postcode or reference", typed)
        self.tab.press("Find")

    def finds_from_work(self, name: str) -> None:
        """The one case of this name, from wherever one is."""
        self.tab.open("/staff/")
        self.finds(name)
        self.tab.leave_by(self.tab.page.get_by_role("rowheader").get_by_role("link").first)

    def unfolds(self, summary: str) -> None:
        self.tab.page.locator("summary", has_text=summary).first.click()

    @property
    def reference(self) -> str:
        """Of the case whose page is open."""
        return self.tab.page.locator(".staff-identity dt:text-is('Reference') + dd").inner_text().strip()

    def takes_call(self, *, name: str, phone: str, postcode: str, email: str = "", council: str = "") -> str:
        """Somebody rings: their reference."""
        self.tab.open("/staff/enquiries/enquiry/enter/")
        self.tab.fill("Postcode", postcode)
        self.tab.fill("Name", name)
        self.tab.fill("Phone", phone)
        self.tab.fill("Email (optional)", email)
        if council:
            self.tab.page.get_by_label("Council that answers", exact=True).select_option(label=council)
        self.tab.press("They agree: save")
        return self.reference

    def asks(self, council: str, *, why: str, words: str = "") -> None:
        """On the page of a case: another council to take it."""
        self.unfolds("Ask another council to take it")
        self.tab.page.get_by_label("Council to ask", exact=True).select_option(label=council)
        self.tab.page.get_by_label("Why", exact=True).select_option(label=why)
        self.tab.fill("What else they should know", words)
        self.tab.press("Ask this council")

    def writes_down(self, done: str, outcome: str) -> None:
        """One of the quick buttons: what was done, and what came of it."""
        self.tab.press(f"{done}: {outcome}")


@dataclass
class Staff:
    """Opens a tab for whoever works a council's cases."""

    tabs: Tabs

    def at(self, council: str, screen: Screen = DESKTOP) -> Officer:
        return self.who(officer_of(council), screen)

    def who(self, email: str, screen: Screen = DESKTOP) -> Officer:
        officer = Officer(self.tabs.open(screen))
        officer.logs_in(email)
        return officer


@dataclass
class Mailbox:
    """/mailbox/, as it stands open in development."""

    tab: Tab

    def reads(self, to: str, *, about: str) -> str:
        """The text of the message to this address whose subject names `about`, once it has left."""
        self.tab.open(f"/mailbox/?to={to}")
        item = self.tab.page.locator(".hub-mail", has_text=about)
        self._wait_until_sent(about)
        self.tab.leave_by(item.get_by_role("link"))
        return self.tab.text

    def looks(self) -> str:
        """The open message as its receiver sees it."""
        return self.tab.page.frame_locator("iframe").locator("body").inner_text()

    def _wait_until_sent(self, about: str) -> None:
        item = self.tab.page.locator(".hub-mail", has_text=about).locator(".govuk-tag")
        for _ in range(MAIL_TAKES // 400):
            if item.count() and item.first.inner_text().strip() == "Sent":
                return
            self.tab.page.wait_for_timeout(400)
            self.tab.page.reload()
        expect(item).to_have_text("Sent")

    def is_empty_for(self, to: str) -> bool:
        self.tab.open(f"/mailbox/?to={to}")
        return self.tab.page.locator(".hub-mail").count() == 0
