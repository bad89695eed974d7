"""The safeguarding notes of a case, for who holds that role where the case is; for everybody else there is nothing."""

from dataclasses import dataclass
from uuid import UUID

from councils.access import Access
from councils.roles import Permission
from enquiries.models import Enquiry, Merge, SafeguardingNote


@dataclass(frozen=True)
class SafeguardingPanel:
    """`notes`: the newest first, those of cases merged into this one among them."""

    notes: list[SafeguardingNote]


def safeguarding_panel(case: Enquiry, access: Access) -> SafeguardingPanel | None:
    if not access.may(Permission.SAFEGUARD, case.council_id):
        return None
    notes = SafeguardingNote.objects.filter(council=case.council_id, enquiry__in=[case.pk, *merged_into(case)])
    return SafeguardingPanel(list(notes.select_related("by", "enquiry").order_by("-created_at")))


def merged_into(case: Enquiry) -> set[UUID]:
    """Cases that go on in this one, directly and by way of others."""
    found: set[UUID] = set()
    newest = {case.pk}
    while newest:
        merges = Merge.objects.filter(council=case.council_id, kept__in=newest, undone_at=None)
        newest = set(merges.values_list("merged", flat=True)) - found
        found |= newest
    return found
