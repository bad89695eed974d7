"""What every test stands on: a database as the app role, a clock that can be moved, and a named cast."""

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from _pytest import runner
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from councils.models import Council, Hub, User
from councils.roles import Role
from tests import databases, factories

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker


# What takes long begins early, or one worker would still be at it when the others have nothing left. The first needs no
# database of ours: the other worker may make the template meanwhile.
SLOW = (
    *("tests/lafse/test_compose", "tests/test_isolation", "tests/lafse/test_restored", "tests/year/"),
    *("tests/mutation/", "tests/test_life_of", "tests/lafse/", "tests/test_canary", "tests/councils/test_explain"),
)


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Iterator[None]:
    """What is imported and collected stays until the end: a third of this time went into looking for garbage in it."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Workers take file after file (`--dist loadfile`), in this order."""
    items.sort(key=lambda item: next((n for n, slow in enumerate(SLOW) if item.nodeid.startswith(slow)), len(SLOW)))


def _roomy(item: pytest.Item, nextitem: pytest.Item | None) -> object:
    return runner.pytest_runtest_protocol(item, nextitem)


# CPython keeps its frames in pieces of 16 kB, mapped when calls go deeper and unmapped on the way back: at each edge,
# every call asks the kernel for one. A frame that wants more gets a piece of a megabyte, with room for all above it
# (half of the time in the kernel, and of the page faults).
_roomy.__code__ = _roomy.__code__.replace(co_stacksize=70_000)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> object:
    return _roomy(item, nextitem)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_db_blocker: "DjangoDbBlocker", worker_id: str
) -> Iterator[None]:
    with django_db_blocker.unblock():
        name = databases.prepare(worker_id)
    yield
    with django_db_blocker.unblock():
        databases.drop(name)


@pytest.fixture(scope="module")
def module_db(django_db_setup: None, django_db_blocker: "DjangoDbBlocker") -> Iterator[None]:
    """One transaction around all tests of a module, for rows that cost much and that each of them reads."""
    around = transaction.atomic()
    around._from_testcase = True  # type: ignore[attr-defined]  # as Django marks the one around a test
    with django_db_blocker.unblock(), around:
        yield
        transaction.set_rollback(True)


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker: "DjangoDbBlocker") -> Iterator[None]:
    """A test whose transactions commit; afterwards an owner's connection empties the tables."""
    with django_db_blocker.unblock():
        yield
        connection.close()
        databases.empty(str(settings.DATABASES["default"]["NAME"]))


@pytest.fixture
def move_clock(db: None) -> Callable[[datetime], None]:
    def move(to: datetime) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM testing.clock")
            cursor.execute("INSERT INTO testing.clock VALUES (%s)", [to])

    return move


@pytest.fixture
def lafse(db: None) -> Hub:
    return Hub.objects.get(slug="lafse")


@pytest.fixture
def kent(lafse: Hub) -> Council:
    return Council.objects.get(slug="kent")


@pytest.fixture
def hampshire(lafse: Hub) -> Council:
    return Council.objects.get(slug="hampshire")


@pytest.fixture
def office(lafse: Hub) -> Council:
    return Council.objects.get(slug="lafse-office")


@dataclass(frozen=True)
class Cast:
    """Kate answers in Kent, Hal in Hampshire, Mina manages Kent, Olu takes calls for the hub, Rhea leads the region."""

    kate: User
    hal: User
    mina: User
    olu: User
    rhea: User


@pytest.fixture
def cast(kent: Council, hampshire: Council, office: Council) -> Cast:
    return everybody(kent, hampshire, office)


def everybody(kent: Council, hampshire: Council, office: Council) -> Cast:
    return Cast(
        kate=factories.user("Kate", kent, Role.OFFICER),
        hal=factories.user("Hal", hampshire, Role.OFFICER),
        mina=factories.user("Mina", kent, Role.MANAGER),
        olu=factories.user("Olu", office, Role.HUB_OFFICER),
        rhea=factories.user("Rhea", office, Role.REGIONAL_LEAD),
    )


@pytest.fixture
def as_user() -> Callable[[User], Client]:
    def logged_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return logged_in
