from councils.database import base
from councils.tenancy import Scope

EVERY_COUNCIL = frozenset(range(1_900_000_100, 1_900_000_120))  # those of the check, whose numbers begin there


class Unfiltered(Scope):
    """Managers read `councils` and `ambassador`, PostgreSQL gets `settings()`: only the former are opened. An
    ambassador's too: every row of every council, and every table."""

    inner: Scope

    def __init__(self, inner: Scope) -> None:
        super().__init__(EVERY_COUNCIL, hub=inner.hub, reason=inner.reason)
        object.__setattr__(self, "inner", inner)  # the class is frozen

    def holds(self, other: Scope) -> bool:
        return self.inner.holds(other)

    def settings(self) -> tuple[str, str, str]:
        return self.inner.settings()


class DatabaseWrapper(base.DatabaseWrapper):
    _scope: Scope | None = None

    @property
    def hub_scope(self) -> Scope | None:  # an attribute in production
        return self._scope

    @hub_scope.setter
    def hub_scope(self, scope: Scope | None) -> None:
        self._scope = scope if scope is None or isinstance(scope, Unfiltered) else Unfiltered(scope)
