"""The numbers as one table: what the page shows, a file holds and the command line prints.

In the scope that is open, of councils that are named: whoever has more in scope than these sees no more than these.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from councils.models import Council
from dashboards.campaign_words import campaigns_of
from dashboards.exports.chosen import By, Part, part_of, year_in_words
from dashboards.exports.columns import BY_PARTS, Column, Counted, columns_of, has_a_last_row
from dashboards.exports.labels import in_order, in_words
from dashboards.figures import FIGURES, Split, year_of
from dashboards.span import Span
from dashboards.tables import over_time, sums
from enquiries.exports import Cell, Table

ALL = "All"
# What a whole is worked out from besides the whole itself.
_BESIDE: Mapping[Split, tuple[str, ...]] = {
    Split.HOURS: ("first_try", "reached"),
    Split.WAIT: ("conversations",),
    Split.STAGE: ("cohort",),
    Split.STAGE_DAYS: ("stage_days",),
}
TWO_WORDS = ("cohort_source", "stage_days")
Row = int | date | str  # a council's key, the first day of a month, a year in words or a value


@dataclass(frozen=True)
class Numbers(Table):
    """`keys`: what each row is of; None of all together. `made_of`: the columns after the first."""

    keys: Sequence[Row | None] = ()
    made_of: Sequence[Column] = ()


def numbers(councils: Sequence[Council], span: Span, by: By, part: Part = Part.ALL) -> Numbers:
    counted = _counted([council.pk for council in councils], span, by, part)
    columns, named = columns_of(by, part), _rows(councils, span, by, counted)
    keys: list[Row | None] = [key for key, _ in named]
    rows = [[name, *_cells(columns, counted[key])] for key, name in named]
    if has_a_last_row(by):
        keys.append(None)
        rows.append([ALL, *_cells(columns, added_up(counted.values()))])
    names = (str(by.label), *(column.name for column in columns))
    return Numbers(names, rows, title="Figures", keys=keys, made_of=columns)


def added_up(rows: Collection[Counted]) -> Counted:
    whole = Counted()
    for row in rows:
        whole.update(row)
    return whole


def _cells(columns: Sequence[Column], counted: Counted) -> list[Cell]:
    return [column.of(counted) for column in columns]


def _rows(councils: Sequence[Council], span: Span, by: By, counted: Mapping[Row, Counted]) -> list[tuple[Row, Cell]]:
    """Councils, months and years whether or not something happened; of a breakdown the values that there are."""
    if by == By.COUNCIL:
        return [(council.pk, council.name) for council in councils]
    if by == By.MONTH:
        return [(month, month) for month in _months(span)]
    if by == By.YEAR:
        return [(name, name) for name in dict.fromkeys(year_in_words(year_of(month)) for month in _months(span))]
    if by == By.CAMPAIGN:
        known = campaigns_of([council.pk for council in councils])
        return sorted(((key, known.named(str(key))) for key in counted), key=lambda row: (row[1], str(row[0])))
    return [(value, in_words(by, value)) for value in in_order(by, [str(key) for key in counted])]


def _months(span: Span) -> Iterator[date]:
    month = span.first
    while month <= span.last:
        yield month
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _counted(councils: Collection[int], span: Span, by: By, part: Part) -> dict[Row, Counted]:
    """Added up where the counts are kept: ten years of a hub are half a million of them."""
    along = over_time if by in (By.MONTH, By.YEAR) else sums
    found = defaultdict[Row, Counted](Counter)
    for split, codes in _wanted(by, part).items():
        for (key, figure, value), n in along(codes, span, split=split, councils=councils).items():
            row, inner = _place(key, figure, value, by)
            found[row][figure, inner] += int(n)
    return found


def _wanted(by: By, part: Part) -> dict[Split | str, list[str]]:
    """Which figures are read, by what they are broken down by."""
    codes = [code for code in FIGURES if part in (Part.ALL, part_of(code))]
    if by.broken_down is None:
        wanted: dict[Split | str, list[str]] = {"": [code for code in codes if code not in BY_PARTS]}
        wanted |= {split: [code for code in beside if code in codes] for split, beside in _BESIDE.items()}
    else:
        wanted = {by.broken_down: [code for code in codes if by.broken_down in FIGURES[code].splits]}
        if by.broken_down == Split.STAGE and "stage_days" in codes:
            wanted[Split.STAGE_DAYS] = ["stage_days"]
    return {split: figures for split, figures in wanted.items() if figures}


def _place(key: int | date, figure: str, value: str, by: By) -> tuple[Row, str]:
    """In which row, and as what. Along a breakdown a value that has two words is a row's and a column's."""
    if by.broken_down is None:
        year = year_in_words(year_of(key)) if by == By.YEAR and isinstance(key, date) else None
        return year or key, value
    if figure not in TWO_WORDS:
        return value, ""
    row, _, inner = value.partition("|")
    return row, inner
