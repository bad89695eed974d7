"""Who is asked to join, and which identity provider speaks for which councils. System tables: no scope is open yet."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from councils.clock import HubNow
from councils.holdings import Personal, Whose, ends_by_itself, nothing_personal
from councils.models import Council, User
from councils.retention_names import Kept
from councils.roles import Role
from councils.tenancy.lists import Tenancy


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def waiting(self) -> "InvitationQuerySet":
        """Neither taken up nor withdrawn; perhaps run out."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def open(self) -> "InvitationQuerySet":
        return self.waiting().filter(expires_at__gt=HubNow())


class Invitation(models.Model):
    """`token_hash`: SHA-256 in hex of what the mailed link carries. Taken up or withdrawn, it opens nothing."""

    tenancy: ClassVar[Tenancy] = Tenancy.SYSTEM
    personal: ClassVar[Personal] = ends_by_itself(Kept.INVITATION, "email", "name", "token_hash", whose=Whose.STAFF)

    email = models.CharField(max_length=254, help_text="In lower case")
    name = models.CharField(max_length=120)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=24, choices=Role)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=HubNow())
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "email", "role"],
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="staff_invited_once",
            )
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class SignOn(models.Model):
    """An OpenID Connect provider, Microsoft Entra ID for example. It speaks for its own councils and no other:
    whoever comes through it has the roles that they hold there."""

    tenancy: ClassVar[Tenancy] = Tenancy.SYSTEM
    personal: ClassVar[Personal] = nothing_personal("slug", "name", "issuer", "client_id", "secret", "email_domains")

    slug = models.SlugField(unique=True, help_text="In the address that the provider sends people back to")
    name = models.CharField(max_length=80, help_text="On the button")
    issuer = models.CharField(max_length=300, help_text="https://…, where /.well-known/openid-configuration stands")
    client_id = models.CharField(max_length=200)
    secret = models.TextField(help_text="Encrypted (staff.secrets)")
    email_domains = ArrayField(models.CharField(max_length=120), help_text="It vouches for addresses of these alone")
    asks_second_factor = models.BooleanField(default=False, help_text="It does; else we ask for ours")
    compulsory = models.BooleanField(default=False, help_text="Its councils' staff log in through it and not otherwise")
    created_at = models.DateTimeField(db_default=HubNow())
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    def vouches_for(self, address: str) -> bool:
        return address.rpartition("@")[2].lower() in self.email_domains


class SignOnCouncil(models.Model):
    """Several where one fostering service serves several councils."""

    tenancy: ClassVar[Tenancy] = Tenancy.SYSTEM

    sign_on = models.ForeignKey(SignOn, on_delete=models.CASCADE, related_name="speaks_for")
    council = models.OneToOneField(Council, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.sign_on_id} for {self.council_id}"
