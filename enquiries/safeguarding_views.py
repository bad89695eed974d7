"""Where a safeguarding note is written. For everybody without the role the address does not exist."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from councils.access import StaffRequest
from councils.refusals import Refused
from councils.roles import Permission
from enquiries.actions.safeguarding import write_safeguarding_note
from enquiries.casework_views import case_page, visible
from enquiries.forms.safeguarding import SafeguardingForm


@require_POST
def write(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    enquiry = visible(request, enquiry_id)
    if not request.access.may(Permission.SAFEGUARD, enquiry.council_id):
        raise Http404
    try:
        concern = SafeguardingForm(request.POST).told()["concern"]
        write_safeguarding_note(enquiry, concern, by=request.access)
    except Refused as refusal:
        return case_page(request, enquiry, refusal=refusal)
    messages.success(request, "Safeguarding note saved.")
    return redirect("admin:enquiries_enquiry_change", enquiry.pk)
