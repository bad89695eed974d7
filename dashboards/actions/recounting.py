"""Figures that no journey adds to are counted anew where something has changed, and the difference is written down.

Of messages and clicks the last days are counted again and again, from the day before the last time on: whatever commits
late is found the next time. That takes a fiftieth of the folder's time at most, so that an email to a million does not
hold up what people wait for, and is done once a minute at least.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from time import monotonic

from django.db import connection

from councils.clock import hub_now
from councils.models import Hub
from councils.working_time import in_london
from dashboards.actions.writing import add
from dashboards.cells import Key
from dashboards.figures import RULES
from dashboards.models import Cell, Folded
from dashboards.recounts import BEGIN, END, RECOUNTS, Recount
from dashboards.states import Grain

A_FIFTIETH, MINUTE = 50, timedelta(minutes=1)
A_DAY = timedelta(days=1)
Told = tuple[int, str]  # a council, and what a trigger said: a recount's name, perhaps with a day
_WORDS = re.compile(r"([a-z]+)(?: (\d{4}-\d\d-\d\d))?")


def recount_told(hub: int, told: Iterable[Told]) -> None:
    """What other folders' rows say is none of ours. The caller holds the hub's lock, with its councils in scope."""
    for council, said in sorted(set(told)):
        found = _WORDS.fullmatch(said)
        if found is None or found[1] not in RECOUNTS:
            continue
        day = date.fromisoformat(found[2]) if found[2] else None
        _recount(hub, RECOUNTS[found[1]], [council], day or BEGIN, day or END)


def recount_lately(hub: Hub, councils: Collection[int]) -> None:
    """As `recount_told`. Everything, where it was never done."""
    before = Folded.objects.filter(hub=hub).first()
    now = hub_now()
    if before and before.recounted_at and not _is_due(now, before.recounted_at, before.recount_took):
        return
    since = since_when(hub)
    if since == BEGIN:
        recount_all(hub, councils)
        return
    began = monotonic()
    for each in RECOUNTS.values():
        if each.by_day:
            _recount(hub.pk, each, councils, since, END)
    _write_down(hub, now, monotonic() - began)


def recount_all(hub: Hub, councils: Collection[int]) -> None:
    """As `recount_told`."""
    now = hub_now()
    for each in RECOUNTS.values():
        _recount(hub.pk, each, councils, BEGIN, END)
    _write_down(hub, now, 0.0)


def since_when(hub: Hub) -> date:
    """The first day that is counted anew the next time, told or not."""
    at = Folded.objects.filter(hub=hub).values_list("recounted_at", flat=True).first()
    return in_london(at).date() - A_DAY if at else BEGIN


def should_be(councils: Collection[int]) -> Counter[Key]:
    """All of these counts from scratch, by At."""
    whole = Counter[Key]()
    for each in RECOUNTS.values():
        whole.update(_counted(each, councils, BEGIN, END))
    return with_months(whole)


def with_months(by_day: Mapping[Key, int]) -> Counter[Key]:
    """A month is the sum of its days."""
    both = Counter[Key](by_day)
    for (council, _, on, figure, split, value), n in by_day.items():
        both[council, Grain.MONTH.value, on.replace(day=1), figure, split, value] += n
    return both


def is_settled(at: Key, since: date) -> bool:
    """Not of the days that are counted anew from `since` on anyhow; nor of their months."""
    _, grain, on, figure, _, _ = at
    if figure not in _LATELY:
        return True
    return on < (since.replace(day=1) if grain == Grain.MONTH else since)


_LATELY = frozenset(figure for each in RECOUNTS.values() if each.by_day for figure in each.figures)


def _is_due(now: datetime, last: datetime, took: float) -> bool:
    """Also where the clock was put back."""
    return not timedelta() <= now - last < min(MINUTE, timedelta(seconds=took * A_FIFTIETH))


def _recount(hub: int, each: Recount, councils: Collection[int], first: date, last: date) -> None:
    changed = _counted(each, councils, first, last)
    changed.subtract(_standing(each, councils, first, last))
    add(hub, with_months({at: n for at, n in changed.items() if n}))


def _counted(each: Recount, councils: Collection[int], first: date, last: date) -> Counter[Key]:
    with connection.cursor() as cursor:
        cursor.execute(each.statement, {"councils": list(councils), "first": first, "last": last})
        day = Grain.DAY.value
        return Counter({(council, day, on, *what): int(n) for council, on, *what, n in cursor.fetchall() if n})


def _standing(each: Recount, councils: Collection[int], first: date, last: date) -> Counter[Key]:
    rows = Cell.objects.filter(council__in=councils, grain=Grain.DAY, figure__in=each.figures)
    rows = rows.filter(on__gte=first, on__lte=last)
    columns = ("council_id", "grain", "on", "figure", "split", "value", "n")
    return Counter({tuple(at): n for *at, n in rows.values_list(*columns)})


def _write_down(hub: Hub, now: datetime, took: float) -> None:
    done = {"recounted_at": now, "recount_took": took}
    Folded.objects.update_or_create(hub=hub, defaults=done, create_defaults={**done, "as_of": now, "rules": RULES})
