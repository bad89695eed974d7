"""What the public pages show of events. No council is in scope there: each is read in its own short scope, and what
comes out are plain values."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from campaigns.actions.bookings import is_open, seated, seated_at
from campaigns.gatherings.words import Said, places_in_words, said_of
from campaigns.models import Gathering
from campaigns.states import GatheringKind, GatheringState
from councils.clock import hub_now
from councils.models import Council, Hub
from councils.tenancy import across, as_council


@dataclass(frozen=True)
class Listed:
    """`left`: places in words; empty once it is over or cancelled. `state`: open, closed, over or cancelled."""

    key: uuid.UUID
    council: Council
    said: Said
    about: str
    starts_at: datetime
    ends_at: datetime
    state: str
    left: str
    is_full: bool
    is_training: bool

    @property
    def is_open(self) -> bool:
        return self.state == "open"


def listed(councils: list[Council]) -> list[Listed]:
    """What is to come, the soonest first."""
    known = {council.pk: council for council in councils}
    now = hub_now()
    with across(known, reason="public events"):
        coming = list(Gathering.objects.listed())
        taken = seated_at(coming)
        return [_shown(each, known[each.council_id], now, taken=taken.get(each.pk, 0)) for each in coming]


def council_of(hub: Hub, slug: str) -> Council:
    """Raises Http404. The hub office invites, too."""
    found = Council.objects.select_related("hub").filter(hub=hub, slug=slug).first()
    if found is None:
        raise Http404
    return found


def event_of(council: Council, key: uuid.UUID) -> Listed:
    """Whoever has its address finds one that is not listed, or was cancelled. Raises Http404."""
    with as_council(council):
        found = gathering_of(council, key)
        return _shown(found, council, hub_now(), taken=seated(found))


def gathering_of(council: Council, key: uuid.UUID) -> Gathering:
    """Raises Http404. The council is in scope."""
    found = Gathering.objects.filter(council=council, pk=key).exclude(state=GatheringState.DRAFT).first()
    if found is None:
        raise Http404
    return found


def _shown(gathering: Gathering, council: Council, now: datetime, *, taken: int) -> Listed:
    state = _state(gathering, now)
    left = None if gathering.places is None else gathering.places - taken
    return Listed(
        key=gathering.pk,
        council=council,
        said=said_of(gathering, council),
        about=gathering.about,
        starts_at=gathering.starts_at,
        ends_at=gathering.ends_at,
        state=state,
        left=places_in_words(left) if state == "open" else "",
        is_full=left is not None and left <= 0,
        is_training=gathering.kind == GatheringKind.TRAINING,
    )


def _state(gathering: Gathering, now: datetime) -> str:
    if gathering.state == GatheringState.CANCELLED:
        return "cancelled"
    if now >= gathering.ends_at:
        return "over"
    return "open" if is_open(gathering, now) else "closed"
