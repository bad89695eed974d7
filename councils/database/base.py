"""Django's PostgreSQL backend, whose connections carry a scope and whose compilers ask for it."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.backends.postgresql import base

from councils.database.operations import DatabaseOperations

if TYPE_CHECKING:  # the backend loads before any model, and the tenancy room holds models
    from councils.tenancy.scope import Scope


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hub_scope: Scope | None = None
        self.hub_time: datetime | None = None  # of the present scope
        self.executing = False
