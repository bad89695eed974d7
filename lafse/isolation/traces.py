"""Which rows of which councils a request has changed, asked before it is rolled back."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import connection

from councils.tenancy import across, council_owned_tables

if TYPE_CHECKING:
    from lafse.isolation.scratch import Tenant

Fingerprints = dict[tuple[str, int], str]  # table and council
_WRITTEN = """
    SELECT array_agg(pg_stat_get_xact_tuples_inserted(t) + pg_stat_get_xact_tuples_updated(t)
        + pg_stat_get_xact_tuples_deleted(t) ORDER BY place)
    FROM unnest(%s::text[]::regclass[]::oid[]) WITH ORDINALITY AS each (t, place)
"""


class Traces:
    """Rows written are counted by PostgreSQL for the whole transaction, rolled back or not: where the count of a table
    stands still, none of its rows was touched, and where it moves, the rows themselves are compared."""

    def __init__(self, tenants: Iterable["Tenant"]) -> None:
        self.tables = sorted(council_owned_tables())
        self.councils = [tenant.council.pk for tenant in tenants]
        self.before = self._fingerprints(self.tables)
        self.counts = self._counts()

    def changed(self) -> frozenset[int]:
        """Councils whose rows are others than at the start."""
        counts = self._counts()
        touched = [table for table, now, then in zip(self.tables, counts, self.counts, strict=True) if now != then]
        self.counts = counts
        if not touched:
            return frozenset()
        now = self._fingerprints(touched)
        keys = [(table, council) for table in touched for council in self.councils]
        return frozenset(key[1] for key in keys if now.get(key) != self.before.get(key))

    def require_none_unseen(self) -> None:
        """`changed` is asked after statements that write. One that seems to read may call a function that does not."""
        if self._counts() != self.counts:
            raise RuntimeError("a statement that begins as if it read has written")

    def _counts(self) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(_WRITTEN, [self.tables])
            return list(cursor.fetchone()[0])

    def _fingerprints(self, tables: Iterable[str]) -> Fingerprints:
        each = " UNION ALL ".join(
            f"SELECT '{table}', council_id, md5(string_agg(row::text, '' ORDER BY id)) FROM {table} AS row"  # noqa: S608  # a model's
            " WHERE council_id = ANY(%(councils)s) GROUP BY council_id"
            for table in tables
        )
        with across(self.councils, reason="isolation check"), connection.cursor() as cursor:
            cursor.execute(each, {"councils": self.councils})
            return {(table, council): digest for table, council, digest in cursor.fetchall()}
