"""What it cost to bring somebody: the spend of some months beside what came in them, by campaign or by source. Pure.

Each cost stands with how far chance alone may have moved it (campaigns.intervals). Below thirty only that is told.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from campaigns.came.results_lines import cost, pounds

PAID, CLICKED = "spend", "clicks"
BROUGHT = ("enquiries", "visits", "applications", "approvals")
HEADINGS: Mapping[str, str] = {
    CLICKED: "A click",
    "enquiries": "An enquiry",
    "visits": "A visit",
    "applications": "An application",
    "approvals": "An approved household",
}
NO_CODE = "A campaign without a code"
WORDS = 3  # of the codes that a campaign is known by
Counts = Mapping[str, Mapping[str, int]]  # by what is compared, then by figure
Lists = Callable[[str, str], str]  # of a figure and what is compared: the address, or nothing


@dataclass(frozen=True)
class Each:
    """`words`: what one of them cost. `address`: of the list of them, for those who may see that."""

    count: int
    words: str
    address: str = ""


@dataclass(frozen=True)
class CostRow:
    label: str
    spent: str
    parts: Sequence[Each]


@dataclass(frozen=True)
class Campaigns:
    """`of_code`: which campaign a code belongs to. By the beginning of its key, and public words: whoever sees the
    whole region sees no council's own name for it."""

    of_code: Mapping[str, str]

    def named(self, campaign: str) -> str:
        words = sorted(code for code, key in self.of_code.items() if key == campaign)
        more = ", …" if len(words) > WORDS else ""
        return ", ".join(islice(words, WORDS)) + more or NO_CODE

    def together(self, by_code: Counts) -> Counts:
        """What came by each of its codes, added up. A code of no campaign is left out."""
        found = defaultdict[str, defaultdict[str, int]](lambda: defaultdict(int))
        for code, counts in by_code.items():
            if campaign := self.of_code.get(code):
                for figure, n in counts.items():
                    found[campaign][figure] += n
        return found


def merged(*parts: Counts) -> Counts:
    """Figures of the same rows from several places."""
    return {row: {name: n for part in parts for name, n in part.get(row, {}).items()} for row in _rows(parts)}


def no_list(figure: str, row: str) -> str:
    return ""


def cost_rows(counts: Counts, labels: Mapping[str, str], lists: Lists = no_list) -> list[CostRow]:
    """What cost most first; without what nothing was spent on: how many that brought stands elsewhere."""
    paid = [row for row, found in counts.items() if found.get(PAID)]
    most = sorted(paid, key=lambda row: (-counts[row][PAID], -counts[row].get("enquiries", 0), row))
    return [_row(labels.get(row, row), counts[row], {each: lists(each, row) for each in HEADINGS}) for row in most]


def _row(label: str, counts: Mapping[str, int], lists: Mapping[str, str]) -> CostRow:
    brought = {figure: counts.get(figure, 0) for figure in HEADINGS}
    parts = [Each(n, cost(counts[PAID], n), lists[figure] if n else "") for figure, n in brought.items()]
    return CostRow(label, pounds(counts[PAID]), parts)


def _rows(parts: Iterable[Counts]) -> dict[str, None]:
    return dict.fromkeys(row for part in parts for row in part)
