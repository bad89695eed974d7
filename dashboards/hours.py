"""Working hours on a grid, so that a median can be read off counts. Pure.

Everything is in half hours, rounded up: to a day exactly, to ten working days by whole hours, beyond by working days of
eight hours. A figure that is printed is one of these, and is the same however it is added up.
"""

from collections.abc import Iterable
from datetime import timedelta

HALF = timedelta(minutes=30)
_FINE, _COARSE = 48, 160  # half hours: to here by one, to there by two, then by sixteen
_LONGEST = 32000


def half_hours(time: timedelta) -> int:
    """Of working time. At least one: what took no time at all took its first half hour."""
    exact = max(1, -(-time // HALF))
    step = 1 if exact <= _FINE else 2 if exact <= _COARSE else 16
    return min(-(-exact // step) * step, _LONGEST)


def days(count: int) -> int:
    """Rounded up: to 60 exactly, to a year by weeks, beyond by 28."""
    step = 1 if count <= 60 else 7 if count <= 364 else 28
    return -(-count // step) * step


def quantile(counts: Iterable[tuple[int, int]], share: float) -> int | None:
    """The smallest value that at least this share of all lie at or below; of (value, how many). None of nobody."""
    rows = sorted(counts)
    whole = sum(n for _, n in rows)
    reached = 0
    for value, n in rows:
        reached += n
        if whole and reached >= share * whole - 1e-9:
            return value
    return None
