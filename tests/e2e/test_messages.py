"""Messages as staff see them, and mail that came in, without barriers at phone and desktop width."""

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from enquiries.actions.incoming import receive
from outbox.incoming import parse
from tests.e2e.barriers import barriers
from tests.e2e.chromium import SCREENS, Screen
from tests.e2e.officer import Officer, Staff
from tests.e2e.tab import Tabs

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

LETTER = b"""From: Wanda Writer <wanda@example.net>\r
Subject: Fostering\r
Message-ID: <wanda@example.net>\r
Content-Type: text/plain; charset=utf-8\r
\r
Hello, I read about you. We have a spare room. Could somebody write to me?\r
\r
Wanda\r
"""


@pytest.fixture
def wanda_wrote(site: str, django_db_blocker: "DjangoDbBlocker") -> None:
    """In a thread of its own: Playwright keeps an event loop in this one."""

    def deliver() -> None:
        with django_db_blocker.unblock():
            receive(parse(LETTER), to="kent@localhost")
            connection.close()

    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(deliver).result()


def manager(tabs: Tabs, screen: Screen) -> Officer:
    mina = Officer(tabs.open(screen))
    mina.logs_in("mina@example.org")
    return mina


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS.keys())
def test_a_manager_reads_a_message_as_it_arrives(wanda_wrote: None, tabs: Tabs, screen: Screen) -> None:
    mina = manager(tabs, screen)
    mina.tab.goes_to("Messages")
    assert mina.tab.heading == "Messages"
    assert barriers(mina.tab.page) == []
    mina.tab.leave_by(mina.tab.page.get_by_role("cell").get_by_role("link").first)
    mina.tab.page.frame_locator("iframe").get_by_text("enquiry").first.wait_for()
    assert barriers(mina.tab.page) == []


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS.keys())
def test_a_letter_to_the_council_asks_whether_it_is_an_enquiry(wanda_wrote: None, staff: Staff, screen: Screen) -> None:
    officer = staff.at("kent", screen)
    officer.tab.open("/staff/enquiries/enquiry/?state=all")
    officer.tab.page.get_by_label("Find by name").fill("Wanda")
    officer.tab.press("Find")
    officer.tab.leave_by(officer.tab.page.get_by_role("rowheader").get_by_role("link").first)
    assert officer.tab.heading == "Wanda Writer"
    assert "Is this an enquiry?" in officer.tab.text
    assert barriers(officer.tab.page) == []
