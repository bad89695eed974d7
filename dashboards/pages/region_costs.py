"""What bringing people cost, by campaign and by source, for the first and for the last that a household came by."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from dashboards.campaign_words import campaigns_of
from dashboards.costs import (
    BROUGHT,
    CLICKED,
    HEADINGS,
    PAID,
    Campaigns,
    CostRow,
    Counts,
    Lists,
    cost_rows,
    merged,
    no_list,
)
from dashboards.figures import FIGURES, Figure, Split
from dashboards.span import Span
from dashboards.tables import sums
from enquiries.came_states import Source

FIRST, LAST = "What they came by first", "What they came by last"
_SPLITS: Mapping[str, tuple[Split, Split]] = {
    FIRST: (Split.SOURCE, Split.CODE),
    LAST: (Split.LAST_SOURCE, Split.LAST_CODE),
}


@dataclass(frozen=True)
class CostTable:
    title: str
    rows: Sequence[CostRow]


@dataclass(frozen=True)
class Costs:
    """`first`, `last`: by source and by campaign, as the household was brought first or last."""

    first: Sequence[CostTable]
    last: Sequence[CostTable]

    @property
    def headings(self) -> Sequence[str]:
        return tuple(HEADINGS.values())

    @property
    def definitions(self) -> Sequence[Figure]:
        return [FIGURES[code] for code in (PAID, CLICKED, "visits", "applications", "approvals")]

    @property
    def none(self) -> bool:
        return not any(table.rows for table in (*self.first, *self.last))


def costs(span: Span, councils: Collection[int], lists: Callable[[Split], Lists] = lambda _: no_list) -> Costs:
    """Of these months, of councils in scope: aggregates only, and public codes. `lists`: of what came by a source. What
    came by a campaign came by several codes, and each of those has its own."""
    paid_by_source = _by(span, councils, (PAID, CLICKED), Split.SOURCE)
    paid, known = _of_campaigns(span, councils)
    found = [
        (
            CostTable(
                f"{touch}: by source",
                _sources(merged(paid_by_source, _by(span, councils, BROUGHT, source)), lists(source)),
            ),
            CostTable(
                f"{touch}: by campaign", _named(merged(paid, known.together(_by(span, councils, BROUGHT, code))), known)
            ),
        )
        for touch, (source, code) in _SPLITS.items()
    ]
    return Costs(*found)


def _sources(counts: Counts, lists: Lists) -> list[CostRow]:
    return cost_rows(counts, {**dict(Source.choices), "": "Not known"}, lists)


def _named(counts: Counts, known: Campaigns) -> list[CostRow]:
    return cost_rows(counts, {campaign: known.named(campaign) for campaign in counts})


def _of_campaigns(span: Span, councils: Collection[int]) -> tuple[Counts, Campaigns]:
    """What was paid and clicked, by campaign; and which code is whose, also of codes that only stand in emails."""
    counts, words = defaultdict[str, defaultdict[str, int]](lambda: defaultdict(int)), dict[str, str]()
    for value, found in _by(span, councils, (PAID, CLICKED), Split.CAMPAIGN).items():
        campaign, _, code = value.partition("|")
        words |= {code: campaign} if code else {}
        for figure, n in found.items():
            counts[campaign][figure] += n
    return counts, campaigns_of(councils, words)


def _by(span: Span, councils: Collection[int], figures: Collection[str], split: Split) -> Counts:
    """By value, then by figure: the councils added up."""
    found = defaultdict[str, defaultdict[str, int]](lambda: defaultdict(int))
    for (_, figure, value), n in sums(figures, span, split=split, councils=councils).items():
        found[value][figure] += int(n)
    return found
