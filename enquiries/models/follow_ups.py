"""What the hub writes by itself: how each step ended, and a council's own words for it."""

from typing import ClassVar

from django.db import models

from councils.clock import HubNow
from councils.holdings import Personal, Whose, ends_by_itself, nothing_personal
from councils.retention_names import Kept
from councils.tenancy.models import CouncilOwned
from enquiries.follow_up_states import FollowUp, FollowUpEnd
from enquiries.models.enquiry import Enquiry


class FollowUpRecord(CouncilOwned):
    """One step of one case, at most once. `step` is the follow-up and, where it can recur, which: `tried:2`."""

    personal: ClassVar[Personal] = nothing_personal("step", "why", "message_ids", by=("enquiry",))

    enquiry = models.ForeignKey(
        Enquiry, on_delete=models.DO_NOTHING, db_constraint=False, related_name="follow_ups", db_index=False
    )
    step = models.CharField(max_length=60)
    end = models.CharField(max_length=16, choices=FollowUpEnd)
    why = models.CharField(max_length=60, blank=True, help_text="A code, where it was not sent")
    message_ids = models.JSONField(default=list, help_text="Of the outbox: one by email, one by text")
    by = models.ForeignKey("councils.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(db_default=HubNow())

    class Meta(CouncilOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["council", "enquiry", "step"], name="enquiries_follow_up_once"),
        ]

    def __str__(self) -> str:
        return self.step


class Wording(CouncilOwned):
    """A council's own subject and text for a follow-up; `off` sends it not at all. `days` moves it."""

    personal: ClassVar[Personal] = ends_by_itself(
        Kept.COUNCIL_TEXT, "subject", "text", "text_message", whose=Whose.NOBODY
    )

    follow_up = models.CharField(max_length=20, choices=FollowUp)
    subject = models.CharField(max_length=150, blank=True)
    text = models.TextField(max_length=5000, blank=True)
    text_message = models.CharField(max_length=459, blank=True, help_text="At most three parts of 153 letters")
    days = models.PositiveSmallIntegerField(null=True, help_text="Working days to wait, instead of the hub's")
    off = models.BooleanField(default=False)
    updated_at = models.DateTimeField(db_default=HubNow())
    updated_by = models.ForeignKey("councils.User", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta(CouncilOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["council", "follow_up"], name="enquiries_wording_once"),
        ]

    def __str__(self) -> str:
        return self.get_follow_up_display()
