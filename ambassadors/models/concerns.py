"""A concern about a conversation. For the safeguarding group of the council alone: in no list, search or export."""

from typing import ClassVar

from django.db import models

from councils.clock import HubNow
from councils.holdings import Personal, Whose, ends_by_itself
from councils.retention_names import Kept
from councils.tenancy.models import CouncilOwned


class ConcernFrom(models.TextChoices):
    ENQUIRER = "enquirer", "An enquirer"
    AMBASSADOR = "ambassador", "An ambassador"
    STAFF = "staff", "A member of staff"


class ConcernAbout(models.TextChoices):
    CARER = "carer", "The foster carer"
    ENQUIRER = "enquirer", "The person who is thinking about fostering"
    CHILD = "child", "A child"
    OTHER = "other", "Something else"


class Concern(CouncilOwned):
    """Never changed. An introduction of two councils makes one in each, tied by `concern_id`. `closed_at`: the group
    has dealt with it; what came of it is kept where the council keeps such records, not here."""

    personal: ClassVar[Personal] = ends_by_itself(Kept.CONCERN, "text", whose=Whose.ENQUIRER)

    concern_id = models.UUIDField()
    pair_id = models.UUIDField(null=True)
    enquiry_key = models.UUIDField(null=True)
    ambassador_key = models.UUIDField(null=True)
    said_by = models.CharField(max_length=12, choices=ConcernFrom)
    by = models.ForeignKey("councils.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    about = models.CharField(max_length=12, choices=ConcernAbout)
    text = models.TextField(max_length=3000)
    raised_at = models.DateTimeField(db_default=HubNow())
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        "councils.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta(CouncilOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["council", "concern_id"], name="ambassadors_concern_once")]
        indexes = [models.Index(fields=["council", "closed_at", "raised_at"], name="ambassadors_concerns")]

    def __str__(self) -> str:
        return f"concern {self.pk}"
