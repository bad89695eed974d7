"""Erasing commits: the eraser is another log-in on another connection."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from councils.models import Council, User
from councils.roles import Role
from tests import factories


@pytest.fixture
def kent(committed_db: None) -> Iterator[Council]:
    yield Council.objects.get(slug="kent")
    connections["eraser"].close()
    Path(settings.ERASURE_LEDGER).unlink(missing_ok=True)


@pytest.fixture
def hampshire(committed_db: None) -> Council:
    return Council.objects.get(slug="hampshire")


@pytest.fixture
def mina(kent: Council) -> User:
    return factories.user("Mina", kent, Role.MANAGER)


@pytest.fixture
def kate(kent: Council) -> User:
    return factories.user("Kate", kent, Role.OFFICER)
