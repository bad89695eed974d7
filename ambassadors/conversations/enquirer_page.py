"""What an enquirer sees of their conversation, read once. Templates ask for nothing more.

Whom we asked and who said no is none of it: an introduction is theirs from the moment somebody said yes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from ambassadors.conversations.shown import Shown, shown
from ambassadors.conversations.words import UNSAID, ended_for_enquirer
from ambassadors.introduction_states import State, StoppedBy
from ambassadors.matched.seekers import standing_wishes
from ambassadors.models import Introduction
from ambassadors.pairs import Where, where_of_introduction
from ambassadors.shared import ForEnquirer, seen_by_enquirer
from ambassadors.states import TalkBy
from councils.clock import hub_now
from councils.govuk import SummaryRow
from enquiries.contact_details import hint_of_phone
from enquiries.merged import with_merged
from enquiries.models import Enquiry
from enquiries.more_parts import Part
from enquiries.states import Slot
from enquiries.status_page import proved

_GOES_ON = frozenset({State.ACCEPTED, State.AGREED})


@dataclass(frozen=True)
class Theirs:
    where: Where
    seen: ForEnquirer

    @property
    def state(self) -> State:
        return State(self.seen.state)


@dataclass(frozen=True)
class EnquirerPage:
    """`ended`: a sentence on the last one. `looking`: their wish stands, and nobody is ready yet."""

    theirs: Theirs | None
    told: Shown | None
    ended: str
    looking: bool
    rows: list[SummaryRow]

    @property
    def seen(self) -> ForEnquirer | None:
        return self.theirs.seen if self.theirs else None

    @property
    def ready(self) -> bool:
        return self.theirs is not None and self.theirs.state == State.ACCEPTED

    @property
    def agreed(self) -> bool:
        return self.theirs is not None and self.theirs.state == State.AGREED

    @property
    def is_empty(self) -> bool:
        return not (self.looking or self.ended or self.ready or self.agreed)

    @property
    def title(self) -> str:
        if self.theirs is None or not (self.ready or self.agreed or self.ended):
            return "Talking to somebody who fosters"
        name = self.theirs.seen.first_name
        return f"{name} would like to talk to you" if self.ready else f"Your conversation with {name}"


def enquirer_page(case: Enquiry, now: datetime) -> EnquirerPage:
    theirs = conversation_of(case)
    looking = is_looked_for(case, theirs)
    if theirs is None:
        return EnquirerPage(None, None, "", looking, [])
    seen = theirs.seen
    return EnquirerPage(
        theirs=theirs,
        told=_told(case, seen, now),
        ended=ended_for_enquirer(theirs.state, seen.first_name, answered=seen.spoke is not None),
        looking=looking,
        rows=list(_rows(seen)) if theirs.state in _GOES_ON else [],
    )


def _told(case: Enquiry, seen: ForEnquirer, now: datetime) -> Shown:
    """The number of the enquiry is written out only for whoever has proved to be its owner."""
    told = shown(seen, now)
    if seen.phone and seen.phone == case.phone and not proved(case):
        return replace(told, phone=f"a number that {hint_of_phone(case.phone)}")
    return told


def _rows(seen: ForEnquirer) -> Iterator[SummaryRow]:
    told = (
        ("Fosters with", seen.council),
        ("Foster carer since", str(seen.carer_since or "")),
        ("Kinds of fostering", "\n".join(seen.kinds)),
        ("At home", seen.household),
        ("Speaks", ", ".join(seen.languages)),
        ("Also told us", "\n".join(seen.attributes)),
        ("Can talk", "" if seen.way else "\n".join(TalkBy(way).label for way in seen.ways)),
        ("Usually free", "\n".join(Slot(slot).label for slot in seen.times)),
    )
    yield from (SummaryRow(key, value) for key, value in told if value)


def conversation_of(case: Enquiry) -> Theirs | None:
    """The newest that somebody accepted."""
    return next(_accepted(case), None)


def _accepted(case: Enquiry) -> Iterator[Theirs]:
    """Those of what was joined with the case among them."""
    own = Introduction.objects.filter(council=case.council_id, enquiry__in=with_merged(case))
    for row in own.exclude(state__in=UNSAID).order_by("-created_at"):
        where = where_of_introduction(row)
        seen = seen_by_enquirer(where)
        if seen.accepted:
            yield Theirs(where, seen)


def is_looked_for(case: Enquiry, theirs: Theirs | None) -> bool:
    """As the waiting list has it, less what they do not hear of: whoever was asked and has not said yes counts for
    nothing. Whoever spoke, or stopped, waits again once they have said anew what they wish for."""
    if not case.wants_ambassador or (theirs and theirs.state in _GOES_ON):
        return False
    wish = standing_wishes([case.council_id]).filter(enquiry=case).first()
    if wish is None or theirs is None or not _is_enough(theirs.seen):
        return wish is not None
    return theirs.seen.ended_at is None or theirs.seen.ended_at < wish.changed_at


def _is_enough(seen: ForEnquirer) -> bool:
    return seen.state == State.SPOKE or (seen.state == State.STOPPED and seen.stopped_by == StoppedBy.ENQUIRER)


def part_of(case: Enquiry) -> Part | None:
    """On "Your enquiry"."""
    page = enquirer_page(case, hub_now())
    return None if page.is_empty else Part("ambassadors/conversations/part.html", {"page": page})
