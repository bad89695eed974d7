"""A council's provider, and somebody's browser between it and us."""

from collections.abc import Iterator

import pytest

from councils.models import Council, User
from staff.models import SignOn
from tests.conftest import Cast
from tests.staff.sign_on import provider as providers
from tests.staff.sign_on.provider import Provider
from tests.staff.sign_on.visits import Visit, browser, set_up


@pytest.fixture
def provider() -> Iterator[Provider]:
    with providers.running() as running:
        yield running


@pytest.fixture
def kents(provider: Provider, kent: Council) -> SignOn:
    return set_up(provider, kent)


@pytest.fixture
def visit(provider: Provider, kents: SignOn) -> Visit:
    return Visit(browser(), provider)


@pytest.fixture
def kate(cast: Cast, provider: Provider) -> User:
    """The provider knows her, and that her address is hers."""
    provider.knows("sub-kate", "kate@example.org")
    return cast.kate
