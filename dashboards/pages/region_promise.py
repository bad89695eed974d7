"""Are people answered: promises kept, and how long it took, in working hours."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from campaigns.intervals import of_share
from dashboards.figures import Split
from dashboards.hours import quantile
from dashboards.measures import STEADY, Numbers, added
from dashboards.pages.asked import Asked
from dashboards.pages.behind import list_behind
from dashboards.pages.charts import Chart, Kind, row
from dashboards.pages.region_councils import Compared
from dashboards.pages.region_trend import MONTH
from dashboards.pages.tallies import Tally
from dashboards.periods import months_of
from dashboards.span import Span
from dashboards.states import Grain
from dashboards.tables import over_time

DUE = ("promise_kept", "promise_late", "promise_missed")
ALL_DUE = (*DUE, "promise_running")
COUNTED = {
    "promise_kept": "Kept in time",
    "promise_late": "Kept late",
    "promise_missed": "Missed, nobody has got in touch",
}
NONE_DUE = "None due"
EVER = Span(date(2000, 1, 1), date(2200, 1, 1), Grain.DAY)
TIMES = {"first_try": "first try", "reached": "spoken with"}
Counted = Mapping[tuple[date, str, str], int]
Hours = Mapping[str, Mapping[date, Sequence[tuple[int, int]]]]


@dataclass(frozen=True)
class PromisePage:
    tallies: Sequence[Tally]
    charts: Sequence[Chart]


def page_of(asked: Asked, numbers: Compared) -> PromisePage:
    """`numbers`: of the councils, as they stand in the table below."""
    span, before = asked.period.span, asked.period.before
    months = over_time(DUE, span, councils=asked.keys)
    was = over_time(DUE, before, councils=asked.keys) if before else {}
    hours = _hours(asked, span)
    charts = [_kept(asked, months), _shares(asked, months), *(_times(asked, hours, figure) for figure in TIMES)]
    return PromisePage(
        _tallies(asked, months, was, added(numbers.held.values()), added(numbers.before.values())), charts
    )


def _sum(counted: Counted, figure: str) -> int:
    return sum(n for (_, code, _), n in counted.items() if code == figure)


def share_kept(counted: Counted) -> tuple[str, str]:
    """And between what it lies, chance allowed for."""
    kept, due = _sum(counted, "promise_kept"), sum(_sum(counted, figure) for figure in DUE)
    if not due:
        return NONE_DUE, ""
    found = of_share(kept, due)
    between = f"{found.low:.0%} to {found.high or 1:.0%}"
    return (f"{kept / due:.0%}" if due >= STEADY else f"{kept} of {due}"), between


def _tallies(asked: Asked, now: Counted, was: Counted, held: Numbers, before: Numbers) -> list[Tally]:
    compared = bool(asked.period.before)

    def beside(words: str) -> str:
        return f"was {words}" if compared else ""

    counts = [
        Tally(
            *(name, f"{_sum(now, figure):,}", beside(f"{_sum(was, figure):,}"), list_behind(figure, asked)),
            pressing=figure == "promise_missed" and _sum(now, figure) > 0,
        )
        for figure, name in COUNTED.items()
    ]
    waits = [
        _wait(words, held.hours.get(figure, {}), before.hours.get(figure, {}), beside, list_behind(figure, asked))
        for figure, words in TIMES.items()
    ]
    (share, between), (share_before, _) = share_kept(now), share_kept(was)
    note = "; ".join(filter(None, (between, "" if share_before == NONE_DUE else beside(share_before))))
    return [Tally("Of promises kept in time", share, note), *counts, _still_to_keep(asked), *waits]


def _wait(
    words: str, held: Mapping[int, int], before: Mapping[int, int], beside: Callable[[str], str], address: str
) -> Tally:
    half, most = (_in_hours(held.items(), share) for share in (0.5, 0.9))
    was = " and ".join(_in_hours(before.items(), share) for share in (0.5, 0.9)) if before else ""
    label = f"Until {words}: half within" + (f"; nine of ten within {most}" if held else "")
    return Tally(label, half, beside(was) if was else "", address if held else "")


def _still_to_keep(asked: Asked) -> Tally:
    """Of today, whichever months the page is of: one that runs is mostly due after them."""
    days = over_time(("promise_running",), EVER, councils=asked.keys)
    last = max((on for on, _, _ in days), default=asked.today)
    address = list_behind("promise_running", asked, days=Span(EVER.first, last, Grain.DAY))
    return Tally("Still to keep now, whenever they are due", f"{sum(days.values()):,}", "", address)


def _hours(asked: Asked, span: Span) -> Hours:
    counted = over_time(tuple(TIMES), span, split=Split.HOURS, councils=asked.keys)
    found: dict[str, dict[date, list[tuple[int, int]]]] = {figure: defaultdict(list) for figure in TIMES}
    for (on, figure, value), n in counted.items():
        found[figure][on].append((int(value), n))
    return found


def _in_hours(counts: Iterable[tuple[int, int]], share: float) -> str:
    found = quantile(counts, share)
    if found is None:
        return "none yet"
    return "1 hour" if found == 2 else f"{found / 2:,.1f} hours".replace(".0 hours", " hours")


def _kept(asked: Asked, months: Counted) -> Chart:
    sums = [_sum(months, figure) for figure in DUE]
    parts = f"{sums[0]:,} kept in time, {sums[1]:,} kept late, {sums[2]:,} missed"
    words = f"{sum(sums):,} promises were due and are over: {parts}."
    span, title = months_of(asked.period.span), "Promises, by the month in which they were due"
    rows = [row(f"{month:{MONTH}}", (months.get((month, figure, ""), 0) for figure in DUE)) for month in span]
    lists = {f"{month:{MONTH}}": [list_behind(figure, asked, month=month) for figure in DUE] for month in span}
    columns = ("Month due", "Kept in time", "Kept late", "Missed")
    return Chart(Kind.STACKED, title, words, columns, rows, lists=lists, codes=ALL_DUE)


def _shares(asked: Asked, months: Counted) -> Chart:
    def ends(month: date) -> tuple[float | None, float | None, float | None]:
        kept, due = months.get((month, DUE[0], ""), 0), sum(months.get((month, figure, ""), 0) for figure in DUE)
        if due < STEADY:
            return None, None, None
        found = of_share(kept, due)
        return tuple(round(100 * number, 1) for number in (kept / due, found.low, found.high or 1.0))  # type: ignore[return-value]  # three

    span = months_of(asked.period.span)
    rows = [(f"{month:{MONTH}}", *ends(month)) for month in span]
    lists = {f"{month:{MONTH}}": [list_behind(DUE[0], asked, month=month), "", ""] for month in span}
    words = (
        "The share kept in time lies between the two outer lines 19 times out of 20. "
        f"Months with fewer than {STEADY} promises are left out."
    )
    columns = ("Month due", "Kept in time", "At least", "At most")
    return Chart(Kind.LINE, "Share of promises kept in time", words, columns, rows, unit="%", lists=lists)


def _times(asked: Asked, hours: Hours, figure: str) -> Chart:
    def both(month: date) -> tuple[float | None, float | None, int]:
        found = hours[figure].get(month, ())
        middle, most = (quantile(found, share) for share in (0.5, 0.9))
        return None if middle is None else middle / 2, None if most is None else most / 2, sum(n for _, n in found)

    months = months_of(asked.period.span)
    rows = [(f"{month:{MONTH}}", *both(month)[:2]) for month in months]
    cases = {f"{month:{MONTH}}": both(month)[2] for month in months}
    links = {f"{month:{MONTH}}": list_behind(figure, asked, month=month) for month in months}
    whole, thin = sum(cases.values()), [month for month, n in cases.items() if 0 < n < STEADY]
    every = [each for month in hours[figure].values() for each in month]
    middle, most = (_in_hours(every, share) for share in (0.5, 0.9))
    words = f"Of {whole:,} people, half waited no more than {middle}, nine of ten no more than {most}."
    if not whole:
        words = "Nobody yet."
    if thin:
        words += f" Months with fewer than {STEADY} people are not drawn; the table has them."
    title = f"Working hours until {'the first try' if figure == 'first_try' else 'spoken with'}"
    columns = ("Month they came", "Half of them within", "Nine of ten within")
    return Chart(
        *(Kind.LINE, title, words, columns, rows),
        unit="hours",
        links=links,
        cases=cases,
        thin=thin,
        codes=(figure,),
    )
