"""The statistical file of a year: a row a council, and one of the whole hub. Read in the scope that is open."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from councils.models import Council, CouncilKind, Hub
from councils.working_time import in_london
from dashboards.exports.chosen import span_of_year, year_in_words
from dashboards.exports.columns import Counted
from dashboards.exports.numbers import ALL, added_up
from dashboards.exports.published import ABOUT, PUBLISHED, SPLITS
from dashboards.figures import RULES
from dashboards.models import Folded
from dashboards.span import Span
from dashboards.tables import sums
from enquiries.exports import Cell, Table


def statistical_file(hub: Hub, councils: Sequence[Council], year: int) -> Table:
    """`year`: the calendar year in which it began. The last row is of these councils together, where there are more."""
    counted = _counted([council.pk for council in councils], span_of_year(year))
    made = Folded.objects.filter(hub=hub).first()
    rules = made.rules if made else RULES
    at = in_london(made.as_of).replace(tzinfo=None, microsecond=0) if made else None
    columns = (*ABOUT, *(each.column for each in PUBLISHED))

    def row(name: str, code: str, kind: str, counts: Counted) -> list[Cell]:
        return [year_in_words(year), hub.name, name, code, kind, rules, at, *(each.of(counts) for each in PUBLISHED)]

    rows = [row(each.name, _code(each), each.kind, counted[each.pk]) for each in councils]
    if len(councils) > 1:
        rows.append(row(ALL, "", "all", added_up(counted.values())))
    return Table(columns, rows, title=f"Year {year_in_words(year)}")


def _code(council: Council) -> str:
    return "" if council.kind == CouncilKind.HUB_OFFICE else council.authority_code


def _counted(councils: Collection[int], span: Span) -> dict[int, Counted]:
    found = defaultdict[int, Counted](Counter)
    wholes = list(dict.fromkeys(each.figure for each in PUBLISHED))
    for split, codes in [("", wholes), *SPLITS.items()]:
        for (council, figure, value), n in sums(codes, span, split=split, councils=councils).items():
            found[council][figure, value] = int(n)
    return found
