"""What figures are made of: one row a journey, without names; and which journeys are to be read anew."""

from typing import ClassVar

from django.db import models

from councils.clock import HubNow
from councils.holdings import Personal, nothing_personal
from councils.tenancy import CouncilOwned
from dashboards.states import Promise, Stage
from enquiries.states import Channel, CloseReason, Kind, State


class Journey(CouncilOwned):
    """A household's way through, whichever councils it led through: `council` is where it goes on, or ended.

    Made from cases and events by dashboards.telling, and made anew from them whenever one of them changes. Days are
    London's. `arrived_in`: the council that it came to first. `counts`: as an initial enquiry by the rules of
    dashboards.figures; `apart`: an enquiry, but of another kind. `first_of_year`: the household's first one from April
    to March. `try_hours`, `reach_hours`: working hours, by the steps of dashboards.hours. `moves`: handovers and
    returns as [council, "out", "in" or "back", day]. `earlier`: promises in whose place another was made when they came
    back, as [council, what became of it, day on which it was due]. `about`: what they wished to
    ask an ambassador; it outlives the wish.
    """

    personal: ClassVar[Personal] = nothing_personal(
        *("case_key", "source_first", "source_last", "code_first", "code_last", "moves", "earlier", "about", "lasted"),
        *("came_on", "promise_on", "reached_on", "booked_on", "visited_on", "applied_on", "assessed_on", "panel_on"),
        *("approved_on", "ended_on", "slept_on", "wished_on", "introduced_on", "spoke_on"),
        by=("case_key",),
    )

    hub = models.ForeignKey("councils.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    journey_id = models.UUIDField()
    household_id = models.UUIDField()
    case_key = models.UUIDField(help_text="The case in which it goes on")
    came_on = models.DateField()
    arrived_in = models.ForeignKey("councils.Council", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20, choices=Kind)
    channel = models.CharField(max_length=12, choices=Channel)
    source_first = models.CharField(max_length=16, blank=True)
    source_last = models.CharField(max_length=16, blank=True)
    code_first = models.CharField(max_length=40, blank=True)
    code_last = models.CharField(max_length=40, blank=True)
    real = models.BooleanField(help_text="Neither held back as spam nor unconfirmed")
    counts = models.BooleanField()
    apart = models.BooleanField()
    first_of_year = models.BooleanField()
    again = models.BooleanField(help_text="The household had come before")

    promise = models.CharField(max_length=8, choices=Promise)
    promise_on = models.DateField(help_text="The day on which it was due")
    promised_by = models.ForeignKey("councils.Council", on_delete=models.PROTECT, related_name="+", db_index=False)
    try_hours = models.PositiveSmallIntegerField(null=True)
    reach_hours = models.PositiveSmallIntegerField(null=True)

    stage = models.CharField(max_length=8, choices=Stage)
    state = models.CharField(max_length=20, choices=State)
    reached_on = models.DateField(null=True)
    booked_on = models.DateField(null=True)
    visited_on = models.DateField(null=True)
    applied_on = models.DateField(null=True)
    assessed_on = models.DateField(null=True)
    panel_on = models.DateField(null=True)
    approved_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=24, choices=CloseReason, blank=True)
    slept_on = models.DateField(null=True, help_text="When they last said: not yet")
    moves = models.JSONField(default=list)
    earlier = models.JSONField(default=list)
    lasted = models.JSONField(default=dict, help_text="Days in each stage that was left")

    wished_on = models.DateField(null=True)
    about = models.JSONField(default=list)
    introduced_on = models.DateField(null=True)
    spoke_on = models.DateField(null=True)

    class Meta(CouncilOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["council", "journey_id"], name="dashboards_one_journey")]
        indexes = [
            models.Index(fields=["council", "household_id"], name="dashboards_household"),
            models.Index(fields=["council", "came_on"], name="dashboards_journeys_by_day"),
        ]

    def __str__(self) -> str:
        return f"journey {self.journey_id}"


class ToFold(CouncilOwned):
    """Something happened: written by a trigger in the transaction of the event itself, so that nothing is missed and no
    count is locked there; read and removed by the folder. `kind`: “journey”, or of what else `key` is the key."""

    personal: ClassVar[Personal] = nothing_personal("kind", "key")

    kind = models.CharField(max_length=40)
    key = models.UUIDField()
    at = models.DateTimeField(db_default=HubNow())

    class Meta(CouncilOwned.Meta):
        indexes = [models.Index(fields=["council", "at"], name="dashboards_to_fold")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
