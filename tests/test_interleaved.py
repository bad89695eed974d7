"""Requests of twenty councils in random order on three connections. Views crash, run out of time, answer 5xx, lose
their connection; visitors go away. Whoever comes next on the same connection sees their own council only."""

from collections.abc import Iterator
from random import Random

import pytest

from tests.crowd import asking
from tests.crowd.asking import Crowd

CONNECTIONS = 3


@pytest.fixture
def crowd(committed_db: None) -> Iterator[Crowd]:
    with asking.on_these_pages():
        yield asking.arrive()


def test_whoever_comes_next_on_a_connection_sees_their_own_council(crowd: Crowd) -> None:
    assert len(crowd.members) == 20
    requests = asking.everything(crowd, Random(1))  # noqa: S311  # repeatable
    crowd.ask(requests, threads=CONNECTIONS)
    assert crowd.faults == []
    assert crowd.answered == len(requests)
    assert asking.written_by_failures(crowd) == 0


def test_settings_that_outlive_their_transaction_are_found(crowd: Crowd) -> None:
    """The control: the policies would show a visitor the rows of whoever came before."""
    crowd.ask(asking.harmless(crowd), threads=CONNECTIONS, around=asking.settings_that_last)
    assert any(fault.startswith(f"Request(path='{asking.ANYBODY}'") and "saw [" in fault for fault in crowd.faults)
    assert any("left the councils" in fault for fault in crowd.faults)
