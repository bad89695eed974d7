"""What the enquirer wrote back."""

from typing import ClassVar

from django.db import models

from councils.clock import HubNow
from councils.holdings import Personal, removed
from councils.tenancy.models import CouncilOwned
from enquiries.models.enquiry import Enquiry


class Reply(CouncilOwned):
    """`message_id` is the sender's: the same mail delivered twice is stored once."""

    personal: ClassVar[Personal] = removed("from_address", "subject", "text", "message_id")

    enquiry = models.ForeignKey(
        Enquiry, on_delete=models.DO_NOTHING, db_constraint=False, related_name="replies", db_index=False
    )
    from_address = models.CharField(max_length=254)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(max_length=20000, blank=True)
    files = models.PositiveSmallIntegerField(default=0, help_text="Attachments, which are not kept")
    automatic = models.BooleanField(default=False, help_text="An out-of-office note: nobody wrote it (RFC 3834)")
    message_id = models.CharField(max_length=200)
    received_at = models.DateTimeField(db_default=HubNow())

    class Meta(CouncilOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["council", "enquiry", "message_id"], name="enquiries_reply_once"),
        ]
        indexes = [models.Index(fields=["council", "enquiry", "received_at"], name="enquiries_replies")]

    def __str__(self) -> str:
        return f"reply {self.pk}"
