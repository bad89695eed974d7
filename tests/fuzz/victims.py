"""What the councils that must not be touched own, and what the one in question has written meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from psycopg2 import sql

from councils.access import access_of
from councils.models import Council, Event, User
from councils.tenancy import across, as_council
from tests.fuzz.canary import heard_in
from tests.fuzz.columns import key_of, tenant_models, tie_of, watched_models
from tests.fuzz.world import World

Rows = dict[tuple[str, str], str]  # table and key to a fingerprint


@contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def written() -> int:
    """Rows of anybody's written since the transaction began: who wrote none has changed none."""
    tables = [model._meta.db_table for model in watched_models()]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables WHERE relname = ANY(%s)",
            [tables],
        )
        return int(cursor.fetchone()[0] or 0)


def rows_of_victims(world: World) -> Rows:
    parts, values = [], []
    for model in watched_models():
        tie = tie_of(model)
        assert tie is not None
        table, column = sql.Identifier(model._meta.db_table), sql.Identifier(tie.column)
        part = "SELECT {name}, {key}::text, md5(one::text) FROM {table} AS one WHERE {column} = ANY(%s)"
        parts.append(
            sql.SQL(part).format(name=sql.Literal(model._meta.db_table), key=key_of(model), table=table, column=column)
        )
        values.append(list(world.victims.of(tie.to)))
    with across(world.victims.councils, reason="fuzz"), connection.cursor() as cursor:
        cursor.execute(sql.SQL(" UNION ALL ").join(parts), values)
        return {(table, key): mark for table, key, mark in cursor.fetchall()}


def events_of_accounts(world: World, user: User | None) -> set[tuple[str, str]]:
    """What happens to an account, refusals too, is its home hub office's where no single council is in scope. Who has a
    role in all councils may have chosen one to work for."""
    theirs = {world.office.pk, *(access_of(user).roles if user else ())}
    with across(theirs, reason="fuzz"):
        events = Event.objects.filter(council__in=theirs, subject_kind="user").values_list("pk", flat=True)
        return {(Event._meta.db_table, str(key)) for key in events}


def heard_in_rows_of(council: Council) -> Iterator[str]:
    """Rows of this council that quote another's: letters, digests, events."""
    with as_council(council), connection.cursor() as cursor:
        for model in tenant_models():
            table = sql.Identifier(model._meta.db_table)
            cursor.execute(sql.SQL("SELECT one::text FROM {} AS one WHERE council_id = %s").format(table), [council.pk])
            for (row,) in cursor.fetchall():
                if around := heard_in(row):
                    yield f"{model._meta.db_table} of {council} says {around}"
