"""Tenancy: no council in scope means no rows.

Two layers, each sufficient alone. Below, row-level security reads three settings that live only as long as the
transaction. Above, the default manager filters by the scope that the connection carries, and the SQL compilers refuse
to run a query on a council-owned table when there is none. Scope and transaction are one thing: entering a scope opens
`atomic()`, leaving it restores what was there before.
"""

from councils.tenancy.crossings import CROSSINGS, crossing
from councils.tenancy.lists import Tenancy, aggregate_tables, ambassador_tables, council_owned_tables, tenancy_of
from councils.tenancy.models import AggregateOwned, CouncilOwned, HubOwned, ScopedManager, ScopedQuerySet
from councils.tenancy.scope import (
    NoScope,
    OutOfScope,
    Scope,
    across,
    as_ambassador,
    as_council,
    as_hub,
    current_scope,
    enter,
    scope_across,
)
from councils.tenancy.statement import run_in

__all__ = [
    "CROSSINGS",
    "AggregateOwned",
    "CouncilOwned",
    "HubOwned",
    "NoScope",
    "OutOfScope",
    "Scope",
    "ScopedManager",
    "ScopedQuerySet",
    "Tenancy",
    "across",
    "aggregate_tables",
    "ambassador_tables",
    "as_ambassador",
    "as_council",
    "as_hub",
    "council_owned_tables",
    "crossing",
    "current_scope",
    "enter",
    "run_in",
    "scope_across",
    "tenancy_of",
]
