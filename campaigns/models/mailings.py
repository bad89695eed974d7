"""Emails to many: whom, what, and to whom it went."""

from typing import ClassVar

from django.db import models

from campaigns.models.campaigns import Campaign
from campaigns.states import Excluded, MailingState, Purpose, RecipientState
from councils.clock import HubNow
from councils.holdings import Personal, Whose, ends_by_itself, nothing_personal
from councils.models import Council
from councils.retention_names import Kept
from councils.tenancy.lists import Tenancy
from councils.tenancy.models import CouncilOwned


class Look(models.Model):
    """How a council's emails look and behave. `sender`: the name people see; `postal_address`: who they are from, by
    law. `two_above`: with more recipients than this a second person approves. `rest_days`: nobody gets two campaign
    emails within so many days."""

    tenancy: ClassVar[Tenancy] = Tenancy.SHARED
    personal: ClassVar[Personal] = nothing_personal("sender", "reply_to", "postal_address", "colour")

    council = models.OneToOneField(Council, on_delete=models.PROTECT, related_name="look")
    sender = models.CharField(max_length=60, blank=True)
    reply_to = models.CharField(max_length=254, blank=True)
    postal_address = models.CharField(max_length=300, blank=True)
    colour = models.CharField(max_length=7, default="#1d70b8", help_text="#rrggbb")
    clicks = models.BooleanField(default=True, help_text="Count how often a link is followed, never by whom")
    two_above = models.PositiveIntegerField(default=50)
    rest_days = models.PositiveSmallIntegerField(default=7)

    def __str__(self) -> str:
        return f"look of {self.council_id}"


class Segment(CouncilOwned):
    """A choice of people by rules (campaigns.segments), never a list of them."""

    personal: ClassVar[Personal] = nothing_personal("name", "rules")

    name = models.CharField(max_length=120)
    rules = models.JSONField(default=dict)
    created_by = models.ForeignKey("councils.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField(db_default=HubNow())
    version = models.PositiveIntegerField(default=1)

    class Meta(CouncilOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["council", "name"], name="campaigns_segment_once")]

    def __str__(self) -> str:
        return f"segment {self.pk}"


class Mailing(CouncilOwned):
    """`blocks`: what the editor wrote (campaigns.content). `rules`: of the segment, as they were when the audience was
    fixed. `fixed`: how many stand in it. `excluded`: how many do not, by campaigns.states.Excluded."""

    personal: ClassVar[Personal] = nothing_personal(
        "name", "subject", "preheader", "blocks", "rules", "code", "excluded"
    )

    campaign = models.ForeignKey(
        Campaign, on_delete=models.DO_NOTHING, db_constraint=False, related_name="mailings", db_index=False
    )
    state = models.CharField(max_length=12, choices=MailingState, default=MailingState.DRAFT)
    name = models.CharField(max_length=120)
    purpose = models.CharField(max_length=8, choices=Purpose, default=Purpose.NEWS)
    code = models.CharField(max_length=40, blank=True, help_text="Whoever comes by one of its links brings this word")
    segment = models.ForeignKey(
        Segment, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="+", db_index=False
    )
    subject = models.CharField(max_length=120, blank=True)
    preheader = models.CharField(max_length=150, blank=True)
    blocks = models.JSONField(default=list)
    rules = models.JSONField(default=dict)
    excluded = models.JSONField(default=dict)
    fixed = models.PositiveIntegerField(null=True)
    fixed_at = models.DateTimeField(null=True)
    counts_clicks = models.BooleanField(default=True)
    per_minute = models.PositiveIntegerField(null=True, help_text="None: as fast as the outbox lets it")
    created_by = models.ForeignKey("councils.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField(db_default=HubNow())
    prepared_by = models.ForeignKey(
        "councils.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    approved_by = models.ForeignKey(
        "councils.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    approved_at = models.DateTimeField(null=True)
    start_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(CouncilOwned.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "cancelled"]) | models.Q(fixed__isnull=False),
                name="campaigns_audience_is_fixed_first",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="scheduled") | models.Q(start_at__isnull=False),
                name="campaigns_scheduled_has_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["done", "cancelled"], ended_at__isnull=False)
                | ~models.Q(state__in=["done", "cancelled"]) & models.Q(ended_at__isnull=True),
                name="campaigns_mailing_ended_has_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["council", "-created_at"], name="campaigns_mailings"),
            models.Index(
                fields=["council", "state"],
                condition=models.Q(state__in=["scheduled", "running"]),
                name="campaigns_mailings_at_work",
            ),
        ]

    def __str__(self) -> str:
        return f"mailing {self.pk}"


class Recipient(CouncilOwned):
    """Of the mailing's council; the subscriber may be another council's, so `source_id` and `subscriber_key` are no
    foreign keys. One of an address in a mailing."""

    personal: ClassVar[Personal] = ends_by_itself(
        Kept.SUBSCRIBER, "address_hash", whose=Whose.ENQUIRER, stays=("reason",)
    )

    mailing = models.ForeignKey(
        Mailing, on_delete=models.DO_NOTHING, db_constraint=False, related_name="recipients", db_index=False
    )
    address_hash = models.CharField(max_length=64)
    source_id = models.IntegerField(help_text="Council of the subscriber")
    subscriber_key = models.UUIDField()
    state = models.CharField(max_length=8, choices=RecipientState, default=RecipientState.WAITING)
    reason = models.CharField(max_length=16, choices=Excluded, blank=True)
    message_key = models.UUIDField(null=True)

    class Meta(CouncilOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["council", "mailing", "address_hash"], name="campaigns_one_copy_each"),
            models.CheckConstraint(
                condition=models.Q(state="dropped") & ~models.Q(reason="") | ~models.Q(state="dropped"),
                name="campaigns_dropped_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["council", "mailing", "id"],
                condition=models.Q(state="waiting"),
                name="campaigns_still_to_write_to",
            ),
            models.Index(fields=["council", "subscriber_key"], name="campaigns_mailed_to"),
        ]

    def __str__(self) -> str:
        return f"recipient {self.pk}"


class Link(CouncilOwned):
    """Where a link of an email leads; the email holds an address of ours instead, signed."""

    personal: ClassVar[Personal] = nothing_personal("url")

    mailing = models.ForeignKey(
        Mailing, on_delete=models.DO_NOTHING, db_constraint=False, related_name="links", db_index=False
    )
    position = models.PositiveSmallIntegerField()
    url = models.URLField(max_length=500)

    class Meta(CouncilOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["council", "mailing", "position"], name="campaigns_link_of_mailing")
        ]

    def __str__(self) -> str:
        return f"link {self.pk}"
