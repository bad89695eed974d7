"""A council's own texts that an officer starts a message from."""

from typing import ClassVar, Self

from django.db import models

from councils.clock import HubNow
from councils.holdings import Personal, Whose, ends_by_itself
from councils.retention_names import Kept
from councils.tenancy.models import CouncilOwned, ScopedManager


class LetterTemplateQuerySet(models.QuerySet["LetterTemplate"]):
    def in_use(self) -> Self:
        return self.filter(retired_at=None).order_by("name")


class LetterTemplate(CouncilOwned):
    """Placeholders and a little Markdown, as in a `Wording`: never a template of Django's."""

    personal: ClassVar[Personal] = ends_by_itself(Kept.COUNCIL_TEXT, "name", "subject", "text", whose=Whose.NOBODY)

    name = models.CharField(max_length=80)
    subject = models.CharField(max_length=150)
    text = models.TextField(max_length=5000)
    retired_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(db_default=HubNow())
    updated_by = models.ForeignKey("councils.User", on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = ScopedManager.from_queryset(LetterTemplateQuerySet)()  # type: ignore[misc]  # a ClassVar on the base

    class Meta(CouncilOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["council", "name"], condition=models.Q(retired_at=None), name="enquiries_letter_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
