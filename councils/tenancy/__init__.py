"""Tenancy: no council in scope means no rows.

Two layers, each sufficient alone. Below, row-level security reads three settings that live only as long as the
transaction. Above, the default manager filters by the scope that the connection carries, and the SQL compilers refuse
to run a query on a council-owned table when there is none. Scope and transaction are one thing: entering a scope opens
`atomic()`, leaving it restores what was there before.
"""

from councils.tenancy.crossings import CROSSINGS, crossing
from councils.tenancy.lists import Tenancy, ambassador_tables, council_owned_tables, tenancy_of
from councils.tenancy.models import CouncilOwned, ScopedManager, ScopedQuerySet
from councils.tenancy.scope import (
    NoScope,
    OutOfScope,
    Scope,
    across,
    as_ambassador,
    as_council,
    as_hub,
    current_scope,
    scope_across,
)
from councils.tenancy.statement import run_in

__all__ = [
    "CROSSINGS",
    "CouncilOwned",
    "NoScope",
    "OutOfScope",
    "Scope",
    "ScopedManager",
    "ScopedQuerySet",
    "Tenancy",
    "across",
    "ambassador_tables",
    "as_ambassador",
    "as_council",
    "as_hub",
    "council_owned_tables",
    "crossing",
    "current_scope",
    "run_in",
    "scope_across",
    "tenancy_of",
]
