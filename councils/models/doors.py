"""Inbound tokens. A door leads to one council before any of its rows is read, and holds nothing personal."""

from typing import ClassVar

from django.db import models

from councils.clock import HubNow
from councils.holdings import Personal, removed
from councils.models.hubs import Council
from councils.tenancy.lists import Tenancy


class DoorPurpose(models.TextChoices):
    FORM = "form", "A form in progress"
    STATUS = "status", "Your enquiry"
    REPLY = "reply", "A reply by email"
    STOP = "stop", "Please stop"
    AMBASSADOR = "ambassador", "An ambassador’s own pages"
    RELAY = "relay", "A masked address of one conversation"
    BOOKING = "booking", "A booking for an event"
    NEWS = "news", "Choices about news, and one click to end it"
    CONFIRM = "confirm", "Confirming a subscription"


class Door(models.Model):
    """`token_hash`: SHA-256 in hex of purpose and token (256 random bits need no slow hash, ASVS 6.5.2)."""

    tenancy: ClassVar[Tenancy] = Tenancy.SYSTEM
    personal: ClassVar[Personal] = removed("token_hash", by=("subject_id",))

    token_hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=12, choices=DoorPurpose)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="+", db_index=False)
    subject_id = models.UUIDField(db_index=True)
    created_at = models.DateTimeField(db_default=HubNow())
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"
