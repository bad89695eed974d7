"""One person who waits, and whom they may be introduced to."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from ambassadors.matched.introducing import introduce_ticked, keys_in
from ambassadors.matched.suggest_page import suggest_page
from ambassadors.matched.views import case_matched
from councils.access import StaffRequest
from councils.refusals import Refused
from enquiries.casework_views import frame
from enquiries.models import Enquiry

LIST = "admin:ambassadors_introduction_changelist"


@require_safe
def suggestions(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    return _page(request, case_matched(request, enquiry_id))


def _page(request: StaffRequest, case: Enquiry, refusal: Refused | None = None) -> HttpResponse:
    page = suggest_page(case, by=request.access)
    title = f"Who could talk to {page.person.first_name}?" if page.person else "Nobody waits here now"
    ticked = request.POST.getlist("ambassador") if refusal else []
    shown = {"page": page, "case": case, "refusal": refusal, "ticked": ticked}
    status = 409 if refusal else 200
    return render(request, "staff/ambassadors/suggest.html", frame(request, title) | shown, status=status)


@require_POST
def introduce(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    case = case_matched(request, enquiry_id)
    try:
        told = introduce_ticked(case, keys_in(request.POST.getlist("ambassador")), by=request.access)
    except Refused as refusal:
        return _page(request, case, refusal)
    messages.success(request, told)
    return redirect(LIST)
