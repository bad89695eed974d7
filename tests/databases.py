"""Test databases: one template, migrated as the owner, and a clone of it for every worker, used as the app role.

The template's name carries a hash of everything it is made from, so that it is made once and made again on a change.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg2
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg2 import sql

from councils.hub_data import load
from councils.postcodes import releases
from councils.postcodes.sources import CarriedByPackage
from outbox.release import release

ROOT = Path(__file__).resolve().parent.parent
LOCK = 20260708  # one advisory lock, any number: two workers must not make the same template

# Only a test database has a clock that moves: a row of testing.clock stands in for now(). It stands still, or goes on
# from the moment `runs_since`. Made here by the owner and by no migration; the app role can replace no function.
CLOCK = """
    CREATE SCHEMA testing;
    CREATE TABLE testing.clock (at timestamptz NOT NULL, runs_since timestamptz);
    GRANT USAGE ON SCHEMA testing TO lafse_app, lafse_eraser;
    GRANT ALL ON testing.clock TO lafse_app, lafse_eraser;
    CREATE OR REPLACE FUNCTION public.hub_now() RETURNS timestamptz LANGUAGE sql STABLE AS
        'SELECT coalesce((SELECT at + coalesce(now() - runs_since, ''0'') FROM testing.clock), now())';
"""


def prepare(worker: str) -> str:
    """Make this worker's database and point Django at it; returns its name. Two runs at once have one each."""
    name = f"lafse_test_{_checkout()}_{worker}_{os.getpid()}"
    with _owner(_main_name()) as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        _drop_left_behind(cursor)
        template = _template(cursor)
        cursor.execute(_statement("CREATE DATABASE {} TEMPLATE {}", name, template))
        cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    _point("default", name)
    if "eraser" in settings.DATABASES:
        _point("eraser", name)
    settings.ERASURE_LEDGER = os.environ["ERASURE_LEDGER"] = f"{_witness(name)}.erasures"
    _release_for_sending(name)
    releases.load(CarriedByPackage())  # the template outlives the file that its release names
    return name


def drop(name: str) -> None:
    connections.close_all()
    for file in _witness(name).parent.glob(f"{name}.witness*"):
        file.unlink()
    with _owner(_main_name()) as cursor:
        _drop(cursor, name)


def empty(name: str) -> None:
    """After a test that committed: every row but the hubs, councils and places is removed, as the owner. Councils are
    set as they came, and what the planner has learned of rows that are gone is forgotten, where it can be: the next
    test must not depend on who was here before."""
    with _owner(name) as cursor:
        cursor.execute(USED, [list(KEPT)])
        used = dict(cursor.fetchall())  # names come from the catalogue, quoted
        if any(used.values()):
            cursor.execute(f"TRUNCATE {', '.join(used)} CASCADE")
        elif used:
            cursor.execute(SEE_EVERY_COUNCIL)
            cursor.execute(_deleting(used))
        cursor.execute("DELETE FROM testing.clock")
        cursor.execute(SETTINGS_AS_THEY_CAME)
        cursor.execute("SELECT to_regproc('pg_clear_attribute_stats')")
        if cursor.fetchone() != (None,):  # since PostgreSQL 18
            cursor.execute(FORGET)


def _deleting(tables: Iterable[str]) -> str:
    """At once: keys between them are looked at when all are empty."""
    each = ", ".join(f"t{place} AS (DELETE FROM {table})" for place, table in enumerate(tables))  # noqa: S608  # as above
    return f"WITH {each} SELECT"


def as_owner(name: str, statements: str) -> None:
    with _owner(name) as cursor:
        cursor.execute(statements)


def _release_for_sending(name: str) -> None:
    """Also for the programs that a test starts."""
    settings.WITNESS_PATH = os.environ["WITNESS_PATH"] = str(_witness(name))
    Path(settings.WITNESS_PATH).parent.mkdir(parents=True, exist_ok=True)
    release()


def _witness(name: str) -> Path:
    return Path(settings.DATA_DIR) / f"{name}.witness"


