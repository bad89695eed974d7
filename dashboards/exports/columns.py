"""What stands in a column of numbers: its heading, and how it is worked out from counts.

The counts of a row are whole numbers by (figure, value); the value is empty for a whole, else a step of
dashboards.hours, a stage, or both joined by a bar. Added up over rows, they are the counts of all: so that the last row
of a table is worked out like the others, medians and shares included.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from dashboards.exports.chosen import ONE_VALUE_EACH, By, Part, part_of
from dashboards.figures import FIGURES, Figure, Split, Unit
from dashboards.hours import quantile
from dashboards.states import STAGES, Stage
from enquiries.exports import Cell

Counted = Counter[tuple[str, str]]
MIDDLE, MOST = 0.5, 0.9
_TENTH, _PENNY = Decimal("0.1"), Decimal("0.01")
SHARE_OF: Mapping[str, tuple[str, ...]] = {"promise_missed": ("promise_kept", "promise_late", "promise_missed")}
# Counted by parts alone: there is no whole.
BY_PARTS = {"cohort": Split.STAGE, "cohort_source": Split.SOURCE, "stage_days": Split.STAGE_DAYS}


@dataclass(frozen=True)
class Column:
    """`figure`: whose list its cells open, of a `stage` where it is of one. `middle`: nought is a time, not nobody."""

    name: str
    of: Callable[[Counted], Cell]
    figure: str
    stage: str = ""
    middle: bool = False


def columns_of(by: By, part: Part) -> list[Column]:
    return [column for figure in figures_of(by, part) for column in columns_of_figure(figure, by)]


def figures_of(by: By, part: Part) -> list[Figure]:
    """Those that have a column."""
    wanted = (figure for figure in FIGURES.values() if part in (Part.ALL, part_of(figure.code)))
    return [figure for figure in wanted if any(columns_of_figure(figure, by))]


def columns_of_figure(figure: Figure, by: By) -> Iterator[Column]:
    """Along councils or months whatever a figure has; along a breakdown those that are broken down by it."""
    split = by.broken_down
    if split is None:
        yield from _whole(figure)
    elif figure.code == "stage_days" and split == Split.STAGE:
        yield from _spread(figure.code, figure.name, days)
    elif split in figure.splits:
        yield from _stages(figure) if figure.code in BY_PARTS and split == Split.SOURCE else [_count(figure)]


def _whole(figure: Figure) -> Iterator[Column]:
    if figure.code == "cohort_source":
        return
    if figure.code == "cohort":
        yield from _stages(figure)
    elif figure.code == "stage_days":
        for stage in STAGES[:-1]:
            middle = spread_of(figure.code, MIDDLE, days, f"{stage}|")
            yield Column(f"{figure.name}: {stage.label}, median", middle, figure.code, stage, middle=True)
    elif figure.unit == Unit.HALF_HOURS:
        yield from _spread(figure.code, figure.name, hours)
    else:
        yield _count(figure)
        yield from _beside(figure)


def _beside(figure: Figure) -> Iterator[Column]:
    if figure.code in SHARE_OF:
        yield Column("Promises kept (%)", share_of("promise_kept", SHARE_OF[figure.code]), "promise_kept")
    if Split.WAIT in figure.splits:
        yield from _spread(figure.code, f"Days waited: {figure.name.lower()}", days)


def _count(figure: Figure) -> Column:
    if figure.unit == Unit.PENCE:
        return Column(f"{figure.name} (£)", lambda counted: Decimal(counted[figure.code, ""]) * _PENNY, figure.code)
    return Column(figure.name, count_of(figure.code), figure.code)


def _stages(figure: Figure) -> Iterator[Column]:
    for stage in STAGES:
        if stage != Stage.ENQUIRED:
            yield Column(f"{figure.name}: {stage.label}", count_of(figure.code, stage), figure.code, stage)


def _spread(code: str, name: str, unit: Callable[[int], Cell]) -> Iterator[Column]:
    yield Column(f"{name}, median", spread_of(code, MIDDLE, unit), code, middle=True)
    yield Column(f"{name}, nine in ten", spread_of(code, MOST, unit), code, middle=True)


def count_of(code: str, value: str = "") -> Callable[[Counted], Cell]:
    return lambda counted: counted[code, str(value)]


def share_of(code: str, parts: tuple[str, ...]) -> Callable[[Counted], Cell]:
    """In per cent, half a tenth rounded up. Nothing of nothing."""

    def share(counted: Counted) -> Cell:
        whole = sum(counted[part, ""] for part in parts)
        return (Decimal(100 * counted[code, ""]) / whole).quantize(_TENTH, ROUND_HALF_UP) if whole else None

    return share


def spread_of(code: str, share: float, unit: Callable[[int], Cell], begins: str = "") -> Callable[[Counted], Cell]:
    """The value that this share lies at or below."""

    def spread(counted: Counted) -> Cell:
        known = ((value, n) for (figure, value), n in counted.items() if figure == code and value.startswith(begins))
        found = quantile(((int(value.removeprefix(begins)), n) for value, n in known if value), share)
        return None if found is None else unit(found)

    return spread


def hours(half: int) -> Cell:
    return (Decimal(half) / 2).quantize(_TENTH)


def days(count: int) -> Cell:
    return count


def has_a_last_row(by: By) -> bool:
    """Where the rows are all there is, and nobody is in two of them."""
    return by.broken_down is None or by.broken_down in ONE_VALUE_EACH
