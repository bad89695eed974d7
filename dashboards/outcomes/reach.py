"""For which councils somebody may say how applications stand."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from councils.access import StaffRequest
from councils.models import Council
from councils.roles import Permission


def council_told_of(request: StaffRequest, slug: str) -> Council:
    """Told before anything is looked for to whoever may nowhere. Raises Http404 alike for another's and for none."""
    mine = request.access.where(Permission.CONFIRM_OUTCOMES)
    if not mine:
        raise PermissionDenied
    return get_object_or_404(Council.objects.select_related("hub"), pk__in=mine, slug=slug)
