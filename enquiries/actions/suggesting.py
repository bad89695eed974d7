"""Cases of a council that may be about the same people are put side by side for a person to look at.

Asked again whenever what a case is found by changes. A pair stands in one row, the newer case first, so that what
somebody has settled is never suggested again.
"""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.roles import Permission
from councils.tenancy import as_council
from enquiries.handover_states import SameWhy, SuggestionState
from enquiries.models import Enquiry, SearchKey, Suggestion
from enquiries.same import Found, Key, why_same, worth_a_look
from enquiries.search import SearchKind
from enquiries.states import GOING_ON_STATES

_SHARED = (SearchKind.EMAIL, SearchKind.PHONE, SearchKind.POSTCODE)
_MOST_READ = 40  # of one key: more share an office's number than anybody would look at


def suggest(case: Enquiry, keys: Collection[Key]) -> None:
    """`keys`: everything that the case is found by. One query where nobody shares any."""
    if case.state not in GOING_ON_STATES:
        return
    sharing = _sharing(case, keys)
    if sharing:
        others = Enquiry.objects.filter(council=case.council_id, pk__in=list(sharing), state__in=GOING_ON_STATES)
        reasons = [
            (why, other.created_at, other)
            for other in others
            if (why := why_same(keys, case.name, Found(frozenset(sharing[other.pk]), other.name, other.created_at)))
        ]
        _write_down(case, worth_a_look(reasons))


def not_the_same(suggestion: Suggestion, *, by: Access) -> None:
    """For good: this pair is not suggested again. Safe to do twice."""
    by.require(Permission.WORK_CASES, suggestion.council_id)
    with as_council(suggestion.council_id):
        rows = Suggestion.objects.select_for_update(of=("self",)).select_related("enquiry")
        row = rows.get(council=suggestion.council_id, pk=suggestion.pk)
        if row.state != SuggestionState.OPEN:
            return
        row.state, row.settled_at, row.settled_by = SuggestionState.DIFFERENT, hub_now(), by.user
        row.save(update_fields=["state", "settled_at", "settled_by"])
        record("enquiry.not_the_same", subject=row.enquiry, by=by.user, other=str(row.other_id), why=row.why)


def _sharing(case: Enquiry, keys: Collection[Key]) -> dict[UUID, set[Key]]:
    """What other cases share, by their key."""
    wanted = [(kind, key) for kind, key in sorted(keys) if kind in _SHARED]
    if not wanted:
        return {}
    first, *others = (_of(case, kind, key) for kind, key in wanted)
    shared: dict[UUID, set[Key]] = defaultdict(set)
    for enquiry_id, kind, key in first.union(*others, all=True):
        shared[enquiry_id].add((SearchKind(kind), key))
    return shared


def _of(case: Enquiry, kind: SearchKind, key: str) -> QuerySet[SearchKey, tuple[UUID, str, str]]:
    found = SearchKey.objects.filter(council=case.council_id, kind=kind, key=key).filter(~Q(enquiry=case.pk))
    return found.values_list("enquiry_id", "kind", "key")[:_MOST_READ]


def _write_down(case: Enquiry, found: list[tuple[SameWhy, Enquiry]]) -> None:
    Suggestion.objects.bulk_create([_pair(case, other, why) for why, other in found], ignore_conflicts=True)


def _pair(case: Enquiry, other: Enquiry, why: SameWhy) -> Suggestion:
    older, newer = sorted((case, other), key=lambda each: (each.created_at, each.pk))
    return Suggestion(council_id=case.council_id, enquiry=newer, other=older, why=why)
