"""Answers in progress."""

from typing import ClassVar

from django.db import models

from councils.clock import HubNow
from councils.holdings import Personal, Whose, ends_by_itself
from councils.retention_names import Kept
from councils.tenancy.lists import Tenancy


class Draft(models.Model):
    """`id` is a hash of the visitor's token, `ciphertext` is sealed with a key only that token yields."""

    tenancy: ClassVar[Tenancy] = Tenancy.SYSTEM
    personal: ClassVar[Personal] = ends_by_itself(Kept.DRAFT, "id", "ciphertext", whose=Whose.ENQUIRER)

    id = models.CharField(primary_key=True, max_length=64)
    ciphertext = models.BinaryField()
    updated_at = models.DateTimeField(db_default=HubNow())
    erase_after = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return "draft"
