"""Somebody who fosters, on their own pages; and the enquirer they talk to. Both come in by links from the mailbox."""

from dataclasses import dataclass

from tests.e2e.barriers import BothScreens
from tests.e2e.officer import Mailbox
from tests.e2e.tab import Tab
from tests.e2e.test_your_enquiry import page_in


@dataclass
class Ambassador:
    tab: Tab
    mailbox: Mailbox
    email: str

    def opens(self, *, about: str) -> str:
        """The link in the mail about this. The mail's text."""
        mail = self.mailbox.reads(self.email, about=about)
        self.tab.open(page_in(mail, "ambassadors/enter"))
        return mail

    def joins(self, seen: BothScreens, *, about: str, postcode: str) -> None:
        """From the invitation to a profile that can be asked, with a mistake on every page."""
        look = seen.of(self.tab).look
        self.tab.press("Join")
        look("join-errors")
        self.tab.choose("I have read this and will keep to it")
        self.tab.press("Join")
        self.tab.fill("A few words about you", about)
        self.tab.press("Save")
        assert "Enter your postcode" in self.tab.text
        look("profile-errors")
        self.tab.choose("Short-term fostering")
        self.tab.fill("Your postcode", postcode)
        self.tab.press("Save")
        self.tab.press("Save")
        assert "Choose at least one way to talk" in self.tab.text
        look("availability-errors")
        for label in ("Phone", "Video", "Weekday evenings, 5pm to 8pm"):
            self.tab.choose(label)
        self.tab.press("Save")
        self.tab.follow("What you share")
        look("sharing")
        self.tab.choose("I foster teenagers")
        self.tab.press("Save")
        look("preview")

    def says_yes(self, name: str, seen: BothScreens) -> None:
        seen.of(self.tab).look(f"home-{name}-waits")
        self.tab.press(f"Read more and answer {name}")
        seen.of(self.tab).look(f"asked-for-{name}")
        self.tab.press(f"Yes, I can talk to {name}")
        seen.of(self.tab).look(f"said-yes-to-{name}")

    def looks_around(self, seen: BothScreens) -> None:
        """Pages of their own that the conversation did not lead to."""
        look = seen.of(self.tab)
        for name in ("", "log", "log/add", "mentoring", "concern", "break", "stop", "profile"):
            look.open(name.replace("/", "-") or "home", f"/ambassadors/{name}/".replace("//", "/"))
        self.tab.press("Save")
        self.tab.open("/ambassadors/break/")
        self.tab.press("Save")
        look.look("break-errors")
        self.tab.press("Log out")
        look.look("logged-out")
        self.tab.press("Send me a link")
        look.look("log-in-errors")
        self.tab.fill("Your email address", self.email)
        self.tab.press("Send me a link")
        look.look("on-its-way")
        look.open("closed", "/ambassadors/link/")


@dataclass
class Enquirer:
    tab: Tab
    mailbox: Mailbox
    email: str

    def opens(self, *, about: str) -> str:
        mail = self.mailbox.reads(self.email, about=about)
        self.tab.open(page_in(mail, "your-enquiry"))
        return mail


def says_they_spoke(tab: Tab, seen: BothScreens, *, how: str = "") -> None:
    """On either side."""
    tab.press("Send")
    assert "Say whether you spoke" in tab.text
    seen.of(tab).look("did-you-speak-errors")
    tab.choose("Yes, we spoke")
    tab.fill("How did it go? (optional)", how)
    tab.press("Send")
    assert "Thank you for telling us." in tab.text
    seen.of(tab).look("spoke")
