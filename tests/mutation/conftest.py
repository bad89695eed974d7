"""The owner of the tables at the test's end of the connection, in one transaction that is rolled back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import connections, transaction

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker


@pytest.fixture
def as_owner(django_db_setup: None, django_db_blocker: "DjangoDbBlocker") -> Iterator[None]:
    with django_db_blocker.unblock(), logged_in("councils.database"):
        yield


@contextmanager
def no_layers() -> Iterator[None]:
    """Managers and policies let every row through: what is left is the code of the page."""
    with logged_in("tests.unfiltered"), connections["default"].cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION hub_councils() RETURNS integer[] LANGUAGE sql STABLE PARALLEL SAFE AS"
            " $$ SELECT array_agg(id) FROM councils_council $$"
        )
        yield


class logged_in:
    def __init__(self, engine: str) -> None:
        owner = settings.DATABASES["owner"]
        self.wanted = {"ENGINE": engine, "USER": owner["USER"], "PASSWORD": owner["PASSWORD"]}

    def __enter__(self) -> None:
        connections["default"].close()
        self.before = {name: connections.settings["default"][name] for name in self.wanted}
        self._use(self.wanted)
        self.transaction = transaction.atomic()
        self.transaction.__enter__()

    def __exit__(self, *_: object) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)
        self._use(self.before)

    def _use(self, given: dict[str, str]) -> None:
        connections["default"].close()
        connections.settings["default"] |= given
        del connections["default"]
