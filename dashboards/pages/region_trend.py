"""How the region's months went, beside those that they are compared with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboards.days import remarks_of
from dashboards.figures import FIGURES
from dashboards.pages.asked import Asked
from dashboards.pages.behind import list_behind
from dashboards.pages.charts import Chart, Kind
from dashboards.pages.tallies import Tally, tally
from dashboards.periods import months_of
from dashboards.span import Span
from dashboards.tables import over_time

MONTH = "%b %Y"
CHARTED = ("enquiries", "applications", "approvals")
TOTALS = ("received", "enquiries", "households", "apart", "again", "visits", "applications", "approvals", "not_yet")
Months = Mapping[tuple[date, str, str], int]


@dataclass(frozen=True)
class Trend:
    """Of the period, beside the one before."""

    tallies: Sequence[Tally]
    charts: Sequence[Chart]


def trend(asked: Asked) -> Trend:
    now, before = _counted(asked, asked.period.span), _counted(asked, asked.period.before)
    tallies = [
        tally(
            figure,
            _sum(now, figure),
            _sum(before, figure) if asked.period.before else None,
            address=list_behind(figure, asked),
        )
        for figure in TOTALS
    ]
    remarks = remarks_of(asked.hub.pk, asked.period.span)
    return Trend(tallies, [_chart(asked, now, before, figure, remarks) for figure in CHARTED])


def _counted(asked: Asked, span: Span | None) -> Months:
    return over_time(TOTALS, span, councils=asked.keys) if span else {}


def _sum(counted: Months, figure: str) -> int:
    return sum(n for (_, code, _), n in counted.items() if code == figure)


def _chart(asked: Asked, now: Months, before: Months, figure: str, remarks: Mapping[str, Sequence[str]]) -> Chart:
    months = months_of(asked.period.span)
    numbers = [[now.get((month, figure, ""), 0) for month in months]]
    columns = ["Month", FIGURES[figure].name]
    earlier = months_of(asked.period.before) if asked.period.before else []
    if asked.period.before:
        numbers.append([before.get((month, figure, ""), 0) for month in earlier])
        columns.append(f"In {asked.period.words_before}")
    return Chart(
        Kind.LINE if len(months) > 2 else Kind.BAR,
        f"{FIGURES[figure].name}, month by month",
        _summary(asked, figure, [sum(each) for each in numbers]),
        columns,
        [(f"{month:{MONTH}}", *each) for month, *each in zip(months, *numbers, strict=True)],
        links={f"{month:{MONTH}}": list_behind(figure, asked, month=month) for month in months},
        lists={
            f"{month:{MONTH}}": ("", list_behind(figure, asked, month=before))
            for month, before in zip(months, earlier, strict=False)
        },
        remarks=remarks,
        codes=[figure],
    )


def _summary(asked: Asked, figure: str, sums: Sequence[int]) -> str:
    now, *before = sums
    words = f"{FIGURES[figure].name} in {asked.period.words}: {now:,}."
    if not before:
        return words
    words = f"{words} In {asked.period.words_before}: {before[0]:,}."
    if asked.is_running:
        return f"{words} {asked.period.span.last:%B} is not over yet."
    return words
