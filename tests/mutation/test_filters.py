"""Every filter above the policies is taken away in turn, for every council-owned model with its policy switched off."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.db.models.sql import DeleteQuery

from councils.database import compiler
from councils.models import Council
from councils.tenancy import CouncilOwned, NoScope, OutOfScope, ScopedManager, Tenancy, as_council
from councils.tenancy.lists import models_on
from tests.mutation.layers import any_row, take_anything

MODELS = sorted(models_on(Tenancy.COUNCIL), key=lambda model: model._meta.db_table)
Model = type[CouncilOwned]


def nothing(*_: object) -> None:
    return


def unnarrowed(self: compiler.Narrowed, *args: object, **kwargs: object) -> object:
    return super(compiler.Narrowed, self).as_sql(*args, **kwargs)


def unfiltered(manager: ScopedManager[CouncilOwned]) -> models.QuerySet[CouncilOwned]:
    return super(ScopedManager, manager).get_queryset()


# What is put in whose place, and the question that must notice.
WITHOUT: dict[str, tuple[object, str, Callable[..., object]]] = {
    "reads": (ScopedManager, "get_queryset", unfiltered),
    "changes by key": (compiler.Narrowed, "as_sql", unnarrowed),
    "adds": (compiler, "_refuse_foreign_rows", nothing),
    "runs without a scope": (compiler, "_refuse_without_scope", nothing),
}


def faults(model: Model, ours: Council, other: str, others: Council) -> set[str]:
    found = set()
    with as_council(ours):
        if any(manager.filter(pk=other).exists() for manager in (model.objects, model._base_manager)):
            found.add("reads")
        if _by_key(model, other):
            found.add("changes by key")
        with suppress(OutOfScope), transaction.atomic():
            model.objects.bulk_create([model(council=others)])
            found.add("adds")
    with suppress(NoScope):
        model.objects.exists()
        found.add("runs without a scope")
    return found


def _by_key(model: Model, key: str) -> int:
    """As the admin and cascades delete: past every manager."""
    return DeleteQuery(model).delete_batch([key], connection.alias)


@contextmanager
def rows(model: Model, ours: Council, others: Council) -> Iterator[str]:
    """The key of one of the other council's. Rolled back: a table with work to do at commit cannot be altered."""
    with transaction.atomic():
        take_anything(model._meta.db_table)
        any_row(model._meta.db_table, ours)
        yield any_row(model._meta.db_table, others)
        transaction.set_rollback(True)


@pytest.mark.parametrize("model", MODELS, ids=[model.__name__ for model in MODELS])
def test_a_missing_filter_is_noticed(as_owner: None, monkeypatch: pytest.MonkeyPatch, model: Model) -> None:
    ours, others = Council.objects.get(slug="kent"), Council.objects.get(slug="hampshire")
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {model._meta.db_table} DISABLE ROW LEVEL SECURITY")
        cursor.execute(f"ALTER TABLE {model._meta.db_table} DISABLE TRIGGER USER")  # they write where policies stand
    with rows(model, ours, others) as other:
        assert faults(model, ours, other, others) == set()
    for name, (place, function, instead) in WITHOUT.items():
        with monkeypatch.context() as patch, rows(model, ours, others) as other:
            patch.setattr(place, function, instead)
            assert name in _told(model, ours, other, others), f"nobody noticed that it {name}"


def _told(model: Model, ours: Council, other: str, others: Council) -> set[str]:
    try:
        with transaction.atomic():
            return faults(model, ours, other, others)
    except DatabaseError:  # let through by the filter, and refused by the table: a row of defaults
        return {"adds"}
