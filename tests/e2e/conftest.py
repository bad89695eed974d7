"""One site, one browser and one cast for all journeys.

Playwright's sync API keeps an event loop in this thread, and Django refuses queries beside one. So everything that
needs Django's database is done before the browser starts and after it has ended; in between, `Records` counts rows
over a connection of its own.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from tests import databases
from tests.e2e import people, processes
from tests.e2e.chromium import PHONE, chromium
from tests.e2e.clock import Clock
from tests.e2e.officer import Mailbox, Staff
from tests.e2e.records import Records
from tests.e2e.tab import LetIn, Tabs
from tests.e2e.visitor import Visitor

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

HERE = Path(__file__).parent
DoneElsewhere = Callable[..., None]


# What visitors do: always on both screens.
ON_BOTH = {"test_errors", "test_journeys", "test_sending_twice", "test_your_enquiry"}
# Barriers of what visitors open, in a short run: on the phone, where most of them are.
ON_A_PHONE = {
    "test_pages_around_the_form_have_no_barriers",
    "test_pages_of_the_form_have_no_barriers",
    "test_other_doors_of_the_form_have_no_barriers",
    "test_your_enquiry_has_no_barriers",
}
# Left out of a short run: most of what they walk through another journey walks through as well.
LONG = {"test_from_a_wish_to_did_you_speak", "test_an_email_to_many_is_written_and_tried"}

FROM_A_PLACE = "test_an_enquiry_goes_from_the_start_page_to_the_officers_screen["
FEW_PLACES = ("[Kingston]", "[near a border, council named]", "[a new home in a sector of three]", "[Scotland]")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--short",
        action="store_true",
        help="as CI does: staff at a desk and barriers of public pages on a phone only, the enquiry from four kinds of"
        " postcode, without two long journeys",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)
    if config.getoption("--short", default=False):
        names = {item.nodeid for item in items}
        items[:] = [item for item in items if not is_left_out(item, names)]


def is_left_out(item: pytest.Item, names: set[str]) -> bool:
    test = item.name.partition("[")[0]
    if test in ON_A_PHONE:
        return "desktop" in item.name
    return test in LONG or has_a_desk(item, names) or is_another_place(item)


def has_a_desk(item: pytest.Item, names: set[str]) -> bool:
    """A journey of staff on the phone, that is there on the desktop too."""
    on_a_desk = item.nodeid.replace("[phone", "[desktop")
    return on_a_desk != item.nodeid and on_a_desk in names and item.path.stem not in ON_BOTH


def is_another_place(item: pytest.Item) -> bool:
    """Where each postcode leads is asked without a browser."""
    return item.name.startswith(FROM_A_PLACE) and not item.name.endswith(FEW_PLACES)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: "DjangoDbBlocker", worker_id: str) -> Iterator[None]:
    with django_db_blocker.unblock():
        name = databases.prepare(f"e2e_{worker_id}")
    yield
    with django_db_blocker.unblock():
        databases.drop(name)


@pytest.fixture(scope="session")
def site(
    django_db_setup: None, django_db_blocker: "DjangoDbBlocker", tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    with django_db_blocker.unblock():
        people.arrive()
    port, folder = processes.free_port(), tmp_path_factory.mktemp("site")
    variables = processes.environment(settings.DATABASES["default"], port, folder)
    processes.collect_static(variables)
    with processes.site(variables, port, folder) as address:
        yield address


@pytest.fixture(scope="session")
def browser(site: str) -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def let_in(site: str, django_db_blocker: "DjangoDbBlocker") -> LetIn:
    """A session for somebody, as after their log-in: only test_log_in walks through that. In a thread of its own, where
    no event loop runs."""

    def session(email: str) -> str:
        with django_db_blocker.unblock(), ThreadPoolExecutor(1) as elsewhere:
            return elsewhere.submit(people.session_of, email).result()

    return session


@pytest.fixture(scope="session")
def by_itself(site: str, django_db_blocker: "DjangoDbBlocker") -> DoneElsewhere:
    """What happens while nobody looks, now instead of within the minute. In a thread of its own, as above."""

    def done(*jobs: Callable[[], object]) -> None:
        with django_db_blocker.unblock(), ThreadPoolExecutor(1) as elsewhere:
            elsewhere.submit(people.closing, jobs).result()

    return done


@pytest.fixture
def tabs(browser: Browser, site: str, let_in: LetIn) -> Iterator[Tabs]:
    opened = Tabs(browser, site, let_in)
    yield opened
    complaints = opened.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def visitor(tabs: Tabs) -> Visitor:
    return Visitor(tabs.open(PHONE))


@pytest.fixture
def staff(tabs: Tabs) -> Staff:
    return Staff(tabs)


@pytest.fixture
def mailbox(tabs: Tabs) -> Mailbox:
    return Mailbox(tabs.open())


@pytest.fixture
def records(site: str) -> Records:
    return Records(settings.DATABASES["default"])


@pytest.fixture
def by_day(site: str) -> Iterator[None]:
    """In the hub it is the last morning on which emails to many left, whatever the hour is here."""
    clock = Clock(settings.DATABASES["default"])
    clock.shows(clock.last_morning())
    yield
    clock.is_right_again()
