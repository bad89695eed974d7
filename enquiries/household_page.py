"""Households that the hub office may join: the cases of both, next to each other."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from councils.access import Access
from councils.roles import Permission
from enquiries.handover_states import SuggestionState
from enquiries.models import Enquiry, HouseholdProposal

MOST = 50


@dataclass(frozen=True)
class Proposed:
    proposal: HouseholdProposal
    one: list[Enquiry]
    other: list[Enquiry]


def proposals_of(access: Access) -> QuerySet[HouseholdProposal]:
    """Those of offices where this person may join households."""
    return HouseholdProposal.objects.filter(council__in=access.where(Permission.JOIN_HOUSEHOLDS))


def proposed(access: Access) -> list[Proposed]:
    """The oldest first. Two queries."""
    rows = list(proposals_of(access).filter(state=SuggestionState.OPEN).order_by("at")[:MOST])
    wanted = {household for row in rows for household in (row.household_a, row.household_b)}
    cases: dict[UUID, list[Enquiry]] = {household: [] for household in wanted}
    found = Enquiry.objects.filter(council__in=access.where(Permission.JOIN_HOUSEHOLDS), household_id__in=wanted)
    for case in found.select_related("council").order_by("-created_at"):
        cases[case.household_id].append(case)
    return [Proposed(row, cases[row.household_a], cases[row.household_b]) for row in rows]
