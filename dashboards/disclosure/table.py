"""A table of counts and the sums that hold in it: everything that is known to whoever reads what is shown. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class At(NamedTuple):
    """Where a count stands."""

    row: str
    column: str


@dataclass(frozen=True)
class Sum:
    whole: At
    parts: Sequence[At]


@dataclass(frozen=True)
class Table:
    """`unprinted`: follow from others and stand nowhere; they are as secret as the rest where they are small.
    `known`: shown before; `masked`: masked before. `own`: by reader, what that reader knows anyway. `weights`: what it
    costs to lose a count, 1 where not said."""

    counts: Mapping[At, int]
    sums: Sequence[Sum]
    least: int
    unprinted: frozenset[At] = frozenset()
    known: frozenset[At] = frozenset()
    masked: frozenset[At] = frozenset()
    own: Mapping[str, Collection[At]] = field(default_factory=dict)
    weights: Mapping[At, float] = field(default_factory=dict)

    @property
    def small(self) -> frozenset[At]:
        """Noughts too: one that is told is as sure as a one."""
        return frozenset(at for at, n in self.counts.items() if n < self.least)

    @property
    def open(self) -> frozenset[At]:
        """Not decided before."""
        return frozenset(self.counts) - self.unprinted - self.known - self.masked


def holds(table: Table, counts: Mapping[At, int]) -> bool:
    """Whether these could be the counts, but for what is shown."""
    adds_up = all(counts[each.whole] == sum(counts[part] for part in each.parts) for each in table.sums)
    return adds_up and all(n >= 0 for n in counts.values())
