"""A chart, as a page hands it to `staff/figures/chart.html`: the picture is drawn from the table, in the browser. Pure.

Whoever has no script, a screen reader or a sheet of paper reads the same numbers in the table, and the summary first.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from django.utils.text import slugify

from dashboards.figures import FIGURES, Figure

Number = int | float
Row = tuple[str, *tuple[Number | None, ...]]
NAMED = 12  # remarks below a picture; more are only in the table


class Kind(StrEnum):
    """BAR and STACKED stand upright; ACROSS lies, for rows with long names; FUNNEL draws the first column only."""

    LINE = "line"
    BAR = "bar"
    STACKED = "stacked"
    ACROSS = "across"
    FUNNEL = "funnel"


@dataclass(frozen=True)
class Part:
    """One number of a row. `plain`: as scripts read it; empty where there is none. `address`: of the list behind it."""

    column: str
    shown: str
    plain: str
    address: str = ""


@dataclass(frozen=True)
class Mark:
    """What else happened in a row. `number`: by which it stands in the picture, below it and in the table."""

    number: int
    label: str
    remarks: Sequence[str]


@dataclass(frozen=True)
class Line:
    """`mark`: None where nothing else happened. `cases`: how many the numbers rest on; None where nothing is said of
    it."""

    label: str
    address: str
    mark: Mark | None
    parts: Sequence[Part]
    cases: int | None = None


@dataclass(frozen=True)
class Chart:
    """`columns`: what the rows are, then one for each number of a row. `unit`: what follows a number, “%” or “hours”.
    `links`, `remarks`, `cases`: by the first word of a row, the list behind it, what else happened then, and on how
    many its numbers rest. `lists`: by the same, the list behind each number, where the row's is not theirs. `thin`:
    rows on too few cases to be drawn; the table has them. `codes`: figures whose definitions stand below."""

    kind: Kind | str
    title: str
    summary: str
    columns: Sequence[str]
    rows: Sequence[Row]
    unit: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    remarks: Mapping[str, Sequence[str]] = field(default_factory=dict)
    cases: Mapping[str, int] = field(default_factory=dict)
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    thin: Collection[str] = ()
    codes: Sequence[str] = ()

    @property
    def key(self) -> str:
        return slugify(f"chart {self.title}")

    @property
    def empty(self) -> bool:
        """There is nothing to draw."""
        return not any(number for label, *numbers in self.rows for number in numbers if label not in self.thin)

    @property
    def tells(self) -> bool:
        """There is a number to read."""
        return any(number for _, *numbers in self.rows for number in numbers)

    @property
    def marks(self) -> Mapping[str, Mark]:
        """By the first word of a row, in the order of rows."""
        labels = [label for label, *_ in self.rows if self.remarks.get(label)]
        return {label: Mark(number, label, self.remarks[label]) for number, label in enumerate(labels, start=1)}

    @property
    def happened(self) -> Iterator[Mark]:
        """As many as are named; the table has them all."""
        left = NAMED
        for mark in self.marks.values():
            if left > 0:
                yield replace(mark, remarks=mark.remarks[:left])
            left -= len(mark.remarks)

    @property
    def unnamed(self) -> int:
        return max(0, sum(len(mark.remarks) for mark in self.marks.values()) - NAMED)

    @property
    def lines(self) -> Iterator[Line]:
        marks = self.marks
        for label, *numbers in self.rows:
            drawn, lists = label not in self.thin, self.lists.get(label, ())
            parts = [
                Part(column, shown(n, self.unit), plain(n) if drawn else "", address if n else "")
                for column, n, address in zip(self.columns[1:], numbers, lists or [""] * len(numbers), strict=True)
            ]
            yield Line(label, self.links.get(label, ""), marks.get(label), parts, self.cases.get(label))

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
