"""The hub's own clock, which every process of the site reads in SQL. Only a test database's can be moved
(databases.CLOCK). It is set back and goes on from there: no later journey meets what is of the future."""

from collections.abc import Mapping
from datetime import datetime, time
from itertools import count
from typing import Any

import psycopg2

from councils.working_time import ONE_DAY, at, in_london
from outbox.windows import is_daytime

MORNING = time(11)


class Clock:
    def __init__(self, database: Mapping[str, Any]) -> None:
        self._database = database

    def shows(self, moment: datetime) -> None:
        self._run("DELETE FROM testing.clock; INSERT INTO testing.clock VALUES (%s, now()) RETURNING at", moment)

    def is_right_again(self) -> None:
        self._run("DELETE FROM testing.clock; SELECT now()")

    def last_morning(self) -> datetime:
        """On which emails to many left."""
        now = self._run("SELECT now()")
        mornings = (at(in_london(now).date() - days * ONE_DAY, MORNING) for days in count())
        return next(morning for morning in mornings if morning <= now and is_daytime(morning))

    def _run(self, statements: str, *values: datetime) -> datetime:
        """A connection of its own: Django's refuses (conftest)."""
        known = self._database
        connection = psycopg2.connect(
            host=known["HOST"],
            port=known["PORT"] or 5432,
            user=known["USER"],
            password=known["PASSWORD"],
            dbname=known["NAME"],
        )
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(statements, values)
                (moment,) = cursor.fetchone() or (None,)
                assert isinstance(moment, datetime)
                return moment
        finally:
            connection.close()
