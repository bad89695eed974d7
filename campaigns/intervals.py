"""Intervals instead of bare figures: how far chance alone may have moved a count, what one cost, or a share. Pure.

A count is taken for a Poisson one, with the exact interval of Garwood (Biometrika 28, 1936), whose ends are quantiles
of the gamma distribution. What was spent is known, so what one cost lies between spend / upper end and spend / lower
end. Shares have Wilson's score interval (JASA 22, 1927), which Brown, Cai and DasGupta (Statistical Science 16, 2001)
advise for small numbers. All at 95 %.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import exp, sqrt

Z = 1.959963984540054  # of the normal distribution: 2.5 % lie above
TAIL = 0.025
EXACT_TO = 200  # above, Wilson and Hilferty's cube root is within 0.01 %


@dataclass(frozen=True, slots=True)
class Interval:
    """`high`: None where nothing bounds it."""

    low: float
    high: float | None


@lru_cache(maxsize=4096)
def of_count(count: int) -> Interval:
    if count > EXACT_TO:
        return Interval(_cube(count, -Z), _cube(count + 1, Z))
    low = _mean_at(count - 1, 1 - TAIL) if count else 0.0
    return Interval(low, _mean_at(count, TAIL))


def of_cost(pence: int, count: int) -> Interval:
    """In pence each. Nobody came: it is known only that one costs more than that."""
    counted = of_count(count)
    return Interval(pence / (counted.high or 1.0), pence / counted.low if counted.low else None)


def of_share(part: int, whole: int) -> Interval:
    if not whole:
        return Interval(0.0, 1.0)
    share, spread = part / whole, Z * Z / whole
    middle = (share + spread / 2) / (1 + spread)
    half = Z / (1 + spread) * sqrt(share * (1 - share) / whole + spread / (4 * whole))
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def _mean_at(count: int, chance: float) -> float:
    """The mean of a Poisson distribution that gives at most `count` with this chance."""
    low, high = 0.0, count + 20 + 10 * sqrt(count + 1)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _at_most(count, middle) > chance else (low, middle)
    return (low + high) / 2


def _at_most(count: int, mean: float) -> float:
    term = total = exp(-mean)
    for each in range(1, count + 1):
        term *= mean / each
        total += term
    return total


def _cube(count: int, z: float) -> float:
    """The quantile of a gamma distribution of this shape, by Wilson and Hilferty (PNAS 17, 1931)."""
    root = 1 - 1 / (9 * count) + z / (3 * sqrt(count))
    return float(count * root**3)
