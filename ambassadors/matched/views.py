"""What the pages of matching have in common: for whoever looks after ambassadors."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from councils.access import StaffRequest
from councils.roles import Permission
from enquiries.models import Enquiry


def councils_matched(request: StaffRequest) -> frozenset[int]:
    """Where they may; told before anything is looked for to whoever may nowhere."""
    councils = request.access.where(Permission.MATCH)
    if not councils:
        raise PermissionDenied
    return councils


def case_matched(request: StaffRequest, enquiry_id: UUID) -> Enquiry:
    cases = Enquiry.objects.filter(council__in=councils_matched(request), erased_at=None)
    return get_object_or_404(cases.select_related("council"), pk=enquiry_id)
