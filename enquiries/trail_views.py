"""Who has looked at a case, readable for whoever answers for the council."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from councils.access import StaffRequest
from councils.roles import Permission
from enquiries.board_pages import Place
from enquiries.casework_views import frame
from enquiries.models import Enquiry
from enquiries.trail import Sort, trail


@require_safe
def page(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    """`?only=` one sort; `?before=` where the page before ended."""
    councils = request.access.where(Permission.SEE_TRAIL)
    if not councils:
        raise PermissionDenied
    case = get_object_or_404(Enquiry.objects.filter(council__in=councils).select_related("council"), pk=enquiry_id)
    only = request.GET.get("only", "")
    shown = {
        "case": case,
        "trail": trail(case, access=request.access, only=only, before=Place.from_text(request.GET.get("before", ""))),
        "sorts": Sort,
        "only": only if only in Sort.values else "",
    }
    return render(request, "staff/trail.html", frame(request, f"Who looked at {case.reference}") | shown)
