"""SQL compilers that refuse to run a query on a council-owned table with no council in scope.

Printing a query is allowed, running it is not: `executing` is set while a query is compiled in order to be run, so
that subqueries, joins and combined queries are looked at as well.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.postgresql import compiler as postgresql
from django.db.models import Q

from councils.tenancy.lists import Tenancy, aggregate_tables, ambassador_tables, council_owned_tables, tenancy_of
from councils.tenancy.models import AggregateOwned, HubOwned, InHub, InScope
from councils.tenancy.scope import NoScope, OutOfScope, Scope, scope_of

_OWNED = (Tenancy.COUNCIL, Tenancy.AGGREGATE)


class Guarded:
    connection: Any  # our DatabaseWrapper; Django's stubs know the base class only
    query: Any

    def execute_sql(self, *args: Any, **kwargs: Any) -> Any:
        with _executing(self.connection):
            return super().execute_sql(*args, **kwargs)  # type: ignore[misc]  # the next class is a compiler

    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        if self.connection.executing:
            _refuse_without_scope(self.query, self.connection)
        return super().as_sql(*args, **kwargs)  # type: ignore[misc]  # as above


class Narrowed(Guarded):
    """Updates and deletes reach rows by key without passing the manager; here they are filtered all the same. Counts
    that a hub may read are written for councils in scope alone."""

    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        tenancy = tenancy_of(self.query.model)
        if tenancy is Tenancy.COUNCIL:
            self.query.add_q(Q(InScope()))
        elif tenancy is Tenancy.AGGREGATE:
            counts = issubclass(self.query.model, AggregateOwned)
            self.query.add_q(Q(InScope() if counts else InHub("hub_id")))
        return super().as_sql(*args, **kwargs)


class SQLCompiler(Guarded, postgresql.SQLCompiler):
    def get_from_clause(self) -> Any:
        """Joins of select_related are made while the query is compiled: only here are they known."""
        if self.connection.executing and self.query.select_related:
            _refuse_without_scope(self.query, self.connection)
        return super().get_from_clause()


class SQLAggregateCompiler(Guarded, postgresql.SQLAggregateCompiler):
    pass


class SQLUpdateCompiler(Narrowed, postgresql.SQLUpdateCompiler):
    pass


class SQLDeleteCompiler(Narrowed, postgresql.SQLDeleteCompiler):
    pass


class SQLInsertCompiler(Guarded, postgresql.SQLInsertCompiler):
    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        if tenancy_of(self.query.model) in _OWNED and self.connection.executing:
            _refuse_foreign_rows(self.query.objs, self.connection)
        return super().as_sql(*args, **kwargs)


@contextmanager
def _executing(connection: Any) -> Iterator[None]:
    before, connection.executing = connection.executing, True
    try:
        yield
    finally:
        connection.executing = before


def _refuse_without_scope(query: Any, connection: Any) -> None:
    touched = _tables(query) & (council_owned_tables() | aggregate_tables())
    scope = scope_of(connection)
    if touched and scope is None:
        raise NoScope(f"{', '.join(sorted(touched))}: open as_council() or across() first")
    if scope and scope.ambassador and touched - ambassador_tables():
        raise NoScope(f"{', '.join(sorted(touched - ambassador_tables()))}: not an ambassador's to read")


def _tables(query: Any) -> set[str]:
    used = {query.alias_map[alias].table_name for alias, count in query.alias_refcount.items() if count}
    return used | {query.get_meta().db_table} if query.model else used


def _refuse_foreign_rows(rows: Any, connection: Any) -> None:
    scope = scope_of(connection)
    if scope is None:
        return
    if any(not _may_be_added(row, scope) for row in rows):
        raise OutOfScope("a row may only be added for a council in scope")


def _may_be_added(row: Any, scope: Scope) -> bool:
    if isinstance(row, HubOwned):
        return row.is_for(scope.councils, scope.hub)
    return row.council_id in scope.councils
