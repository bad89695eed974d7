"""A member of staff at the screen: the list, one case, and the development mailbox beside it."""

from dataclasses import dataclass, field

from playwright.sync_api import StorageState, expect

from tests.e2e.chromium import DESKTOP, Screen
from tests.e2e.people import officer_of
from tests.e2e.tab import Tab, Tabs
from tests.factories import PASSWORD

MAIL_TAKES = 20_000  # milliseconds; the sweeper looks three times a second


@dataclass
class Officer:
    tab: Tab

    def logs_in(self, email: str) -> None:
        self.tab.open("/staff/")
        self.tab.fill("Email address", email)
        self.tab.fill("Password", PASSWORD)
        self.tab.press("Log in")

    def opens_list(self) -> None:
        self.tab.page.get_by_role("navigation", name="Main").get_by_role("link", name="Enquiries", exact=True).click()

    def opens_case(self, reference: str) -> None:
        self.opens_list()
        self.tab.follow(reference)

    def claims(self) -> None:
        self.tab.press("I take it")

    def writes_down(self, done: str, outcome: str) -> None:
        """One of the quick buttons: what was done, and what came of it."""
        self.tab.press(f"{done}: {outcome}")


@dataclass
class Staff:
    """Opens a tab for whoever works a council's cases. Everybody logs in once a run: only one test is about that."""

    tabs: Tabs
    sessions: dict[str, StorageState] = field(default_factory=dict)

    def at(self, council: str, screen: Screen = DESKTOP) -> Officer:
        email = officer_of(council)
        officer = Officer(self.tabs.open(screen, known=self.sessions.get(email)))
        if email in self.sessions:
            officer.tab.open("/staff/")
        else:
            officer.logs_in(email)
            self.sessions[email] = officer.tab.page.context.storage_state()
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
        item.get_by_role("link").click()
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
