"""The log-out is announced, put off at the press of a button, and said when there is no more to be had. The browser's
clock is moved; what the server answers then is written down here, where it is not the real thing."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.barriers import Inspection
from tests.e2e.chromium import SCREENS
from tests.e2e.officer import Staff
from tests.e2e.tab import Tab

LASTS = "**/staff/account/sessions/lasts/"
HOUR = 3600


@pytest.fixture(params=SCREENS)
def tab(request: pytest.FixtureRequest, staff: Staff) -> Iterator[Tab]:
    tab = staff.at("kent", SCREENS[request.param]).tab
    tab.page.clock.install()
    tab.open("/staff/")
    yield tab


def server_says(page: Page, seconds: int, more: int) -> None:
    """To the question; what is sent reaches the server."""
    answer = json.dumps({"seconds": seconds, "more": more})

    def asked(route: Route) -> None:
        if route.request.method == "GET":
            route.fulfill(body=answer, content_type="application/json")
        else:
            route.continue_()

    page.route(LASTS, asked)


def test_it_is_announced_and_put_off(tab: Tab) -> None:
    dialog = tab.page.get_by_role("dialog")
    server_says(tab.page, 290, HOUR)
    tab.page.clock.run_for(61_000)
    expect(dialog).to_contain_text("You will be logged out at")
    expect(tab.page.get_by_role("button", name="Stay logged in")).to_be_focused()
    inspection = Inspection(tab, "session")
    inspection.look(f"session-warning-{tab.page.viewport_size['width']}" if tab.page.viewport_size else "session")
    with tab.page.expect_response(LASTS) as answer:
        tab.page.keyboard.press("Enter")
    assert answer.value.request.method == "POST"
    assert answer.value.json()["seconds"] > HOUR - 60
    expect(dialog).to_be_hidden()
    inspection.assert_nothing_found()


def test_after_half_a_day_there_is_no_more_to_be_had(tab: Tab) -> None:
    server_says(tab.page, 240, 240)
    tab.page.clock.run_for(61_000)
    expect(tab.page.get_by_role("dialog")).to_contain_text("more than 12 hours")
    expect(tab.page.get_by_role("button", name="Stay logged in")).to_be_hidden()
    tab.page.get_by_role("button", name="Back to the page").click()
    expect(tab.page.get_by_role("dialog")).to_be_hidden()


def test_whoever_is_logged_out_sees_the_log_in(tab: Tab) -> None:
    tab.page.context.clear_cookies()
    with tab.page.expect_navigation():
        tab.page.clock.run_for(61_000)
    assert tab.heading == "Log in"
    assert tab.path.endswith("?next=/staff/")


def test_nothing_is_said_while_there_is_time(tab: Tab) -> None:
    with tab.page.expect_response(LASTS) as answer:
        tab.page.clock.run_for(61_000)
    assert answer.value.json()["seconds"] > HOUR - 120
    expect(tab.page.get_by_role("dialog")).to_be_hidden()


def test_where_one_is_logged_in_has_no_barriers(tab: Tab) -> None:
    inspection = Inspection(tab, "session")
    width = tab.page.viewport_size["width"] if tab.page.viewport_size else 0
    inspection.open(f"where-{width}", "/staff/account/sessions/")
    assert tab.heading == "Where you are logged in"
    inspection.assert_nothing_found()
