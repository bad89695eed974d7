"""What staff see of their council's ambassadors: whether each can be asked now, and if not, why."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ambassadors.introduction_states import State
from ambassadors.matched.carers import known_carers
from ambassadors.matching import Carer, held_back
from ambassadors.models import Ambassador, AmbassadorState, KeptApart, Offer, Offering
from ambassadors.offerings import box_of
from ambassadors.states import Attribute, LeftOut
from enquiries.states import CareKind

HISTORY = 50


class Which(StrEnum):
    """The filters of the list, in the order in which they stand there."""

    ALL = "all"
    ASKABLE = "can-be-asked"
    STANDING = "standing"
    PAUSED = "paused"
    INVITED = "invited"
    LEFT = "left"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Which.ALL: "Everybody here",
    Which.ASKABLE: "Can be asked now",
    Which.STANDING: "Standing to confirm",
    Which.PAUSED: "Paused or resting",
    Which.INVITED: "Invited",
    Which.LEFT: "Left",
}


@dataclass(frozen=True)
class Line:
    """`carer`: None for who has not joined, or has left. `held`: why nobody new is offered to them now."""

    row: Ambassador
    carer: Carer | None
    held: tuple[LeftOut, ...]

    @property
    def can_be_asked(self) -> bool:
        return self.carer is not None and not self.held

    @property
    def stale(self) -> bool:
        return LeftOut.STANDING in self.held

    @property
    def why_not(self) -> list[str]:
        if self.carer is None:
            return [self.row.get_state_display()]
        return [_in_words(self.row, self.carer, why) for why in self.held]

    @property
    def kinds(self) -> str:
        return ", ".join(kind.label for kind in CareKind if kind in self.row.kinds)


@dataclass(frozen=True)
class Past:
    """Of one who leaves, this is what stays: when, and how it ended."""

    offer: Offer

    @property
    def words(self) -> str:
        return State(self.offer.state).label


def lines_of(councils: Collection[int], today: date, *, which: Which = Which.ALL) -> list[Line]:
    """By first name. A few queries, however many they are."""
    rows = Ambassador.objects.filter(council__in=councils).select_related("council", "standing_by")
    wanted = rows.filter(state=AmbassadorState.LEFT) if which is Which.LEFT else rows.here()
    carers = {known.carer.key: known.carer for known in known_carers(councils, today)}
    lines = [line_of(row, carers.get(row.pk), today) for row in wanted.order_by("first_name", "pk")]
    return [line for line in lines if _is(which, line)]


def line_of(row: Ambassador, carer: Carer | None, today: date) -> Line:
    """By the rules that matching asks, so that the list never says of somebody what a suggestion would not."""
    return Line(row, carer, held_back(carer, today) if carer else ())


def _in_words(row: Ambassador, carer: Carer, why: LeftOut) -> str:
    if why is LeftOut.PAUSED:
        return "Paused by staff" if row.paused_by_staff else f"Paused until {row.paused_until:%-d %B}"
    if why is LeftOut.RESTING:
        return f"Rests until {carer.rests_until:%-d %B}"
    return _SHORT[why]


_SHORT = {
    LeftOut.NOT_ACTIVE: "Asked to stop",
    LeftOut.STANDING: "Standing to confirm",
    LeftOut.NO_ROOM: "Full",
    LeftOut.MONTH_FULL: "Enough for this month",
}


def _is(which: Which, line: Line) -> bool:
    return {
        Which.ALL: True,
        Which.LEFT: True,
        Which.ASKABLE: line.can_be_asked,
        Which.STANDING: line.stale,
        Which.PAUSED: not {LeftOut.PAUSED, LeftOut.RESTING}.isdisjoint(line.held),
        Which.INVITED: line.row.state == AmbassadorState.INVITED,
    }[which]


@dataclass(frozen=True)
class Page:
    """Everything about one, for their coordinator. `shares`: what they consent to share now."""

    line: Line
    shares: list[str]
    apart: list[KeptApart]
    past: list[Past]
    open: int


def page_of(row: Ambassador, today: date) -> Page:
    carers = known_carers([row.council_id], today, only=row.pk)
    offers = Offer.objects.filter(council=row.council_id, ambassador=row).order_by("-created_at")
    shared = set(Offering.objects.filter(council=row.council_id, ambassador=row).values_list("attribute", flat=True))
    apart = KeptApart.objects.filter(council=row.council_id, ambassador=row).select_related("by").order_by("created_at")
    return Page(
        line=line_of(row, carers[0].carer if carers else None, today),
        shares=[box_of(each) for each in Attribute if each in shared],
        apart=list(apart),
        past=[Past(offer) for offer in offers.exclude(ended_at=None)[:HISTORY]],
        open=offers.filter(ended_at=None).count(),
    )
