"""What pages and files read of a hub's releases: what is shown, never what was counted.

Whoever has one council alone in scope sees the releases of its hub: this reader opens the hub's for them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from councils.models import Council, Hub
from councils.tenancy import as_hub
from dashboards.disclosure import contents
from dashboards.disclosure.contents import ALL, LEAST, figures_of, rows_of
from dashboards.disclosure.grid import Period, in_words, period_of
from dashboards.figures import FIGURES, Figure
from dashboards.models import Release
from dashboards.states import ReleaseKind
from enquiries.came_states import Source
from enquiries.exports import Table
from enquiries.states import TalkAbout

MASKED = "[c]"
OF_ALL = "All together"


@dataclass(frozen=True)
class Released:
    """`made`: False while a worker is at it."""

    period: Period
    by: str
    at: datetime
    made: bool


@dataclass(frozen=True)
class Line:
    label: str
    cells: Sequence[str]
    of_all: bool


@dataclass(frozen=True)
class Shown:
    figure: Figure
    columns: Sequence[str]
    lines: Sequence[Line]
    masked: int
    cells: int


@dataclass(frozen=True)
class Part:
    """One of the three tables of a release, for each of its figures."""

    kind: ReleaseKind
    least: int
    tables: Sequence[Shown]


def released(hub: Hub) -> list[Released]:
    """The newest period first."""
    with as_hub(hub):
        rows = Release.objects.filter(hub=hub, kind=ReleaseKind.COUNCILS).defer("counted", "shown")
        made = set(rows.exclude(shown={}).values_list("pk", flat=True))
        found = [
            Released(period_of(row.first, row.last), row.by.name, row.at, row.pk in made)
            for row in rows.select_related("by")
        ]
    return sorted(found, key=lambda each: (each.period.last, each.period.first), reverse=True)


def parts_of(hub: Hub, period: Period) -> list[Part]:
    """Empty where it was not released, or is being made."""
    names = {contents.council(slug): name for slug, name in _names(hub)}
    with as_hub(hub):
        rows = Release.objects.filter(hub=hub, first=period.first, last=period.last).exclude(shown={})
        shown = dict(rows.values_list("kind", "shown"))
    return [
        Part(kind, LEAST[kind], [_shown(figure, kind, shown[kind], period, names) for figure in figures_of(kind)])
        for kind in ReleaseKind
        if kind.value in shown
    ]


def _names(hub: Hub) -> Sequence[tuple[str, str]]:
    return list(Council.objects.filter(hub=hub).order_by("name").values_list("slug", "name"))


def _shown(
    figure: str,
    kind: ReleaseKind,
    shown: Mapping[str, Mapping[str, Mapping[str, int | None]]],
    period: Period,
    names: Mapping[str, str],
) -> Shown:
    rows = shown[figure]
    order = {row: place for place, row in enumerate([*names, *rows_of(kind, ())[1:]])}
    lines = [
        Line(_label(row, names), [_cell(rows[row][column]) for column in period.columns], row == ALL)
        for row in sorted(rows, key=lambda row: (row == ALL, order.get(row, len(order))))
    ]
    counts = [n for columns in rows.values() for n in columns.values()]
    return Shown(FIGURES[figure], [in_words(each) for each in period.columns], lines, counts.count(None), len(counts))


def _cell(n: int | None) -> str:
    return MASKED if n is None else f"{n:,}"


_WORDS: Mapping[str, str] = {
    ALL: OF_ALL,
    **{contents.source(each.value): each.label for each in Source},
    **{contents.topic(each.value): each.label for each in TalkAbout},
}


def _label(row: str, names: Mapping[str, str]) -> str:
    """A row that is on no list any more says its own code."""
    return names.get(row) or _WORDS.get(row) or row.partition(" ")[2]


def file_of(parts: Sequence[Part], period: Period) -> Table:
    """A line for each count, so that all tables fit in one file; masked ones say so."""
    rows = [
        [part.kind.label, table.figure.name, line.label, f"{column}, {period.words}", line.cells[place]]
        for part in parts
        for table in part.tables
        for line in table.lines
        for place, column in enumerate(table.columns)
    ]
    return Table(("Table", "Figure", "Row", "Months", "Number"), [list(row) for row in rows], title="Release")
