"""Carers who volunteer to talk to people who think about fostering."""

from typing import ClassVar

from django.db import models

from ambassadors.states import Attribute
from councils.clock import HubNow
from councils.holdings import Personal, Whose, ends_by_itself
from councils.retention_names import Kept
from councils.tenancy.lists import Tenancy
from councils.tenancy.models import CouncilOwned, ScopedManager
from enquiries.models.wishes import words


class AmbassadorState(models.TextChoices):
    INVITED = "invited", "Invited"
    ACTIVE = "active", "Active"
    LEFT = "left", "Left"


class AmbassadorQuerySet(models.QuerySet["Ambassador"]):
    def here(self) -> "AmbassadorQuerySet":
        return self.exclude(state=AmbassadorState.LEFT)


class Ambassador(CouncilOwned):
    """`district`: an outward code (GU1); `easting` and `northing` are the middle of it, in metres on the national grid.
    The postcode itself is never kept: `near` are keyed hashes of it and of the nearest few. `most`: conversations open
    at once; `rest_weeks`: after each. `standing_until`: the last day on which staff's word holds that they are
    approved and in good standing."""

    personal: ClassVar[Personal] = ends_by_itself(
        Kept.AMBASSADOR,
        *("first_name", "email", "phone", "about", "household", "languages", "district", "near", "kinds"),
        whose=Whose.AMBASSADOR,
        stays=("times", "ways", "standing_until", "paused_until"),
    )
    ambassador_column: ClassVar[str] = "id"

    state = models.CharField(max_length=8, choices=AmbassadorState, default=AmbassadorState.INVITED)
    first_name = models.CharField(max_length=60)
    email = models.CharField(max_length=254)
    phone = models.CharField(max_length=16, blank=True, help_text="E.164; for texts of ours, shown to nobody else")
    texts = models.BooleanField(default=False, help_text="Offers by text message as well")
    about = models.TextField(max_length=1000, blank=True)
    household = models.CharField(max_length=300, blank=True)
    carer_since = models.PositiveSmallIntegerField(null=True, blank=True, help_text="A year")
    kinds = words()
    languages = words(60)
    district = models.CharField(max_length=4, blank=True)
    easting = models.IntegerField(null=True)
    northing = models.IntegerField(null=True)
    near = words(64)
    times = words()
    ways = words()
    most = models.PositiveSmallIntegerField(default=1)
    most_a_month = models.PositiveSmallIntegerField(null=True, blank=True)
    rest_weeks = models.PositiveSmallIntegerField(default=0)
    paused_until = models.DateField(null=True, blank=True)
    paused_by_staff = models.BooleanField(default=False, help_text="Until staff end it, whatever the date")
    is_mentor = models.BooleanField(default=False)
    standing_until = models.DateField(null=True)
    standing_by = models.ForeignKey(
        "councils.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    standing_at = models.DateTimeField(null=True)
    invited_by = models.ForeignKey("councils.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    invited_at = models.DateTimeField(db_default=HubNow())
    joined_at = models.DateTimeField(null=True)
    leaving_asked_at = models.DateTimeField(null=True, help_text="They asked to leave; staff hand over what is open")
    left_at = models.DateTimeField(null=True)

    objects = ScopedManager.from_queryset(AmbassadorQuerySet)()  # type: ignore[misc]  # a ClassVar on the base

    class Meta(CouncilOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["council", "email"],
                condition=~models.Q(state="left"),
                name="ambassadors_one_of_an_address",
            ),
            models.CheckConstraint(
                condition=models.Q(state="left", left_at__isnull=False)
                | ~models.Q(state="left") & models.Q(left_at__isnull=True),
                name="ambassadors_left_has_a_time",
            ),
            models.CheckConstraint(condition=models.Q(most__gte=1, most__lte=20), name="ambassadors_most"),
        ]
        indexes = [models.Index(fields=["council", "state"], name="ambassadors_by_state")]

    def __str__(self) -> str:
        return f"ambassador {self.pk}"


class Offering(CouncilOwned):
    """What an ambassador chose to say of themselves: a special category of data among it, so each is there by an
    explicit consent to the wording of `version`, and the row goes when it is taken back."""

    personal: ClassVar[Personal] = ends_by_itself(Kept.AMBASSADOR, "version", whose=Whose.AMBASSADOR, stays=())
    ambassador_column: ClassVar[str] = "ambassador_id"

    ambassador = models.ForeignKey(
        Ambassador, on_delete=models.DO_NOTHING, db_constraint=False, related_name="offerings", db_index=False
    )
    attribute = models.CharField(max_length=24, choices=Attribute)
    version = models.CharField(max_length=20)
    consented_at = models.DateTimeField(db_default=HubNow())

    class Meta(CouncilOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["council", "ambassador", "attribute"], name="ambassadors_offers_once")
        ]

    def __str__(self) -> str:
        return f"offering {self.pk}"


class LogInAddress(models.Model):
    """Whose email address this is, before there is a scope: a keyed hash, and where they are to be found."""

    tenancy: ClassVar[Tenancy] = Tenancy.SYSTEM
    personal: ClassVar[Personal] = ends_by_itself(Kept.AMBASSADOR, "hmac", whose=Whose.AMBASSADOR)

    hmac = models.CharField(max_length=64, db_index=True)
    council = models.ForeignKey("councils.Council", on_delete=models.PROTECT, related_name="+", db_index=False)
    ambassador_id = models.UUIDField(unique=True)

    def __str__(self) -> str:
        return f"log-in address {self.pk}"
