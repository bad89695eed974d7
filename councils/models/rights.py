"""What people may ask of whoever holds their data: to have it erased, and until when it is kept otherwise.

Each council is the controller of its own rows, so each decides for its own: a wish of one person for everything is one
request in each council that holds something of theirs.
"""

from typing import ClassVar

from django.db import models

from councils.clock import HubNow
from councils.holdings import Personal, emptied, nothing_personal
from councils.tenancy.models import CouncilOwned


class ErasureCause(models.TextChoices):
    ASKED = "asked", "The person asked for it"
    RETENTION = "retention", "It was kept as long as it may be"
    MISTAKE = "mistake", "It should never have been here"


class ErasureState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    DONE = "done", "Erased"
    HELD = "held", "Kept: there is a legal hold"


class ErasureRequest(CouncilOwned):
    """`subject_id`: the case, in whose council the request lies. Pages write it; `erase --pending` carries it out."""

    personal: ClassVar[Personal] = nothing_personal(by=("subject_id",))

    subject_id = models.UUIDField()
    cause = models.CharField(max_length=12, choices=ErasureCause)
    state = models.CharField(max_length=8, choices=ErasureState, default=ErasureState.WAITING)
    asked_by = models.ForeignKey("councils.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    asked_at = models.DateTimeField(db_default=HubNow())
    done_at = models.DateTimeField(null=True)

    class Meta(CouncilOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["council", "subject_id"],
                condition=models.Q(state=ErasureState.WAITING),
                name="councils_erasure_waits_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state=ErasureState.DONE, done_at__isnull=False)
                | (~models.Q(state=ErasureState.DONE) & models.Q(done_at__isnull=True)),
                name="councils_erasure_done_has_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["council", "asked_at"],
                condition=models.Q(state=ErasureState.WAITING),
                name="councils_erasure_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"erasure {self.pk}"


class Erasure(CouncilOwned):
    """The ledger: one line a case that was erased, to be done again after a restore. Holds nothing of the person."""

    personal: ClassVar[Personal] = nothing_personal("rows", by=("subject_id",))

    subject_id = models.UUIDField()
    cause = models.CharField(max_length=12, choices=ErasureCause)
    at = models.DateTimeField(db_default=HubNow())
    rows = models.JSONField(default=dict, help_text="By table: how many rows were emptied or deleted")

    class Meta(CouncilOwned.Meta):
        indexes = [models.Index(fields=["council", "subject_id"], name="councils_erasure_subject")]

    def __str__(self) -> str:
        return f"erased {self.subject_id}"


class LegalHold(CouncilOwned):
    """Nothing of this case is erased while it stands, whoever asks (an inquiry, a claim, a complaint)."""

    personal: ClassVar[Personal] = emptied({"reason": ""}, by=("subject_id",))

    subject_id = models.UUIDField()
    reason = models.CharField(max_length=200, help_text="Which claim or inquiry, without names")
    placed_by = models.ForeignKey("councils.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    placed_at = models.DateTimeField(db_default=HubNow())
    lifted_by = models.ForeignKey(
        "councils.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    lifted_at = models.DateTimeField(null=True)

    class Meta(CouncilOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["council", "subject_id"], condition=models.Q(lifted_at=None), name="councils_held_once"
            )
        ]

    def __str__(self) -> str:
        return f"hold {self.pk}"


class RetentionRule(CouncilOwned):
    """A council's own number of months for one outcome, where it differs from the hub's (enquiries.retention)."""

    personal: ClassVar[Personal] = nothing_personal("outcome")

    outcome = models.CharField(max_length=24)
    months = models.PositiveSmallIntegerField(help_text="After the case was closed")
    changed_by = models.ForeignKey("councils.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    changed_at = models.DateTimeField(db_default=HubNow())

    class Meta(CouncilOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["council", "outcome"], name="councils_retention_rule_once"),
            models.CheckConstraint(condition=models.Q(months__gt=0), name="councils_retention_months_counted"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome}: {self.months} months"
