"""The referral, to be printed by the browser. That it was opened is written down like any look at a case."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from councils.access import StaffRequest
from councils.clock import hub_now
from enquiries.actions.casework import mark_printed
from enquiries.casework_views import visible
from enquiries.referral import referral


@require_safe
def printed(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    case, now = visible(request, enquiry_id), hub_now()
    mark_printed(case, by=request.access)
    shown = {"referral": referral(case, now), "case": case, "now": now, "user": request.user}
    return render(request, "staff/referral.html", shown)
