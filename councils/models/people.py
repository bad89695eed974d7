"""Accounts of staff and what they may do where. System tables: read before any scope is open."""

from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from councils.clock import HubNow
from councils.holdings import Personal, Whose, ends_by_itself
from councils.models.hubs import Council
from councils.retention_names import Kept
from councils.roles import Role
from councils.tenancy.lists import Tenancy


def monday_to_friday() -> list[int]:
    return [0, 1, 2, 3, 4]


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A member of staff. Deactivated, never deleted: events name them."""

    tenancy: ClassVar[Tenancy] = Tenancy.SYSTEM
    personal: ClassVar[Personal] = ends_by_itself(
        Kept.STAFF_ACCOUNT, "password", "email", "name", "working_days", whose=Whose.STAFF
    )

    email = models.CharField(max_length=254, unique=True, help_text="In lower case")
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=True)
    working_days = ArrayField(
        models.PositiveSmallIntegerField(), default=monday_to_friday, help_text="0 is Monday, as in Python's weekday()"
    )
    home = models.ForeignKey(
        Council, on_delete=models.PROTECT, related_name="+", help_text="The hub office that owns this account's log-ins"
    )
    second_factor_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Since when they can log in with more than a password; without it, nothing opens",
    )
    created_at = models.DateTimeField(db_default=HubNow())

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(working_days__contained_by=list(range(7)), working_days__len__gt=0),
                name="councils_user_works_on_days_of_the_week",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_staff

    def has_perm(self, perm: str, obj: models.Model | None = None) -> bool:
        """The admin asks before it shows; what a role may do is decided by councils.access, per council."""
        return self.is_active and self.is_staff


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> "MembershipQuerySet":
        return self.filter(ended_at=None)


class Membership(models.Model):
    """One role in one council. A hub role is held in the hub office."""

    tenancy: ClassVar[Tenancy] = Tenancy.SYSTEM

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=24, choices=Role)
    created_at = models.DateTimeField(db_default=HubNow())
    ended_at = models.DateTimeField(null=True, blank=True)
    turn = models.PositiveBigIntegerField(
        default=0, help_text="Of the last enquiry that was given to them in turn: the lowest is next"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "council", "role"], condition=models.Q(ended_at=None), name="councils_role_held_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} in {self.council_id}"


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def on(self, day: date) -> "AbsenceQuerySet":
        return self.filter(first_day__lte=day, last_day__gte=day)


class Absence(models.Model):
    """Days, both included, on which a member of staff works no case. No reason is kept: it is nobody's business."""

    tenancy: ClassVar[Tenancy] = Tenancy.SYSTEM
    personal: ClassVar[Personal] = ends_by_itself(Kept.ABSENCE, "first_day", "last_day", whose=Whose.STAFF)

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences")
    first_day = models.DateField()
    last_day = models.DateField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=HubNow())

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first_day__lte=models.F("last_day")), name="councils_absence_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"absence {self.pk}"
