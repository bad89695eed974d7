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
    """`council_id` is one of the scope's, read when the SQL is compiled: a queryset made at import time stays right.

    `own`: the column that holds an ambassador's key, of the few tables of which they may read their own rows.
    """

    conditional = True
    output_field = models.BooleanField()

    def __init__(self, *columns: Any, own: str = "", **extra: Any) -> None:
        named = columns or ("council_id", *([own] if own else []))
        super().__init__(*(models.F(each) if isinstance(each, str) else each for each in named), **extra)

    def as_sql(  # type: ignore[override]  # no function or template to override here
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, list[Any]]:
        scope = scope_of(connection)
        if scope and scope.ambassador:
            return self._own(compiler, scope.ambassador)
        if scope is None or not scope.councils:
            return "FALSE", []
        column, params = compiler.compile(self.source_expressions[0])
        if len(scope.councils) == 1:
            return f"{column} = %s", [*params, *scope.councils]
        return f"{column} = ANY(%s)", [*params, sorted(scope.councils)]

    def _own(self, compiler: SQLCompiler, ambassador: uuid.UUID) -> tuple[str, list[Any]]:
        if len(self.source_expressions) == 1:
            return "FALSE", []
        column, params = compiler.compile(self.source_expressions[1])
        return f"{column} = %s", [*params, ambassador]


class ScopedQuerySet(models.QuerySet[M]):
    pass


class ScopedManager(models.Manager[M]):
    use_in_migrations = False

    def get_queryset(self) -> models.QuerySet[M]:
        return super().get_queryset().filter(InScope(own=self.model.ambassador_column))  # type: ignore[attr-defined]  # of CouncilOwned


class CouncilOwned(models.Model):
    """Random key; the council is given at birth and never changes (a trigger refuses). `ambassador_column`: an
    ambassador may read the rows in which it holds their key, and change none."""

    tenancy: ClassVar[Tenancy] = Tenancy.COUNCIL
    ambassador_column: ClassVar[str] = ""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    council = models.ForeignKey(
        "councils.Council", on_delete=models.PROTECT, related_name="+", db_index=False, editable=False
    )

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"
