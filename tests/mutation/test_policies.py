"""Every policy of every council-owned table is weakened in turn, and the questions about that table notice."""

import psycopg2.errors
import pytest
from django.db import DatabaseError, connection, transaction

from councils.models import Council
from councils.tenancy import as_council, council_owned_tables
from tests.mutation.layers import a_row, any_row, take_anything

WEAKER = {
    "reads everything": "ALTER POLICY council_scope ON {} USING (true)",
    "writes anything": "ALTER POLICY council_scope ON {} WITH CHECK (true)",
    "is gone": "DROP POLICY council_scope ON {}",
    "is switched off": "ALTER TABLE {} DISABLE ROW LEVEL SECURITY",
    "spares the owner": "ALTER TABLE {} NO FORCE ROW LEVEL SECURITY",
    "has a wider one beside it": "CREATE POLICY also ON {} USING (true)",
}


def faults(table: str, ours: Council, others: Council) -> set[str]:
    """By statements of our own, so that no manager helps. Rolled back: a table that has something to do at commit
    cannot be altered."""
    try:
        with transaction.atomic():
            take_anything(table)
            any_row(table, ours)
            other = any_row(table, others)
            with as_council(ours):
                found = _seen(table, ours, others, other)
            transaction.set_rollback(True)
            return found
    except DatabaseError as error:
        return {f"cannot be used: {type(error.__cause__).__name__}"}


def _seen(table: str, ours: Council, others: Council, other: str) -> set[str]:
    asked = {
        "reads": f"SELECT 1 FROM {table} WHERE council_id = {others.pk}",
        "changes": f"UPDATE {table} SET id = id WHERE id = '{other}'",
        "deletes": f"DELETE FROM {table} WHERE id = '{other}'",
    }
    found = {verb for verb, statement in asked.items() if _rows(statement)}
    if _rows(f"SELECT 1 FROM {table} WHERE council_id = {ours.pk}") != 1:
        found.add("hides one's own")
    return found if _refused(table, others) else {*found, "adds"}


def _rows(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.rowcount)


def _refused(table: str, council: Council) -> bool:
    """The policy is asked before any constraint is: nothing but the key and the council needs to be there."""
    try:
        with transaction.atomic():
            a_row(table, council)
    except DatabaseError as error:
        return isinstance(error.__cause__, psycopg2.errors.InsufficientPrivilege)
    return False


@pytest.mark.parametrize("table", sorted(council_owned_tables()))
def test_a_weaker_policy_is_noticed(as_owner: None, table: str) -> None:
    ours, others = Council.objects.get(slug="kent"), Council.objects.get(slug="hampshire")
    assert faults(table, ours, others) == set()
    unnoticed = [name for name, statement in WEAKER.items() if not _with(statement.format(table), table, ours, others)]
    assert unnoticed == []


def _with(statement: str, table: str, ours: Council, others: Council) -> set[str]:
    with transaction.atomic():
        _rows(statement)
        found = faults(table, ours, others)
        transaction.set_rollback(True)
    return found
