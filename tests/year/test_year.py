"""Six weeks of the simulated year, around Easter and the spring clock change."""

from datetime import date

from tests.year.findings import Findings
from tests.year.hub import prepare

FIRST, LAST = date(2026, 3, 9), date(2026, 4, 19)


def test_nobody_is_forgotten_in_six_weeks(committed_db: None) -> None:
    year = prepare(220, FIRST, LAST, seed=20260309)
    findings = year.live(FIRST, LAST, tell=nobody)
    assert findings.nobody_named == set()
    assert findings.missed_untold == set()
    assert findings.forgotten == set()
    assert findings.promises["kept"] > 150
    assert findings.waited_asleep, "the sleeping council's people were rung by the hub"


def nobody(day: date, so_far: Findings) -> None:
    """The test asks at the end."""
