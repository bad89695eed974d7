"""A release in a real browser: asked for on a page, made by a worker, read without barriers."""

import pytest

from dashboards.tasks import make_releases
from tests.e2e import years
from tests.e2e.barriers import Inspection
from tests.e2e.chromium import SCREENS
from tests.e2e.conftest import DoneElsewhere
from tests.e2e.people import HUGH
from tests.e2e.tab import Tabs

RELEASES = "/staff/dashboards/cell/releases/"


@pytest.fixture(scope="module", autouse=True)
def counted(by_itself: DoneElsewhere) -> None:
    by_itself(years.go_by)


def test_a_year_is_released_and_read_without_barriers(tabs: Tabs, by_itself: DoneElsewhere) -> None:
    tab = tabs.open(SCREENS["desktop"])
    tab.becomes(HUGH)
    tab.open(RELEASES)
    tab.page.get_by_label("Months").select_option("2025-year")
    tab.page.get_by_role("button", name="Release them").click()
    tab.page.get_by_text("being made", exact=False).first.wait_for()
    by_itself(make_releases)
    for screen in SCREENS:
        inspection = Inspection(tabs.open(SCREENS[screen]), screen)
        inspection.tab.becomes(HUGH)
        inspection.open("figures-releases", RELEASES)
        inspection.open("figures-release", f"{RELEASES}2025-year/")
        inspection.assert_nothing_found()
