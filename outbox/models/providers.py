"""What senders share about those who carry our messages: none of it is about a person."""

from typing import ClassVar

from django.db import models

from councils.clock import HubNow
from councils.holdings import Personal, Whose, ends_by_itself, nothing_personal
from councils.retention_names import Kept
from councils.tenancy.lists import Tenancy


class Circuit(models.Model):
    """One row a provider. Open while `open_until` is set: nothing is tried but one probe when that time has come."""

    tenancy: ClassVar[Tenancy] = Tenancy.SYSTEM
    personal: ClassVar[Personal] = nothing_personal("provider", "last_error")

    provider = models.CharField(max_length=20, primary_key=True)
    failures = models.PositiveIntegerField(default=0, help_text="In a row")
    last_error = models.CharField(max_length=60, blank=True)
    opened_at = models.DateTimeField(null=True)
    open_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.provider


class Allowance(models.Model):
    """A bucket of tokens: `provider:smtp` or `domain:example.org`."""

    tenancy: ClassVar[Tenancy] = Tenancy.SYSTEM
    personal: ClassVar[Personal] = ends_by_itself(
        Kept.REPORT, "key", whose=Whose.ENQUIRER
    )  # somebody may have a domain of their own

    key = models.CharField(max_length=280, primary_key=True)
    tokens = models.FloatField()
    filled_at = models.DateTimeField(db_default=HubNow())

    def __str__(self) -> str:
        return self.key


class Receipt(models.Model):
    """What a provider told us, once each: the same report delivered again changes nothing."""

    tenancy: ClassVar[Tenancy] = Tenancy.SYSTEM
    personal: ClassVar[Personal] = ends_by_itself(Kept.REPORT, "report_id", whose=Whose.ENQUIRER, stays=("provider",))

    provider = models.CharField(max_length=20)
    report_id = models.CharField(max_length=200)
    received_at = models.DateTimeField(db_default=HubNow())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "report_id"], name="outbox_receipt_once")]

    def __str__(self) -> str:
        return f"{self.provider} {self.pk}"


class SendingRelease(models.Model):
    """The operator's word that this database, and no copy of it, may send. The newest row counts."""

    tenancy: ClassVar[Tenancy] = Tenancy.SYSTEM
    personal: ClassVar[Personal] = nothing_personal("instance_id", "system_identifier")

    instance_id = models.CharField(max_length=80, help_text="INSTANCE_ID of the deployment")
    system_identifier = models.CharField(max_length=40, help_text="Of the database cluster")
    timeline = models.PositiveIntegerField(help_text="Goes up when a backup is restored or a standby takes over")
    released_at = models.DateTimeField(db_default=HubNow())

    def __str__(self) -> str:
        return self.instance_id
