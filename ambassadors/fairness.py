"""For whom the scheme works and for whom it does not, so that a council knows whom to recruit. Pure.

Kinds of fostering and areas come from the enquiry, and are counted as they are. What somebody wished of an ambassador's
own life (a faith, a language) may tell of theirs: it is counted from ten people on, in steps of five downwards, and
how many of them have nobody only where both parts are ten or more. So neither a subtraction nor the day after gives
away the one who came.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

from ambassadors.states import Attribute
from enquiries.states import CareKind

FEWEST, STEP = 10, 5
TOLD = 3  # sentences of each sort
_UNKNOWN_AREA = "Area not known"
_NOT_SAID = "Not sure, or not said"


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody who waits, or who came to a conversation. `days`: from the wish until then, or until now. `has_nobody`:
    the last round found nobody."""

    days: int
    kinds: frozenset[CareKind] = frozenset()
    area: str = ""
    wishes: frozenset[Attribute] = frozenset()
    languages: frozenset[str] = frozenset()
    has_nobody: bool = False
    met: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """`days` and `days_met`: medians; None where there is nobody. `share` and `share_nobody`: of the longest bar, in
    per cent."""

    label: str
    waiting: int
    nobody: int
    days: int | None
    met: int
    days_met: int | None
    share: int = 0
    share_nobody: int = 0


@dataclass(frozen=True, slots=True)
class FewRow:
    """In words, since most are "fewer than 10"."""

    label: str
    waiting: str
    nobody: str


@dataclass(frozen=True, slots=True)
class Fairness:
    kinds: tuple[Row, ...]
    areas: tuple[Row, ...]
    wishes: tuple[FewRow, ...]
    recruit: tuple[str, ...]


K = TypeVar("K", bound=Hashable)


def fairness(people: Iterable[Told], areas: Mapping[str, str]) -> Fairness:
    """`areas`: names by code."""
    everybody = list(people)
    kinds = _rows(everybody, lambda each: each.kinds or frozenset({CareKind.NOT_SURE}), _kind)
    places = _rows(everybody, lambda each: [each.area], lambda code: areas.get(code, _UNKNOWN_AREA))
    waiting = [each for each in everybody if not each.met]
    return Fairness(kinds, places, tuple(_few_rows(waiting)), tuple(_recruit(kinds, places)))


def _rows(people: Sequence[Told], of: Callable[[Told], Iterable[K]], named: Callable[[K], str]) -> tuple[Row, ...]:
    """Who has nobody first, then who waits."""
    groups: dict[str, list[Told]] = {}
    for each in people:
        for key in of(each):
            groups.setdefault(named(key), []).append(each)
    rows = sorted((_row(label, group) for label, group in groups.items()), key=_pressing)
    most = max((row.waiting for row in rows), default=0)
    return tuple(_with_bar(row, most) for row in rows)


def _pressing(row: Row) -> tuple[int, int, str]:
    return -row.nobody, -row.waiting, row.label


def _kind(kind: CareKind) -> str:
    return _NOT_SAID if kind is CareKind.NOT_SURE else str(kind.label)


def _row(label: str, group: Sequence[Told]) -> Row:
    waiting, met = [each for each in group if not each.met], [each for each in group if each.met]
    nobody = sum(each.has_nobody for each in waiting)
    return Row(label, len(waiting), nobody, _middle(waiting), len(met), _middle(met))


def _middle(group: Sequence[Told]) -> int | None:
    return round(median(each.days for each in group)) if group else None


def _with_bar(row: Row, most: int) -> Row:
    def share(count: int) -> int:
        return round(100 * count / most) if most else 0

    figures = (row.label, row.waiting, row.nobody, row.days, row.met, row.days_met)
    return Row(*figures, share(row.waiting), share(row.nobody))


def _few_rows(waiting: Sequence[Told]) -> Iterable[FewRow]:
    """Every attribute stands on the list, so that being on it says nothing; languages that ten need."""
    for attribute in Attribute:
        yield _few(attribute.label, [each for each in waiting if attribute in each.wishes])
    needed = sorted({language for each in waiting for language in each.languages})
    for language in needed:
        group = [each for each in waiting if language in each.languages]
        if len(group) >= FEWEST:
            yield _few(f"Speaks {language}", group)


def _few(label: str, group: Sequence[Told]) -> FewRow:
    nobody = sum(each.has_nobody for each in group)
    if len(group) < FEWEST:
        return FewRow(label, f"fewer than {FEWEST}", "not shown")
    both = nobody >= FEWEST and len(group) - nobody >= FEWEST
    return FewRow(label, _about(len(group)), _about(nobody) if both else "not shown")


def _about(count: int) -> str:
    return f"{count // STEP * STEP} or more"


def _recruit(kinds: Iterable[Row], areas: Iterable[Row]) -> Iterable[str]:
    wanted = [row for row in kinds if row.nobody and row.label != _NOT_SAID][:TOLD]
    yield from (f"Carers who know {_lower(row.label)}: {_of(row)}." for row in wanted)
    near = [row for row in areas if row.nobody and row.label != _UNKNOWN_AREA][:TOLD]
    yield from (f"Carers in or near {row.label}: {_of(row)}." for row in near)


def _of(row: Row) -> str:
    if row.waiting == 1:
        return "the one who waits has nobody to talk to"
    part = f"{row.nobody} of {row.waiting}" if row.nobody < row.waiting else f"all {row.waiting}"
    return f"{part} who wait ha{'s' if row.nobody == 1 else 've'} nobody to talk to"


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
