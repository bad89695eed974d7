"""Where a number of the table leads: to the list of those whom it counts, for those who may see their cases."""

from collections.abc import Iterator
from functools import cache

from dashboards.exports.chosen import By, year_in_words
from dashboards.exports.columns import Column
from dashboards.exports.numbers import Numbers, Row
from dashboards.figures import Split, year_of
from dashboards.pages.asked import Asked
from dashboards.pages.behind import WHOLE, Part, begin_of_lists, named
from dashboards.periods import months_of
from dashboards.span import Span
from enquiries.exports import Cell


def addresses(made: Numbers, asked: Asked, span: Span, by: By) -> Iterator[list[str]]:
    """Row by row, a cell after the other; empty where there is no list. `asked`: of whom the table is, and for whom.
    Thousands of cells may be asked for, so that what they have in common is put together once."""

    @cache
    def ends(value: str | None) -> list[str]:
        return [named(*figure_behind(column, by, value)) for column in made.made_of]

    for key, (_, *cells) in zip(made.keys, made.rows, strict=True):
        begin = _begin(key, by, asked, span)
        value = str(key) if by.broken_down and key is not None else None
        yield [
            f"{begin}{end}" if begin and end and has_list(column, cell) else ""
            for column, end, cell in zip(made.made_of, ends(value), cells, strict=True)
        ]


def has_list(column: Column, cell: Cell) -> bool:
    """Somebody is counted in it; in a share, among those who make it up."""
    return cell is not None if column.middle else bool(cell)


def _begin(key: Row | None, by: By, asked: Asked, span: Span) -> str:
    if key is None or by.broken_down:
        return begin_of_lists(asked, span)
    if by == By.COUNCIL:
        return begin_of_lists(asked, span, next(each for each in asked.councils if each.pk == key))
    months = [month for month in months_of(span) if key in (month, year_in_words(year_of(month)))]
    return begin_of_lists(asked, Span(months[0], months[-1]))


def figure_behind(column: Column, by: By, value: str | None) -> tuple[str, Part]:
    """`value`: of a breakdown, and None in the row of all. All sources together are told by their stages alone."""
    figure, stage = column.figure, column.stage
    if figure == "stage_days":
        return figure, (Split.STAGE_DAYS, f"{value or stage}|")
    if value is None or by.broken_down is None:
        return ("cohort", (Split.STAGE, stage)) if stage else (figure, WHOLE)
    return figure, (by.broken_down, f"{value}|{stage}" if stage else value)
