"""One statement in a scope and a transaction of its own, for places where each round trip counts.

PostgreSQL runs several statements of one message in one transaction, so the settings, which live as long as it does,
and the statement that they guard travel together. Row-level security stays on; the managers are passed by, so whoever
writes such a statement is on the list of tests/test_repository.py.
"""

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from councils.tenancy.scope import SET, Scope, enter


def run_in(scope: Scope, statement: str, params: Sequence[Any], *, using: str = DEFAULT_DB_ALIAS) -> list[Any]:
    """The rows it returns. Inside an open transaction it is a savepoint, like any other scope."""
    connection = connections[using]
    if connection.in_atomic_block:
        with enter(scope, using=using), connection.cursor() as cursor:
            cursor.execute(statement, params)
            return list(cursor.fetchall())
    with connection.cursor() as cursor:
        cursor.execute(f"{SET}; {statement}", [*scope.settings(), *params])
        return list(cursor.fetchall())
