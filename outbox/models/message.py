"""One row for everything that leaves."""

from datetime import timedelta
from typing import Any, ClassVar, Never, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from councils.clock import HubNow, hub_now
from councils.holdings import Personal, emptied
from councils.tenancy import CouncilOwned, ScopedManager
from outbox.states import FAILED_STATES, OPEN_STATES, ChannelKind, Lane, State, Window
from outbox.windows import open_throughout

OVERDUE_AFTER = timedelta(minutes=10)


class Bytes(models.BinaryField):  # type: ignore[type-arg]  # Django itself takes no arguments here
    """Without a placeholder of its own, which PostgreSQL does not need and which keeps Django 5.2 from inserting many
    rows by UNNEST: an email to many is written in two thirds of the time."""

    @property
    def get_placeholder(self) -> Never:
        raise AttributeError("get_placeholder")  # Django asks whether there is one

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.BinaryField", args, kwargs


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self) -> Self:
        return self.filter(state=State.QUEUED, not_before__lte=HubNow(), expires_at__gt=HubNow())

    def too_late(self) -> Self:
        return self.filter(state=State.QUEUED, expires_at__lte=HubNow())

    def abandoned(self) -> Self:
        """Leased by a sender that has not come back in time."""
        return self.filter(state=State.LEASED, lease_until__lt=HubNow())

    def about(self, subject_id: object) -> Self:
        return self.filter(subject_id=subject_id)

    def needing_a_look(self) -> Self:
        """Ended unsent, or overdue although nothing holds them back: what waits for the day is not overdue by night."""
        ended = Q(state__in=[*FAILED_STATES, State.UNKNOWN])
        windows = open_throughout(hub_now() - OVERDUE_AFTER, hub_now())
        overdue = Q(state=State.QUEUED, not_before__lt=HubNow() - OVERDUE_AFTER, window__in=windows)
        return self.filter(ended | overdue)

    def newest_first(self) -> Self:
        return self.order_by("-created_at", "id")

    def to_addresses_beginning(self, typed: str) -> Self:
        """By range and not by LIKE, which row-level security keeps from using an index."""
        return self.filter(to_address__gte=typed, to_address__lt=f"{typed}\U0010ffff")


class Message(CouncilOwned):
    """Rendered once: `mime` holds the bytes that leave, whoever sends them and however often.

    `lease_token` counts leases; a sender settles only what still carries the token it was given. `attempts` counts
    sends begun. `last_error` is a code of ours, `smtp_reply` the receiver's answer to the last attempt.
    """

    personal: ClassVar[Personal] = emptied(
        {"to_address": "", "to_domain": "", "subject": "", "text": "", "mime": b"", "provider_id": ""}
        | {"smtp_reply": "erased"},  # what was sent has a reply: a constraint
        by=("subject_id",),
        stays=("kind", "dedupe_key", "subject_kind", "from_address", "receipt", "last_error"),
    )

    kind = models.CharField(max_length=60)
    lane = models.PositiveSmallIntegerField(choices=Lane, default=Lane.SERVICE)
    channel = models.CharField(max_length=8, choices=ChannelKind, default=ChannelKind.EMAIL)
    dedupe_key = models.CharField(max_length=200)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.UUIDField(null=True)
    to_staff = models.BooleanField(default=False)

    to_address = models.CharField(max_length=254, help_text="An email address, or a number in E.164")
    to_domain = models.CharField(max_length=253, blank=True, help_text="Of an email, in ASCII and lower case")
    from_address = models.CharField(max_length=320)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    mime = Bytes(help_text="Empty for a text message")

    state = models.CharField(max_length=12, choices=State, default=State.QUEUED)
    created_at = models.DateTimeField(db_default=HubNow())
    not_before = models.DateTimeField(db_default=HubNow())
    window = models.CharField(max_length=12, choices=Window, default=Window.ANY_TIME)
    expires_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    deaths = models.PositiveSmallIntegerField(default=0, help_text="Senders that ended while sending it")
    lease_token = models.BigIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    first_tried_at = models.DateTimeField(null=True, help_text="A message is tried for so long from here on")
    started_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    cancel_asked = models.BooleanField(default=False, help_text="While it was being sent: not to be tried again")
    provider_id = models.CharField(max_length=80, blank=True, help_text="What the provider calls it")
    receipt = models.CharField(max_length=40, blank=True, help_text="What became of it, by the provider's last word")
    receipt_at = models.DateTimeField(null=True)
    smtp_reply = models.CharField(max_length=500, blank=True)
    last_error = models.CharField(max_length=60, blank=True)

    objects = ScopedManager.from_queryset(MessageQuerySet)()  # type: ignore[misc]  # a ClassVar on the base

    class Meta(CouncilOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["council", "dedupe_key"], name="outbox_once"),
            models.CheckConstraint(
                condition=Q(state=State.LEASED, lease_until__isnull=False)
                | ~Q(state=State.LEASED) & Q(lease_until__isnull=True, started_at__isnull=True),
                name="outbox_only_a_lease_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(OPEN_STATES), settled_at__isnull=True)
                | ~Q(state__in=sorted(OPEN_STATES)) & Q(settled_at__isnull=False),
                name="outbox_settled_has_a_time",
            ),
            models.CheckConstraint(condition=~Q(state=State.SENT, smtp_reply=""), name="outbox_sent_has_a_reply"),
        ]
        indexes = [
            models.Index(fields=["lane", "not_before"], condition=Q(state=State.QUEUED), name="outbox_due"),
            models.Index(
                fields=["council", "not_before"],
                condition=Q(state=State.QUEUED, lane=Lane.CAMPAIGN),
                name="outbox_turns",
            ),
            models.Index(fields=["expires_at"], condition=Q(state=State.QUEUED), name="outbox_too_late"),
            models.Index(fields=["lease_until"], condition=Q(state=State.LEASED), name="outbox_leases"),
            models.Index(fields=["council", "subject_id", "created_at"], name="outbox_subject"),
            models.Index(fields=["council", "-created_at"], name="outbox_newest"),
            models.Index(
                fields=["council", "-created_at"],
                condition=Q(state__in=sorted({*FAILED_STATES, State.UNKNOWN})),
                name="outbox_unsent",
            ),
            models.Index(
                fields=["council", "settled_at"], condition=Q(settled_at__isnull=False), name="outbox_settled"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def message_id(self) -> str:
        """The same for every copy that may ever leave."""
        return f"<{self.pk}@{settings.MAIL_DOMAIN}>"
