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
# The first day of each, and the last.
BANDS: Mapping[str, tuple[int, int | None]] = {
    "A week or less": (0, 7),
    "Up to two weeks": (8, 14),
    "Up to four weeks": (15, 28),
    "Up to eight weeks": (29, 56),
    "Longer": (57, None),
}


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
    months = months_of(span)
    rows = [row(f"{month:{MONTH}}", (now.get((month, figure, ""), 0) for figure in WAY)) for month in months]
    lists = {f"{month:{MONTH}}": [list_behind(figure, asked, month=month) for figure in WAY] for month in months}
    wished, introduced, spoke = (totals[each] for each in WAY)
    words = (
        f"{wished:,} wished to talk to a foster carer, {introduced:,} {were(introduced)} introduced, {spoke:,} spoke."
    )
    columns = ("Month", "Wished to talk", "Introduced", "Spoke")
    way = Chart(Kind.LINE, "From a wish to a conversation", words, columns, rows, lists=lists, codes=WAY)
    return AmbassadorsPage([*tallies, _given(totals, totals_before), _middle(asked, waits)], [way, _long(asked, waits)])


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
    address = list_behind("conversations", asked) if waits else ""
    return Tally(f"Until they spoke: half within{most}", _days(waits, 0.5), note, address)


def _long(asked: Asked, waits: Waits) -> Chart:
    whole = sum(n for _, n in waits)
    words = f"{whole:,} spoke."
    if whole:
        words += f" Half of them within {_days(waits, 0.5)}, nine of ten within {_days(waits, 0.9)}."
    if 0 < whole < STEADY:
        words += f" On fewer than {STEADY} a middle says little."
    rows = [(label, _between(waits, first, last)) for label, (first, last) in BANDS.items()]
    links = {
        label: list_behind("conversations", asked, part=(Split.WAIT, f"{first}-{last or ''}"))
        for label, (first, last) in BANDS.items()
    }
    title = "How long they waited for a conversation"
    return Chart(Kind.ACROSS, title, words, ("Wait", "Conversations"), rows, links=links)


def _between(waits: Waits, first: int, last: int | None) -> int:
    return sum(n for days, n in waits if days >= first and (last is None or days <= last))
