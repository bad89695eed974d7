"""Somebody who fills in the form, page by page, by the words that stand there."""

import time
from dataclasses import dataclass

from tests.e2e.tab import Tab

FASTEST_PERSON = 3.2  # seconds: whoever is faster is taken for a program (enquiries.suspicion)
NEW = "I would like to find out about fostering"
CALL, EMAIL, VIDEO = "Phone call", "Email", "Video call"


@dataclass(frozen=True)
class Confirmation:
    reference: str
    promise: str
    text: str


@dataclass
class Visitor:
    tab: Tab
    required: int = 0  # answers given that could not be left out
    began_at: float = 0.0

    def begins(self, postcode: str) -> None:
        """On the home page, with a postcode."""
        self.tab.open("/")
        self.gives_postcode(postcode, button="Ask about fostering")

    def gives_postcode(self, postcode: str, *, button: str = "Continue") -> None:
        self.required += 1
        self.tab.fill("What is your postcode?", postcode)
        self.tab.press(button)
        self.began_at = time.monotonic()  # not before the answer has arrived

    def has_no_postcode(self) -> None:
        self.tab.open("/enquire/postcode/")
        self.tab.press("Go on without a postcode")
        self.began_at = time.monotonic()

    def picks(self, label: str) -> None:
        """The answer to a page that asks one thing."""
        self.required += 1
        self.tab.choose(label)
        self.tab.press("Continue")

    def gives_details(self, name: str, *, email: str = "", phone: str = "") -> None:
        self.required += 2
        self.tab.fill("Your name", name)
        self.tab.fill("Email address", email)
        self.tab.fill("Phone number", phone)
        self.tab.press("Continue")

    def wants(self, way: str, *ticked: str) -> None:
        self.required += 1
        for label in (way, *ticked):
            self.tab.choose(label)
        self.tab.press("Continue")

    def adds(self, message: str = "", *ticked: str) -> None:
        if message:
            self.tab.fill("Is there anything else you would like us to know? (optional)", message)
        for label in ticked:
            self.tab.choose(label)
        self.tab.press("Continue")

    def walks_on(
        self, *, name: str, email: str = "", phone: str = "", way: str, reason: str = NEW, also: tuple[str, ...] = ()
    ) -> None:
        """From "what brings you here" to "check your answers", saying what is needed and `also`."""
        self.picks(reason)
        self.gives_details(name, email=email, phone=phone)
        self.wants(way, *also)
        self.adds()

    def thinks(self) -> None:
        """As long as a person needs at least."""
        wait = FASTEST_PERSON - (time.monotonic() - self.began_at)
        if wait > 0:
            self.tab.page.wait_for_timeout(wait * 1000)

    def sends(self) -> Confirmation:
        self.thinks()
        self.tab.press("Send your enquiry")
        return self.reads_confirmation()

    def reads_confirmation(self) -> Confirmation:
        panel = self.tab.page.locator(".govuk-panel")
        return Confirmation(
            reference=panel.locator("strong").inner_text(),
            promise=self.tab.page.locator(".govuk-panel + p").inner_text().removesuffix("."),
            text=self.tab.text,
        )
