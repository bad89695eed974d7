"""Cases brought in from a spreadsheet."""

from typing import ClassVar

from django.db import models

from councils.clock import HubNow
from councils.holdings import Personal, nothing_personal
from councils.tenancy.models import CouncilOwned


class Import(CouncilOwned):
    """`digest`: SHA-256 of the file, so that the same file is not brought in twice."""

    personal: ClassVar[Personal] = nothing_personal("digest")

    digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    at = models.DateTimeField(db_default=HubNow())
    undone_at = models.DateTimeField(null=True)

    class Meta(CouncilOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["council", "digest"], condition=models.Q(undone_at=None), name="enquiries_import_once"
            ),
        ]

    def __str__(self) -> str:
        return f"import {self.pk}"
