"""A word in every personal column of everything that a case leads to, and the search for it in all of the database.

Rows are made from what the models say of themselves, so a table that is added later has its canaries by itself.
"""

import itertools
import uuid
from typing import Any

import psycopg2
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from councils.clock import hub_now
from councils.holdings import Personal, held_by_case
from councils.models import Council, Event, LegalHold, User
from councils.tenancy import as_council
from enquiries.models import Enquiry
from outbox.models import Message
from outbox.states import State

WORD = "zq7canary"
MADE_BY_HAND = (Enquiry,)
NUMBERS = itertools.count(7001)  # none of them taken


def fill(case: Enquiry, *, by: User) -> None:
    """One row in every table, and the case itself, with the word in each personal column."""
    with as_council(case.council_id):
        for model, told in sorted(held_by_case(), key=lambda each: each[0]._meta.label):
            if model not in MADE_BY_HAND:
                _row(model, told, case, by).save(force_insert=True)
        own = [field for field in Enquiry._meta.local_concrete_fields if field.name in Enquiry.personal.fields]
        texts = {field.name: word for field in own if (word := _word(field)) is not None}
        Enquiry.objects.filter(pk=case.pk).update(**texts)


def _row(model: type[models.Model], told: Personal, case: Enquiry, by: User) -> models.Model:
    row = model()
    for field in model._meta.local_concrete_fields:
        if field.name in told.by:
            setattr(row, field.attname, case.pk)
        elif field.name in told.fields:
            setattr(row, field.name, _any(field, case, by) if field.choices else _word(field))
        elif isinstance(field, models.PositiveSmallIntegerField) and not field.choices:
            setattr(row, field.name, next(NUMBERS))
        elif not field.null and not field.has_default() and not field.primary_key and not _has_db_default(field):
            setattr(row, field.attname, _any(field, case, by))
    if isinstance(row, Message):
        row.state, row.settled_at = State.SENT, hub_now()
    if isinstance(row, LegalHold):  # it stands no longer
        row.lifted_at, row.lifted_by = hub_now(), by
    return row


def _word(field: "models.Field[Any, Any]") -> Any:
    if isinstance(field, models.JSONField):
        return {"said": WORD}
    if isinstance(field, ArrayField):
        return [WORD]
    if isinstance(field, models.BinaryField):
        return WORD.encode()
    if isinstance(field, models.CharField | models.TextField):
        return f"{WORD}{uuid.uuid4().hex[:4]}"[: field.max_length]
    return None


def _any(field: "models.Field[Any, Any]", case: Enquiry, by: User) -> Any:
    if isinstance(field, models.ForeignKey):
        return _related(field.related_model, case, by)
    if isinstance(field, models.UUIDField):
        return uuid.uuid4()
    if isinstance(field, models.DateTimeField):
        return hub_now()
    if isinstance(field, models.CharField) and field.choices:
        return next(iter(field.choices))[0]
    return next(NUMBERS) if isinstance(field, models.IntegerField) else uuid.uuid4().hex[:12]


def _related(model: Any, case: Enquiry, by: User) -> Any:
    if model is User:
        return by.pk
    if model is Council:
        return case.council_id
    if model is Event:
        return Event.objects.filter(council=case.council_id, subject_id=case.pk).values_list("pk", flat=True)[0]
    raise AssertionError(model)


def _has_db_default(field: "models.Field[Any, Any]") -> bool:
    return field.db_default is not models.NOT_PROVIDED


def found_in_tables(*words: str) -> list[str]:
    """Tables of the test database in which a word stands, read past all policies' scopes."""
    to = settings.DATABASES["owner"] | {"NAME": settings.DATABASES["default"]["NAME"]}
    connection = psycopg2.connect(
        host=to["HOST"], port=to["PORT"] or 5432, user=to["USER"], password=to["PASSWORD"], dbname=to["NAME"]
    )
    try:
        with connection.cursor() as cursor:
            everywhere = ",".join(str(key) for key in Council.objects.values_list("pk", flat=True))
            cursor.execute("SELECT set_config('app.councils', %s, false)", [everywhere])
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
            tables = [name for (name,) in cursor.fetchall()]
            return [name for name in tables if _holds(cursor, name, words)]
    finally:
        connection.close()


def _holds(cursor: Any, table: str, words: tuple[str, ...]) -> bool:
    for word in words:
        looks = [f"%{word}%", f"%{word.encode().hex()}%"]  # bytes are told in hex
        cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}" t WHERE t::text ILIKE ANY(%s))', [looks])  # noqa: S608  # from the catalogue
        if cursor.fetchone()[0]:
            return True
    return False
