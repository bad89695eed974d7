"""A chart, as a page hands it to `staff/figures/chart.html`: the picture is drawn from the table, in the browser. Pure.

Whoever has no script, a screen reader or a sheet of paper reads the same numbers in the table, and the summary first.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.text import slugify

from dashboards.figures import FIGURES, Figure

Number = int | float
Row = tuple[str, *tuple[Number | None, ...]]


class Kind(StrEnum):
    """BAR and STACKED stand upright; ACROSS lies, for rows with long names; FUNNEL draws the first column only."""

    LINE = "line"
    BAR = "bar"
    STACKED = "stacked"
    ACROSS = "across"
    FUNNEL = "funnel"


@dataclass(frozen=True)
class Part:
    """One number of a row. `plain`: as scripts read it; empty where there is none."""

    column: str
    shown: str
    plain: str


@dataclass(frozen=True)
class Line:
    label: str
    address: str
    remark: str
    parts: Sequence[Part]


@dataclass(frozen=True)
class Chart:
    """`columns`: what the rows are, then one for each number of a row. `unit`: what follows a number, “%” or “hours”.
    `links`, `remarks`: by the first word of a row, the list behind it and what else happened then. `codes`: figures
    whose definitions stand below."""

    kind: Kind | str
    title: str
    summary: str
    columns: Sequence[str]
    rows: Sequence[Row]
    unit: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    codes: Sequence[str] = ()

    @property
    def key(self) -> str:
        return slugify(f"chart {self.title}")

    @property
    def empty(self) -> bool:
        return not any(number for _, *numbers in self.rows for number in numbers)

    @property
    def lines(self) -> Iterator[Line]:
        for label, *numbers in self.rows:
            parts = [
                Part(column, shown(n, self.unit), plain(n)) for column, n in zip(self.columns[1:], numbers, strict=True)
            ]
            yield Line(label, self.links.get(label, ""), self.remarks.get(label, ""), parts)

    @property
    def definitions(self) -> Sequence[Figure]:
        return [FIGURES[code] for code in self.codes]


def row(label: str, numbers: Iterable[Number | None]) -> Row:
    return (label, *tuple(numbers))


def plain(number: Number | None) -> str:
    return "" if number is None else str(number).removesuffix(".0")


def shown(number: Number | None, unit: str = "") -> str:
    if number is None:
        return "–"
    words = f"{number:,.1f}".removesuffix(".0") if isinstance(number, float) else f"{number:,}"
    return f"{words}{unit}" if unit in ("%", "") else f"{words} {unit}"
