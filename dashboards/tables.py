"""Reading counts: the one way, for a page, a file, a report and the command line alike.

In the scope that is open: of a council, or of a hub. Nothing here looks at a case.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import BigIntegerField, QuerySet, Sum
from django.db.models.functions import Cast

from dashboards.figures import Split
from dashboards.models import Cell, Folded
from dashboards.span import Span

_SUM = Cast(Sum("n"), BigIntegerField())  # PostgreSQL's own sum of these is a decimal number


@dataclass(frozen=True, slots=True)
class Count:
    council: int
    on: date
    figure: str
    value: str
    n: int


def read(
    figures: Collection[str], span: Span, *, split: Split | str = "", councils: Collection[int] | None = None
) -> list[Count]:
    """`split`: counts by its values; else whole ones. `councils`: all in scope if not named."""
    rows = _cells(figures, span, split, councils)
    return [Count(*row) for row in rows.values_list("council_id", "on", "figure", "value", "n")]


def sums(
    figures: Collection[str], span: Span, *, split: Split | str = "", councils: Collection[int] | None = None
) -> Mapping[tuple[int, str, str], int]:
    """By council, figure and value; added up where the counts are kept."""
    found = _cells(figures, span, split, councils).values_list("council_id", "figure", "value").annotate(whole=_SUM)
    return {(council, figure, value): n for council, figure, value, n in found}


def over_time(
    figures: Collection[str], span: Span, *, split: Split | str = "", councils: Collection[int] | None = None
) -> Mapping[tuple[date, str, str], int]:
    """By day or month, figure and value: the councils added up."""
    found = _cells(figures, span, split, councils).values_list("on", "figure", "value").annotate(whole=_SUM)
    return {(on, figure, value): n for on, figure, value, n in found}


def _cells(
    figures: Collection[str], span: Span, split: Split | str, councils: Collection[int] | None
) -> QuerySet[Cell]:
    whose = {} if councils is None else {"council__in": councils}
    within = {"on__gte": span.first, "on__lte": span.last}
    return Cell.objects.filter(grain=span.grain, figure__in=figures, split=str(split), **within, **whose).order_by()


def added_up(counts: Iterable[Count]) -> dict[str, int]:
    """Whole, by figure."""
    whole = defaultdict[str, int](int)
    for count in counts:
        whole[count.figure] += count.n
    return dict(whole)


def as_of(hub: int) -> datetime | None:
    """Until when what happened is in the figures. None: they were never made."""
    return Folded.objects.filter(hub=hub).values_list("as_of", flat=True).first()
