"""What a release holds: its figures, its rows, and the sums that tie them together. Always the same ones, whatever was
counted: a row that only stands where something was counted would tell so. Pure.

Figures of one release share no sum with each other: each is masked by itself. What limits another within a period (as
households do enquiries) is not among them.
"""

from collections.abc import Collection, Mapping, Sequence

from dashboards.disclosure.grid import QUARTERS, YEAR
from dashboards.disclosure.table import At, Sum, Table
from dashboards.states import ReleaseKind
from enquiries.came_states import Source
from enquiries.states import TalkAbout

ALL = "all"
LEAST: Mapping[str, int] = {ReleaseKind.COUNCILS: 5, ReleaseKind.SOURCES: 5, ReleaseKind.WISHES: 10}
FIGURES = ("enquiries", "visits", "applications", "approvals")
WISHES = "wishes"
SOURCES = tuple(each.value for each in Source)
TOPICS = tuple(each.value for each in TalkAbout)
_OTHERS_THAN = "not "
Numbers = Mapping[At, int]


def council(slug: str) -> str:
    return f"council {slug}"


def source(code: str) -> str:
    """One that is not on the list counts as not known."""
    return f"source {code if code in SOURCES else Source.UNKNOWN.value}"


def topic(code: str) -> str:
    return f"topic {code}"


def rows_of(kind: str, councils: Sequence[str]) -> tuple[str, ...]:
    """`councils`: slugs."""
    groups = {
        ReleaseKind.COUNCILS.value: [council(slug) for slug in councils],
        ReleaseKind.SOURCES.value: [source(code) for code in SOURCES],
        ReleaseKind.WISHES.value: [topic(code) for code in TOPICS],
    }
    return (ALL, *groups[str(kind)])


def figures_of(kind: str) -> tuple[str, ...]:
    return (WISHES,) if kind == ReleaseKind.WISHES else FIGURES


def enquiring(
    counts: Numbers, councils: Sequence[str], columns: Sequence[str], known: Collection[At], masked: Collection[At]
) -> Table:
    """Councils, and sources, each add up to the whole: one table, since whoever reads the one reads the other. A
    council knows its own row."""
    groups = [rows_of(kind, councils)[1:] for kind in (ReleaseKind.COUNCILS, ReleaseKind.SOURCES)]
    rows = (ALL, *groups[0], *groups[1])
    filled = _filled(counts, rows, columns)
    sums = [Sum(At(ALL, column), [At(row, column) for row in group]) for column in columns for group in groups]
    return Table(
        filled,
        [*sums, *_years(rows, columns)],
        LEAST[ReleaseKind.COUNCILS],
        known=frozenset(known) & set(filled),
        masked=frozenset(masked) & set(filled),
        own={row: [At(row, column) for column in columns] for row in groups[0]},
        weights=_weights(filled),
    )


def wishing(counts: Numbers, columns: Sequence[str], known: Collection[At], masked: Collection[At]) -> Table:
    """Somebody may wish to ask of several things, or of none: of each topic, those who did and those who did not make
    up the whole."""
    rows = rows_of(ReleaseKind.WISHES, ())
    filled = _filled(counts, rows, columns)
    others = {At(_OTHERS_THAN + at.row, at.column): at for at in filled if at.row != ALL}
    rest = {other: filled[At(ALL, at.column)] - filled[at] for other, at in others.items()}
    sums = [Sum(At(ALL, at.column), [at, other]) for other, at in others.items()]
    return Table(
        {**filled, **rest},
        [*sums, *_years(rows, columns)],
        LEAST[ReleaseKind.WISHES],
        unprinted=frozenset(rest),
        known=frozenset(known) & set(filled),
        masked=frozenset(masked) & set(filled),
        weights=_weights(filled),
    )


def _filled(counts: Numbers, rows: Sequence[str], columns: Sequence[str]) -> dict[At, int]:
    return {At(row, column): counts.get(At(row, column), 0) for row in rows for column in columns}


def _years(rows: Sequence[str], columns: Sequence[str]) -> list[Sum]:
    if YEAR not in columns:
        return []
    return [Sum(At(row, YEAR), [At(row, quarter) for quarter in QUARTERS]) for row in rows]


def _weights(counts: Numbers) -> dict[At, float]:
    """Totals are what a release is read for; and of others rather the small ones go."""
    return {
        at: (4 if at.row == ALL else 1) * (2 if at.column == YEAR else 1) * (1 + min(n, 200) / 200)
        for at, n in counts.items()
    }
