"""What a figure counts, found again: journeys are narrowed down in SQL, and dashboards.cells decides of each of them.

In the scope that is open. What went on in a council that is not in it is counted, and not found.
"""

from collections.abc import Collection, Iterator
from dataclasses import fields
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from dashboards.behind.narrowing import may_add
from dashboards.behind.sought import Sought
from dashboards.cells import added_by
from dashboards.models import Journey
from dashboards.tables import as_of, sums
from dashboards.told import Told

_TOLD = tuple(field.name for field in fields(Told))
TRIES = 3


class Spot(NamedTuple):
    """One of what is counted: on which day, and the case in which it goes on."""

    on: date
    case: UUID


class Counted(NamedTuple):
    """`spots`: None where there are more than were to be looked for."""

    as_of: datetime | None
    n: int
    spots: list[Spot] | None


def counted(sought: Sought, councils: Collection[int], *, hub: int, seen: Collection[int], most: int | None) -> Counted:
    """Count and list of one moment: where the folder has come by between the two, both are read again. `seen`: councils
    whose cases may be shown."""
    for _ in range(TRIES):
        before, n = as_of(hub), count_of(sought, councils)
        spots = None if most is not None and n > most else spots_of(sought, councils, seen=seen)
        if as_of(hub) == before:
            break
    return Counted(before, n, spots)


def count_of(sought: Sought, councils: Collection[int]) -> int:
    found = sums((sought.figure.code,), sought.span, split=sought.split, councils=councils)
    return sum(int(n) for (_, _, value), n in found.items() if sought.holds(value))


def spots_of(sought: Sought, councils: Collection[int], *, seen: Collection[int]) -> list[Spot]:
    """By the day. One that counts twice stands there twice."""
    rows = Journey.objects.filter(may_add(sought, councils), council__in=seen).order_by()
    told = (Told(*row) for row in rows.values_list(*_TOLD))
    return sorted(spot for each in told for spot in _spots(each, sought, frozenset(councils)))


def _spots(told: Told, sought: Sought, councils: frozenset[int]) -> Iterator[Spot]:
    wanted = (sought.figure.code, sought.split)
    for figure, council, on, split, value in added_by(told):
        if (figure, split) != wanted or not sought.holds(value):
            continue
        if council in councils and sought.first <= on <= sought.last:
            yield Spot(on, told.case_key)
