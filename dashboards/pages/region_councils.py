"""Council by council, in an order that the reader chooses. Nobody is put in an order on few cases."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from councils.models import Council, CouncilKind
from dashboards.counted import numbers_of
from dashboards.figures import FIGURES, Figure, Split
from dashboards.measures import MEASURES, Measure, Numbers, Unit, Value, added
from dashboards.pages.asked import Asked
from dashboards.pages.behind import WHOLE, Part, list_behind
from dashboards.pages.sparkline import Sparkline, sparkline
from dashboards.periods import later, months_of
from dashboards.ranking import in_order
from dashboards.span import Span
from dashboards.states import Stage
from dashboards.tables import read

ALL = ("enquiries", "promise", "first_try", "reached", "visited", "applied", "approvals", "passed_on")
PROMISE = ("promise", "promise_missed", "first_try", "first_try_90", "reached")
FUNNEL = ("enquiries", "visited", "applied", "approvals")
AMBASSADORS = ("wishes", "conversations")
NAME = "name"
BACK = 24  # months in a sparkline
# Of a share, those who make it up; of a time, those who waited for it.
LISTS: Mapping[str, tuple[str, Part]] = {
    "promise": ("promise_kept", WHOLE),
    "first_try_90": ("first_try", WHOLE),
    "visited": ("cohort", (Split.STAGE, Stage.VISITED)),
    "applied": ("cohort", (Split.STAGE, Stage.APPLIED)),
}


@dataclass(frozen=True)
class Head:
    """`sort`: what its link asks for; `order`: as aria-sort says it, empty where the table is not sorted by it."""

    label: str
    sort: str
    order: str = ""


@dataclass(frozen=True)
class Cell:
    words: str
    note: str = ""
    address: str = ""


@dataclass(frozen=True)
class Row:
    name: str
    slug: str
    cells: Sequence[Cell]
    spark: Sparkline | None = None


@dataclass(frozen=True)
class Table:
    """`apart`: rows that have no place in the order, by names. `whole`: all councils together."""

    heads: Sequence[Head]
    rows: Sequence[Row]
    apart: Sequence[Row]
    whole: Row
    sort: str
    definitions: Sequence[Figure]

    @property
    def by_count(self) -> bool:
        """In the order of a count: that follows how large a council is, so the page says that it ranks nobody."""
        return bool(self.sort) and MEASURES[self.sort.removeprefix("-")].unit is Unit.COUNT

    @property
    def ripens(self) -> bool:
        """Some of it says what has become of those who came, which takes months."""
        return any(figure.code == "cohort" for figure in self.definitions)


@dataclass(frozen=True)
class Compared:
    """By council: of the period, and of the one that it is compared with; that is empty where there is none."""

    held: Mapping[int, Numbers]
    before: Mapping[int, Numbers]


def compared(asked: Asked, codes: Sequence[str]) -> Compared:
    measures = [MEASURES[code] for code in codes]
    before = _numbers(asked, asked.period.before, measures) if asked.period.before else {}
    return Compared(_numbers(asked, asked.period.span, measures), before)


def table(
    asked: Asked,
    codes: Sequence[str],
    sort: str,
    *,
    numbers: Compared | None = None,
    sparks: Mapping[int, Sparkline] | None = None,
) -> Table:
    """`sort`: a measure's code, with a minus for the greatest first; by names where it is none of these. `numbers`:
    where they were read already."""
    measures, read_once = [MEASURES[code] for code in codes], numbers or compared(asked, codes)
    held, before = read_once.held, read_once.before
    by = sort.removeprefix("-") if sort.removeprefix("-") in codes else NAME
    rows = {each: _row(asked, each, measures, held, before, sparks or {}) for each in asked.councils}
    ranked, apart = _ordered(asked.councils, held, by, down=sort.startswith("-"))
    together = added(before.values()) if before else None
    whole = _cells(measures, added(held.values()), together, lists_of(asked, codes))
    return Table(
        [Head("Council", NAME, "ascending" if by == NAME else ""), *(_head(each, sort) for each in measures)],
        [rows[each] for each in ranked],
        [rows[each] for each in apart],
        Row("All together", "", whole),
        sort if by != NAME else "",
        list({each.figure: FIGURES[each.figure] for each in measures}.values()),
    )


def _numbers(asked: Asked, span: Span, measures: Sequence[Measure]) -> Mapping[int, Numbers]:
    """Only of the kinds that are shown: hours are many counts."""
    hours = any(each.unit is Unit.HOURS for each in measures)
    stages = any(each.figure == "cohort" for each in measures)
    return numbers_of(span, asked.keys, hours_too=hours, stages_too=stages)


def _head(measure: Measure, sort: str) -> Head:
    """What is sorted by it already turns round."""
    greatest_first = f"-{measure.code}"
    if sort == greatest_first:
        return Head(measure.name, measure.code, "descending")
    return Head(measure.name, greatest_first, "ascending" if sort == measure.code else "")


def _ordered(
    councils: Sequence[Council], held: Mapping[int, Numbers], by: str, *, down: bool
) -> tuple[list[Council], list[Council]]:
    """The hub office answers for no area: it is set apart, as is whoever has too few cases."""
    fostering = [each for each in councils if each.kind != CouncilKind.HUB_OFFICE]
    office = [each for each in councils if each.kind == CouncilKind.HUB_OFFICE]
    if by == NAME:
        return fostering, office
    order, few = in_order({each: MEASURES[by].of(held[each.pk]) for each in fostering}, greatest_first=down)
    return order, [*few, *office]


def _row(
    asked: Asked,
    council: Council,
    measures: Sequence[Measure],
    held: Mapping[int, Numbers],
    before: Mapping[int, Numbers],
    sparks: Mapping[int, Sparkline],
) -> Row:
    lists = lists_of(asked, [each.code for each in measures], council)
    cells = _cells(measures, held[council.pk], before.get(council.pk), lists)
    return Row(council.name, council.slug, cells, sparks.get(council.pk))


def has_list(value: Value) -> bool:
    """Somebody is counted in it; in a share, among those who make it up."""
    return bool(value.part if value.unit is Unit.SHARE else value.cases)


def lists_of(asked: Asked, codes: Iterable[str], council: Council | None = None) -> list[str]:
    """Addresses, by measures; empty ones for whoever may not open them."""
    figures = [LISTS.get(code, (code, WHOLE)) for code in codes]
    return [list_behind(figure, asked, council=council, part=part) for figure, part in figures]


def _cells(measures: Sequence[Measure], held: Numbers, before: Numbers | None, lists: Sequence[str]) -> list[Cell]:
    found = []
    for each, address in zip(measures, lists, strict=True):
        value = each.of(held)
        was = each.of(before) if before else None
        note = "; ".join(filter(None, (_few(value), _was(was))))
        found.append(Cell(value.words, note, address if has_list(value) else ""))
    return found


def _few(value: Value) -> str:
    if value.unit is not Unit.HOURS or value.is_steady or value.number is None:
        return ""
    return f"of {value.cases} only"


def _was(before: Value | None) -> str:
    if before is None or before.number is None:
        return ""
    few = before.unit is Unit.SHARE and not before.is_steady
    return f"was {before.part:,} of {before.cases:,}" if few else f"was {before.words}"


@dataclass(frozen=True)
class Small:
    """One of many pictures to the same scale."""

    name: str
    slug: str
    picture: Sparkline
    words: str


def months_back(asked: Asked) -> Span:
    last = asked.today.replace(day=1)
    return Span(later(last, 1 - BACK), last)


def monthly(asked: Asked) -> Mapping[int, Sequence[int]]:
    """Initial enquiries by council, of the last two years."""
    span = months_back(asked)
    counted = {(each.council, each.on): each.n for each in read(("enquiries",), span, councils=asked.keys)}
    return {council: [counted.get((council, month), 0) for month in months_of(span)] for council in asked.keys}


def in_rows(numbers: Mapping[int, Sequence[int]]) -> Mapping[int, Sparkline]:
    """Each to its own scale: how it went."""
    return {council: sparkline(each) for council, each in numbers.items()}


def side_by_side(asked: Asked, numbers: Mapping[int, Sequence[int]]) -> tuple[int, list[Small]]:
    """All to one scale, which is given first: how much it is."""
    most = max((n for each in numbers.values() for n in each), default=0)
    return most, [
        Small(
            each.name, each.slug, sparkline(numbers[each.pk], width=220, height=70, most=most), _words(numbers[each.pk])
        )
        for each in asked.councils
    ]


def _words(numbers: Sequence[int]) -> str:
    year, before = sum(numbers[-12:]), sum(numbers[-24:-12])
    return f"{year:,} in the last 12 months, {before:,} in the 12 before"
