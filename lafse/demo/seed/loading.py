"""Rows into tables that row-level security guards: COPY into a temporary table, then one INSERT … SELECT.

COPY straight into such a table is refused by PostgreSQL. The INSERT runs as the app's log-in in a scope of the hub's
councils, so every row passes the policy's check.
"""

from collections.abc import Sequence
from io import StringIO

from django.db import connection
from psycopg2 import sql

from ambassadors.models import Ambassador, Introduction, Offer
from campaigns.models import Campaign, Click, Spend
from councils.models import Event, ToDo
from enquiries.models import (
    ContactAttempt,
    Enquiry,
    FollowUpRecord,
    Handover,
    HouseholdProposal,
    Merge,
    Note,
    Reply,
    SearchKey,
    Submission,
    Suggestion,
    Touch,
    Wish,
)
from lafse.demo.seed.rows import Rows, Table, columns

# Parents first, though the foreign keys would wait for the end of the transaction.
TABLES: Sequence[Table] = (
    Campaign,
    Spend,
    Click,
    Ambassador,
    Enquiry,
    Submission,
    Touch,
    SearchKey,
    ContactAttempt,
    Wish,
    Introduction,
    Offer,
    Note,
    Reply,
    FollowUpRecord,
    Handover,
    Suggestion,
    Merge,
    HouseholdProposal,
    ToDo,
    Event,
)
_WAITING = sql.Identifier("seed_waiting")


def load(rows: Rows) -> None:
    """In an open scope."""
    for model in TABLES:
        if lines := rows.lines.pop(model, None):
            _load(model, lines)
    if rows.lines:
        raise LookupError(f"no place for {', '.join(model.__name__ for model in rows.lines)}")


def _load(model: Table, lines: list[str]) -> None:
    table, names = sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, columns(model)))
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("CREATE TEMPORARY TABLE {} (LIKE {})").format(_WAITING, table))
        copy = sql.SQL("COPY {} ({}) FROM STDIN").format(_WAITING, names)
        cursor.copy_expert(copy, StringIO("\n".join(lines) + "\n"))
        insert = sql.SQL("INSERT INTO {table} ({names}) SELECT {names} FROM {waiting}")
        cursor.execute(insert.format(table=table, names=names, waiting=_WAITING))
        cursor.execute(sql.SQL("DROP TABLE {}").format(_WAITING))
