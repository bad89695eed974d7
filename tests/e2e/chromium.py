"""Debian's Chromium. Playwright's own browsers are not downloaded: they would come from outside the distribution."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypedDict

from playwright.sync_api import Browser, ViewportSize, sync_playwright

PROGRAMS = ("/usr/bin/chromium", "chromium", "chromium-browser")
# As root it refuses to start with its sandbox; the rest keeps it from talking to anybody but us.
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


class Screen(TypedDict, total=False):
    viewport: ViewportSize
    has_touch: bool
    is_mobile: bool


PHONE: Screen = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
DESKTOP: Screen = {"viewport": {"width": 1280, "height": 900}}
SCREENS: dict[str, Screen] = {"phone": PHONE, "desktop": DESKTOP}


def program() -> str:
    found = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
    if found is None:
        raise RuntimeError("These tests need Chromium. On Debian: apt install chromium")
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=ARGUMENTS)
        yield browser
        browser.close()
