"""What an enquirer sees of their conversation, read once. Templates ask for nothing more.

Whom we asked and who said no is none of it: an introduction is theirs from the moment somebody said yes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from ambassadors.conversations.shown import Shown, shown
from ambassadors.conversations.words import ENDED_FOR_ENQUIRER, UNSAID
from ambassadors.introduction_states import State
from ambassadors.models import Introduction
from ambassadors.pairs import Where, where_of_introduction
from ambassadors.shared import ForEnquirer, seen_by_enquirer
from ambassadors.states import TalkBy
from councils.clock import hub_now
from councils.govuk import SummaryRow
from enquiries.models import Enquiry, Wish
from enquiries.more_parts import Part
from enquiries.states import Slot


@dataclass(frozen=True)
class Theirs:
    where: Where
    seen: ForEnquirer

    @property
    def state(self) -> State:
        return State(self.seen.state)


@dataclass(frozen=True)
class EnquirerPage:
    """`ended`: a sentence on the last one. `looking`: their wish stands, and nobody is ready yet; `waits`: how long
    that takes."""

    service: str
    theirs: Theirs | None
    told: Shown | None
    ended: str
    looking: bool
    waits: str
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
    goes_on = theirs is not None and theirs.state in (State.ACCEPTED, State.AGREED)
    looking = not goes_on and case.wants_ambassador and wish_stands(case)
    return EnquirerPage(
        service=case.council.service_name,
        theirs=theirs,
        told=shown(theirs.seen, now) if theirs else None,
        ended=ENDED_FOR_ENQUIRER.get(theirs.state, "").format(other=theirs.seen.first_name) if theirs else "",
        looking=looking,
        waits="",
        rows=list(_rows(theirs.seen)) if theirs and goes_on else [],
    )


def _rows(seen: ForEnquirer) -> Iterator[SummaryRow]:
    told = (
        ("Fosters with", seen.council),
        ("Foster carer since", str(seen.carer_since or "")),
        ("Kinds of fostering", "\n".join(seen.kinds)),
        ("At home", seen.household),
        ("Speaks", ", ".join(seen.languages)),
        ("Also told us", "\n".join(seen.attributes)),
        ("Can talk", "\n".join(TalkBy(way).label for way in seen.ways)),
        ("Usually free", "\n".join(Slot(slot).label for slot in seen.times)),
    )
    yield from (SummaryRow(key, value) for key, value in told if value)


def conversation_of(case: Enquiry) -> Theirs | None:
    """The newest that somebody accepted."""
    return next(_accepted(case), None)


def _accepted(case: Enquiry) -> Iterator[Theirs]:
    own = Introduction.objects.filter(council=case.council_id, enquiry=case).exclude(state__in=UNSAID)
    for row in own.order_by("-created_at"):
        where = where_of_introduction(row)
        seen = seen_by_enquirer(where)
        if seen.accepted:
            yield Theirs(where, seen)


def wish_stands(case: Enquiry) -> bool:
    return Wish.objects.filter(council=case.council_id, enquiry=case, taken_back_at=None).exists()


def part_of(case: Enquiry) -> Part | None:
    """On "Your enquiry"."""
    page = enquirer_page(case, hub_now())
    return None if page.is_empty else Part("ambassadors/conversations/part.html", {"page": page})
