"""What staff did and wrote."""

from typing import ClassVar

from django.db import models

from councils.clock import HubNow
from councils.holdings import Personal, emptied, removed
from councils.tenancy.models import CouncilOwned
from enquiries.models.enquiry import Enquiry
from enquiries.states import Outcome, Way


class ContactAttempt(CouncilOwned):
    """A genuine try by a person. `at` is when it was made, `created_at` when it was written down."""

    personal: ClassVar[Personal] = emptied({"comment": ""})

    enquiry = models.ForeignKey(
        Enquiry, on_delete=models.DO_NOTHING, db_constraint=False, related_name="attempts", db_index=False
    )
    way = models.CharField(max_length=8, choices=Way)
    outcome = models.CharField(max_length=16, choices=Outcome)
    at = models.DateTimeField()
    comment = models.TextField(max_length=2000, blank=True)
    by = models.ForeignKey("councils.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField(db_default=HubNow())

    class Meta(CouncilOwned.Meta):
        indexes = [models.Index(fields=["council", "enquiry", "at"], name="enquiries_attempts")]

    def __str__(self) -> str:
        return self.get_outcome_display()


class Note(CouncilOwned):
    personal: ClassVar[Personal] = removed("text")

    enquiry = models.ForeignKey(
        Enquiry, on_delete=models.DO_NOTHING, db_constraint=False, related_name="notes", db_index=False
    )
    text = models.TextField(max_length=5000)
    by = models.ForeignKey("councils.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField(db_default=HubNow())

    class Meta(CouncilOwned.Meta):
        indexes = [models.Index(fields=["council", "enquiry", "created_at"], name="enquiries_notes")]

    def __str__(self) -> str:
        return f"note {self.pk}"
