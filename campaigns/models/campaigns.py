"""Campaigns: what is done to bring people in, what it cost, by which addresses they come, and who clicked."""

from typing import ClassVar

from django.db import models

from councils.clock import HubNow
from councils.holdings import Personal, nothing_personal
from councils.models import Council, Hub
from councils.tenancy.lists import Tenancy
from councils.tenancy.models import CouncilOwned
from enquiries.came_states import Source


class Campaign(CouncilOwned):
    """Emails, posters, radio and the rest of one push. Its `Code`s tell where somebody came from."""

    personal: ClassVar[Personal] = nothing_personal("name", "note", "starts_on", "ends_on")

    name = models.CharField(max_length=120)
    note = models.TextField(max_length=1000, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    created_by = models.ForeignKey("councils.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField(db_default=HubNow())

    class Meta(CouncilOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["council", "name"], name="campaigns_one_of_a_name")]

    def __str__(self) -> str:
        return f"campaign {self.pk}"


class Code(models.Model):
    """A short word that says which poster, post or email brought somebody: /go/teens, or ?c=teens. Public, and so
    shared: it is looked up before there is a scope. `path`: of our own site, never elsewhere."""

    tenancy: ClassVar[Tenancy] = Tenancy.SHARED
    personal: ClassVar[Personal] = nothing_personal("code", "path", "label")

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+", db_index=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="+", db_index=False)
    campaign_key = models.UUIDField(null=True, db_index=True)
    code = models.CharField(max_length=40)
    label = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=16, choices=Source)
    path = models.CharField(max_length=200)
    created_at = models.DateTimeField(db_default=HubNow())
    ended_at = models.DateTimeField(null=True, help_text="Since when its address leads to the start page uncounted")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hub", "code"], name="campaigns_code_once")]

    def __str__(self) -> str:
        return self.code


class Click(CouncilOwned):
    """Somebody, or a mail scanner, followed one of our addresses. Not who. `mailing_key` and `position` for a link in
    an email, `code` for a short address."""

    personal: ClassVar[Personal] = nothing_personal("code")

    code = models.CharField(max_length=40, blank=True)
    mailing_key = models.UUIDField(null=True)
    position = models.PositiveSmallIntegerField(null=True)
    at = models.DateTimeField(db_default=HubNow())

    class Meta(CouncilOwned.Meta):
        indexes = [
            models.Index(fields=["council", "code", "at"], name="campaigns_clicks_of_code"),
            models.Index(fields=["council", "at"], name="campaigns_clicks_by_day"),
            models.Index(
                fields=["council", "mailing_key"],
                condition=models.Q(mailing_key__isnull=False),
                name="campaigns_clicks_of_mailing",
            ),
        ]

    def __str__(self) -> str:
        return f"click {self.pk}"


class Spend(CouncilOwned):
    """Money spent on a campaign over some days, in pence. `row_key`: of an imported row, so that a list that is
    imported again adds nothing."""

    personal: ClassVar[Personal] = nothing_personal("what", "row_key", "first_day", "last_day")

    campaign = models.ForeignKey(
        Campaign, on_delete=models.DO_NOTHING, db_constraint=False, related_name="spends", db_index=False
    )
    pence = models.PositiveIntegerField()
    first_day = models.DateField()
    last_day = models.DateField()
    source = models.CharField(max_length=16, choices=Source)
    what = models.CharField(max_length=200, blank=True)
    row_key = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey("councils.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(db_default=HubNow())

    class Meta(CouncilOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["council", "campaign", "row_key"],
                condition=~models.Q(row_key=""),
                name="campaigns_spend_imported_once",
            ),
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="campaigns_spend_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"spend {self.pk}"
