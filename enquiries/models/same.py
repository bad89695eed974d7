"""Cases of one council that may be, or are, about the same people."""

from typing import ClassVar

from django.db import models

from councils.clock import HubNow
from councils.holdings import Personal, emptied, removed
from councils.tenancy.models import CouncilOwned
from enquiries.handover_states import SameWhy, SuggestionState
from enquiries.models.enquiry import Enquiry


class Suggestion(CouncilOwned):
    """`enquiry` is the newer of the two. Once looked at, a pair is not suggested again."""

    personal: ClassVar[Personal] = removed(by=("enquiry", "other"))

    enquiry = models.ForeignKey(
        Enquiry, on_delete=models.DO_NOTHING, db_constraint=False, related_name="suggestions", db_index=False
    )
    other = models.ForeignKey(
        Enquiry, on_delete=models.DO_NOTHING, db_constraint=False, related_name="suggested_by", db_index=False
    )
    why = models.CharField(max_length=16, choices=SameWhy)
    state = models.CharField(max_length=12, choices=SuggestionState, default=SuggestionState.OPEN)
    at = models.DateTimeField(db_default=HubNow())
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        "councils.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta(CouncilOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["council", "enquiry", "other"], name="enquiries_suggested_once"),
        ]
        indexes = [
            models.Index(
                fields=["council", "enquiry"], condition=models.Q(state="open"), name="enquiries_suggestions_open"
            ),
            models.Index(fields=["council", "other"], name="enquiries_suggested_by"),
        ]

    def __str__(self) -> str:
        return self.get_why_display()


class Merge(CouncilOwned):
    """`merged` was closed as a duplicate and goes on in `kept`. `moved` lists by model what was moved, `before` what
    the kept case had said: undoing reads both."""

    personal: ClassVar[Personal] = emptied({"moved": {}, "before": {}}, by=("kept", "merged"))

    kept = models.ForeignKey(
        Enquiry, on_delete=models.DO_NOTHING, db_constraint=False, related_name="merges", db_index=False
    )
    merged = models.ForeignKey(
        Enquiry, on_delete=models.DO_NOTHING, db_constraint=False, related_name="merges_into", db_index=False
    )
    moved = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    at = models.DateTimeField(db_default=HubNow())
    by = models.ForeignKey("councils.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        "councils.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta(CouncilOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["council", "merged"], condition=models.Q(undone_at=None), name="enquiries_merged_once"
            ),
        ]
        indexes = [models.Index(fields=["council", "kept"], name="enquiries_merges_kept")]

    def __str__(self) -> str:
        return f"merge {self.pk}"


class HouseholdProposal(CouncilOwned):
    """For the hub office only: two households of its hub that share a surname and a postcode. Ids, nothing else."""

    household_a = models.UUIDField()
    household_b = models.UUIDField()
    state = models.CharField(max_length=12, choices=SuggestionState, default=SuggestionState.OPEN)
    at = models.DateTimeField(db_default=HubNow())
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        "councils.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta(CouncilOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["council", "household_a", "household_b"], name="enquiries_household_pair_once"
            ),
        ]

    def __str__(self) -> str:
        return f"proposal {self.pk}"
