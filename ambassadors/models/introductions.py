"""One introduction: the enquirer's row and the ambassador's. They may lie in two councils, and change together."""

from dataclasses import replace
from typing import ClassVar

from django.db import models

from ambassadors.introduction_states import OPEN, State, StoppedBy
from ambassadors.models.people import Ambassador
from ambassadors.states import TalkBy
from councils.clock import HubNow
from councils.holdings import Personal, Whose, emptied, ends_by_itself, removed
from councils.retention_names import Kept
from councils.tenancy.models import CouncilOwned
from enquiries.models import Enquiry

_OPEN = models.Q(state__in=sorted(OPEN))
# An enquirer never learns who was asked and could not: of these alone is it certain that they know.
_KNOWN = models.Q(agreed_at__isnull=False) | models.Q(state__in=[State.ACCEPTED, State.UNWANTED, State.LAPSED])


class Introduction(CouncilOwned):
    """The enquirer's side, and what both share of it. `shared_name`: as the ambassador knows them. `released_phone`:
    E.164, for this conversation only; emptied when it ends. `link` and `place` are entered by staff. `talk_at`: when
    they meant to talk. `spoke` and `how`: what the enquirer said afterwards."""

    personal: ClassVar[Personal] = replace(
        emptied(
            dict.fromkeys(("shared_name", "released_phone", "link", "place", "reasons", "how"), ""),
            stays=("ambassador_name",),
        ),
        others=("reasons",),
        known=_KNOWN,
    )

    pair_id = models.UUIDField()
    enquiry = models.ForeignKey(
        Enquiry, on_delete=models.DO_NOTHING, db_constraint=False, related_name="introductions", db_index=False
    )
    ambassador_council = models.ForeignKey(
        "councils.Council", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    ambassador_key = models.UUIDField()
    ambassador_name = models.CharField(max_length=60, help_text="First name")
    state = models.CharField(max_length=16, choices=State)
    way = models.CharField(max_length=8, choices=TalkBy, blank=True)
    talk_at = models.DateTimeField(null=True)
    shared_name = models.CharField(max_length=60, blank=True)
    released_phone = models.CharField(max_length=16, blank=True)
    link = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=300, blank=True)
    reasons = models.CharField(max_length=500, blank=True, help_text="Why they were introduced, in words of a score")
    created_at = models.DateTimeField(db_default=HubNow())
    by = models.ForeignKey("councils.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    agreed_at = models.DateTimeField(null=True)
    answer_by = models.DateTimeField(null=True, help_text="Until when the one who is asked may answer")
    remind_at = models.DateTimeField(null=True, help_text="When whoever has to do something next is reminded, once")
    ended_at = models.DateTimeField(null=True)
    stopped_by = models.CharField(max_length=12, choices=StoppedBy, blank=True)
    asked_at = models.DateTimeField(null=True, help_text="When both were asked whether they spoke")
    spoke = models.BooleanField(null=True)
    how = models.CharField(max_length=500, blank=True)
    noes = models.PositiveSmallIntegerField(default=0, help_text="How many of the two said that they did not speak")

    class Meta(CouncilOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["council", "pair_id"], name="ambassadors_introduction_once"),
            models.UniqueConstraint(
                fields=["council", "enquiry"], condition=_OPEN, name="ambassadors_one_open_introduction"
            ),
            models.CheckConstraint(
                condition=models.Q(released_phone="") | models.Q(ended_at=None),
                name="ambassadors_phone_while_open",
            ),
        ]
        indexes = [
            models.Index(fields=["council", "state", "answer_by"], name="ambassadors_introductions"),
            models.Index(fields=["council", "enquiry", "created_at"], name="ambassadors_of_a_case"),
        ]

    def __str__(self) -> str:
        return f"introduction {self.pk}"


class Offer(CouncilOwned):
    """The ambassador's side: it holds nothing of the enquirer but a word on `how` it went, which goes within a minute
    of their being erased (by_itself). What they share is read from the introduction. `seat`: from 1 to the ambassador's
    `most`; each open offer has its own, so that no two, given or accepted in one second, take the same."""

    personal: ClassVar[Personal] = replace(
        ends_by_itself(Kept.AMBASSADOR, "how", whose=Whose.AMBASSADOR), known=models.Q(offered_at__isnull=False)
    )
    ambassador_column: ClassVar[str] = "ambassador_id"

    pair_id = models.UUIDField()
    ambassador = models.ForeignKey(
        Ambassador, on_delete=models.DO_NOTHING, db_constraint=False, related_name="offers", db_index=False
    )
    enquirer_council = models.ForeignKey("councils.Council", on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=16, choices=State)
    seat = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField(db_default=HubNow())
    confirmed_by = models.ForeignKey(
        "councils.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    confirmed_at = models.DateTimeField(null=True)
    offered_at = models.DateTimeField(null=True)
    answer_by = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    spoke = models.BooleanField(null=True)
    how = models.CharField(max_length=500, blank=True)

    class Meta(CouncilOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["council", "pair_id"], name="ambassadors_offer_once"),
            models.UniqueConstraint(
                fields=["council", "ambassador", "seat"], condition=_OPEN, name="ambassadors_one_a_seat"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[State.OFFERED, State.ACCEPTED, State.AGREED])
                | models.Q(confirmed_by__isnull=False),
                name="ambassadors_staff_confirmed",
            ),
        ]
        indexes = [
            models.Index(fields=["council", "state", "answer_by"], name="ambassadors_offers"),
            models.Index(fields=["council", "ambassador", "created_at"], name="ambassadors_offers_of_one"),
        ]

    def __str__(self) -> str:
        return f"offer {self.pk}"


class Proposal(CouncilOwned):
    """What the last round says of somebody who waits: whom to, or why nobody. Staff confirm; nothing happens by it."""

    personal: ClassVar[Personal] = replace(
        removed("words", "why_not", "ambassador_name"), others=("words", "ambassador_name", "score")
    )

    enquiry = models.ForeignKey(
        Enquiry, on_delete=models.DO_NOTHING, db_constraint=False, related_name="proposals", db_index=False
    )
    ambassador_key = models.UUIDField(null=True)
    ambassador_council = models.ForeignKey(
        "councils.Council", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    ambassador_name = models.CharField(max_length=60, blank=True)
    score = models.FloatField(null=True)
    words = models.CharField(max_length=500, blank=True)
    why_not = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(db_default=HubNow())

    class Meta(CouncilOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["council", "enquiry"], name="ambassadors_one_proposal")]

    def __str__(self) -> str:
        return f"proposal {self.pk}"


class KeptApart(CouncilOwned):
    """The conflict list: whom an ambassador must not meet. By a case, or by a surname (a keyed hash: the family of a
    placed child has asked for nothing yet). With a case, `surname_hmac` is of its journey: passed on, it has another
    key."""

    personal: ClassVar[Personal] = ends_by_itself(Kept.AMBASSADOR, "surname_hmac", "reason", whose=Whose.AMBASSADOR)

    ambassador = models.ForeignKey(
        Ambassador, on_delete=models.DO_NOTHING, db_constraint=False, related_name="kept_apart", db_index=False
    )
    enquiry_key = models.UUIDField(null=True)
    surname_hmac = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey("councils.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField(db_default=HubNow())

    class Meta(CouncilOwned.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(enquiry_key__isnull=False) | ~models.Q(surname_hmac=""),
                name="ambassadors_apart_from_somebody",
            )
        ]
        indexes = [models.Index(fields=["council", "ambassador"], name="ambassadors_kept_apart")]

    def __str__(self) -> str:
        return f"kept apart {self.pk}"
