"""A request to move a case to another council: one row in each of the two."""

from typing import ClassVar

from django.db import models

from councils.clock import HubNow
from councils.holdings import Personal, emptied
from councils.tenancy.models import CouncilOwned
from enquiries.handover_states import HandoverReason, HandoverState, RefusalReason, Side
from enquiries.models.enquiry import Enquiry


class Handover(CouncilOwned):
    """`enquiry` is the sender's case in the sender's row; in the receiver's it is NULL until accepted, then the case
    that began there. `summary` is what the receiver may read before it answers: no name, no address, no number."""

    personal: ClassVar[Personal] = emptied({"explanation": "", "summary": {}, "answer": ""}, stays=("reference",))

    pair_id = models.UUIDField()
    side = models.CharField(max_length=8, choices=Side)
    other = models.ForeignKey("councils.Council", on_delete=models.PROTECT, related_name="+", db_index=False)
    enquiry = models.ForeignKey(
        Enquiry, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="handovers", db_index=False
    )
    journey_id = models.UUIDField()
    reference = models.CharField(max_length=16, help_text="The sender's, by which both speak of it")
    reason = models.CharField(max_length=16, choices=HandoverReason)
    explanation = models.TextField(max_length=1000, blank=True)
    summary = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=HandoverState, default=HandoverState.OFFERED)
    refusal = models.CharField(max_length=16, choices=RefusalReason, blank=True)
    answer = models.TextField(max_length=1000, blank=True)
    decided_by_hub = models.BooleanField(default=False)
    offered_at = models.DateTimeField(db_default=HubNow())
    offered_by = models.ForeignKey("councils.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    answer_due_at = models.DateTimeField(help_text="One working day later: then it is the hub manager's")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        "councils.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta(CouncilOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["council", "pair_id", "side"], name="enquiries_handover_side_once"),
            models.UniqueConstraint(
                fields=["council", "enquiry"],
                condition=models.Q(state="offered", side="sent"),
                name="enquiries_one_open_handover",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="refused") | ~models.Q(refusal="") | models.Q(decided_by_hub=True),
                name="enquiries_refusal_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["council", "state", "answer_due_at"], name="enquiries_handovers_waiting")]

    def __str__(self) -> str:
        return self.reference
