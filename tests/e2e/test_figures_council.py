"""A council's figures, the map, days and reports in a real browser: no barriers, the keyboard, and paper."""

import pytest

from tests.e2e import years
from tests.e2e.barriers import Inspection
from tests.e2e.chromium import SCREENS
from tests.e2e.conftest import DoneElsewhere
from tests.e2e.people import HUGH
from tests.e2e.tab import Tabs

FIGURES = "/staff/dashboards/cell/"
PAGES = (
    *("council/kent/", "council/kent/funnel/", "council/kent/promise/", "council/kent/sources/"),
    *("council/kent/ambassadors/", "map/", "days/", "names/", "reports/", "council/kent/list/", "region/list/"),
)


@pytest.fixture(scope="module", autouse=True)
def counted(by_itself: DoneElsewhere) -> None:
    by_itself(years.go_by)


@pytest.mark.parametrize("screen", SCREENS)
def test_pages_beside_the_region_have_no_barriers(tabs: Tabs, screen: str) -> None:
    inspection = Inspection(tabs.open(SCREENS[screen]), screen)
    inspection.tab.becomes(HUGH)
    for page in PAGES:
        inspection.open(f"figures-{page.strip('/').replace('/', '-')}", FIGURES + page)
    inspection.assert_nothing_found()


def test_a_council_is_reached_on_the_map_by_the_keyboard_alone(tabs: Tabs) -> None:
    tab = tabs.open(SCREENS["desktop"])
    tab.becomes(HUGH)
    tab.open(f"{FIGURES}map/?figure=promise")
    lands = tab.page.locator(".staff-map a")
    lands.first.focus()
    tab.page.keyboard.press("Tab")
    assert tab.page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Brighton")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url("**/council/brighton-and-hove/")


def test_on_paper_patterns_take_the_place_of_colours(tabs: Tabs) -> None:
    tab = tabs.open(SCREENS["desktop"])
    tab.becomes(HUGH)
    tab.open(f"{FIGURES}map/")
    patterns, form = tab.page.locator(".staff-map .staff-map__print").first, tab.page.locator(".staff-filters")
    assert (patterns.is_visible(), form.is_visible()) == (False, True)
    tab.page.emulate_media(media="print")
    assert (patterns.is_visible(), form.is_visible()) == (True, False)
