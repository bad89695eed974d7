"""Rows of any council-owned table, made from its columns alone: what is asked about them is asked of every table."""

import uuid
from functools import cache

from django.db import connection

from councils.models import Council
from councils.tenancy import as_council

_SOME = {
    **{"uuid": "gen_random_uuid()", "text": "'x'", "character varying": "'x'", "boolean": "false", "jsonb": "'{}'"},
    **{"timestamp with time zone": "now()", "date": "current_date", "bytea": "''", "time without time zone": "'9:00'"},
    **{"integer": "1", "bigint": "1", "smallint": "1", "numeric": "1", "double precision": "1", "ARRAY": "'{}'"},
}


def take_anything(table: str) -> None:
    """What the values of a row mean is no matter here."""
    with connection.cursor() as cursor:
        for name in _checks(table):
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")


def any_row(table: str, council: Council) -> str:
    """In the council's own scope; its key."""
    with as_council(council):
        return a_row(table, council, **{f'"{name}"': _SOME[kind] for name, kind in _needed(table)})


def a_row(table: str, council: Council, **values: str) -> str:
    """Its key. `values` are SQL."""
    key = str(uuid.uuid4())
    given = {"id": f"'{key}'", "council_id": str(council.pk), **values}
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({', '.join(given)}) VALUES ({', '.join(given.values())})")
    return key


@cache
def _checks(table: str) -> tuple[str, ...]:
    return _asked("SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'x')", table)


@cache
def _needed(table: str) -> tuple[tuple[str, str], ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'
               AND table_name = %s AND is_nullable = 'NO' AND column_default IS NULL AND is_generated = 'NEVER'
               AND column_name NOT IN ('id', 'council_id')""",
            [table],
        )
        return tuple(cursor.fetchall())


def _asked(question: str, table: str) -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute(question, [table])
        return tuple(row[0] for row in cursor.fetchall())
