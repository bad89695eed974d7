"""How somebody came to us, each time they did: the first and the last of a journey are read off its rows."""

from typing import ClassVar

from django.db import models

from councils.clock import HubNow
from councils.holdings import Personal, nothing_personal
from councils.tenancy.models import CouncilOwned
from enquiries.came_states import CameBy, Source
from enquiries.models.enquiry import Enquiry
from enquiries.states import Channel


class Touch(CouncilOwned):
    """`source` and `detail`: the two levels. `medium` and
    `campaign`: UTM parameters as they came, cut and cleaned. `code`: a campaign code. `referrer`: a class, never an
    address."""

    personal: ClassVar[Personal] = nothing_personal("detail", "medium", "campaign", "code", by=("enquiry",))

    enquiry = models.ForeignKey(
        Enquiry, on_delete=models.DO_NOTHING, db_constraint=False, related_name="touches", db_index=False
    )
    journey_id = models.UUIDField()
    at = models.DateTimeField(db_default=HubNow())
    channel = models.CharField(max_length=12, choices=Channel)
    source = models.CharField(max_length=16, choices=Source)
    detail = models.CharField(max_length=60, blank=True)
    medium = models.CharField(max_length=60, blank=True)
    campaign = models.CharField(max_length=60, blank=True)
    code = models.CharField(max_length=40, blank=True)
    referrer = models.CharField(max_length=12, choices=CameBy, blank=True)

    class Meta(CouncilOwned.Meta):
        indexes = [
            models.Index(fields=["council", "enquiry", "at"], name="enquiries_touches"),
            models.Index(
                fields=["council", "code", "at"], condition=~models.Q(code=""), name="enquiries_touches_by_code"
            ),
        ]

    def __str__(self) -> str:
        return f"touch {self.pk}"
