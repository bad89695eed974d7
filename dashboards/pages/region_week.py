"""The last seven days beside the eight weeks before, and what needs attention first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from campaigns.intervals import of_share
from councils.models import CouncilKind
from dashboards.counted import numbers_of
from dashboards.figures import FIGURES
from dashboards.measures import MEASURES, STEADY, Numbers, added, in_words
from dashboards.pages.asked import Asked
from dashboards.pages.behind import list_behind
from dashboards.pages.tallies import Tally, beside_usual
from dashboards.periods import in_words as months_in_words
from dashboards.periods import later
from dashboards.span import Span
from dashboards.states import Grain
from dashboards.tables import over_time, sums

WEEK, WEEKS = 7, 8
MISSED_DAYS = 28
MONTHS = 3
GLANCE = (
    *("enquiries", "apart", "promise_kept", "promise_late", "promise_missed", "promise_running"),
    *("visits", "applications", "approvals", "ended_before", "conversations", "attended", "delivered", "bounced"),
)
SLOW_HOURS, SLOWER = 8.0, 1.5  # a working day; and so many times the middle of the region


@dataclass(frozen=True)
class Attention:
    """`council`: its name. `address`: the list of cases, for those who may see it."""

    council: str
    slug: str
    words: str
    address: str = ""


@dataclass(frozen=True)
class Week:
    first: date
    last: date
    tallies: Sequence[Tally]
    attention: Sequence[Attention]
    recent: str


def week_of(asked: Asked) -> Week:
    recent = Span(later(asked.today.replace(day=1), 1 - MONTHS), asked.today.replace(day=1))
    attention = [*_missed(asked), *_behind(asked, numbers_of(recent, asked.keys, stages_too=False))]
    first = asked.today - timedelta(days=WEEK - 1)
    return Week(first, asked.today, tallies_of(asked, first), attention, months_in_words(recent))


def tallies_of(asked: Asked, first: date) -> list[Tally]:
    """Of the days from `first` to today."""
    begin = first - timedelta(days=WEEK * WEEKS)
    counted = over_time(GLANCE, Span(begin, asked.today + timedelta(days=WEEK), Grain.DAY), councils=asked.keys)
    end = first - timedelta(days=1)
    shown = [figure for figure in GLANCE if not figure.startswith("promise_")]
    now = {figure: _total(counted, figure, first, asked.today) for figure in shown}
    usual = {figure: _total(counted, figure, begin, end) / WEEKS for figure in shown}
    days = Span(first, asked.today, Grain.DAY)
    plain = [
        Tally(FIGURES[each].name, f"{n:,}", beside_usual(n, usual[each]), list_behind(each, asked, days=days))
        for each, n in now.items()
    ]
    return [*plain, *_promises(asked, counted, first)]


Days = Mapping[tuple[date, str, str], int]


def _total(counted: Days, figure: str, first: date, last: date) -> int:
    return sum(n for (on, code, _), n in counted.items() if code == figure and first <= on <= last)


def _promises(asked: Asked, counted: Days, first: date) -> Iterator[Tally]:
    kept, late, missed = (_total(counted, f"promise_{what}", first, asked.today) for what in ("kept", "late", "missed"))
    due = kept + late + missed
    share = f"{kept / due:.0%} of {due:,}" if due >= STEADY else f"of {due:,}"
    running = _total(counted, "promise_running", first, date.max)
    past, coming = (Span(first, last, Grain.DAY) for last in (asked.today, asked.today + timedelta(days=WEEK)))
    lists = [list_behind(f"promise_{what}", asked, days=past) for what in ("kept", "late", "missed")]
    yield Tally("Promises kept in time", f"{kept:,}", share, lists[0])
    yield Tally("Promises kept late", f"{late:,}", "", lists[1])
    yield Tally("Promises missed, nobody has got in touch", f"{missed:,}", "", lists[2], missed > 0)
    waiting = list_behind("promise_running", asked, days=coming)
    yield Tally("Promises still to keep in the next seven days", f"{running:,}", "", waiting)


def _missed(asked: Asked) -> list[Attention]:
    """The most first. Whoever has none is not named."""
    days = Span(asked.today - timedelta(days=MISSED_DAYS - 1), asked.today, Grain.DAY)
    found = sums(("promise_missed",), days, councils=asked.keys)
    missed = {council: n for (council, _, _), n in found.items() if n}
    rows = sorted((council for council in asked.councils if council.pk in missed), key=lambda each: -missed[each.pk])
    return [
        Attention(
            each.name,
            each.slug,
            _missed_words(missed[each.pk]),
            list_behind("promise_missed", asked, council=each, days=days),
        )
        for each in rows
    ]


def _missed_words(missed: int) -> str:
    what = "1 promise" if missed == 1 else f"{missed:,} promises"
    return f"{what} of the last four weeks missed, and nobody has got in touch."


def _behind(asked: Asked, held: Mapping[int, Numbers]) -> Iterator[Attention]:
    """What chance alone would rarely bring: fewer promises kept than in the region, and slow first tries."""
    region = added(held.values())
    for council in asked.councils:
        if council.kind == CouncilKind.HUB_OFFICE:
            continue
        for words in (*_fewer_kept(held[council.pk], region), *_slow(held[council.pk], region)):
            yield Attention(council.name, council.slug, words)


def _fewer_kept(held: Numbers, region: Numbers) -> Iterator[str]:
    own, whole = (MEASURES["promise"].of(each) for each in (held, region))
    if own.cases < STEADY or whole.number is None:
        return
    if (of_share(own.part, own.cases).high or 1.0) < whole.number:
        kept = f"{own.part:,} of {own.cases:,} promises kept in time"
        yield f"{kept} ({in_words(own.unit, own.number or 0.0)}); {whole.words} in the region."


def _slow(held: Numbers, region: Numbers) -> Iterator[str]:
    own, whole = (MEASURES["first_try"].of(each) for each in (held, region))
    if own.cases < STEADY or own.number is None or whole.number is None:
        return
    if own.number > max(SLOW_HOURS, SLOWER * whole.number):
        waited = f"Half of the people waited more than {own.words} of working time for a first try"
        yield f"{waited}; {whole.words} in the region."
