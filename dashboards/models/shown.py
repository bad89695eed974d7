"""What a hub's figures are shown with, what leaves with them, and what councils have confirmed."""

from typing import ClassVar

from django.db import models

from councils.clock import HubNow
from councils.holdings import Personal, nothing_personal
from councils.tenancy import CouncilOwned, HubOwned
from dashboards.states import Every, ReleaseKind


class Rule(HubOwned):
    """How a hub wants its figures shown. `names`: whether a council sees other councils' figures under their names."""

    personal: ClassVar[Personal] = nothing_personal()

    names = models.BooleanField(default=False)

    class Meta(HubOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["hub"], name="dashboards_one_rule")]

    def __str__(self) -> str:
        return f"rule of hub {self.hub_id}"


class Annotation(HubOwned):
    """What else happened on a day: “TV campaign started”."""

    personal: ClassVar[Personal] = nothing_personal("on", "words")

    on = models.DateField()
    words = models.CharField(max_length=120)
    by = models.ForeignKey("councils.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(db_default=HubNow())

    class Meta(HubOwned.Meta):
        indexes = [models.Index(fields=["hub", "on"], name="dashboards_annotations")]

    def __str__(self) -> str:
        return f"{self.on}: {self.words}"


class Report(HubOwned):
    """Who is sent the figures by themselves. `council`: of one council alone; NULL: of the region."""

    personal: ClassVar[Personal] = nothing_personal("last_sent_on")

    council = models.ForeignKey(
        "councils.Council", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    to = models.ForeignKey("councils.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    every = models.CharField(max_length=8, choices=Every)
    last_sent_on = models.DateField(null=True)
    by = models.ForeignKey("councils.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(db_default=HubNow())

    class Meta(HubOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["hub", "to", "council", "every"], name="dashboards_one_report", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"


class Release(HubOwned):
    """Figures that leave the partnership, or are shared between councils: what is shown and what is masked was decided
    once, and is the same whoever opens it and whatever is counted later. `first`, `last`: months; `shown`: by figure,
    row and column of dashboards.disclosure, null where masked, and empty while it is being made; `counted`: the same
    with nothing masked, for the release of the year alone."""

    personal: ClassVar[Personal] = nothing_personal("first", "last", "shown", "counted", "rules")

    kind = models.CharField(max_length=16, choices=ReleaseKind)
    first = models.DateField()
    last = models.DateField()
    shown = models.JSONField(default=dict)
    counted = models.JSONField(default=dict)
    rules = models.CharField(max_length=20)
    by = models.ForeignKey("councils.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(db_default=HubNow())

    class Meta(HubOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["hub", "kind", "first", "last"], name="dashboards_released_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first}"


class Confirmed(CouncilOwned):
    """Of each open application of a council somebody has said how it stands. `month`: its first day. `by`: who said it
    of the last; nobody where steps of the month had told of all."""

    personal: ClassVar[Personal] = nothing_personal("month")

    month = models.DateField()
    applications = models.PositiveIntegerField(help_text="How many were open")
    by = models.ForeignKey("councils.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    at = models.DateTimeField(db_default=HubNow())

    class Meta(CouncilOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["council", "month"], name="dashboards_confirmed_once")]

    def __str__(self) -> str:
        return f"confirmed {self.month}"
