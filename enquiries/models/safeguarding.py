"""Concerns about a person, for the safeguarding role only: in no search, no export, no digest."""

from typing import ClassVar

from django.db import models

from councils.clock import HubNow
from councils.holdings import Personal, removed
from councils.tenancy.models import CouncilOwned
from enquiries.models.enquiry import Enquiry


class SafeguardingNote(CouncilOwned):
    """Never changed: a correction is another note."""

    personal: ClassVar[Personal] = removed("text", guarded=True)

    enquiry = models.ForeignKey(
        Enquiry, on_delete=models.DO_NOTHING, db_constraint=False, related_name="safeguarding_notes", db_index=False
    )
    text = models.TextField(max_length=5000)
    by = models.ForeignKey("councils.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField(db_default=HubNow())

    class Meta(CouncilOwned.Meta):
        indexes = [models.Index(fields=["council", "enquiry", "created_at"], name="enquiries_safeguarding")]

    def __str__(self) -> str:
        return f"safeguarding note {self.pk}"
