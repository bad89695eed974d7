"""The canary goes into every text of every row of the councils that are not to be heard, as the owner of the tables:
the app may not change an event. A table that holds nothing of theirs gets a row first."""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg2
from django.conf import settings
from django.db import models
from psycopg2 import sql
from psycopg2.extensions import cursor as Cursor

from councils.models import Absence, Council, RetentionRule, User
from staff.models import Invitation
from staff.secrets import encrypted
from tests.fuzz.canary import CANARY
from tests.fuzz.columns import Model, key_of, singing, tenant_models, text_fields, tie_of, watched_models

CODES = {RetentionRule}  # whose text is a code that its page looks up


class NeedsAMaker(AssertionError):
    """A new table whose rules a made-up row does not keep: have the demonstration or `world` make one."""


@dataclass(frozen=True)
class Victims:
    """`councils` and `people` by key; the first of each gets a row in every table."""

    councils: Sequence[int]
    people: Sequence[int]

    def of(self, to: Model) -> Sequence[int]:
        return self.councils if to is Council else self.people


@contextmanager
def as_owner(councils: Sequence[int]) -> Iterator[Cursor]:
    """The policies bind the owner too."""
    to = settings.DATABASES["owner"] | {"NAME": settings.DATABASES["default"]["NAME"]}
    address = {"host": to["HOST"], "port": to["PORT"] or 5432, "dbname": to["NAME"]}
    made = psycopg2.connect(**address, user=to["USER"], password=to["PASSWORD"])
    with closing(made), made, made.cursor() as cursor:
        cursor.execute("SELECT set_config('app.councils', %s, true)", [",".join(map(str, councils))])
        yield cursor


def fill(victims: Victims) -> None:
    with as_owner(victims.councils) as cursor:
        _sessions(cursor)
        _sign_on(cursor)
        _make_missing_rows(cursor, victims)
        for model in watched_models():
            _put_words_in(cursor, model, victims)


def _put_words_in(cursor: Cursor, model: Model, victims: Victims) -> None:
    tie = tie_of(model)
    texts = list(text_fields(model))
    if tie is None or not texts:
        return
    key = sql.SQL("{}::text").format(key_of(model))
    sets = [sql.SQL("{} = {}").format(sql.Identifier(str(each.column)), singing(each, key)) for each in texts]
    statement = sql.SQL("UPDATE {} SET {} WHERE {} = ANY(%s)").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(sets), sql.Identifier(tie.column)
    )
    cursor.execute(statement, [list(victims.of(tie.to))])


@dataclass(frozen=True)
class _Maker:
    """Rows by default values, each waiting for those it points at."""

    cursor: Cursor
    victims: Victims
    said: str = CANARY

    def row_of(self, model: Model) -> Any:
        """A key of the first council's or person's, or of whatever is nobody's; None where there is none."""
        tie = tie_of(model)
        column = sql.Identifier(tie.column if tie else str(model._meta.pk.column))
        statement = sql.SQL("SELECT {} FROM {} WHERE %s IS NULL OR {}::text = %s LIMIT 1").format(
            key_of(model), sql.Identifier(model._meta.db_table), column
        )
        whose = str(self.victims.of(tie.to)[0]) if tie else None
        self.cursor.execute(statement, [whose, whose])
        found = self.cursor.fetchone()
        return found[0] if found else None

    def make(self, model: Model) -> None:
        values = {str(each.column): self._value(each) for each in model._meta.concrete_fields if self._is_given(each)}
        statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
            sql.Identifier(model._meta.db_table),
            sql.SQL(", ").join(map(sql.Identifier, values)),
            sql.SQL(", ").join(values.values()),
        )
        self.cursor.execute("SAVEPOINT made")
        try:
            self.cursor.execute(statement)
        except psycopg2.Error as error:
            self.cursor.execute("ROLLBACK TO SAVEPOINT made")
            raise NeedsAMaker(f"{model._meta.label}: {error}") from error

    def make_all(self, missing: list[Model]) -> None:
        while missing:
            ready = [model for model in missing if not set(_needed(model)) & set(missing)]
            if not ready:
                raise NeedsAMaker(f"They need each other: {[model._meta.label for model in missing]}")
            for model in ready:
                self.make(model)
            missing = [model for model in missing if model not in ready]

    def _is_given(self, each: "models.Field[Any, Any]") -> bool:
        if isinstance(each, models.AutoField) or each.has_db_default():
            return False
        tie = tie_of(each.model)
        return not each.null or (tie is not None and each.column == tie.column)

    def _value(self, each: "models.Field[Any, Any]") -> sql.Composable:
        if isinstance(each, models.ForeignKey):
            return sql.Literal(self._target(each.related_model))
        if each in list(text_fields(each.model)):
            return singing(each, sql.Literal(uuid.uuid4().hex), self.said)
        if isinstance(each, models.DateTimeField):
            return sql.SQL("hub_now() + '1 day'" if each.name == "ends_at" else "hub_now()")
        if isinstance(each, models.DateField):
            return sql.SQL("hub_now()::date")
        if each.choices:
            return sql.Literal(next(iter(each.flatchoices))[0])
        return sql.Literal(_plain(each))

    def _target(self, model: Model) -> Any:
        if model in (Council, User):
            return self.victims.of(model)[0]
        return self.row_of(model)


