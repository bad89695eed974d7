"""What else needs a coordinator. Each is counted from the state of rows, so nothing has to be ticked off."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from ambassadors.introduction_states import State
from ambassadors.models import Ambassador, AmbassadorState, Introduction, Offer
from ambassadors.states import TalkBy
from councils.access import Access
from councils.roles import Permission
from councils.working_time import in_london

SOON = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """Asked for by another council."""

    key: UUID
    first_name: str
    council: str
    answer_by: datetime | None


@dataclass(frozen=True, slots=True)
class Attention:
    to_confirm: tuple[ToConfirm, ...]
    stale: int
    leaving: tuple[tuple[UUID, str], ...]  # who asked to stop, by first name
    to_prepare: int
    running_out: int

    def __bool__(self) -> bool:
        return bool(self.to_confirm or self.stale or self.leaving or self.to_prepare or self.running_out)


def attention(access: Access, now: datetime) -> Attention:
    """Five queries."""
    councils, today = access.where(Permission.MATCH), in_london(now).date()
    ours = Ambassador.objects.filter(council__in=councils, state=AmbassadorState.ACTIVE)
    shared = Introduction.objects.filter(council__in=councils)
    missing = Q(way=TalkBy.VIDEO, link="") | Q(way=TalkBy.EVENT, place="")
    offered = Offer.objects.filter(council__in=councils, state=State.OFFERED)
    asked = Offer.objects.filter(council__in=councils, state=State.TO_CONFIRM).order_by("created_at")
    return Attention(
        to_confirm=tuple(
            ToConfirm(each.pk, each.ambassador.first_name, each.enquirer_council.name, each.answer_by)
            for each in asked.select_related("ambassador", "enquirer_council")
        ),
        stale=ours.filter(Q(standing_until=None) | Q(standing_until__lt=today), leaving_asked_at=None).count(),
        leaving=tuple(ours.exclude(leaving_asked_at=None).order_by("leaving_asked_at").values_list("pk", "first_name")),
        to_prepare=shared.filter(missing, state=State.AGREED).count(),
        running_out=offered.filter(answer_by__lt=now + SOON).count(),
    )
