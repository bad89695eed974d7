"""Addresses that are spared, for a whole hub."""

from typing import ClassVar

from django.db import models

from councils.clock import HubNow
from councils.holdings import Personal, Whose, ends_by_itself
from councils.models import Hub
from councils.retention_names import Kept
from councils.tenancy.lists import Tenancy
from outbox.states import Cover


class Suppression(models.Model):
    """`address_hash` is keyed (councils.keyed_hashes): the address itself stands nowhere here."""

    tenancy: ClassVar[Tenancy] = Tenancy.SYSTEM
    personal: ClassVar[Personal] = ends_by_itself(
        Kept.SUPPRESSION, "address_hash", whose=Whose.ENQUIRER, stays=("reason",)
    )

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+", db_index=False)
    address_hash = models.CharField(max_length=64)
    cover = models.CharField(max_length=12, choices=Cover)
    reason = models.CharField(max_length=40, help_text="A code: hard_bounce, complaint, opted_out")
    created_at = models.DateTimeField(db_default=HubNow())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hub", "address_hash", "cover"], name="outbox_suppressed_once")]

    def __str__(self) -> str:
        return f"{self.cover} {self.pk}"
