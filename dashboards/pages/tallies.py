"""A figure that stands alone, with what it is compared with."""

from dataclasses import dataclass

from campaigns.intervals import of_count
from dashboards.figures import FIGURES


@dataclass(frozen=True)
class Tally:
    """`count`: in words, as it is printed. `address`: of the list behind it, for those who may see that."""

    label: str
    count: str
    note: str = ""
    address: str = ""
    pressing: bool = False


def tally(figure: str, now: int, before: int | None = None, *, address: str = "") -> Tally:
    """`before`: the same figure of the months compared with, if any are."""
    note = "" if before is None else f"was {before:,}"
    return Tally(FIGURES[figure].name, f"{now:,}", note, address)


def are(count: int) -> str:
    return "is" if count == 1 else "are"


def were(count: int) -> str:
    return "was" if count == 1 else "were"


def beside_usual(now: int, usual: float) -> str:
    """Only what chance alone would rarely bring is called more or fewer than usual."""
    told = f"usually {usual:,.0f}" if usual >= 10 else f"usually {usual:,.1f}".replace(".0", "")
    counted = of_count(now)
    if usual < counted.low:
        return f"more than usual ({told})"
    if counted.high is not None and usual > counted.high:
        return f"fewer than usual ({told})"
    return told
