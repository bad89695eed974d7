"""Talking to somebody who fosters: who wished to, who was introduced, who spoke, and how long they waited."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboards.figures import Split
from dashboards.hours import quantile
from dashboards.measures import STEADY
from dashboards.pages.asked import Asked
from dashboards.pages.behind import list_behind
from dashboards.pages.charts import Chart, Kind, row
from dashboards.pages.region_trend import MONTH
from dashboards.pages.tallies import Tally, tally, were
from dashboards.periods import months_of
from dashboards.span import Span
from dashboards.tables import over_time

WAY = ("wishes", "introduced", "conversations")
LOGGED = ("talks", "talk_minutes")
BANDS = ((7, "A week or less"), (14, "Up to two weeks"), (28, "Up to four weeks"), (56, "Up to eight weeks"))
LONGER = "Longer"


@dataclass(frozen=True)
class AmbassadorsPage:
    tallies: Sequence[Tally]
    charts: Sequence[Chart]


def page_of(asked: Asked) -> AmbassadorsPage:
    span, before = asked.period.span, asked.period.before
    now = over_time((*WAY, *LOGGED), span, councils=asked.keys)
    was = over_time((*WAY, *LOGGED), before, councils=asked.keys) if before else None
    waits = _waits(asked, span)
    totals = _totals(now)
    totals_before = None if was is None else _totals(was)
    tallies = [
        tally(each, totals[each], totals_before[each] if totals_before else None, address=list_behind(each, asked))
        for each in (*WAY, LOGGED[0])
    ]
    rows = [row(f"{month:{MONTH}}", (now.get((month, figure, ""), 0) for figure in WAY)) for month in months_of(span)]
    wished, introduced, spoke = (totals[each] for each in WAY)
    words = (
        f"{wished:,} wished to talk to a foster carer, {introduced:,} {were(introduced)} introduced, {spoke:,} spoke."
    )
    columns = ("Month", "Wished to talk", "Introduced", "Spoke")
    way = Chart(Kind.LINE, "From a wish to a conversation", words, columns, rows, codes=WAY)
    return AmbassadorsPage([*tallies, _given(totals, totals_before), _middle(asked, waits)], [way, _long(waits)])


def _totals(counts: Mapping[tuple[date, str, str], int]) -> Mapping[str, int]:
    return {each: sum(n for (_, code, _), n in counts.items() if code == each) for each in (*WAY, *LOGGED)}


def _given(now: Mapping[str, int], before: Mapping[str, int] | None) -> Tally:
    note = "" if before is None else f"was {_hours(before['talk_minutes'])}"
    return Tally("Time that ambassadors gave", _hours(now["talk_minutes"]), note)


def _hours(minutes: int) -> str:
    return f"{minutes / 60:,.1f}".removesuffix(".0") + (" hour" if minutes == 60 else " hours")


Waits = Sequence[tuple[int, int]]  # days, how many


def _waits(asked: Asked, span: Span) -> Waits:
    counted = over_time(("conversations",), span, split=Split.WAIT, councils=asked.keys)
    return [(int(days), n) for (_, _, days), n in counted.items()]


def _days(waits: Waits, share: float) -> str:
    found = quantile(waits, share)
    return "none yet" if found is None else "1 day" if found == 1 else f"{found:,} days"


def _middle(asked: Asked, waits: Waits) -> Tally:
    before = asked.period.before
    was = _waits(asked, before) if before else ()
    note = "" if not before else f"was {_days(was, 0.5)} and {_days(was, 0.9)}" if was else ""
    most = f"; nine of ten within {_days(waits, 0.9)}" if waits else ""
    return Tally(f"Until they spoke: half within{most}", _days(waits, 0.5), note)


def _long(waits: Waits) -> Chart:
    """A wait belongs to the shortest band that holds it."""
    counts = {label: 0 for _, label in BANDS} | {LONGER: 0}
    for days, n in waits:
        counts[next((label for most, label in BANDS if days <= most), LONGER)] += n
    whole = sum(counts.values())
    words = f"{whole:,} spoke."
    if whole:
        words += f" Half of them within {_days(waits, 0.5)}, nine of ten within {_days(waits, 0.9)}."
    if 0 < whole < STEADY:
        words += f" On fewer than {STEADY} a middle says little."
    rows = list(counts.items())
    return Chart(Kind.ACROSS, "How long they waited for a conversation", words, ("Wait", "Conversations"), rows)
