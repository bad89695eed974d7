"""One append-only record per action: audit, timeline and figures at once."""

from typing import ClassVar

from django.db import models

from councils.clock import HubNow
from councils.holdings import Personal, nothing_personal, removed
from councils.tenancy.models import CouncilOwned


class Event(CouncilOwned):
    """`facts` holds nothing personal: ids, codes, states, times. `by` is NULL for the enquirer and for machines."""

    personal: ClassVar[Personal] = nothing_personal("verb", "subject_kind", "rule_version", "facts", by=("subject_id",))

    at = models.DateTimeField(db_default=HubNow())
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    journey_id = models.UUIDField(null=True)
    household_id = models.UUIDField(null=True)
    by = models.ForeignKey("councils.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    rule_version = models.CharField(max_length=20, blank=True)
    facts = models.JSONField(default=dict)

    class Meta(CouncilOwned.Meta):
        indexes = [
            models.Index(fields=["council", "subject_id", "at"], name="councils_event_subject"),
            # What happened lately to which case, without fetching what it was: the list of where nothing did reads it.
            models.Index(fields=["council", "at"], include=["subject_id", "verb"], name="councils_event_lately"),
        ]

    def __str__(self) -> str:
        return self.verb


class EventDetail(CouncilOwned):
    """The old value of a personal field. Only the eraser may delete it."""

    personal: ClassVar[Personal] = removed("old", by=("event__subject_id",), stays=("field",))

    event = models.ForeignKey(Event, on_delete=models.DO_NOTHING, db_constraint=False, related_name="details")
    field = models.CharField(max_length=60)
    old = models.TextField()

    class Meta(CouncilOwned.Meta):
        pass

    def __str__(self) -> str:
        return self.field
