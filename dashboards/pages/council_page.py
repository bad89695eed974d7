"""One council's page, made of counts: what stands out, the council beside the region, and how its months went."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from councils.models import Council
from dashboards.behind.sought import EVER
from dashboards.beside import Middle, region_beside
from dashboards.counted import numbers_of
from dashboards.days import remarks_of
from dashboards.figures import FIGURES, Figure
from dashboards.measures import MEASURES, Measure, Numbers, Unit, Value
from dashboards.pages.asked import Asked
from dashboards.pages.charts import Chart
from dashboards.pages.council_attention import Pressing, pressing
from dashboards.pages.council_charts import charts_of
from dashboards.pages.region_councils import has_list, lists_of
from dashboards.pages.region_week import WEEK, tallies_of
from dashboards.pages.tallies import Tally
from dashboards.span import Span
from dashboards.tables import sums


@dataclass(frozen=True)
class Line:
    """One measure: of the council, before, and of the region. `address`: of the list behind it, if any."""

    measure: Measure
    value: Value
    before: Value | None
    change: str
    region: Middle | None
    address: str

    @property
    def figure(self) -> Figure:
        return FIGURES[self.measure.figure]


@dataclass(frozen=True)
class CouncilPage:
    """`week`: the last seven days."""

    week: Sequence[Tally]
    pressing: Sequence[Pressing]
    lines: Sequence[Line]
    charts: Sequence[Chart]
    empty: bool


def page_of(council: Council, asked: Asked) -> CouncilPage:
    period = asked.period
    held = numbers_of(period.span, [council.pk])[council.pk]
    before = numbers_of(period.before, [council.pk])[council.pk] if period.before else None
    region = region_beside(council, period.span, sees_all=asked.access.sees_region)
    return CouncilPage(
        week=tallies_of(asked, asked.today - timedelta(days=WEEK - 1)),
        pressing=list(pressing(_today(council, asked.today), held, before, region)),
        lines=[
            _line(each, held, before, region, address)
            for each, address in zip(MEASURES.values(), lists_of(asked, MEASURES), strict=True)
        ],
        charts=charts_of(asked, held, remarks=remarks_of(council.hub_id, period.span)),
        empty=not held.n("received", "enquiries", "apart"),
    )


def _today(council: Council, today: date) -> Numbers:
    """What is missed is missed until somebody tries, however long ago it was due."""
    ever = Span(EVER, today)
    found = sums(("promise_missed",), ever, councils=[council.pk])
    return Numbers(whole={"promise_missed": sum(found.values())})


def _line(measure: Measure, held: Numbers, before: Numbers | None, region: Mapping[str, Middle], address: str) -> Line:
    value, was = measure.of(held), measure.of(before) if before else None
    change = _change(value, was) if was else ""
    return Line(measure, value, was, change, region.get(measure.code), address if has_list(value) else "")


def _change(value: Value, was: Value) -> str:
    """In words: a sign alone is read out by no screen reader."""
    if value.number is None or was.number is None or not (value.is_steady and was.is_steady):
        return ""
    by = value.number - was.number
    if not round(by, 3):
        return "the same"
    return f"{_amount(value.unit, abs(by))} {'more' if by > 0 else 'less'}"


_IN: Mapping[Unit, Callable[[float], str]] = {
    Unit.COUNT: lambda by: f"{by:,.0f}",
    Unit.SHARE: lambda by: f"{by * 100:.0f} points",
    Unit.HOURS: lambda by: f"{by:,.1f} h".replace(".0 h", " h"),
}


def _amount(unit: Unit, by: float) -> str:
    return _IN[unit](by)
