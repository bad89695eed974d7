"""Who else may be the same people, as the page of a case shows it; and what has been joined with it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from councils.access import Access
from councils.households import known_elsewhere
from councils.roles import Permission
from enquiries.handover_states import SameWhy, SuggestionState
from enquiries.models import Enquiry, Merge, Suggestion
from enquiries.states import GOING_ON_STATES


@dataclass(frozen=True)
class Perhaps:
    """`other` may be the same people as the case shown."""

    suggestion: Suggestion
    other: Enquiry
    why: SameWhy


@dataclass(frozen=True)
class SamePanel:
    """`goes_on_in`: the case that this one went into. `elsewhere`: another council knows the household."""

    goes_on_in: Enquiry | None
    perhaps: list[Perhaps]
    joined: list[Merge]
    elsewhere: bool
    may_work: bool
    may_look: bool


def same_panel(case: Enquiry, *, access: Access) -> SamePanel:
    """Two queries: who may be the same, and whether the household is known elsewhere. One more where an enquiry left
    its reference here, and one where this case went into another."""
    may_work = access.may(Permission.WORK_CASES, case.council_id)
    return SamePanel(
        goes_on_in=case.merged_into,
        perhaps=list(perhaps(case)),
        joined=joined_with(case) if case.earlier_references else [],
        elsewhere=known_elsewhere(case.household_id, case.council),
        may_work=may_work,
        may_look=may_work and case.state in GOING_ON_STATES,
    )


def perhaps(case: Enquiry) -> Iterator[Perhaps]:
    """Only what still goes on on both sides."""
    found = Suggestion.objects.filter(Q(enquiry=case) | Q(other=case), council=case.council_id)
    for suggestion in found.filter(state=SuggestionState.OPEN).select_related("enquiry", "other").order_by("-at"):
        other = suggestion.other if suggestion.enquiry_id == case.pk else suggestion.enquiry
        if {case.state, other.state} <= GOING_ON_STATES:
            yield Perhaps(suggestion, other, SameWhy(suggestion.why))


def joined_with(case: Enquiry) -> list[Merge]:
    rows = Merge.objects.filter(council=case.council_id, kept=case, undone_at=None)
    return list(rows.select_related("merged", "by").order_by("at"))
