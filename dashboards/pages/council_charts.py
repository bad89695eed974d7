"""A council's first charts: enquiries and promises month by month, and the way to approval."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from dashboards.figures import Split
from dashboards.measures import Numbers, funnel
from dashboards.pages.asked import Asked
from dashboards.pages.behind import list_behind
from dashboards.pages.charts import Chart, Kind
from dashboards.pages.tallies import are
from dashboards.periods import later, months_of
from dashboards.span import Span
from dashboards.states import Stage
from dashboards.tables import read

MONTH = "%b %Y"
MONTHLY = ("enquiries", "promise_kept", "promise_late", "promise_missed")


def charts_of(asked: Asked, held: Numbers, *, remarks: Mapping[str, Sequence[str]]) -> list[Chart]:
    period = asked.period
    monthly = _monthly(asked.keys, period.span)
    before = _monthly(asked.keys, period.before) if period.before else {}
    return [
        _enquiries(asked, monthly, before, remarks),
        _promises(asked, monthly),
        _funnel(asked, held),
    ]


Monthly = Mapping[str, Sequence[int]]  # by figure, a number for each month of the span


def _monthly(councils: Collection[int], span: Span) -> Monthly:
    counted = Counter[tuple[str, object]]()
    for count in read(MONTHLY, span, councils=councils):
        counted[count.figure, count.on] += count.n
    return {figure: [counted[figure, month] for month in months_of(span)] for figure in MONTHLY}


def _enquiries(asked: Asked, monthly: Monthly, before: Monthly, remarks: Mapping[str, Sequence[str]]) -> Chart:
    period = asked.period
    months, now, was = months_of(period.span), monthly["enquiries"], before.get("enquiries", ())
    total = sum(now)
    words = f"{total:,} initial {'enquiry' if total == 1 else 'enquiries'} in {period.words}."
    if period.before:
        words += f" There were {sum(was):,} in {period.words_before}."
    named = [f"{month:{MONTH}}" for month in months]
    earlier = months_of(period.before) if period.before else []
    return Chart(
        Kind.LINE,
        "Initial enquiries by month",
        words,
        ["Month", "Enquiries", *([f"From {later(period.before.first, 0):{MONTH}}"] if period.before else [])],
        [(name, *numbers) for name, *numbers in zip(named, now, *([was] if was else []), strict=True)],
        links={f"{month:{MONTH}}": list_behind("enquiries", asked, month=month) for month in months},
        lists={
            name: ("", list_behind("enquiries", asked, month=month))
            for name, month in zip(named, earlier, strict=False)
        },
        remarks=remarks,
        codes=["enquiries"],
    )


def _promises(asked: Asked, monthly: Monthly) -> Chart:
    months, figures = months_of(asked.period.span), MONTHLY[1:]
    kept, late, missed = (monthly[figure] for figure in figures)
    due = sum(kept) + sum(late) + sum(missed)
    share = f", {sum(kept) / due:.0%} of them" if due else ""
    return Chart(
        Kind.STACKED,
        "Promises by the month in which they were due",
        f"{due:,} promises were due. Kept in time: {sum(kept):,}{share}. Kept late: {sum(late):,}. "
        f"Missed, and nobody has got in touch: {sum(missed):,}.",
        ["Month", "Kept in time", "Kept late", "Missed"],
        [(f"{month:{MONTH}}", *numbers) for month, *numbers in zip(months, kept, late, missed, strict=True)],
        lists={f"{month:{MONTH}}": [list_behind(each, asked, month=month) for each in figures] for month in months},
        codes=["promise_kept", "promise_late", "promise_missed"],
    )


def _funnel(asked: Asked, held: Numbers) -> Chart:
    rows = funnel(held)
    came, approved = rows[0][1], rows[-1][1]
    still = sum(now for _, _, now in rows)
    more = f" {still:,} {are(still)} still on the way, so these numbers may grow." if still else ""
    return Chart(
        Kind.FUNNEL,
        "How far they got, of those who enquired in these months",
        f"Of {came:,} who enquired, {held.stages.get(Stage.APPLIED, 0):,} have applied and {approved:,} "
        f"{are(approved)} approved.{more}",
        ["Stage", "Have reached it", "Are there now, still open"],
        [(stage.label, reached, now) for stage, reached, now in rows],
        links={stage.label: list_behind("cohort", asked, part=(Split.STAGE, stage)) for stage, _, _ in rows},
        lists={stage.label: ("", list_behind("cohort_open", asked, part=(Split.STAGE, stage))) for stage, _, _ in rows},
        codes=["cohort", "cohort_open"],
    )
