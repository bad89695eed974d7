"""What the database holds, counted as the app role over a connection of its own (Django's refuses, see conftest)."""

from collections.abc import Mapping
from typing import Any

import psycopg2
from psycopg2 import sql


class Records:
    def __init__(self, database: Mapping[str, Any]) -> None:
        self._address = {
            "host": database["HOST"],
            "port": database["PORT"] or 5432,
            "user": database["USER"],
            "password": database["PASSWORD"],
            "dbname": database["NAME"],
        }

    def count(self) -> dict[str, int]:
        """Rows of every table that a visitor could leave something in, for all councils."""
        connection = psycopg2.connect(**self._address)
        try:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT set_config('app.councils', string_agg(id::text, ','), true) FROM councils_council"
                )
                return {table: _rows(cursor, table) for table in _tables(cursor)}
        finally:
            connection.close()


def _tables(cursor: "psycopg2.extensions.cursor") -> list[str]:
    cursor.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND has_table_privilege(tablename, 'SELECT')"
        " AND tablename ~ '^(councils|enquiries|outbox)_' ORDER BY 1"
    )
    return [row[0] for row in cursor.fetchall()]


def _rows(cursor: "psycopg2.extensions.cursor", table: str) -> int:
    cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
    row = cursor.fetchone()
    return int(row[0]) if row else 0
