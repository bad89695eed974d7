"""A release is made, once: what is counted now, for what no earlier release of the same year has counted; masked so
that nothing masked before or now can be worked out from everything that is shown. Only workers import this."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection

from councils.models import Council, Hub
from councils.tenancy import as_hub
from dashboards.disclosure import contents
from dashboards.disclosure.contents import FIGURES, WISHES, figures_of, rows_of
from dashboards.disclosure.counting import counts_of
from dashboards.disclosure.grid import QUARTERS, YEAR, Period, period_of
from dashboards.disclosure.masking import decide
from dashboards.disclosure.table import At, Table
from dashboards.figures import RULES
from dashboards.models import Release
from dashboards.states import ReleaseKind
from outbox.rounds import one_by_one

LOCK = 0x72656C73  # “rels”: the first half of the lock, the hub is the second


@dataclass
class Before:
    """What earlier releases of the same year say of one figure."""

    counts: dict[At, int] = field(default_factory=dict)
    masked: set[At] = field(default_factory=set)

    @property
    def columns(self) -> set[str]:
        return {at.column for at in self.counts}

    def known(self, rows: Collection[str]) -> set[At]:
        """A row that was not there then was nothing, and everybody knows it."""
        return {At(row, column) for row in rows for column in self.columns} - self.masked


def make_releases() -> int:
    """How many were made, of all hubs."""
    waiting = [(hub, period) for hub in Hub.objects.order_by("pk") for period in _waiting(hub)]
    return one_by_one(waiting, lambda each: make(*each), name=lambda each: f"{each[0].slug} {each[1].code}")


def _waiting(hub: Hub) -> list[Period]:
    """In the order in which they were asked for."""
    with as_hub(hub):
        rows = Release.objects.filter(hub=hub, shown={}).order_by("pk").values_list("first", "last")
        return list(dict.fromkeys(period_of(first, last) for first, last in rows))


def make(hub: Hub, period: Period) -> bool:
    """False where it was made meanwhile, or somebody else is making one."""
    with as_hub(hub):
        asked = Release.objects.filter(hub=hub, first=period.first, last=period.last, shown={})
        if not _alone(hub) or not asked.exists():
            return False
        councils = sorted(Council.objects.filter(hub=hub).values_list("slug", flat=True))
        tables = _tables(hub, period, councils)
        masked = {figure: decide(table) for figure, table in tables.items()}
        for release in asked:
            rows = rows_of(release.kind, councils)
            release.counted = _written(release, rows, period, tables, {})
            release.shown = _written(release, rows, period, tables, masked)
            release.rules = RULES
            release.save(update_fields=["counted", "shown", "rules"])
    return True


def _alone(hub: Hub) -> bool:
    """Until the transaction ends. Each release takes account of those before it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK, hub.pk])
        (free,) = cursor.fetchone()
    return bool(free)


def _tables(hub: Hub, period: Period, councils: Sequence[str]) -> dict[str, Table]:
    counted = counts_of(hub.pk, period)
    rows = {row for kind in ReleaseKind for row in rows_of(kind, councils)}
    tables = {}
    for figure in (*FIGURES, WISHES):
        before = _before(hub, period, figure)
        counts = joined(counted.get(figure, {}), before, period, rows)
        known = before.known(rows)
        if figure == WISHES:
            tables[figure] = contents.wishing(counts, period.columns, known, before.masked)
        else:
            tables[figure] = contents.enquiring(counts, councils, period.columns, known, before.masked)
    return tables


def joined(counted: Mapping[At, int], before: Before, period: Period, rows: set[str]) -> dict[At, int]:
    """A column that was released stays as it was; the year is what its quarters add up to."""
    released = before.columns
    found = {at: n for at, n in counted.items() if at.column not in released} | before.counts
    if period.part == YEAR and YEAR not in released:
        quarters = {row: sum(found.get(At(row, quarter), 0) for quarter in QUARTERS) for row in rows}
        found |= {At(row, YEAR): n for row, n in quarters.items()}
    return found


def _before(hub: Hub, period: Period, figure: str) -> Before:
    year = Period(period.year, YEAR)
    before = Before()
    rows = Release.objects.filter(hub=hub, first__gte=year.first, last__lte=year.last).exclude(shown={})
    for release in rows.order_by("pk"):
        for row, columns in release.counted.get(figure, {}).items():
            for column in set(columns) & set(period.columns):
                at = At(row, column)
                before.counts[at] = columns[column]
                if release.shown[figure][row][column] is None:
                    before.masked.add(at)
    return before


def _written(
    release: Release,
    rows: Sequence[str],
    period: Period,
    tables: Mapping[str, Table],
    masked: Mapping[str, frozenset[At]],
) -> dict[str, dict[str, dict[str, int | None]]]:
    return {
        figure: {
            row: {
                column: None if At(row, column) in masked.get(figure, ()) else tables[figure].counts[At(row, column)]
                for column in period.columns
            }
            for row in rows
        }
        for figure in figures_of(release.kind)
    }
