"""The four lists. Every model is on exactly one; a system check fails on one that is on none."""

from collections.abc import Iterator
from enum import StrEnum
from functools import cache

from django.apps import apps
from django.db import models


class Tenancy(StrEnum):
    COUNCIL = "council"  # rows of one council: policy, scoped manager, composite keys
    AGGREGATE = "aggregate"  # hub and council, no key to a person
    SHARED = "shared"  # hubs, councils, areas: read by all, written by loading
    SYSTEM = "system"  # accounts, doors, sessions: read before any scope


# Third parties' models cannot carry the attribute.
THIRD_PARTY = {
    "auth.permission": Tenancy.SYSTEM,
    "auth.group": Tenancy.SYSTEM,
    "auth.group_permissions": Tenancy.SYSTEM,
    "contenttypes.contenttype": Tenancy.SYSTEM,
    "sessions.session": Tenancy.SYSTEM,
    "account.emailaddress": Tenancy.SYSTEM,
    "account.emailconfirmation": Tenancy.SYSTEM,
    "mfa.authenticator": Tenancy.SYSTEM,
    "socialaccount.socialapp": Tenancy.SYSTEM,
    "socialaccount.socialaccount": Tenancy.SYSTEM,
    "socialaccount.socialtoken": Tenancy.SYSTEM,
    "usersessions.usersession": Tenancy.SYSTEM,
    "admin.logentry": Tenancy.SYSTEM,  # replaced by events: the app role has no grant on it
}


def tenancy_of(model: type[models.Model]) -> Tenancy | None:
    own: Tenancy | None = getattr(model, "tenancy", None)
    return own or THIRD_PARTY.get(model._meta.label_lower)


def models_on(tenancy: Tenancy) -> Iterator[type[models.Model]]:
    return (model for model in apps.get_models(include_auto_created=True) if tenancy_of(model) is tenancy)


@cache
def ambassador_tables() -> frozenset[str]:
    """Those of which an ambassador may read their own rows."""
    owned = models_on(Tenancy.COUNCIL)
    return frozenset(model._meta.db_table for model in owned if getattr(model, "ambassador_column", ""))


@cache
def council_owned_tables() -> frozenset[str]:
    """Names of the tables under row-level security, as Django knows them. Cached once the registry is full."""
    apps.check_models_ready()
    return frozenset(model._meta.db_table for model in models_on(Tenancy.COUNCIL))


@cache
def aggregate_tables() -> frozenset[str]:
    """Figures: of a hub or of a council in scope, and of nobody else."""
    apps.check_models_ready()
    return frozenset(model._meta.db_table for model in models_on(Tenancy.AGGREGATE))
