"""Which household is known where in a hub, by keyed hashes. Read only in councils/households.py."""

from typing import ClassVar

from django.db import models

from councils.holdings import Personal, Whose
from councils.models.hubs import Council, Hub
from councils.retention_names import Kept
from councils.tenancy.lists import Tenancy


class HouseholdKey(models.Model):
    tenancy: ClassVar[Tenancy] = Tenancy.SYSTEM
    personal: ClassVar[Personal] = Personal(
        Whose.ENQUIRER, Kept.CASE, {"hmac": ""}, ("kind",), removed=True
    )  # councils.households.forget_household

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    hmac = models.CharField(max_length=64)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="+")
    household_id = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hub", "kind", "hmac", "council", "household_id"], name="councils_household_key_once"
            )
        ]
        indexes = [models.Index(fields=["household_id"], name="councils_household")]

    def __str__(self) -> str:
        return self.kind