# A table without a page never had a row since it was emptied. Few rows are deleted in a fifth of the time that it takes
# to give a hundred tables and their indexes new files: many are not, nor what the planner knows the size of, nor what
# the owner would not see under row-level security with every council in scope.
USED = """
    SELECT oid::regclass::text, pg_relation_size(oid) > 256 * 1024 OR reltuples > 0 OR EXISTS (
        SELECT FROM pg_policy WHERE polrelid = c.oid AND polname NOT IN ('council_scope', 'ambassador_scope'))
    FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    AND relname <> ALL(%s) AND pg_relation_size(oid) > 0
"""
SEE_EVERY_COUNCIL = "SELECT set_config('app.councils', string_agg(id::text, ','), false) FROM councils_council"
COUNCILS_AS_THEY_CAME = "CREATE TABLE testing.council AS TABLE councils_council"
# All that staff may change about a council.
SETTINGS_AS_THEY_CAME = """
    UPDATE councils_council c SET (minimum_age, duty_mailbox, promise_working_days, first_contact_by, opens_at,
        closes_at, assignment) = (t.minimum_age, t.duty_mailbox, t.promise_working_days, t.first_contact_by, t.opens_at,
        t.closes_at, t.assignment) FROM testing.council t WHERE t.id = c.id
"""
# Not by pg_stats, which hides what is under row-level security.
FORGET = """
    SELECT pg_clear_attribute_stats(schemaname, relname, attname, false) FROM pg_stat_user_tables
    JOIN pg_attribute ON attrelid = relid AND attnum > 0 AND NOT attisdropped
    WHERE schemaname = 'public' AND coalesce(last_analyze, last_autoanalyze) IS NOT NULL
"""
KEPT = (
    "outbox_sendingrelease",
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "councils_hub",
    "councils_council",
    "councils_area",
    "councils_councilarea",
    "councils_postcoderelease",
    "councils_routingversion",
)


def _template(cursor: "psycopg2.extensions.cursor") -> str:
    name = f"lafse_template_{_fingerprint()}"
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate", [name])
    if cursor.fetchone() is None:
        _drop(cursor, name)
        cursor.execute(_statement("CREATE DATABASE {}", name))
        _fill(name)
        cursor.execute(_statement("ALTER DATABASE {} IS_TEMPLATE true", name))
    return name


def _fill(name: str) -> None:
    _point("owner", name)
    call_command("migrate", database="owner", verbosity=0)
    with connections["owner"].cursor() as cursor:
        cursor.execute(CLOCK)
    _point("default", name)
    load()
    with connections["owner"].cursor() as cursor:
        cursor.execute(COUNCILS_AS_THEY_CAME)
    connections.close_all()


def _point(alias: str, name: str) -> None:
    connections[alias].close()
    connections[alias].settings_dict["NAME"] = name
    settings.DATABASES[alias]["NAME"] = name


def _drop(cursor: "psycopg2.extensions.cursor", name: str) -> None:
    cursor.execute(_statement("DROP DATABASE IF EXISTS {} WITH (FORCE)", name))


def _drop_left_behind(cursor: "psycopg2.extensions.cursor") -> None:
    """Databases of runs that were killed: nobody is connected, and the process that made them is gone."""
    cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"lafse_test_{_checkout()}_%"])
    for (name,) in cursor.fetchall():
        if not Path("/proc", name.rsplit("_", 1)[-1]).exists():
            with suppress(psycopg2.errors.InsufficientPrivilege):  # a last query of the app's is still running there
                _drop(cursor, name)


def _statement(text: str, *names: str) -> sql.Composed:
    return sql.SQL(text).format(*(sql.Identifier(name) for name in names))


MAIN: dict[str, str] = {}


def _main_name() -> str:
    return MAIN.setdefault("name", str(settings.DATABASES["owner"]["NAME"]))


@contextmanager
def _owner(database: str) -> Iterator["psycopg2.extensions.cursor"]:
    to = settings.DATABASES["owner"]
    connection = psycopg2.connect(
        host=to["HOST"], port=to["PORT"] or 5432, user=to["USER"], password=to["PASSWORD"], dbname=database
    )
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


def _checkout() -> str:
    return hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]


def _fingerprint() -> str:
    digest = hashlib.sha256(f"{CLOCK}{COUNCILS_AS_THEY_CAME}".encode())
    sources = [*ROOT.glob("*/migrations/*.py"), *ROOT.glob("councils/tenancy/*.py"), *ROOT.glob("councils/data/*")]
    for path in sorted([*sources, ROOT / "councils" / "hub_data.py"]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
