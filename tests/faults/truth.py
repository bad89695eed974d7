"""The database as it is: asked as PostgreSQL's superuser, whom no policy binds."""

import time
from dataclasses import dataclass

import psycopg2

from lafse.services.folders import Folders
from lafse.services.passwords import password
from lafse.services.ports import LOOPBACK
from lafse.services.postgres import SUPERUSER, Postgres

PATIENCE = 30.0  # seconds for a server that recovers

_IN_FLIGHT = "FROM outbox_message WHERE state = 'leased' AND started_at IS NOT NULL"
_WAITING = """
    SELECT count(*) FROM outbox_message
    WHERE state IN ('queued', 'leased') AND "window" = 'any_time' AND not_before < hub_now() + interval '2 minutes'
"""


@dataclass
class Truth:
    folders: Folders
    postgres: Postgres

    def ask(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        ends_at = time.monotonic() + PATIENCE
        while True:
            try:
                return self._ask(statement, values)
            except psycopg2.OperationalError:
                if time.monotonic() > ends_at:
                    raise
                time.sleep(0.05)

    def count(self, statement: str, *values: object) -> int:
        [(number,)] = self.ask(statement, *values)
        return int(str(number or 0))

    def in_flight(self) -> int:
        """Sends begun and not settled, of mail that is sent again then: a campaign's is parked."""
        return self.count(f"SELECT count(*) {_IN_FLIGHT} AND lane = 1")  # ours

    def waiting(self) -> int:
        """Messages that will leave within two minutes."""
        return self.count(_WAITING)

    def deaths(self) -> int:
        """Sends of which nobody wrote down how they ended."""
        return self.count("SELECT sum(deaths) FROM outbox_message")

    def longest_on_its_way(self) -> tuple[str, int] | None:
        """Id and token of the message whose send began first."""
        rows = self.ask(f"SELECT id, lease_token {_IN_FLIGHT} ORDER BY started_at LIMIT 1")  # ours
        return (str(rows[0][0]), int(str(rows[0][1]))) if rows else None

    def is_taken_over(self, message: str, token: int) -> bool:
        return bool(self.ask("SELECT 1 FROM outbox_message WHERE id = %s AND lease_token > %s", message, token))

    def is_sent_by_another(self, message: str, token: int) -> bool:
        return bool(self.ask(f"SELECT 1 {_IN_FLIGHT} AND id = %s AND lease_token > %s", message, token))  # ours

    def backends_of(self, name: str) -> list[int]:
        """Those at work first."""
        asked = "SELECT pid FROM pg_stat_activity WHERE application_name = %s ORDER BY state = 'active' DESC"
        return [int(str(pid)) for (pid,) in self.ask(asked, name)]

    def _ask(self, statement: str, values: tuple[object, ...]) -> list[tuple[object, ...]]:
        connection = psycopg2.connect(
            host=LOOPBACK,
            port=self.postgres.port,
            user=SUPERUSER,
            password=password(self.folders, SUPERUSER),
            dbname="lafse",
        )
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(statement, values or None)
                return cursor.fetchall()
        finally:
            connection.close()
