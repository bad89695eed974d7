from collections.abc import Iterator

import pytest

from tests.lafse.sites import Site, running_site


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(tmp_path_factory.mktemp("logs")) as made:
        yield made
