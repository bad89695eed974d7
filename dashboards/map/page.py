"""The map of a region by one figure, and the table beside it: both from the same values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from councils import routing
from councils.models import Council, CouncilArea, CouncilKind
from dashboards.counted import numbers_of
from dashboards.map.cells import cells_of, joined
from dashboards.map.picture import STEPS, Picture, Shape, picture, steps_of
from dashboards.measures import Measure, Unit, Value, in_words
from dashboards.pages.asked import Asked
from dashboards.pages.region_councils import has_list, lists_of


@dataclass(frozen=True)
class Place:
    """A council: a line of the table, and what is drawn of it. `address`: of the list behind its value, for those who
    may open that. `step`: from 1; 0 for too few cases."""

    council: Council
    value: Value
    address: str
    step: int
    shape: Shape | None

    @property
    def number(self) -> int:
        """In the picture; 0 where nothing is drawn of it."""
        return self.shape.number if self.shape else 0


@dataclass(frozen=True)
class Step:
    number: int
    words: str


@dataclass(frozen=True)
class MapPage:
    measure: Measure
    picture: Picture | None
    places: Sequence[Place]
    office: Sequence[Place]
    legend: Sequence[Step]
    summary: str


def page_of(asked: Asked, measure: Measure) -> MapPage:
    """Its councils are in the order of the table, the hub office last."""
    councils, held = asked.councils, numbers_of(asked.period.span, asked.keys)
    values = {each.pk: measure.of(held[each.pk]) for each in councils}
    drawn = [each for each in councils if each.kind == CouncilKind.COUNCIL]
    numbers = {each.pk: values[each.pk].number for each in drawn if values[each.pk].is_steady}
    known = {council: number for council, number in numbers.items() if number is not None}
    steps, made = steps_of(known), _picture(drawn, asked.today)
    shapes = {shape.key: shape for shape in made.shapes} if made else {}
    lists = {each.pk: _list(asked, each, measure, values[each.pk]) for each in councils}
    places = [
        Place(each, values[each.pk], lists[each.pk], steps.get(each.pk, 0), shapes.get(each.pk)) for each in councils
    ]
    return MapPage(
        *(measure, made),
        places=[each for each in places if each.council in drawn],
        office=[each for each in places if each.council not in drawn],
        legend=_legend(measure, known, steps),
        summary=_summary(measure, drawn, known),
    )


def _list(asked: Asked, council: Council, measure: Measure, value: Value) -> str:
    (address,) = lists_of(asked, [measure.code], council)
    return address if has_list(value) else ""


def _picture(councils: Sequence[Council], today: date) -> Picture | None:
    try:
        areas = cells_of(routing.directory())
    except routing.NoDirectory:
        return None
    codes = _areas_of(councils, today)
    return picture(tuple((each.pk, joined(areas, codes.get(each.pk, ()))) for each in councils))


def _areas_of(councils: Sequence[Council], today: date) -> Mapping[int, list[str]]:
    held = CouncilArea.objects.filter(council__in=councils).order_by("area_code")
    begun = held.filter(Q(valid_from=None) | Q(valid_from__lte=today))
    rows = begun.filter(Q(valid_to=None) | Q(valid_to__gt=today)).values_list("council_id", "area_code")
    found: dict[int, list[str]] = {}
    for council, code in rows:
        found.setdefault(council, []).append(code)
    return found


def _legend(measure: Measure, known: Mapping[int, float], steps: Mapping[int, int]) -> list[Step]:
    """Only what is there: each step from its lowest value to its highest."""
    legend = []
    for number in range(1, STEPS + 1):
        inside = sorted(known[council] for council, step in steps.items() if step == number)
        if inside:
            ends = dict.fromkeys(in_words(measure.unit, each) for each in (inside[0], inside[-1]))
            legend.append(Step(number, " to ".join(ends)))
    return legend


def _summary(measure: Measure, councils: Sequence[Council], known: Mapping[int, float]) -> str:
    if not known or not any(known.values()):
        return f"{measure.name}: nothing has been counted in these months that could be drawn."
    if measure.unit is Unit.COUNT:
        low_n, high_n = (in_words(measure.unit, of(known.values())) for of in (min, max))
        return f"{measure.name}: between {low_n} and {high_n} in a council. Larger ones have more: it is no ranking."
    names = {each.pk: each.name for each in councils}
    low, high = min(known, key=lambda key: known[key]), max(known, key=lambda key: known[key])
    told = [f"{names[each]} with {in_words(measure.unit, known[each])}" for each in (high, low)]
    few = len(councils) - len(known)
    left = f" {few} councils have too few cases." if few > 1 else " 1 council has too few cases." if few else ""
    return f"{measure.name}: the highest is {told[0]}, the lowest {told[1]}.{left}"
