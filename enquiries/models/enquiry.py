"""The case that one council answers."""

from datetime import datetime
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef

from councils.clock import HubNow
from councils.holdings import Personal
from councils.models.events import Event
from councils.models.hubs import FirstContact
from councils.tenancy.models import CouncilOwned, ScopedManager
from enquiries.follow_up_states import Told
from enquiries.models.board_indexes import BOARD_INDEXES
from enquiries.models.enquiry_personal import PERSONAL, WHEN_ERASED
from enquiries.search import prefixes
from enquiries.states import (
    CLOSED_STATES,
    OPEN_STATES,
    Bedroom,
    Channel,
    CloseReason,
    FostersWith,
    HeardFrom,
    Kind,
    OfAge,
    RouteChoice,
    Slot,
    State,
    Way,
)

MOST = 1000  # a search or a count goes no further: 999 and more
UNEVENTFUL = ("enquiry.seen", "enquiry.escalated", "enquiry.returned", "enquiry.hub_told", "enquiry.promise_missed")


def codes() -> "ArrayField[list[str], list[str]]":
    return ArrayField(models.CharField(max_length=24), default=list)


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    def open(self) -> Self:
        """A constraint holds `closed_at` and the state together; indexes of what is open know only the former."""
        return self.filter(closed_at=None)

    def standing(self) -> Self:
        """Not erased: those that tell of somebody."""
        return self.filter(erased_at=None)

    def by_owner(self) -> dict[tuple[int, int], int]:
        """How many, by council and owner."""
        counted = self.exclude(owner=None).values_list("council_id", "owner_id").order_by().annotate(models.Count("pk"))
        return {(council, owner): count for council, owner, count in counted if owner}

    def in_quarantine(self) -> Self:
        return self.filter(quarantined=True)

    def awaiting_first_contact(self) -> Self:
        return self.open().filter(promise_kept_at=None)

    def due_before(self, moment: datetime) -> Self:
        return self.open().filter(next_due_at__lt=moment)

    def unseen_since(self, moment: datetime) -> Self:
        """New cases that nobody has opened and that came before `moment`."""
        return self.open().filter(state=State.NEW, first_seen_at=None, created_at__lt=moment)

    def quiet_since(self, moment: datetime) -> Self:
        """To which nothing has happened since: a look, and what the hub reminded of, is nothing."""
        happened = Event.objects.filter(council=OuterRef("council"), subject_id=OuterRef("pk"), at__gte=moment)
        return self.filter(created_at__lt=moment).exclude(Exists(happened.exclude(verb__in=UNEVENTFUL)))

    def matching(self, typed: str, *, most: int | None = MOST) -> Self:
        """Found by the search keys: reference, name part, email, phone digits or postcode, from the start of each.

        Of very many, `most`, whichever come first: whoever finds as many types another word.
        """
        keys = self.model._meta.get_field("search_keys").related_model._default_manager
        wanted = sorted(prefixes(typed), key=lambda each: len(each[1]))
        if not wanted:
            return self.none()
        named, *others = (
            keys.filter(kind=kind, key__gte=prefix, key__lt=prefix + "\U0010ffff") for kind, prefix in wanted[::-1]
        )
        if not others:
            return self.filter(pk__in=named.values("enquiry")[:most])
        # Not by a join: PostgreSQL takes beginnings of words for rare ones, and compared each with each for seconds.
        both = named.values("enquiry").intersection(*(other.values("enquiry") for other in others))
        return self.filter(pk__in=both[:most])


