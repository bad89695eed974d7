"""What was sent, each time it was sent, exactly as sent."""

from typing import ClassVar

from django.db import models

from councils.clock import HubNow
from councils.holdings import Personal, removed
from councils.tenancy.models import CouncilOwned
from enquiries.models.enquiry import Enquiry
from enquiries.states import Channel


class Submission(CouncilOwned):
    personal: ClassVar[Personal] = removed("answers", "digest", stays=("notice_version", "consents"))

    enquiry = models.ForeignKey(
        Enquiry, on_delete=models.DO_NOTHING, db_constraint=False, related_name="submissions", db_index=False
    )
    number = models.PositiveSmallIntegerField(default=1)
    channel = models.CharField(max_length=12, choices=Channel)
    answers = models.JSONField()
    digest = models.CharField(max_length=64)
    notice_version = models.CharField(max_length=20)
    consents = models.JSONField(default=dict, help_text="Which wordings were shown: enquiries.consents")
    created_at = models.DateTimeField(db_default=HubNow())

    class Meta(CouncilOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["council", "enquiry", "digest"], name="enquiries_submission_once"),
            models.UniqueConstraint(fields=["council", "enquiry", "number"], name="enquiries_submission_number"),
        ]

    def __str__(self) -> str:
        return f"submission {self.number}"
