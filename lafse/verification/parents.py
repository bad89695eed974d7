"""No row points into another council. The keys of the database say so; this asks the rows, however they came there."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef

from councils.tenancy.lists import Tenancy, models_on, tenancy_of
from lafse.verification.finding import Finding, named

Link = tuple[type[models.Model], "models.ForeignKey[Any, Any]"]


def every_row_is_in_its_parents_council() -> Finding:
    checked = 0
    astray: list[str] = []
    for model, link in links():
        children = model._default_manager.exclude(**{link.attname: None})
        parents = link.related_model._default_manager.filter(pk=OuterRef(link.attname), council=OuterRef("council_id"))
        checked += children.count()
        astray += named(model._meta.model_name or "", children.exclude(Exists(parents)).values_list("pk", flat=True))
    return Finding("every row is in its parent’s council", checked, tuple(astray))


def links() -> Iterator[Link]:
    """Every key from one council-owned table to another."""
    for model in models_on(Tenancy.COUNCIL):
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and tenancy_of(field.related_model) is Tenancy.COUNCIL:
                yield model, field
