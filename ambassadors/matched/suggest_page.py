"""Whom a coordinator may ask for one person."""

from dataclasses import dataclass
from uuid import UUID

from ambassadors.actions.looking import mark_suggested
from ambassadors.matched.loading import Loaded, load
from ambassadors.matched.person import Person, person_of
from ambassadors.suggesting import Suggestion, suggest
from ambassadors.waiting import why_waiting
from councils.access import Access
from enquiries.models import Enquiry

MOST = 20  # nobody reads on


@dataclass(frozen=True, slots=True)
class Row:
    """`council`: its name, where it is another one, whose staff confirm."""

    key: UUID
    first_name: str
    council_key: int
    council: str
    score: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SuggestPage:
    """`person`: None where they do not wait now. `more`: who could be asked as well, further down. `why`: why there is
    nobody."""

    person: Person | None
    rows: tuple[Row, ...] = ()
    more: int = 0
    others: str = ""
    why: str = ""


def suggest_page(case: Enquiry, *, by: Access) -> SuggestPage:
    """The case is one of a council in which they look after ambassadors."""
    loaded = load([case.council_id], case.council.hub_id, case=case.pk)
    waiting = loaded.of(case.pk)
    if waiting is None:
        return SuggestPage(None)
    mark_suggested(waiting.wish, councils={each.council for each in loaded.carers}, by=by)
    found = suggest(waiting.seeker, loaded.carers, loaded.region)
    why = "" if found.ranked else why_waiting(waiting.seeker, loaded.carers, loaded.region)
    return SuggestPage(
        person_of(waiting, loaded.region.today),
        tuple(_row(each, case, loaded) for each in found.ranked[:MOST]),
        max(len(found.ranked) - MOST, 0),
        found.others,
        why,
    )


def _row(found: Suggestion, case: Enquiry, loaded: Loaded) -> Row:
    carer = found.carer
    other = "" if carer.council == case.council_id else loaded.region.names[carer.council]
    return Row(carer.key, carer.first_name, carer.council, other, round(found.fit.score), found.fit.reasons)
