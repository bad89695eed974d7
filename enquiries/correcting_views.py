"""What is known of a person is put right on a page of its own; and a council in doubt is settled."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from councils.access import StaffRequest
from councils.clock import hub_now
from councils.refusals import Refused
from councils.roles import Permission
from enquiries.actions import correcting, mark_seen
from enquiries.casework_views import changing, conflict_told, frame, visible
from enquiries.forms.correcting import CorrectForm
from enquiries.models import Enquiry
from enquiries.staleness import Seen
from enquiries.timeline import timeline


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    enquiry = visible(request, enquiry_id)
    if request.method != "POST":
        mark_seen(enquiry, by=request.access, page="correct")
        return page(request, enquiry)
    form = CorrectForm(request.POST, case=enquiry)
    may = request.access.may(Permission.WORK_CASES, enquiry.council_id)
    return page(request, enquiry, form=form) if may and not form.is_valid() else _save(request, enquiry_id)


def page(
    request: StaffRequest, enquiry: Enquiry, *, refusal: Refused | None = None, form: CorrectForm | None = None
) -> HttpResponse:
    told = form or CorrectForm(request.POST if refusal else None, case=enquiry)
    events = timeline(enquiry) if refusal else []
    shown = {
        "case": enquiry,
        "form": told,
        "refusal": refusal,
        "seen": request.POST.get("seen") or Seen(enquiry, hub_now())["correction"],
        "conflict": conflict_told(request, enquiry, refusal, events),
    }
    status = 409 if refusal else 422 if told.errors else 200
    return render(request, "staff/correct.html", frame(request, f"Correct {enquiry.reference}") | shown, status=status)


def correction(request: StaffRequest, enquiry: Enquiry) -> str:
    request.access.require(Permission.WORK_CASES, enquiry.council_id)
    form = CorrectForm(request.POST, case=enquiry)
    form.full_clean()
    postcode = form.cleaned_data["postcode"]
    elsewhere = correcting.correct(enquiry, form.particulars(), postcode=postcode, by=request.access)
    if elsewhere:
        told = f"{postcode} is in the area of {elsewhere.name}. The case stays here until they accept it."
        messages.warning(request, told)
    return "Saved."


_save = changing(correction, page=page)


@changing
def ours(request: StaffRequest, enquiry: Enquiry) -> str:
    correcting.settle_council(enquiry, by=request.access)
    return f"{enquiry.council.name} answers."
