"""What every council-owned model inherits."""

import uuid
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

from councils.tenancy.lists import Tenancy
from councils.tenancy.scope import scope_of

M = TypeVar("M", bound=models.Model)


class InScope(models.Func):
    """`council_id` is one of the scope's, read when the SQL is compiled: a queryset made at import time stays right."""

    conditional = True
    output_field = models.BooleanField()

    def __init__(self, column: str = "council_id", **extra: Any) -> None:
        super().__init__(models.F(column) if isinstance(column, str) else column, **extra)

    def as_sql(  # type: ignore[override]  # no function or template to override here
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, list[Any]]:
        column, params = compiler.compile(self.source_expressions[0])
        scope = scope_of(connection)
        if scope is None or not scope.councils:
            return "FALSE", []
        if len(scope.councils) == 1:
            return f"{column} = %s", [*params, *scope.councils]
        return f"{column} = ANY(%s)", [*params, sorted(scope.councils)]


class ScopedQuerySet(models.QuerySet[M]):
    pass


class ScopedManager(models.Manager[M]):
    use_in_migrations = False

    def get_queryset(self) -> models.QuerySet[M]:
        return super().get_queryset().filter(InScope())


class CouncilOwned(models.Model):
    """Random key; the council is given at birth and never changes (a trigger refuses)."""

    tenancy: ClassVar[Tenancy] = Tenancy.COUNCIL

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    council = models.ForeignKey(
        "councils.Council", on_delete=models.PROTECT, related_name="+", db_index=False, editable=False
    )

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"
