"""The regional lead reads no council's row: of no table, by no statement, and by row-level security alone."""

from django.db import connection, transaction

from councils.models import Council
from councils.tenancy import as_hub, council_owned_tables
from tests.mutation.layers import any_row, take_anything


def found_by_the_lead(table: str, kent: Council) -> int:
    with as_hub(kent.hub_id), connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {table}")
        return int(cursor.rowcount)


def filled(table: str, kent: Council, *first: str) -> int:
    """With a row in it. Rolled back: a table that has something to do at commit cannot be altered."""
    with transaction.atomic():
        take_anything(table)
        for statement in first:
            _do(statement.format(table))
        any_row(table, kent)
        found = found_by_the_lead(table, kent)
        transaction.set_rollback(True)
    return found


def _do(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_lead_finds_nothing_in_any_councils_table(as_owner: None) -> None:
    kent = Council.objects.get(slug="kent")
    assert {table: filled(table, kent) for table in council_owned_tables()} == dict.fromkeys(council_owned_tables(), 0)


def test_a_table_that_showed_its_rows_to_the_lead_would_be_noticed(as_owner: None) -> None:
    kent = Council.objects.get(slug="kent")
    assert filled("enquiries_enquiry", kent, "CREATE POLICY also ON {} USING (true)") == 1
