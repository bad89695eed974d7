"""A browser's tab that notices whatever goes wrong behind the page."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response, StorageState

from tests.e2e.chromium import DESKTOP, Screen

LetIn = Callable[[str], str]  # an email address to the key of a session
PATIENCE = 10_000  # milliseconds
MOST_STOPS = 150
SEEN = """each => {
  const style = getComputedStyle(each);
  return style.outlineStyle !== "none" || style.boxShadow !== "none" || style.backgroundColor === "rgb(255, 221, 0)";
}"""
# Chromium reports a page's own status as a console error; 422 is the form asking again, 409 an action refused.
ASKED_AGAIN = re.compile(r"the server responded with a status of (422|409) ")
TURNED_AWAY = re.compile(r"the server responded with a status of (403|404|409|422) ")


@dataclass
class Tab:
    """`shown` are the addresses of the pages that appeared, in order; `complaints` is what nobody should have seen.
    `trusted` are addresses of others that it may lead to."""

    page: Page
    site: str
    let_in: LetIn
    shown: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    turned_away: bool = False
    trusted: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", self._read_console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        self.page.on("response", self._read_response)
        self.page.on("domcontentloaded", lambda page: self.shown.append(page.url))

    def _read_console(self, message: ConsoleMessage) -> None:
        expected = TURNED_AWAY if self.turned_away else ASKED_AGAIN
        if message.type in ("error", "warning") and not expected.search(message.text):
            self.complaints.append(f"{self.page.url}: {message.type}: {message.text}")

    def _read_response(self, response: Response) -> None:
        if not response.url.startswith((self.site, "data:", *self.trusted)):
            self.complaints.append(f"{self.page.url} asked a third party: {response.url}")

    def open(self, path: str) -> None:
        self.page.goto(self.site + path)

    def becomes(self, email: str) -> None:
        """A member of staff who is logged in."""
        self.page.context.add_cookies([{"name": "sessionid", "value": self.let_in(email), "url": self.site}])

    def is_refused(self, path: str, status: int = 403) -> bool:
        """An address that is not for this person. The browser reports the status, as it should."""
        self.turned_away = True
        answer = self.page.goto(self.site + path)
        return answer is not None and answer.status == status

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.site)

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text().strip()

    @property
    def text(self) -> str:
        return self.page.locator("main, #content").first.inner_text()

    def press(self, name: str) -> None:
        """A button that leads to another page."""
        self.leave_by(self.page.get_by_role("button", name=name, exact=True))

    def follow(self, name: str) -> None:
        self.leave_by(self.page.get_by_role("link", name=name, exact=True).first)

    def goes_to(self, name: str) -> None:
        """By the staff site's own bar."""
        self.leave_by(self.page.get_by_role("navigation", name="Main").get_by_role("link", name=name, exact=True))

    def leave_by(self, control: Locator) -> None:
        """Until the next page is there: what is asked before is asked of one that goes away."""
        with self.page.expect_navigation():
            control.click()

    def back(self) -> None:
        """The browser's own Back."""
        self.page.go_back()

    def walks_to(self, control: Locator) -> None:
        """By the Tab key alone, and one sees where one is."""
        for _ in range(MOST_STOPS):
            if control.evaluate("each => each === document.activeElement"):
                assert control.evaluate(SEEN), f"focus cannot be seen on {control}"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the Tab key does not lead to {control}")

    def keys(self, *pressed: str) -> None:
        """What a key does that leads to another page."""
        *before, last = pressed
        for key in before:
            self.page.keyboard.press(key)
        with self.page.expect_navigation():
            self.page.keyboard.press(last)

    def fill(self, label: str, value: str) -> None:
        self.page.get_by_label(label, exact=True).fill(value)

    def choose(self, label: str) -> None:
        """A radio or checkbox."""
        self.page.get_by_label(label, exact=True).check()

    @property
    def focused(self) -> Locator:
        return self.page.locator("*:focus")

    def is_chosen(self, label: str) -> bool:
        return self.page.get_by_label(label, exact=True).is_checked()

    def value(self, label: str) -> str:
        return self.page.get_by_label(label, exact=True).input_value()

    def everything(self) -> str:
        return self.page.locator("body").inner_text()

    def picture(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=file, full_page=True, type="jpeg", quality=70)  # PNG takes the processor longer


class Tabs:
    """Opens tabs, each in a browser profile of its own, and closes them all."""

    def __init__(self, browser: Browser, site: str, let_in: LetIn) -> None:
        self._browser = browser
        self._site = site
        self._let_in = let_in
        self._opened: list[Tab] = []

    def open(self, screen: Screen = DESKTOP, *, scripts: bool = True, known: StorageState | None = None) -> Tab:
        context = self._browser.new_context(**screen, java_script_enabled=scripts, locale="en-GB", storage_state=known)
        tab = Tab(context.new_page(), self._site, self._let_in)
        self._opened.append(tab)
        return tab

    def close(self) -> list[str]:
        """What the tabs complained about."""
        for tab in self._opened:
            tab.page.context.close()
        return [complaint for tab in self._opened for complaint in tab.complaints]
