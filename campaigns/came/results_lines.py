"""Figures of a campaign as they are shown: a count with its interval, and what one cost. Pure.

Below FEW no cost is named, only between what and what it lies: one more or less would change it too much.
"""

from dataclasses import dataclass

from campaigns.attribution import Brought
from campaigns.intervals import of_cost, of_count, of_share

FEW = 30


@dataclass(frozen=True, slots=True)
class Line:
    """`each`: what one cost, in words."""

    label: str
    count: int
    likely: str
    each: str


def lines_of(brought: Brought, *, pence: int, clicks: int | None = None) -> list[Line]:
    """`clicks`: None where they are not asked for."""
    counts = [
        *([("Clicks", clicks)] if clicks is not None else []),
        ("Enquiries", brought.enquiries),
        ("Visits", brought.visits),
        ("Applications", brought.applications),
        ("Approved households", brought.approved),
    ]
    return [Line(label, count, likely(count), cost(pence, count)) for label, count in counts]


def likely(count: int) -> str:
    """By chance alone the same campaign might bring so many."""
    interval = of_count(count)
    return f"{round(interval.low):,} to {round(interval.high or 0):,}"


def cost(pence: int, count: int) -> str:
    if not pence:
        return "No spend written down"
    each = of_cost(pence, count)
    if each.high is None:
        return f"More than {pounds(each.low)}"
    between = f"{pounds(each.low)} to {pounds(each.high)}"
    return between if count < FEW else f"{pounds(pence / count)} ({between})"


def share(part: int, whole: int) -> str:
    """Of few, the count alone and between what and what the share lies."""
    if not whole:
        return "–"
    interval = of_share(part, whole)
    between = f"{interval.low:.0%} to {interval.high or 0:.0%}"
    return between if whole < FEW else f"{part / whole:.0%} ({between})"


def pounds(pence: float) -> str:
    """£0, £0.85, £12.30, £1,234: pence only where they matter."""
    return f"£{pence / 100:,.2f}" if 0 < pence < 10_000 else f"£{round(pence / 100):,}"


def exact(pence: int) -> str:
    return f"£{pence // 100:,}.{pence % 100:02d}"
