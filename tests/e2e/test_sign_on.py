"""Single sign-on, as staff meet it: the button, the council's own log-in, and back. Chromium holds every hop of it to
our policy, which the test client does not."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.urls import reverse
from playwright.sync_api import expect

from councils.access import access_of
from councils.models import Council, Membership, User
from councils.roles import Role
from staff.models import SignOn
from staff.people.actions import remove
from tests import factories
from tests.e2e.barriers import Inspection, barriers
from tests.e2e.chromium import DESKTOP, PHONE, SCREENS, Screen
from tests.e2e.people import MOSS
from tests.e2e.tab import Tab, Tabs
from tests.staff.sign_on import provider as providers
from tests.staff.sign_on.provider import Provider
from tests.staff.sign_on.visits import set_up

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

Elsewhere = Callable[[Callable[[], None]], None]
BUTTON, FIRST_PAGE = "Medway Council", "Your work"


@pytest.fixture(scope="module")
def elsewhere(site: str, django_db_blocker: "DjangoDbBlocker") -> Elsewhere:
    """In a thread where no event loop runs."""

    def done(work: Callable[[], None]) -> None:
        def work_and_close() -> None:
            try:
                work()
            finally:
                connection.close()

        with django_db_blocker.unblock(), ThreadPoolExecutor(1) as thread:
            thread.submit(work_and_close).result()

    return done


@pytest.fixture(scope="module")
def tenant(site: str, elsewhere: Elsewhere) -> Iterator[Provider]:
    """Medway's. It has asked for a second factor; Lee works there, and a stranger has an account there too."""
    with providers.running() as running:
        for subject in ("medway", "lee", "stranger"):
            running.knows(subject, f"{subject}@example.org", amr=["pwd", "mfa"])
        running.returns_to.add(f"{site}{reverse('openid_connect_callback', args=['medway'])}")
        elsewhere(lambda: moves_in(running))
        yield running
        elsewhere(moves_out)


def moves_in(tenant: Provider) -> None:
    council = Council.objects.get(slug="medway")
    factories.user("Lee", council, Role.OFFICER)
    set_up(tenant, council, slug="medway", name=BUTTON)


def moves_out() -> None:
    SignOn.objects.filter(slug="medway").delete()


def tab_for(tabs: Tabs, tenant: Provider, screen: Screen) -> Tab:
    tab = tabs.open(screen)
    tab.trusted = (tenant.issuer,)
    return tab


def presses_button(tab: Tab, path: str = "/staff/") -> None:
    tab.open(path)
    tab.page.get_by_role("button", name=BUTTON, exact=True).click()
    expect(tab.page.get_by_role("heading", name="Tenant log-in")).to_be_visible()


def logs_in_there(tab: Tab, subject: str, heading: str) -> None:
    tab.page.get_by_role("button", name=f"I am {subject}", exact=True).click()
    expect(tab.page.get_by_role("heading", level=1)).to_have_text(heading)


@pytest.mark.parametrize("name", SCREENS)
def test_the_button_the_councils_own_log_in_and_the_first_page(tabs: Tabs, tenant: Provider, name: str) -> None:
    tab = tab_for(tabs, tenant, SCREENS[name])
    seen = Inspection(tab, f"sign-on-{name}")
    seen.open("log-in", "/staff/")
    presses_button(tab)
    logs_in_there(tab, "medway", FIRST_PAGE)
    assert "Medway" in tab.everything()
    seen.assert_nothing_found()


def test_it_leads_on_to_the_page_that_was_asked_for(tabs: Tabs, tenant: Provider) -> None:
    tab = tab_for(tabs, tenant, DESKTOP)
    presses_button(tab, "/staff/enquiries/enquiry/")
    tab.page.get_by_role("button", name="I am medway").click()
    tab.page.wait_for_url("**/staff/enquiries/enquiry/")


def test_it_works_without_scripts(tabs: Tabs, tenant: Provider) -> None:
    tab = tabs.open(PHONE, scripts=False)
    tab.trusted = (tenant.issuer,)
    presses_button(tab)
    logs_in_there(tab, "medway", FIRST_PAGE)


def test_back_from_the_councils_log_in_is_the_log_in_page(tabs: Tabs, tenant: Provider) -> None:
    tab = tab_for(tabs, tenant, DESKTOP)
    presses_button(tab)
    tab.back()
    expect(tab.page.get_by_role("heading", level=1)).to_have_text("Log in")


def test_who_is_not_known_reads_what_to_do_and_can_come_as_somebody_else(tabs: Tabs, tenant: Provider) -> None:
    tab = tab_for(tabs, tenant, PHONE)
    tab.turned_away = True
    seen = Inspection(tab, "sign-on")
    presses_button(tab)
    logs_in_there(tab, "stranger", "There is no account here for you")
    assert "Ask your manager to invite you" in tab.text
    seen.look("stranger")
    tab.page.get_by_role("button", name="Choose another work account").click()
    logs_in_there(tab, "medway", FIRST_PAGE)
    seen.assert_nothing_found()


def test_who_says_no_there_is_back_where_they_were(tabs: Tabs, tenant: Provider) -> None:
    tab = tab_for(tabs, tenant, DESKTOP)
    tab.turned_away = True
    presses_button(tab)
    tab.page.get_by_role("button", name="Cancel").click()
    expect(tab.page.get_by_role("heading", level=1)).to_have_text("You stopped logging in")
    assert barriers(tab.page) == []
    tab.follow("Go to the log-in page")
    assert tab.heading == "Log in"


def test_a_leaver_is_out_at_once_and_stays_out(tabs: Tabs, tenant: Provider, elsewhere: Elsewhere) -> None:
    tab = tab_for(tabs, tenant, DESKTOP)
    tab.turned_away = True
    presses_button(tab)
    logs_in_there(tab, "lee", FIRST_PAGE)
    elsewhere(lee_leaves)
    tab.open("/staff/")
    assert tab.heading == "Log in"
    presses_button(tab)
    logs_in_there(tab, "lee", "There is no account here for you")


def lee_leaves() -> None:
    manager = User.objects.get(email=MOSS)
    remove(Membership.objects.get(user__email="lee@example.org"), by=access_of(manager))


def test_the_address_by_hand_asks_first(tabs: Tabs, tenant: Provider) -> None:
    tab = tab_for(tabs, tenant, PHONE)
    tab.open("/staff/account/sign-on/medway/")
    assert tab.heading == f"Log in with {BUTTON}"
    assert barriers(tab.page) == []
    tab.page.get_by_role("button", name=f"Go to {BUTTON}").click()
    logs_in_there(tab, "medway", FIRST_PAGE)
