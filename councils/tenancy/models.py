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


class InHub(models.Func):
    """A row of figures: of the hub in scope, or of a council in scope. Read when the SQL is compiled, as InScope is.
    With the hub's column alone: of the hub in scope."""

    conditional = True
    output_field = models.BooleanField()

    def __init__(self, *columns: Any, **extra: Any) -> None:
        super().__init__(*(models.F(each) if isinstance(each, str) else each for each in columns), **extra)

    def as_sql(  # type: ignore[override]  # no function or template to override here
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, list[Any]]:
        scope = scope_of(connection)
        hub, *council = (compiler.compile(each) for each in self.source_expressions)
        parts: list[tuple[str, list[Any]]] = []
        if scope and scope.hub:
            parts.append((f"{hub[0]} = %s", [*hub[1], scope.hub]))
        if scope and scope.councils and council:
            parts.append((f"{council[0][0]} = ANY(%s)", [*council[0][1], sorted(scope.councils)]))
        sql = " OR ".join(sql for sql, _ in parts)
        return f"({sql})" if sql else "FALSE", [each for _, params in parts for each in params]


class AggregateManager(models.Manager[M]):
    use_in_migrations = False

    def get_queryset(self) -> models.QuerySet[M]:
        return super().get_queryset().filter(InHub(*self.model.scope_columns))  # type: ignore[attr-defined]  # of HubOwned


class HubOwned(models.Model):
    """What a hub's figures are shown with. No key to an enquirer; read and written with the hub in scope."""

    tenancy: ClassVar[Tenancy] = Tenancy.AGGREGATE
    scope_columns: ClassVar[tuple[str, ...]] = ("hub_id",)

    hub = models.ForeignKey("councils.Hub", on_delete=models.PROTECT, related_name="+", db_index=False, editable=False)

    objects: ClassVar[AggregateManager[Self]] = AggregateManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def is_for(self, councils: frozenset[int], hub: int | None) -> bool:
        """Whether it may be written with these in scope."""
        return self.hub_id == hub


class AggregateOwned(HubOwned):
    """Counts: of one hub and of one council of it, with no key to a person. Read by whoever has the hub or the council
    in scope, written for councils in scope alone."""

    scope_columns: ClassVar[tuple[str, ...]] = ("hub_id", "council_id")

    council = models.ForeignKey(
        "councils.Council", on_delete=models.PROTECT, related_name="+", db_index=False, editable=False
    )

    class Meta(HubOwned.Meta):
        abstract = True

    def is_for(self, councils: frozenset[int], hub: int | None) -> bool:
        return self.council_id in councils
