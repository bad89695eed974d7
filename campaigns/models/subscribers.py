"""Who agreed to get news, to what exactly, and when."""

from collections.abc import Iterable
from typing import ClassVar, Self

from django.db import models

from campaigns.states import By, Origin, Purpose, SubscriberState
from councils.clock import HubNow
from councils.holdings import Personal, Whose, emptied, ends_by_itself, nothing_personal
from councils.retention_names import Kept
from councils.tenancy.lists import Tenancy
from councils.tenancy.models import CouncilOwned, ScopedManager
from enquiries.models import Enquiry
from enquiries.models.wishes import words


class SubscriberImport(CouncilOwned):
    """A list of people who agreed elsewhere. Each row says when; `wording` is what they were shown, `told_by` how the
    council knows."""

    personal: ClassVar[Personal] = nothing_personal("filename", "digest", "wording", "told_by")

    filename = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    wording = models.TextField(max_length=1000)
    told_by = models.CharField(max_length=300)
    rows = models.PositiveIntegerField()
    taken = models.PositiveIntegerField()
    by = models.ForeignKey("councils.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(db_default=HubNow())

    class Meta(CouncilOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["council", "digest"], name="campaigns_list_taken_once")]

    def __str__(self) -> str:
        return f"import {self.pk}"


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    def active(self) -> Self:
        return self.filter(state=SubscriberState.ACTIVE)

    def with_addresses(self, hashes: Iterable[str]) -> Self:
        """That none is empty has to be said: of more than a hundred PostgreSQL does not work out by itself that its
        index of addresses has them all, and reads everybody."""
        return self.filter(address_hash__in=set(hashes)).exclude(address_hash="")


class Subscriber(CouncilOwned):
    """One of each address in a council. `address_hash`: as suppressions have it (outbox.suppressions.address_hash).
    `enquiry`: their newest case here, if they have one; it goes when that case is erased, and the row is emptied.
    `area_code`: an ONS code of the lower-tier area; `interests`: codes of enquiries.states.CareKind."""

    personal: ClassVar[Personal] = emptied(
        {"address": "", "address_hash": "", "first_name": "", "area_code": "", "interests": [], "state": "ended"},
        by=("enquiry",),
    )

    state = models.CharField(max_length=8, choices=SubscriberState, default=SubscriberState.PENDING)
    address = models.CharField(max_length=254, blank=True)
    address_hash = models.CharField(max_length=64, blank=True)
    first_name = models.CharField(max_length=60, blank=True)
    area_code = models.CharField(max_length=9, blank=True)
    interests = words()
    origin = models.CharField(max_length=8, choices=Origin)
    enquiry = models.ForeignKey(
        Enquiry, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="+", db_index=False
    )
    brought_by = models.ForeignKey(
        SubscriberImport, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(db_default=HubNow())
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    last_mailed_at = models.DateTimeField(null=True)

    objects = ScopedManager.from_queryset(SubscriberQuerySet)()  # type: ignore[misc]  # a ClassVar on the base

    class Meta(CouncilOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["council", "address_hash"],
                condition=~models.Q(address_hash=""),
                name="campaigns_one_of_an_address",
            ),
            models.CheckConstraint(
                condition=~models.Q(address="") | models.Q(state="ended"), name="campaigns_written_to_by_an_address"
            ),
        ]
        indexes = [
            models.Index(fields=["council", "state"], name="campaigns_subscribers"),
            models.Index(
                fields=["council", "enquiry"],
                condition=models.Q(enquiry__isnull=False),
                name="campaigns_subscriber_of_case",
            ),
        ]

    def __str__(self) -> str:
        return f"subscriber {self.pk}"


class Agreement(CouncilOwned):
    """Consent to one purpose by one channel: which wording, when, where. Given again after it was taken back it is
    another row. `version`: of campaigns.wordings, of enquiries.consents for the form, empty for an imported list."""

    personal: ClassVar[Personal] = nothing_personal("version", "how_ended", by=("subscriber__enquiry",))

    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.DO_NOTHING, db_constraint=False, related_name="agreements", db_index=False
    )
    purpose = models.CharField(max_length=8, choices=Purpose)
    channel = models.CharField(max_length=8, choices=By)
    origin = models.CharField(max_length=8, choices=Origin)
    version = models.CharField(max_length=20, blank=True)
    given_at = models.DateTimeField()
    by = models.ForeignKey("councils.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)
    how_ended = models.CharField(max_length=20, blank=True, help_text="A code: one_click, page, case, complaint, staff")

    class Meta(CouncilOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["council", "subscriber", "purpose", "channel"],
                condition=models.Q(ended_at=None),
                name="campaigns_agreed_once",
            )
        ]

    def __str__(self) -> str:
        return f"agreement {self.pk}"


class Refusal(models.Model):
    """No more news from one council, by whoever has this address. Outlives the subscriber: an imported list does not
    bring them back. For the whole region it is a row of outbox.Suppression."""

    tenancy: ClassVar[Tenancy] = Tenancy.SYSTEM
    personal: ClassVar[Personal] = ends_by_itself(Kept.SUPPRESSION, "address_hash", whose=Whose.ENQUIRER)

    council = models.ForeignKey("councils.Council", on_delete=models.PROTECT, related_name="+", db_index=False)
    address_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(db_default=HubNow())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["council", "address_hash"], name="campaigns_refused_once")]

    def __str__(self) -> str:
        return f"refusal {self.pk}"
