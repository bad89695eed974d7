"""Whose figures somebody may see, and whose not."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from councils.access import StaffRequest
from councils.models import Council, CouncilKind, Hub
from councils.roles import Permission


def hub_seen(request: StaffRequest) -> Hub:
    """Whose figures of all councils they may see. Told before anything is looked for to whoever may not."""
    if request.access.hub is None or not request.access.sees_region:
        raise PermissionDenied
    return Hub.objects.get(pk=request.access.hub)


def councils_of(hub: Hub) -> list[Council]:
    """In the order of their names, the hub office last: what belongs to no council yet is counted apart."""
    rows = Council.objects.filter(hub=hub).order_by("name")
    return sorted(rows, key=lambda council: council.kind == CouncilKind.HUB_OFFICE)


def council_seen(request: StaffRequest, slug: str) -> Council:
    """Raises Http404 alike for another's and for none."""
    if not request.access.sees_figures:
        raise PermissionDenied
    theirs = Council.objects.filter(pk__in=request.access.where(Permission.SEE_OWN_FIGURES))
    return get_object_or_404(theirs.select_related("hub"), slug=slug)


def own_councils(request: StaffRequest) -> list[Council]:
    return list(Council.objects.filter(pk__in=request.access.where(Permission.SEE_OWN_FIGURES)).order_by("name"))
