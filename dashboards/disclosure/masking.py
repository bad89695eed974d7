"""Which counts of a table are not shown.

The small ones, and more. For a masked count two sets of counts are searched for that both agree with everything shown
and are so far apart in it as the threshold: that proves it cannot be narrowed down. Where there are none yet, the
linear program finds the two that cost the least of what is shown; what differs in them is masked as well, and looked at
in turn. Masks only ever grow, so a proof once found stays one; it is checked in whole numbers, never taken from the
program's word. It goes over for each reader who knows some of the counts anyway.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from scipy.optimize import linprog
from scipy.sparse import block_diag, csr_array, eye_array, hstack

from dashboards.disclosure.table import At, Table, holds

Counts = Mapping[At, int]
ANYBODY = ""
SLIGHT = 0.001  # of a mask that is there anyway: pairs that change little prove as much, and for more readers


class CannotBeKept(ArithmeticError):
    """Earlier releases show too much already. By the way they are made this does not happen."""


@dataclass
class Range:
    """How far the counts that were found to be possible go."""

    low: dict[At, int]
    high: dict[At, int]

    def take(self, counts: Counts) -> None:
        for at, n in counts.items():
            self.low[at] = min(self.low[at], n)
            self.high[at] = max(self.high[at], n)

    def width(self, at: At) -> int:
        return self.high[at] - self.low[at]


@dataclass
class Masking:
    table: Table
    masked: set[At] = field(default_factory=set)
    ranges: dict[str, Range] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not holds(self.table, self.table.counts):
            raise ArithmeticError("The counts do not add up.")
        self.masked = set(self.table.masked | (self.table.small & self.table.open))
        self.readers = {ANYBODY: frozenset[At](), **{name: frozenset(own) for name, own in self.table.own.items()}}
        self.ranges = {name: Range(dict(self.table.counts), dict(self.table.counts)) for name in self.readers}
        self.program = Program(self.table)

    def decide(self) -> frozenset[At]:
        while any(self._weak(name) for name in self.readers):
            for name in self.readers:
                self._prove(name)
        return frozenset(self.masked)

    def _weak(self, name: str) -> list[At]:
        """Masked, and not proven yet to be safe from this reader."""
        secret = self.masked | (self.table.unprinted & self.table.small)
        found = self.ranges[name]
        return sorted(at for at in secret - self.readers[name] if found.width(at) < self.table.least)

    def _prove(self, name: str) -> None:
        """Many at once as it is masked by now, as long as that proves any; else one by one, masking more."""
        stuck = -1  # masks with which no more were proven at once
        while weak := self._weak(name):
            if len(self.masked) != stuck:
                self._take(self.program.spread(weak, free=self._free - self.readers[name]))
                stuck = len(self.masked) if self._weak(name) == weak else -1
            else:
                pair = self.program.pair(weak[0], free=self._free, fixed=self.readers[name] | self.table.known)
                for counts in pair:
                    self._mask_what_differs(counts)
                self._take(pair)

    @property
    def _free(self) -> set[At]:
        return self.masked | self.table.unprinted

    def _mask_what_differs(self, counts: Counts) -> None:
        self.masked |= {at for at in self.table.open if counts[at] != self.table.counts[at]}

    def _take(self, found: Collection[Counts]) -> None:
        """It proves the same to each reader whose own counts it leaves alone."""
        for counts in found:
            changed = {at: n for at, n in counts.items() if n != self.table.counts[at]}
            for name, own in self.readers.items():
                if own.isdisjoint(changed):
                    self.ranges[name].take(changed)


class Program:
    """Least cost: how much each of the two sets of counts rises and falls against the true one, in four blocks."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.cells = sorted(table.counts)
        self.places = {at: place for place, at in enumerate(self.cells)}
        entries = [
            (number, self.places[at], sign)
            for number, each in enumerate(table.sums)
            for at, sign in ((each.whole, -1), *((part, 1) for part in each.parts))
        ]
        rows, columns, signs = zip(*entries, strict=True)
        sums = csr_array((signs, (rows, columns)), shape=(len(table.sums), len(self.cells)))
        one = hstack([sums, -sums])
        self.adds_up = block_diag([one, one], format="csr")

    def pair(self, at: At, *, free: Collection[At], fixed: Collection[At]) -> tuple[Counts, Counts]:
        """Raises CannotBeKept."""
        for whole_numbers in (0, 1):  # tables of two dimensions come out whole by themselves
            found = linprog(
                self._costs(free),
                A_ub=self._apart(at),
                b_ub=[-self.table.least],
                A_eq=self.adds_up,
                b_eq=[0] * self.adds_up.shape[0],
                bounds=self._bounds(fixed),
                integrality=whole_numbers,
            )
            if found.x is None:
                break
            high, low = self._counts(found.x[: 2 * len(self.cells)]), self._counts(found.x[2 * len(self.cells) :])
            if self._proves(at, high, low, fixed):
                return high, low
        raise CannotBeKept(f"{at.row}, {at.column}")

    def spread(self, secret: Collection[At], *, free: Collection[At]) -> list[Counts]:
        """As many of these as can be, by so much as the threshold above what they are. Empty where it found none."""
        cells, least = len(self.cells), self.table.least
        found = linprog(
            [SLIGHT] * (2 * cells) + [-1] * cells,
            A_ub=hstack([-eye_array(cells), eye_array(cells), eye_array(cells)]),
            b_ub=[0] * cells,
            A_eq=hstack([self.adds_up[: len(self.table.sums), : 2 * cells], csr_array((len(self.table.sums), cells))]),
            b_eq=[0] * len(self.table.sums),
            bounds=[
                *[(0, None if at in free else 0) for at in self.cells],
                *[(0, self.table.counts[at] if at in free else 0) for at in self.cells],
                *[(0, least if at in secret else 0) for at in self.cells],
            ],
        )
        counts = {} if found.x is None else self._counts(found.x[: 2 * cells])
        return [counts] if counts and holds(self.table, counts) else []

    def _costs(self, free: Collection[At]) -> list[float]:
        once = [SLIGHT if at in free else self.table.weights.get(at, 1) for at in self.cells]
        return once * 4

    def _apart(self, at: At) -> csr_array:
        cells, place = len(self.cells), self.places[at]
        columns = [place, cells + place, 2 * cells + place, 3 * cells + place]
        return csr_array(([-1, 1, 1, -1], ([0] * 4, columns)), shape=(1, 4 * cells))

    def _bounds(self, fixed: Collection[At]) -> list[tuple[int, int | None]]:
        rises: list[tuple[int, int | None]] = [(0, 0 if at in fixed else None) for at in self.cells]
        falls: list[tuple[int, int | None]] = [(0, 0 if at in fixed else self.table.counts[at]) for at in self.cells]
        return [*rises, *falls] * 2

    def _counts(self, found: Collection[float]) -> Counts:
        rises, falls = list(found)[: len(self.cells)], list(found)[len(self.cells) :]
        return {
            at: self.table.counts[at] + round(up) - round(down)
            for at, up, down in zip(self.cells, rises, falls, strict=True)
        }

    def _proves(self, at: At, high: Counts, low: Counts, fixed: Collection[At]) -> bool:
        agree = all(each[known] == self.table.counts[known] for each in (high, low) for known in fixed)
        apart = high[at] - low[at] >= self.table.least
        return agree and apart and holds(self.table, high) and holds(self.table, low)


def decide(table: Table) -> frozenset[At]:
    """Masked: small ones, and what they could be worked out from."""
    return Masking(table).decide()
