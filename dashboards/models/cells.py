"""What pages read: counts, and when they were last made."""

from typing import ClassVar

from django.db import models

from councils.holdings import Personal, nothing_personal
from councils.tenancy import AggregateOwned, Tenancy
from dashboards.states import Grain


class Cell(AggregateOwned):
    """One count. `figure`: a code of dashboards.figures; `split` and `value`: what it is broken down by, both empty for
    the whole; `on`: the first day of the month, or the day. Only the folder writes these, one at a time for a hub."""

    personal: ClassVar[Personal] = nothing_personal("figure", "split", "value", "on")

    id = models.BigAutoField(primary_key=True)
    grain = models.CharField(max_length=1, choices=Grain)
    on = models.DateField()
    figure = models.CharField(max_length=32)
    split = models.CharField(max_length=16, blank=True)
    value = models.CharField(max_length=60, blank=True)
    n = models.BigIntegerField()

    class Meta(AggregateOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["council", "grain", "figure", "split", "on", "value"],
                name="dashboards_one_cell",
                include=["hub", "n"],  # the policy asks for the hub
            ),
        ]
        indexes = [
            models.Index(
                fields=["hub", "grain", "figure", "split", "on"],
                include=["council", "value", "n"],
                name="dashboards_cells_of_hub",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure} {self.split} {self.value} {self.on}"


class Folded(models.Model):
    """Until when what happened in a hub is in its figures, and by which rules they were made. `recounted_at`: when the
    last days of messages and clicks were counted anew, which took so many seconds."""

    tenancy: ClassVar[Tenancy] = Tenancy.SHARED
    personal: ClassVar[Personal] = nothing_personal("rules")

    hub = models.OneToOneField("councils.Hub", on_delete=models.PROTECT, related_name="+", primary_key=True)
    as_of = models.DateTimeField()
    rules = models.CharField(max_length=20)
    recounted_at = models.DateTimeField(null=True)
    recount_took = models.FloatField(default=0)

    def __str__(self) -> str:
        return f"folded until {self.as_of}"
