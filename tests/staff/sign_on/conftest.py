"""A council's provider, and somebody's browser between it and us."""

from collections.abc import Iterator

import pytest
from django.test import Client

from councils.models import Council
from staff.models import SignOn
from tests.staff.sign_on import provider as providers
from tests.staff.sign_on.provider import Provider
from tests.staff.sign_on.visits import Visit, set_up


@pytest.fixture
def provider() -> Iterator[Provider]:
    with providers.running() as running:
        yield running


@pytest.fixture
def kents(provider: Provider, kent: Council) -> SignOn:
    return set_up(provider, kent)


@pytest.fixture
def visit(provider: Provider, kents: SignOn) -> Visit:
    return Visit(Client(), provider)
