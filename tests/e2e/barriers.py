"""What keeps people out: axe-core's rules for WCAG 2.2 AA, and a page that scrolls sideways when it is narrow."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.chromium import SCREENS
from tests.e2e.tab import Tab

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Of style sheets that import others axe would copy the text into the page, which our policy forbids; no rule for WCAG
# that is on by default needs it.
PRELOAD = False
NARROW = 320  # CSS pixels: WCAG 1.4.10
PICTURES = Path(__file__).resolve().parents[2] / "screenshots"
# Whatever reaches beyond the right edge and stands in no frame that scrolls by itself.
WIDE = """() => {
  const root = document.documentElement;  // has a bar of its own down the side
  const scrolls = (e) => e && e !== root
    && (/auto|scroll/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  return [...document.body.querySelectorAll("*")]
    .filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !scrolls(e.parentElement))
    .map((e) => e.outerHTML.slice(0, 100)).slice(0, 3);
}"""


@dataclass
class Inspection:
    """Of one tab at one width. A picture of every page is kept for people to look at."""

    tab: Tab
    screen: str
    found: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    def look(self, name: str) -> None:
        self.seen.append(name)
        self.tab.picture(PICTURES / self.screen / f"{len(self.seen):02}-{name}.jpg")
        self.found += [f"{name} ({self.screen}): {barrier}" for barrier in barriers(self.tab.page)]

    def open(self, name: str, path: str) -> None:
        self.tab.open(path)
        self.look(name)

    def assert_nothing_found(self) -> None:
        assert not self.found, "\n".join(self.found)


@dataclass
class BothScreens(Inspection):
    """Each page on a phone and on a desktop, without walking the way to it twice. `of` another tab adds to the same."""

    def look(self, name: str) -> None:
        self.seen.append(name)
        for screen, size in SCREENS.items():
            self.tab.page.set_viewport_size(size["viewport"])
            self.tab.picture(PICTURES / f"{self.screen}-{screen}" / f"{len(self.seen):02}-{name}.jpg")
            self.found += [f"{name} ({self.screen}, {screen}): {barrier}" for barrier in barriers(self.tab.page)]

    def of(self, tab: Tab) -> "BothScreens":
        return BothScreens(tab, self.screen, found=self.found, seen=self.seen)


def barriers(page: Page) -> list[str]:
    return [*axe_violations(page), *sideways(page)]


def axe_violations(page: Page) -> Iterator[str]:
    options = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"], "preload": PRELOAD}
    response: dict[str, Any] = Axe().run(page, options=options).response
    for violation in response["violations"]:
        for node in violation["nodes"]:
            yield f"{violation['id']}: {violation['help']}: {node['html'][:160]}"


def sideways(page: Page) -> Iterator[str]:
    before = page.viewport_size
    page.set_viewport_size({"width": NARROW, "height": 740})
    width: int = page.evaluate("document.documentElement.scrollWidth")
    if width > NARROW:
        yield f"scrolls sideways at {NARROW} px: it is {width} px wide: {page.evaluate(WIDE)}"
    if before:
        page.set_viewport_size(before)
