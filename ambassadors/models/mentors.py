"""Mentors stay with somebody through the assessment and after it; and what ambassadors' time and mileage came to."""

from datetime import date
from typing import ClassVar

from django.db import models

from ambassadors.models.people import Ambassador, AmbassadorState
from ambassadors.states import TalkBy
from councils.clock import HubNow
from councils.holdings import Personal, Whose, ends_by_itself, nothing_personal
from councils.retention_names import Kept
from councils.tenancy.models import CouncilOwned
from enquiries.models import Enquiry


def can_mentor(council: int, today: date) -> "models.QuerySet[Ambassador]":
    """Mentors of that council who may be asked now. Being full of conversations, or at rest after one, is no hindrance:
    a mentor is given, not offered."""
    here = Ambassador.objects.filter(council=council, state=AmbassadorState.ACTIVE, is_mentor=True)
    back = models.Q(paused_until=None) | models.Q(paused_until__lt=today)
    return here.filter(back, standing_until__gte=today, paused_by_staff=False, leaving_asked_at=None)


class Mentorship(CouncilOwned):
    """Of one council. `meetings` and `ends_on` are what the council's settings said when it began."""

    personal: ClassVar[Personal] = nothing_personal("begins_on", "ends_on", by=("enquiry",))
    ambassador_column: ClassVar[str] = "ambassador_id"

    ambassador = models.ForeignKey(
        Ambassador, on_delete=models.DO_NOTHING, db_constraint=False, related_name="mentorships", db_index=False
    )
    enquiry = models.ForeignKey(
        Enquiry, on_delete=models.DO_NOTHING, db_constraint=False, related_name="mentorships", db_index=False
    )
    begins_on = models.DateField()
    ends_on = models.DateField(null=True)
    meetings = models.PositiveSmallIntegerField(null=True, help_text="At least so many")
    by = models.ForeignKey("councils.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)

    class Meta(CouncilOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["council", "enquiry"], condition=models.Q(ended_at=None), name="ambassadors_one_mentor"
            )
        ]
        indexes = [models.Index(fields=["council", "ambassador"], name="ambassadors_mentorships")]

    def __str__(self) -> str:
        return f"mentorship {self.pk}"


class TalkState(models.TextChoices):
    LOGGED = "logged", "Waiting for approval"
    APPROVED = "approved", "Approved"
    SENT_BACK = "sent_back", "Sent back"


class Talk(CouncilOwned):
    """A conversation or a meeting as the ambassador logs it: minutes, and miles driven for it. It names nobody."""

    personal: ClassVar[Personal] = ends_by_itself(
        Kept.AMBASSADOR, "note", "answer", whose=Whose.AMBASSADOR, stays=("on",)
    )
    ambassador_column: ClassVar[str] = "ambassador_id"

    ambassador = models.ForeignKey(
        Ambassador, on_delete=models.DO_NOTHING, db_constraint=False, related_name="talks", db_index=False
    )
    pair_id = models.UUIDField(null=True)
    mentorship = models.ForeignKey(
        Mentorship, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="talks", db_index=False
    )
    on = models.DateField()
    way = models.CharField(max_length=8, choices=TalkBy)
    minutes = models.PositiveSmallIntegerField()
    miles = models.DecimalField(max_digits=5, decimal_places=1, default=0)
    note = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=TalkState, default=TalkState.LOGGED)
    logged_at = models.DateTimeField(db_default=HubNow())
    decided_by = models.ForeignKey(
        "councils.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True)

    class Meta(CouncilOwned.Meta):
        constraints = [
            models.CheckConstraint(condition=models.Q(minutes__gte=1, minutes__lte=1440), name="ambassadors_minutes"),
            models.CheckConstraint(condition=models.Q(miles__gte=0), name="ambassadors_miles"),
            models.CheckConstraint(
                condition=models.Q(state="logged") | models.Q(decided_by__isnull=False), name="ambassadors_decided_by"
            ),
        ]
        indexes = [models.Index(fields=["council", "state", "on"], name="ambassadors_talks")]

    def __str__(self) -> str:
        return f"talk {self.pk}"
