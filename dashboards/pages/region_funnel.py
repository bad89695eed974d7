"""The way to approval: of those who enquired in a month, how far they have got, and how many are still on their way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from campaigns.intervals import of_share
from dashboards.figures import Split
from dashboards.hours import quantile
from dashboards.measures import STEADY
from dashboards.pages.asked import Asked
from dashboards.pages.behind import list_behind
from dashboards.pages.charts import Chart, Kind, row
from dashboards.pages.region_trend import MONTH
from dashboards.pages.tallies import Tally, are, tally
from dashboards.periods import months_of
from dashboards.states import STAGES, Stage
from dashboards.tables import over_time
from enquiries.states import CloseReason, State
from enquiries.states import Kind as EnquiryKind

SHOWN = (Stage.REACHED, Stage.VISITED, Stage.APPLIED, Stage.APPROVED)
TOTALS = ("enquiries", "apart", "again", "not_yet", "opened_again", "ended_before", "ended_after")
REASONS: Mapping[str, str] = {**dict(State.choices), **dict(CloseReason.choices)}
Months = Mapping[tuple[date, str, str], int]


@dataclass(frozen=True)
class StageRow:
    """`share`: of all who enquired; `step`: of those who reached the stage before."""

    label: str
    reached: int
    share: str
    step: str
    here: int
    share_before: str = ""
    reached_list: str = ""
    here_list: str = ""


@dataclass(frozen=True)
class Cohort:
    """`shares`: of each stage shown, with the address of its list."""

    month: str
    came: int
    shares: Sequence[tuple[str, str]]
    still_open: int
    came_list: str
    open_list: str


@dataclass(frozen=True)
class Stay:
    """`cases`: how many have left the stage; `address`: of the list of them."""

    label: str
    middle: int
    most: int
    cases: int
    address: str


@dataclass(frozen=True)
class FunnelPage:
    tallies: Sequence[Tally]
    funnel: Chart
    stages: Sequence[StageRow]
    shares: Chart
    cohorts: Sequence[Cohort]
    stays: Sequence[Stay]
    reasons: Sequence[Chart]
    kinds: Chart


def page_of(asked: Asked) -> FunnelPage:
    span, before = asked.period.span, asked.period.before
    months = over_time(("cohort", "cohort_open"), span, split=Split.STAGE, councils=asked.keys)
    was = over_time(("cohort",), before, split=Split.STAGE, councils=asked.keys) if before else {}
    stages = _stages(asked, months, was)
    return FunnelPage(
        _tallies(asked),
        _funnel(asked, stages),
        stages,
        _shares(asked, months),
        [_cohort(asked, months, month) for month in months_of(span)],
        _stays(asked),
        [_reasons(asked, "ended_before"), _reasons(asked, "ended_after")],
        _kinds(asked),
    )


def share_words(part: int, whole: int) -> str:
    """Below thirty: how many, and between what the share may lie."""
    if not whole:
        return "none yet"
    if whole >= STEADY:
        return f"{part / whole:.1%}".replace(".0%", "%")
    found = of_share(part, whole)
    return f"{part} of {whole} ({found.low:.0%} to {found.high or 1:.0%})"


def _tallies(asked: Asked) -> list[Tally]:
    now = over_time(TOTALS, asked.period.span, councils=asked.keys)
    before = over_time(TOTALS, asked.period.before, councils=asked.keys) if asked.period.before else None
    return [
        tally(
            figure,
            _sum(now, figure),
            None if before is None else _sum(before, figure),
            address=list_behind(figure, asked),
        )
        for figure in TOTALS
    ]


def _sum(counted: Months, figure: str, value: str | None = None) -> int:
    return sum(n for (_, code, found), n in counted.items() if code == figure and value in (None, found))


def _stages(asked: Asked, months: Months, was: Months) -> list[StageRow]:
    reached = [_sum(months, "cohort", stage) for stage in STAGES]
    before = [_sum(was, "cohort", stage) for stage in STAGES]
    return [
        StageRow(
            str(stage.label),
            reached[at],
            share_words(reached[at], reached[0]) if at else "",
            share_words(reached[at], reached[at - 1]) if at else "",
            _sum(months, "cohort_open", stage),
            share_words(before[at], before[0]) if at and was else "",
            list_behind("cohort", asked, part=(Split.STAGE, stage)),
            list_behind("cohort_open", asked, part=(Split.STAGE, stage)),
        )
        for at, stage in enumerate(STAGES)
    ]


def _funnel(asked: Asked, stages: Sequence[StageRow]) -> Chart:
    still = sum(row.here for row in stages)
    told = "; ".join(f"{row.label.lower()} {_so_many(row, stages[0])}" for row in stages[1:] if row.reached)
    words = f"{stages[0].reached:,} enquired in {asked.period.words}. By now: {told or 'nobody is further'}."
    if not stages[0].reached:
        words = f"Nobody enquired in {asked.period.words}."
    more = f" {still:,} {are(still)} still on the way, so the shares may grow." if still else ""
    rows = [(row.label, row.reached, row.here) for row in stages]
    columns = ("Stage", "Have reached it", "Are at it now")
    lists = {row.label: (row.reached_list, row.here_list) for row in stages}
    codes = ("cohort", "cohort_open")
    return Chart(Kind.FUNNEL, "How far they got", words + more, columns, rows, lists=lists, codes=codes)


def _so_many(row: StageRow, first: StageRow) -> str:
    """Below thirty the share says how many by itself."""
    return f"{row.reached:,} ({row.share})" if first.reached >= STEADY else row.share


def _cohort(asked: Asked, months: Months, month: date) -> Cohort:
    came = months.get((month, "cohort", Stage.ENQUIRED), 0)
    reached = [months.get((month, "cohort", stage), 0) for stage in SHOWN]
    lists = _lists(asked, month)
    shares = [(share_words(n, came), address if n else "") for n, address in zip(reached, lists, strict=True)]
    still = sum(months.get((month, "cohort_open", stage), 0) for stage in STAGES)
    came_list = list_behind("cohort", asked, part=(Split.STAGE, Stage.ENQUIRED), month=month)
    return Cohort(f"{month:{MONTH}}", came, shares, still, came_list, list_behind("cohort_open", asked, month=month))


def _lists(asked: Asked, month: date) -> list[str]:
    """Of those who came in it, by the stages that are shown."""
    return [list_behind("cohort", asked, part=(Split.STAGE, stage), month=month) for stage in SHOWN]


def _shares(asked: Asked, months: Months) -> Chart:
    """No point for a month with few: chance alone would draw the line."""

    def share(month: date, stage: Stage) -> float | None:
        came = months.get((month, "cohort", Stage.ENQUIRED), 0)
        return round(100 * months.get((month, "cohort", stage), 0) / came, 1) if came >= STEADY else None

    span = months_of(asked.period.span)
    rows = [row(f"{month:{MONTH}}", (share(month, stage) for stage in SHOWN)) for month in span]
    lists = {f"{month:{MONTH}}": _lists(asked, month) for month in span}
    told = sum(numbers[0] is not None for _, *numbers in rows)
    words = (
        f"Of those who came in a month, the share that has reached each stage by now. {told} of {len(rows)} months "
        f"have {STEADY} enquiries or more; the others are left out. The newest months have had less time."
    )
    columns = ["Month", *(str(stage.label) for stage in SHOWN)]
    return Chart(Kind.LINE, "Shares month by month", words, columns, rows, unit="%", lists=lists)


def _stays(asked: Asked) -> list[Stay]:
    counted = over_time(("stage_days",), asked.period.span, split=Split.STAGE_DAYS, councils=asked.keys)
    of_stage: dict[str, list[tuple[int, int]]] = {stage: [] for stage in STAGES}
    for (_, _, value), n in counted.items():
        stage, days = value.split("|")
        of_stage.setdefault(stage, []).append((int(days), n))
    return [_stay(asked, Stage(stage), days) for stage, days in of_stage.items() if days]


def _stay(asked: Asked, stage: Stage, days: Sequence[tuple[int, int]]) -> Stay:
    middle, most = (quantile(days, share) or 0 for share in (0.5, 0.9))
    address = list_behind("stage_days", asked, part=(Split.STAGE_DAYS, f"{stage}|"))
    return Stay(str(stage.label), middle, most, sum(n for _, n in days), address)


def _reasons(asked: Asked, figure: str) -> Chart:
    counted = over_time((figure,), asked.period.span, split=Split.REASON, councils=asked.keys)
    found = {value: _sum(counted, figure, value) for _, _, value in counted}
    rows = sorted(((REASONS.get(value, value), n) for value, n in found.items() if n), key=lambda row: -row[1])
    whole = sum(found.values())
    title = "Why they ended before an application" if figure == "ended_before" else "Why applications ended"
    words = f"{whole:,} ended." + (f" Most often: {rows[0][0]} ({rows[0][1]:,})." if rows else "")
    links = {REASONS.get(value, value): list_behind(figure, asked, part=(Split.REASON, value)) for value in found}
    return Chart(Kind.ACROSS, title, words, ("Reason", "Ended"), rows, links=links, codes=(figure,))


def _kinds(asked: Asked) -> Chart:
    """Outside the funnel of new carers."""
    counted = over_time(("apart",), asked.period.span, split=Split.KIND, councils=asked.keys)
    found = {value: _sum(counted, "apart", value) for _, _, value in counted}
    rows = sorted(((str(EnquiryKind(value).label), n) for value, n in found.items() if n), key=lambda row: -row[1])
    links = {str(EnquiryKind(value).label): list_behind("apart", asked, part=(Split.KIND, value)) for value in found}
    words = f"{sum(found.values()):,} asked for something else than to become a new carer. They are in no funnel."
    return Chart(
        Kind.ACROSS,
        "Transfers, returners and others",
        words,
        ("Type", "Enquiries"),
        rows,
        links=links,
        codes=("apart",),
    )