class Enquiry(CouncilOwned):
    """`next_due_at` is when somebody must act next; the promise to the enquirer is `promise_due_at`, which stays."""

    personal: ClassVar[Personal] = PERSONAL

    reference = models.CharField(max_length=16)
    journey_id = models.UUIDField()
    household_id = models.UUIDField()
    kind = models.CharField(max_length=20, choices=Kind)
    channel = models.CharField(max_length=12, choices=Channel)
    state = models.CharField(max_length=20, choices=State, default=State.NEW)
    state_changed_at = models.DateTimeField(db_default=HubNow())
    close_reason = models.CharField(max_length=24, choices=CloseReason, blank=True)
    closed_at = models.DateTimeField(null=True)
    wake_on = models.DateField(null=True)

    name = models.CharField(max_length=120)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=16, blank=True, help_text="E.164")
    way = models.CharField(max_length=8, choices=Way)
    times = codes()
    voicemail_ok = models.BooleanField(default=False)
    text_ok = models.BooleanField(default=False)
    language = models.CharField(max_length=60, blank=True)
    needs_interpreter = models.BooleanField(default=False)
    uses_bsl = models.BooleanField(default=False)
    uses_text_relay = models.BooleanField(default=False)
    message = models.TextField(max_length=2000, blank=True)
    fosters_with = models.CharField(max_length=12, choices=FostersWith, blank=True)
    fosters_with_name = models.CharField(max_length=120, blank=True)
    notice_version = models.CharField(max_length=20)
    news_by_email = models.BooleanField(default=False)
    news_by_text = models.BooleanField(default=False)
    send_nothing = models.BooleanField(default=False)

    postcode = models.CharField(max_length=40, blank=True, help_text="As routed, else as typed")
    area_code = models.CharField(max_length=9, blank=True)
    authority_code = models.CharField(max_length=9, blank=True)
    route_outcome = models.CharField(max_length=24, blank=True)
    route_reason = models.CharField(max_length=300, blank=True)
    route_release = models.CharField(max_length=40, blank=True)
    route_version = models.BigIntegerField(default=0)
    route_choice = models.CharField(max_length=16, choices=RouteChoice)
    check_council = models.BooleanField(default=False, help_text="The right council is in doubt")

    of_age = models.CharField(max_length=4, choices=OfAge, blank=True)
    minimum_age = models.PositiveSmallIntegerField(null=True)
    bedroom = models.CharField(max_length=8, choices=Bedroom, blank=True)
    second_adult = models.CharField(max_length=120, blank=True)
    care_kinds = codes()
    heard_from = models.CharField(max_length=16, choices=HeardFrom, blank=True)
    heard_detail = models.CharField(max_length=120, blank=True)
    wants_ambassador = models.BooleanField(default=False)

    owner = models.ForeignKey("councils.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    claimed_at = models.DateTimeField(null=True)
    first_seen_at = models.DateTimeField(null=True)
    promise_due_at = models.DateTimeField()
    promise_by = models.CharField(max_length=8, choices=FirstContact)
    promise_slot = models.CharField(max_length=20, choices=Slot, blank=True)
    promise_kept_at = models.DateTimeField(null=True)
    next_due_at = models.DateTimeField(null=True)
    reached_at = models.DateTimeField(null=True)
    visit_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True, help_text="When the enquirer last wrote or answered")
    asked_at = models.DateTimeField(null=True, help_text="When “are you still interested?” was last asked")
    stopped_at = models.DateTimeField(null=True, help_text="“Please stop”: no more follow-ups")
    email_fails = models.BooleanField(default=False, help_text="Mail to them came back: ring")
    next_follow_up_at = models.DateTimeField(null=True, help_text="When the next step of a sequence is to be looked at")
    escalated = models.PositiveSmallIntegerField(choices=Told, default=Told.NOBODY)
    escalated_for = models.DateTimeField(null=True, help_text="The due time that was escalated")
    to_confirm = models.BooleanField(default=False, help_text="Wrote to the council directly: is it an enquiry?")
    quarantined = models.BooleanField(default=False)
    state_since = models.DateField(null=True, help_text="When the present state began, as told; else state_changed_at")
    case_number = models.CharField(max_length=40, blank=True, help_text="In the council's case system")
    earlier_references = ArrayField(models.CharField(max_length=16), default=list)
    merged_into = models.ForeignKey(
        "self", on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="merged", db_index=False
    )
    import_id = models.UUIDField(null=True, help_text="Which import brought it")
    applied_on = models.DateField(null=True)
    stage_1_from = models.DateField(null=True)
    stage_1_to = models.DateField(null=True)
    stage_2_from = models.DateField(null=True)
    stage_2_to = models.DateField(null=True)
    records_consent_on = models.DateField(null=True, help_text="Consent to ask the other service for its records")
    records_asked_on = models.DateField(null=True)
    records_due_on = models.DateField(null=True, help_text="15 working days later, regulation 32(6)")
    records_came_on = models.DateField(null=True)
    suspicions = codes()
    created_at = models.DateTimeField(db_default=HubNow())
    erased_at = models.DateTimeField(null=True, help_text="Since when it tells nothing of anybody")
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager.from_queryset(EnquiryQuerySet)()  # type: ignore[misc]  # a ClassVar on the base

    class Meta(CouncilOwned.Meta):
        verbose_name_plural = "enquiries"
        constraints = [
            models.UniqueConstraint(fields=["council", "reference"], name="enquiries_reference_once"),
            models.CheckConstraint(
                condition=~models.Q(email="", phone="")
                | models.Q(channel__in=[Channel.PHONE, Channel.GATHERING])
                | models.Q(erased_at__isnull=False),
                name="enquiries_can_be_reached",
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at=None)
                | models.Q(**WHEN_ERASED, closed_at__isnull=False, next_follow_up_at=None),
                name="enquiries_erased_is_empty",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(CLOSED_STATES), closed_at__isnull=False)
                | models.Q(state__in=sorted(OPEN_STATES), closed_at__isnull=True),
                name="enquiries_closed_has_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(CLOSED_STATES)) | models.Q(next_due_at__isnull=False),
                name="enquiries_open_has_a_due_time",
            ),
        ]
        indexes = [
            *BOARD_INDEXES,
            models.Index(fields=["council", "journey_id"], name="enquiries_journey"),
            models.Index(fields=["council", "household_id"], name="enquiries_household"),
            models.Index(
                fields=["next_follow_up_at"],
                condition=models.Q(next_follow_up_at__isnull=False),
                name="enquiries_follow_ups_due",
            ),
            models.Index(
                fields=["records_due_on"],
                condition=models.Q(records_due_on__isnull=False, records_came_on__isnull=True),
                name="enquiries_records_due",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES
