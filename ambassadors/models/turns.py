"""Whom to ask next, where a coordinator has said so beforehand: no answer goes to the next within a minute."""

from dataclasses import replace
from typing import ClassVar

from django.db import models

from councils.clock import HubNow
from councils.holdings import Personal, removed
from councils.tenancy.models import CouncilOwned
from enquiries.models import Enquiry


class NextInTurn(CouncilOwned):
    """One ambassador of a short list. `confirmed_by` has checked that they are no family of a child placed there, as
    for an introduction at once. A row goes when it is used, or can be used no longer."""

    personal: ClassVar[Personal] = replace(removed("reasons"), others=("reasons",))

    enquiry = models.ForeignKey(
        Enquiry, on_delete=models.DO_NOTHING, db_constraint=False, related_name="next_in_turn", db_index=False
    )
    ambassador_council = models.ForeignKey(
        "councils.Council", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    ambassador_key = models.UUIDField()
    position = models.PositiveSmallIntegerField()
    reasons = models.CharField(max_length=500, blank=True)
    confirmed_by = models.ForeignKey("councils.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    confirmed_at = models.DateTimeField(db_default=HubNow())

    class Meta(CouncilOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["council", "enquiry", "ambassador_key"], name="ambassadors_in_turn_once"),
            models.UniqueConstraint(fields=["council", "enquiry", "position"], name="ambassadors_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"next in turn {self.pk}"
