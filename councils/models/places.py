"""Which council answers for which place, from a date to a date."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models

from councils.clock import HubNow
from councils.holdings import Personal, nothing_personal
from councils.models.hubs import Council
from councils.tenancy.lists import Tenancy


class DateRange(models.Func):
    """Half-open: from the first day, up to but not including the last. NULL is unbounded."""

    function = "daterange"


class Area(models.Model):
    """A lower-tier district or a unitary, and the upper-tier authority it lies in (ONS codes)."""

    tenancy: ClassVar[Tenancy] = Tenancy.SHARED
    personal: ClassVar[Personal] = nothing_personal("code", "name", "authority_code", "authority_name")

    code = models.CharField(max_length=9, primary_key=True)
    name = models.CharField(max_length=80)
    authority_code = models.CharField(max_length=9)
    authority_name = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.name


class CouncilArea(models.Model):
    """An area belongs to one council at a time; a reorganisation is two rows."""

    tenancy: ClassVar[Tenancy] = Tenancy.SHARED
    personal: ClassVar[Personal] = nothing_personal("area_code", "valid_from", "valid_to")

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="areas")
    area_code = models.CharField(max_length=9)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True, help_text="The first day on which it no longer holds")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="councils_area_has_one_council",
                expressions=[
                    ("area_code", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=models.Q(valid_from__lt=models.F("valid_to")), name="councils_area_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_code} {self.valid_from or '…'}–{self.valid_to or '…'}"


class PostcodeOverride(models.Model):
    """One postcode that its area's rule gets wrong. `postcode` in the form SO238UJ."""

    tenancy: ClassVar[Tenancy] = Tenancy.SHARED
    personal: ClassVar[Personal] = nothing_personal("postcode", "valid_from", "valid_to", "reason")

    postcode = models.CharField(max_length=7)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="overrides")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="councils_override_is_one",
                expressions=[
                    ("postcode", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.postcode


class PostcodeRelease(models.Model):
    """A postcode index on disk. One is active."""

    tenancy: ClassVar[Tenancy] = Tenancy.SHARED
    personal: ClassVar[Personal] = nothing_personal("name", "sha256", "path")

    name = models.CharField(max_length=40, unique=True)
    rows = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=255, help_text="File name inside DATA_DIR")
    active = models.BooleanField(default=False)
    loaded_at = models.DateTimeField(db_default=HubNow())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["active"], condition=models.Q(active=True), name="councils_one_active_release"
            )
        ]

    def __str__(self) -> str:
        return self.name


class RoutingVersion(models.Model):
    """One row; a trigger raises `version` whenever a council, area, override or release changes."""

    tenancy: ClassVar[Tenancy] = Tenancy.SHARED

    version = models.BigIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.version)
