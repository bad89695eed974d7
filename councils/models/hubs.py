"""Hubs and their councils: shared, read by everybody, written by loading and by settings pages."""

from datetime import time
from typing import ClassVar

from django.db import models
from django.urls import reverse

from councils.holdings import Personal, nothing_personal
from councils.tenancy.lists import Tenancy


class Hub(models.Model):
    """A partnership of councils with one public face."""

    tenancy: ClassVar[Tenancy] = Tenancy.SHARED
    personal: ClassVar[Personal] = nothing_personal(
        *("slug", "name", "short_name", "website", "phone", "email", "domain", "lead_authority", "launched")
    )

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40)
    website = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.CharField(max_length=120, blank=True)
    domain = models.CharField(max_length=120, blank=True, help_text="Host name of its public site")
    lead_authority = models.CharField(max_length=9, blank=True)
    launched = models.DateField(null=True, blank=True)
    membership_complete = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class CouncilKind(models.TextChoices):
    COUNCIL = "council", "Council"
    HUB_OFFICE = "hub_office", "Hub office"


class FirstContact(models.TextChoices):
    COUNCIL = "council", "The council"
    HUB = "hub", "The hub office"


class Assignment(models.TextChoices):
    """Who gets a new enquiry."""

    NOBODY = "nobody", "Nobody: whoever takes it"
    IN_TURN = "in_turn", "The officers in turn"
    BY_LOAD = "by_load", "The officer with the fewest open cases"


class CouncilQuerySet(models.QuerySet["Council"]):
    def fostering(self) -> "CouncilQuerySet":
        """Without hub offices, which own what belongs to no council and are counted apart."""
        return self.filter(kind=CouncilKind.COUNCIL)

    def offices(self) -> "CouncilQuerySet":
        return self.filter(kind=CouncilKind.HUB_OFFICE)


class Council(models.Model):
    """A tenant: owns enquiries, ambassadors and messages. `code` opens its references."""

    tenancy: ClassVar[Tenancy] = Tenancy.SHARED
    personal: ClassVar[Personal] = nothing_personal(
        *("slug", "code", "name", "authority_code", "fostering_service", "phone", "email", "website"),
        *("contact_as_of", "duty_mailbox"),
    )

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="councils")
    kind = models.CharField(max_length=12, choices=CouncilKind, default=CouncilKind.COUNCIL)
    slug = models.SlugField(unique=True)
    code = models.CharField(max_length=4, unique=True)
    name = models.CharField(max_length=120)
    authority_code = models.CharField(max_length=9, blank=True)
    fostering_service = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.CharField(max_length=120, blank=True)
    website = models.CharField(max_length=200, blank=True)
    contact_as_of = models.CharField(max_length=20, blank=True)
    minimum_age = models.PositiveSmallIntegerField(default=21)
    duty_mailbox = models.CharField(max_length=120, blank=True, help_text="Told of every new enquiry, without names")
    promise_working_days = models.PositiveSmallIntegerField(default=1)
    first_contact_by = models.CharField(max_length=8, choices=FirstContact, default=FirstContact.COUNCIL)
    opens_at = models.TimeField(default=time(9))
    closes_at = models.TimeField(default=time(17))
    assignment = models.CharField(max_length=8, choices=Assignment, default=Assignment.NOBODY)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["hub"], condition=models.Q(kind="hub_office"), name="councils_one_office_per_hub"
            ),
            models.CheckConstraint(
                condition=models.Q(opens_at__lt=models.F("closes_at")), name="councils_opening_hours"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("pages:council", args=[self.slug])

    @property
    def service_name(self) -> str:
        """Who answers, as the public knows them."""
        return self.fostering_service or self.name
