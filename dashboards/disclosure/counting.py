"""Counts for a release, of a year up to the end of the period. With the hub in scope.

All of them in one statement: what is folded meanwhile is in all or in none, and everything adds up.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping

from django.db.models import Q

from councils.models import Council
from dashboards.disclosure import contents
from dashboards.disclosure.contents import ALL, FIGURES, WISHES
from dashboards.disclosure.grid import YEAR, Period, quarter_of
from dashboards.disclosure.table import At
from dashboards.figures import Split
from dashboards.models import Cell
from dashboards.states import Grain


def counts_of(hub: int, period: Period) -> Mapping[str, Counter[At]]:
    """By figure. A council's whole is what it has of each source: each enquiry has one."""
    slugs = dict(Council.objects.filter(hub=hub).values_list("pk", "slug"))
    which = Q(figure__in=FIGURES, split=Split.SOURCE) | Q(figure=WISHES, split__in=("", Split.ABOUT))
    rows = Cell.objects.filter(which, hub=hub, grain=Grain.MONTH, on__gte=period.first, on__lte=period.last)
    counted: defaultdict[str, Counter[At]] = defaultdict(Counter)
    for council, on, figure, split, value, n in rows.values_list("council", "on", "figure", "split", "value", "n"):
        for row in _rows(figure, split, value, slugs[council]):
            for column in {quarter_of(on), YEAR} & set(period.columns):
                counted[figure][At(row, column)] += n
    return counted


def _rows(figure: str, split: str, value: str, slug: str) -> tuple[str, ...]:
    if figure == WISHES:
        return (contents.topic(value) if split else ALL,)
    return ALL, contents.source(value), contents.council(slug)
