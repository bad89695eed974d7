"""The difference between what is told now and what was told before: journeys, and the counts they add up to."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import connection

from dashboards.cells import Key, counts_of
from dashboards.models import Journey
from dashboards.told import Told

# The ORM's own upsert can only replace. Rows that were there are found by the unique key, as the app's log-in.
ADD = """
    INSERT INTO dashboards_cell (hub_id, council_id, grain, "on", figure, split, value, n)
    SELECT %s, * FROM unnest(%s::int[], %s::text[], %s::date[], %s::text[], %s::text[], %s::text[], %s::bigint[])
    ON CONFLICT (council_id, grain, figure, split, "on", value) DO UPDATE SET n = dashboards_cell.n + excluded.n
"""
NONE_LEFT = """
    DELETE FROM dashboards_cell
    USING unnest(%s::int[], %s::text[], %s::date[], %s::text[], %s::text[], %s::text[])
        AS at (council_id, grain, "on", figure, split, value)
    WHERE dashboards_cell.council_id = at.council_id AND dashboards_cell.grain = at.grain
      AND dashboards_cell."on" = at."on" AND dashboards_cell.figure = at.figure
      AND dashboards_cell.split = at.split AND dashboards_cell.value = at.value AND dashboards_cell.n = 0
"""
AT_ONCE = 10_000  # rows of one statement
_COLUMNS = tuple(field.name for field in fields(Told))
_AS_JSON, _AS_KEY = ("moves", "earlier", "about", "lasted"), ("journey_id", "household_id", "case_key")


def write_difference(hub: int, before: Collection[Told], now: Collection[Told]) -> int:
    """How many journeys are told otherwise. The caller holds the hub's lock."""
    gone, come = write_journeys(before, now)
    changed = counts_of(come)
    changed.subtract(counts_of(gone))
    add(hub, changed)
    return len({_key(told) for told in [*gone, *come]})


def write_journeys(before: Collection[Told], now: Collection[Told]) -> tuple[list[Told], list[Told]]:
    """What is told no more, and what is told now and was not before. The counts are the caller's."""
    old, new = {_key(told): told for told in before}, {_key(told): told for told in now}
    gone = [told for key, told in old.items() if new.get(key) != told]
    come = [told for key, told in new.items() if old.get(key) != told]
    for council in {told.council_id for told in gone}:
        keys = [told.journey_id for told in gone if told.council_id == council]
        Journey.objects.filter(council=council, journey_id__in=keys).delete()
    for first in range(0, len(come), AT_ONCE):
        _insert(come[first : first + AT_ONCE])
    return gone, come


def _insert(told: Sequence[Told]) -> None:
    """Column by column: row by row it took as long as everything before it."""
    names, casts = zip(*((_column(name), _kind(name)) for name in _COLUMNS), strict=True)
    values = ", ".join(f"%s::{kind}[]" for kind in casts)
    statement = (  # names and kinds are the model's
        f"INSERT INTO dashboards_journey (id, {', '.join(names)})"  # noqa: S608  # names of the model
        f" SELECT gen_random_uuid(), * FROM unnest({values})"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [_values(name, told) for name in _COLUMNS])


def _values(name: str, told: Sequence[Told]) -> str:
    values = map(attrgetter(name), told)
    if name in _AS_JSON:
        return _array(map(json.dumps, values))
    return _listed(value.hex for value in values) if name in _AS_KEY else _array(values)


def _array(values: Iterable[Any]) -> str:
    return _listed(map(_element, values))


def _listed(elements: Iterable[str]) -> str:
    """PostgreSQL's own words for an array: read in a tenth of the time of a list that the driver spells out."""
    return f"{{{','.join(elements)}}}"


@lru_cache(maxsize=20_000, typed=True)
def _element(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return str(value)


@cache
def _column(name: str) -> str:
    field: Any = Journey._meta.get_field(name)
    return connection.ops.quote_name(field.column)


@cache
def _kind(name: str) -> str:
    """Of its values, in PostgreSQL's words."""
    field: Any = Journey._meta.get_field(name)
    return str(field.db_type(connection)).partition("(")[0]


def add(hub: int, counts: Counter[Key]) -> None:
    """In the order of their keys, so that two who write never wait for each other in a circle."""
    changed = sorted((at, n) for at, n in counts.items() if n)
    with connection.cursor() as cursor:
        for first in range(0, len(changed), AT_ONCE):
            some = changed[first : first + AT_ONCE]
            cursor.execute(ADD, [hub, *_turned([at for at, _ in some]), _array(n for _, n in some)])
            if lessened := [at for at, n in some if n < 0]:
                cursor.execute(NONE_LEFT, _turned(lessened))


def _turned(rows: Sequence[Key]) -> list[str]:
    return [_array(column) for column in zip(*rows, strict=True)]


def _key(told: Told) -> tuple[int, UUID]:
    return told.council_id, told.journey_id


def with_rows_of(journeys: Iterable[Told]) -> dict[UUID, Told]:
    return {told.journey_id: told for told in journeys}
