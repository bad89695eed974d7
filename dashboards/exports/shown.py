"""A table of numbers as people read it: on a page and in a terminal alike."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from dashboards.exports.chosen import year_in_words
from dashboards.exports.numbers import ALL
from dashboards.figures import year_of
from dashboards.periods import YEARS_BACK
from enquiries.exports import Cell, Table

NOTHING = "–"


@dataclass(frozen=True)
class ShownCell:
    """`address`: of the list behind it, for those who may open that."""

    words: str
    address: str


@dataclass(frozen=True)
class ShownLine:
    label: str
    cells: list[ShownCell]
    of_all: bool


def shown(cell: Cell) -> str:
    """A day stands for its month here: whole months are all that is asked for."""
    if cell is None or cell == "":
        return NOTHING
    if isinstance(cell, int | Decimal):
        return f"{cell:,}"
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    return f"{cell:%B %Y}" if isinstance(cell, date) else cell


def shown_lines(table: Table, addresses: Iterable[Sequence[str]]) -> Iterator[ShownLine]:
    """`addresses`: of its cells, row by row."""
    for (label, *cells), lead in zip(table.rows, addresses, strict=True):
        told = [ShownCell(shown(cell), address) for cell, address in zip(cells, lead, strict=True)]
        yield ShownLine(shown(label), told, label == ALL)


def in_a_terminal(table: Table) -> Iterator[str]:
    """The headings one below the other, each with the number of its column; then the rows."""
    rows = [[shown(cell) for cell in row] for row in table.rows]
    numbers = [str(number) for number in range(1, len(table.columns))]
    yield from (f"{number:>3}  {name}" for number, name in zip(numbers, table.columns[1:], strict=True))
    yield ""
    lines = [[table.columns[0], *numbers], *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for label, *cells in lines:
        yield "  ".join([label.ljust(widths[0]), *(c.rjust(w) for c, w in zip(cells, widths[1:], strict=True))])


def years_until(today: date) -> list[tuple[int, str]]:
    """The newest first."""
    newest = year_of(today)
    return [(year, year_in_words(year)) for year in range(newest, newest - YEARS_BACK, -1)]
