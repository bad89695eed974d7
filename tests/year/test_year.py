"""Thirteen days of the simulated year, with Easter and the spring clock change in them."""

from collections.abc import Iterator
from datetime import date

import pytest

from councils.models import Assignment, Council
from tests.year.findings import Findings
from tests.year.hub import prepare

FIRST, LAST = date(2026, 3, 27), date(2026, 4, 8)


@pytest.fixture
def as_before(committed_db: None) -> Iterator[None]:
    """Councils outlive a test."""
    yield
    Council.objects.update(assignment=Assignment.NOBODY)


def test_nobody_is_forgotten_over_easter(as_before: None) -> None:
    year = prepare(80, FIRST, LAST, seed=20260326)
    findings = year.live(FIRST, LAST, tell=nobody)
    assert findings.nobody_named == set()
    assert findings.missed_untold == set()
    assert findings.forgotten == set()
    assert findings.promises["kept"] > 45
    assert findings.handovers["accepted"] and findings.handovers["refused"] and findings.merges
    assert findings.waited_asleep, "the sleeping council's people were rung by the hub"


def nobody(day: date, so_far: Findings) -> None:
    """The test asks at the end."""
