"""Two years of counts, as if many had enquired: made from their day, so they are the same in every run."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from councils.clock import hub_now
from councils.models import Council, CouncilKind, Hub
from councils.tenancy import as_council
from councils.working_time import in_london
from dashboards.actions.writing import add
from dashboards.cells import Key
from dashboards.figures import RULES, Split
from dashboards.models import Cell, Folded
from dashboards.periods import later, months_of
from dashboards.span import Span
from dashboards.states import STAGES, Grain

PARTS = (1.0, 0.72, 0.31, 0.12, 0.1, 0.07, 0.05)
SOURCES = {
    "search": 0.34,
    "social_paid": 0.22,
    "radio_tv": 0.1,
    "word_of_mouth": 0.14,
    "event": 0.05,
    "unknown": 0.1,
    "social": 0.05,
}
REASONS = {"no_room": 0.3, "work_or_money": 0.25, "chose_agency": 0.2, "not_for_us": 0.15, "no_reply": 0.1}
HOURS = {"1": 0.1, "2": 0.15, "4": 0.2, "8": 0.25, "16": 0.2, "40": 0.1}
WAITS = {"3": 0.2, "8": 0.4, "20": 0.3, "63": 0.1}


def go_by() -> None:
    """Once in a database, beside what other journeys there have had counted."""
    today = in_london(hub_now()).date()
    hub = Hub.objects.get(slug="lafse")
    for at, council in enumerate(Council.objects.filter(hub=hub, kind=CouncilKind.COUNCIL).order_by("slug")):
        with as_council(council):
            if not Cell.objects.filter(figure="enquiries", on=_first_month(today)).exists():
                counts = _counts(council, today, 0.5 + (at * 7 % 20) / 10, late=0.1 + (at == 6) / 2)
                add(hub.pk, Counter(dict(counts)))
    Folded.objects.update_or_create(hub=hub, defaults={"as_of": hub_now(), "rules": RULES})


def _counts(council: Council, today: date, much: float, late: float) -> Iterator[tuple[Key, int]]:
    for month in months_of(Span(_first_month(today), today.replace(day=1))):
        n = round(much * (38 + 14 * (month.month in (1, 9)) - 9 * (month.month in (7, 8, 12))))
        for figure, m in _whole(n, late).items():
            yield (council.pk, Grain.MONTH, month, figure, "", ""), m
        for figure, m, split, value in _parts(n, months_ago(today, month)):
            yield (council.pk, Grain.MONTH, month, figure, split, value), m
    for days in range(70):
        n = round(much * (1.3 + (days + council.pk) % 3 - (days % 7 in (1, 2))))
        for figure, m in _whole(n, late).items():
            yield (council.pk, Grain.DAY, today - timedelta(days=days), figure, "", ""), max(0, m)
    yield (council.pk, Grain.DAY, today + timedelta(days=1), "promise_running", "", ""), max(1, round(much * 2))


def _first_month(today: date) -> date:
    return later(today.replace(day=1), -30)


def months_ago(today: date, month: date) -> int:
    return (today.year - month.year) * 12 + today.month - month.month


def _whole(n: int, late: float) -> dict[str, int]:
    missed = round(n * late / 3)
    return {
        **{
            "received": round(n * 1.2),
            "enquiries": n,
            "households": round(n * 0.95),
            "apart": n // 6,
            "again": n // 12,
        },
        **{"promise_kept": n - round(n * late), "promise_late": round(n * late) - missed, "promise_missed": missed},
        **{"visits": round(n * 0.3), "applications": round(n * 0.12), "approvals": round(n * 0.05)},
        **{"ended_before": n // 2, "ended_after": n // 20, "not_yet": n // 9, "passed_on": n // 15},
        **{"wishes": n // 3, "introduced": n // 4, "conversations": n // 5},
    }


def _parts(n: int, ago: int) -> Iterator[tuple[str, int, str, str]]:
    ripe = min(1.0, (ago + 1) / 12)
    for stage, part in zip(STAGES, PARTS, strict=True):
        far = n if stage == STAGES[0] else round(n * part * ripe)
        yield "cohort", far, Split.STAGE, stage
        yield "cohort_open", round(far * 0.6 * (1 - ripe)), Split.STAGE, stage
        yield "stage_days", round(far * 0.5), Split.STAGE_DAYS, f"{stage}|{12 + 9 * STAGES.index(stage)}"
        for source, share in SOURCES.items():
            yield "cohort_source", round(far * share), Split.SOURCE, f"{source}|{stage}"
    for figure, split, shares, whole in (
        ("enquiries", Split.SOURCE, SOURCES, n),
        ("enquiries", Split.LAST_SOURCE, dict(zip(SOURCES, reversed(SOURCES.values()), strict=True)), n),
        ("first_try", Split.HOURS, HOURS, n),
        ("reached", Split.HOURS, HOURS, round(n * 0.7)),
        ("ended_before", Split.REASON, REASONS, n // 2),
        ("ended_after", Split.REASON, {"AW1": 0.5, "AW3": 0.5}, n // 20),
        ("apart", Split.KIND, {"transfer": 0.7, "returning": 0.3}, n // 6),
        ("conversations", Split.WAIT, WAITS, n // 5),
        ("enquiries", Split.CODE, {"teens": 0.1, "bus-7": 0.04}, n),
        ("visits", Split.SOURCE, SOURCES, n // 3),
        ("spend", Split.SOURCE, {"print": 900, "radio_tv": 700}, n),
        ("spend", Split.CAMPAIGN, {"0123456789abcdef": 1600}, n),
        ("clicks", Split.CAMPAIGN, {"0123456789abcdef|teens": 4, "0123456789abcdef|bus-7": 2}, n),
    ):
        yield from ((figure, round(whole * share), split, value) for value, share in shares.items())
