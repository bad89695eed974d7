"""Information evenings and trainings, who booked, and what stands of it on their case."""

from typing import ClassVar, Self

from django.db import models

from campaigns.states import LIVE, BookingState, GatheringKind, GatheringState
from councils.clock import HubNow
from councils.holdings import Personal, Whose, ends_by_itself, nothing_personal
from councils.models import Council
from councils.retention_names import Kept
from councils.tenancy.models import CouncilOwned, ScopedManager
from enquiries.models import Enquiry


class GatheringQuerySet(models.QuerySet["Gathering"]):
    def listed(self) -> Self:
        """On the public site: published, and not over."""
        return self.filter(state=GatheringState.PUBLISHED, is_listed=True, ends_at__gt=HubNow()).order_by("starts_at")


class Gathering(CouncilOwned):
    """`places`: None means as many as come. `join_link`: of an online one, told to those who booked and nobody else.
    `is_listed`: else only whoever has its address finds it, as for a training of people who have applied."""

    personal: ClassVar[Personal] = nothing_personal(
        *("title", "about", "venue", "address", "postcode", "access", "join_link", "contact")
    )

    kind = models.CharField(max_length=12, choices=GatheringKind)
    state = models.CharField(max_length=12, choices=GatheringState, default=GatheringState.DRAFT)
    is_listed = models.BooleanField(default=True)
    title = models.CharField(max_length=120)
    about = models.TextField(max_length=3000, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    is_online = models.BooleanField(default=False)
    venue = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    access = models.TextField(max_length=1000, blank=True, help_text="Steps, parking, hearing loop, as the host tells")
    join_link = models.URLField(max_length=500, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    places = models.PositiveSmallIntegerField(null=True, blank=True)
    booking_until = models.DateTimeField(null=True, blank=True, help_text="None: until it starts")
    created_by = models.ForeignKey("councils.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField(db_default=HubNow())
    cancelled_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager.from_queryset(GatheringQuerySet)()  # type: ignore[misc]  # a ClassVar on the base

    class Meta(CouncilOwned.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="campaigns_gathering_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=models.Q(state="cancelled", cancelled_at__isnull=False)
                | ~models.Q(state="cancelled") & models.Q(cancelled_at__isnull=True),
                name="campaigns_gathering_cancelled_has_a_time",
            ),
        ]
        indexes = [models.Index(fields=["council", "starts_at"], name="campaigns_gatherings")]

    def __str__(self) -> str:
        return f"gathering {self.pk}"


class Booking(CouncilOwned):
    """Of the council that invites. `address_hash`: keyed, of the email address, so that nobody books twice; empty
    where there is none. `case_council`, `attendance_key`: where it stands on a case, perhaps of another council."""

    personal: ClassVar[Personal] = ends_by_itself(
        Kept.GATHERING,
        *("name", "email", "phone", "needs", "address_hash"),
        whose=Whose.ENQUIRER,
        stays=(),
    )

    gathering = models.ForeignKey(
        Gathering, on_delete=models.DO_NOTHING, db_constraint=False, related_name="bookings", db_index=False
    )
    state = models.CharField(max_length=12, choices=BookingState, default=BookingState.BOOKED)
    name = models.CharField(max_length=120)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=16, blank=True, help_text="E.164")
    address_hash = models.CharField(max_length=64, blank=True)
    people = models.PositiveSmallIntegerField(default=1)
    needs = models.TextField(max_length=500, blank=True, help_text="What they need to take part, in their words")
    is_walk_in = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=HubNow())
    waiting_since = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    marked_at = models.DateTimeField(null=True, help_text="When somebody wrote down whether they came")
    marked_by = models.ForeignKey(
        "councils.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    case_council = models.ForeignKey(Council, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    attendance_key = models.UUIDField(null=True)
    emptied_at = models.DateTimeField(null=True, help_text="Since when it tells nothing of anybody")

    class Meta(CouncilOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["council", "gathering", "address_hash"],
                condition=models.Q(state__in=sorted(LIVE)) & ~models.Q(address_hash=""),
                name="campaigns_booked_once",
            ),
            models.CheckConstraint(
                condition=models.Q(people__gte=1, people__lte=6), name="campaigns_booking_of_so_many"
            ),
        ]
        indexes = [models.Index(fields=["council", "gathering", "state"], name="campaigns_bookings")]

    def __str__(self) -> str:
        return f"booking {self.pk}"


class Attendance(CouncilOwned):
    """On a case: which event they booked, and whether they came. The inviting council may be another one."""

    personal: ClassVar[Personal] = nothing_personal("title", by=("enquiry",))

    enquiry = models.ForeignKey(
        Enquiry, on_delete=models.DO_NOTHING, db_constraint=False, related_name="attendances", db_index=False
    )
    host = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="+", db_index=False)
    gathering_key = models.UUIDField()
    booking_key = models.UUIDField()
    kind = models.CharField(max_length=12, choices=GatheringKind)
    title = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=BookingState)
    changed_at = models.DateTimeField(db_default=HubNow())

    class Meta(CouncilOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["council", "booking_key"], name="campaigns_attends_once")]
        indexes = [models.Index(fields=["council", "enquiry"], name="campaigns_attendance_of_case")]

    def __str__(self) -> str:
        return f"attendance {self.pk}"
