"""The scope a connection is in, and the only ways to enter one."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper


class NoScope(RuntimeError):
    """A query on a council-owned table was about to run with no council in scope."""


class OutOfScope(RuntimeError):
    """A write for, or a step into, a council that the scope does not hold."""


class HasKey(Protocol):
    @property
    def pk(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Scope:
    """`councils` are primary keys. `reason` says why several are open at once."""

    councils: frozenset[int]
    hub: int | None = None
    ambassador: UUID | None = None
    reason: str = ""

    def holds(self, other: "Scope") -> bool:
        return other.councils <= self.councils and self.ambassador in (None, other.ambassador)

    def settings(self) -> tuple[str, str, str]:
        """The three settings as PostgreSQL keeps them; the empty string means none."""
        return _listed(self.councils), str(self.hub or ""), str(self.ambassador or "")


@lru_cache(maxsize=256)
def _listed(councils: frozenset[int]) -> str:
    return ",".join(str(key) for key in sorted(councils))


NOWHERE = Scope(frozenset())
# Entering a scope asks the time as well: it stands still until the transaction ends, and most actions need it.
SET = (
    "SELECT set_config('app.councils', %s, true), set_config('app.hub', %s, true),"
    " set_config('app.ambassador', %s, true), hub_now()"
)


def current_scope(using: str = DEFAULT_DB_ALIAS) -> Scope | None:
    return scope_of(connections[using])


def scope_of(connection: BaseDatabaseWrapper) -> Scope | None:
    scope: Scope | None = getattr(connection, "hub_scope", None)
    return scope


@contextmanager
def enter(scope: Scope, *, using: str = DEFAULT_DB_ALIAS, widen: bool = False) -> Iterator[Scope]:
    """Open a transaction (or savepoint) in `scope`; raises OutOfScope where it is wider than the present one.

    An exception rolls the savepoint back, and the settings with it; a clean exit writes the previous ones again,
    unless the transaction ends here anyway.
    """
    connection = connections[using]
    before = scope_of(connection)
    if before is not None and not widen and not before.holds(scope):
        raise OutOfScope("a scope can only be narrowed; a crossing widens it")
    outermost = not connection.in_atomic_block
    with transaction.atomic(using=using):
        _write(connection, scope)
        connection.hub_scope = scope  # type: ignore[attr-defined]  # set by our backend's wrapper
        try:
            yield scope
            if not outermost and not connection.needs_rollback:
                _write(connection, before or NOWHERE)
        finally:
            connection.hub_scope = before  # type: ignore[attr-defined]  # as above


def _write(connection: BaseDatabaseWrapper, scope: Scope) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SET, scope.settings())
        connection.hub_time = cursor.fetchone()[-1]  # type: ignore[attr-defined]  # as above


def as_council(council: int | HasKey, *, using: str = DEFAULT_DB_ALIAS) -> AbstractContextManager[Scope]:
    return enter(Scope(frozenset([_key(council)])), using=using)


def across(
    councils: Iterable[int | HasKey], *, reason: str, using: str = DEFAULT_DB_ALIAS
) -> AbstractContextManager[Scope]:
    return enter(scope_across(councils, reason), using=using)


def scope_across(councils: Iterable[int | HasKey], reason: str) -> Scope:
    return Scope(frozenset(map(_key, councils)), reason=reason)


def as_hub(hub: int | HasKey, *, using: str = DEFAULT_DB_ALIAS) -> AbstractContextManager[Scope]:
    """The regional lead's: aggregate tables of one hub, no council's rows."""
    return enter(Scope(frozenset(), hub=_key(hub)), using=using)


def as_ambassador(ambassador: UUID, *, using: str = DEFAULT_DB_ALIAS) -> AbstractContextManager[Scope]:
    return enter(Scope(frozenset(), ambassador=ambassador), using=using)


def _key(of: int | HasKey) -> int:
    return of if isinstance(of, int) else of.pk
