"""Rows as COPY reads them. What a case does not say has the model's own default."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models

from councils.tenancy.models import CouncilOwned
from enquiries.models import SearchKey

Values = dict[str, object]
Table = type[CouncilOwned]
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_in_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # `dumps` makes one each time
NULL = "\\N"


def _escaped(value: str) -> str:
    return value.translate(_ESCAPES)


_WRITERS: Mapping[type, Callable[..., str]] = {
    str: _escaped,
    int: str,
    bool: lambda value: "t" if value else "f",
    type(None): lambda _: NULL,
    datetime: datetime.isoformat,
    date: date.isoformat,
    UUID: lambda value: value.hex,
    dict: lambda value: _escaped(_in_json(value)),
    list: lambda value: f"{{{','.join(value)}}}",  # of codes, without a comma or a quote in them
    tuple: lambda value: f"{{{','.join(value)}}}",
}


def text(value: object) -> str:
    writer = _WRITERS.get(type(value))
    return writer(value) if writer else _escaped(str(value))  # one of our words


@cache
def columns(model: Table) -> tuple[str, ...]:
    return tuple(str(field.column) for field in model._meta.concrete_fields)


@cache
def _blank(model: Table) -> dict[str, str]:
    return {str(field.column): _default(field) for field in model._meta.concrete_fields}


def _default(field: "models.Field[object, object]") -> str:
    """NULL where the database has one of its own: every row here says its times."""
    if isinstance(field, models.UUIDField) or field.has_db_default() or not (field.has_default() or not field.null):
        return NULL
    value = field.get_default()
    if isinstance(field, models.JSONField):
        return json.dumps(value)
    return NULL if value is None and not isinstance(field, ArrayField) else text(value)


class Rows:
    """By table, in the order in which they were added."""

    def __init__(self) -> None:
        self.lines: defaultdict[Table, list[str]] = defaultdict(list)

    def add_key(self, key: UUID, council: int, enquiry: UUID, kind: str, found: str) -> None:
        """A search key: five or six a case, and their letters and digits need no escape."""
        self.lines[SearchKey].append(f"{key.hex}\t{council}\t{enquiry.hex}\t{kind}\t{found}")

    def add(self, model: Table, values: Values) -> None:
        row = _blank(model) | {column: text(value) for column, value in values.items()}
        self.lines[model].append("\t".join(row.values()))
