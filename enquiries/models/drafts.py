"""Answers in progress."""

from typing import ClassVar

from django.db import models

from councils.clock import HubNow
from councils.tenancy.lists import Tenancy


class Draft(models.Model):
    """`id` is a hash of the visitor's token, `ciphertext` is sealed with a key only that token yields."""

    tenancy: ClassVar[Tenancy] = Tenancy.SYSTEM

    id = models.CharField(primary_key=True, max_length=64)
    ciphertext = models.BinaryField()
    updated_at = models.DateTimeField(db_default=HubNow())
    erase_after = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return "draft"