def _plain(each: "models.Field[Any, Any]") -> Any:
    if isinstance(each, models.UUIDField):
        return str(uuid.uuid4())
    if isinstance(each, models.GenericIPAddressField):
        return "192.0.2.1"
    if each.has_default() and not callable(each.default):
        return each.default
    return False if isinstance(each, models.BooleanField) else 1


def _make_missing_rows(cursor: Cursor, victims: Victims) -> None:
    maker = _Maker(cursor, victims)
    maker.make_all([model for model in watched_models() if maker.row_of(model) is None])


def fill_up(council: int, person: int, said: str) -> None:
    """A row in each table of a council that may be heard, so that each page about one has one to be about."""
    with as_owner([council]) as cursor:
        maker = _Maker(cursor, Victims([council], [person]), said)
        wanted: list[Model] = [*tenant_models(), Invitation, Absence]
        missing = [model for model in wanted if model not in CODES and maker.row_of(model) is None]
        maker.make_all(missing)


def _needed(model: Model) -> Iterator[Model]:
    for each in model._meta.concrete_fields:
        if isinstance(each, models.ForeignKey) and not each.null:
            yield each.related_model


def _sessions(cursor: Cursor) -> None:
    cursor.execute(
        "INSERT INTO django_session (session_key, session_data, expire_date) VALUES (%s, %s, hub_now() + '1 day')",
        [f"{CANARY}session", f"{CANARY}.session.data"],
    )


def _sign_on(cursor: Cursor) -> None:
    """The button's name and its address are public."""
    cursor.execute(
        """INSERT INTO staff_signon (slug, name, issuer, client_id, secret, email_domains, asks_second_factor,
           compulsory)
           VALUES ('fuzz', 'Theirs', 'https://idp.invalid', %s, %s, ARRAY[%s], false, false)""",
        [f"{CANARY}.client", encrypted(f"{CANARY}.secret"), f"{CANARY}.invalid"],
    )


def bare_columns(victims: Victims) -> list[str]:
    """By the database's own catalogue: texts of a victim's rows that hold no canary, codes from a list left out."""
    with as_owner(victims.councils) as cursor:
        return [bare for model in watched_models() for bare in _bare_in(cursor, model, victims)]


_TEXTS = """
    SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s
    AND (data_type IN ('text', 'character varying', 'jsonb', 'bytea') OR udt_name IN ('_text', '_varchar'))
"""


def _bare_in(cursor: Cursor, model: Model, victims: Victims) -> Iterator[str]:
    tie = tie_of(model)
    cursor.execute(_TEXTS, [model._meta.db_table])
    codes = {each.column for each in model._meta.concrete_fields} - {each.column for each in text_fields(model)}
    for (name,) in cursor.fetchall():
        if tie is None or name in codes:
            continue
        statement = sql.SQL("SELECT count(*), count(*) FILTER (WHERE {c}::text ~* %s) FROM {t} WHERE {k} = ANY(%s)")
        named = statement.format(
            c=sql.Identifier(name), t=sql.Identifier(model._meta.db_table), k=sql.Identifier(tie.column)
        )
        cursor.execute(named, [f"{CANARY}|{CANARY.encode().hex()}", list(victims.of(tie.to))])
        rows, filled = cursor.fetchone() or (0, 0)
        if rows != filled or not rows:
            yield f"{model._meta.db_table}.{name}: {filled} of {rows} rows"
