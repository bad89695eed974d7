"""Pages for whoever answers for people's rights in a council: one file with everything, and erasure."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from councils.access import StaffRequest
from councils.clock import hub_now
from councils.models.rights import ErasureCause
from councils.refusals import Refused
from councils.roles import Permission
from enquiries.actions.refusals import record_refusal
from enquiries.actions.rights import record_taken_out, request_erasure, waiting_for, whole
from enquiries.casework_views import frame
from enquiries.forms.rights import EraseForm, TakeOutForm
from enquiries.models import Enquiry
from enquiries.retention.page import hold_on
from enquiries.rights.export import holdings_of
from enquiries.rights.export_file import as_answer


def answerable(request: StaffRequest, enquiry_id: UUID) -> Enquiry:
    """The case, in a council for which this person answers. Erased ones have nothing left to ask for."""
    councils = request.access.where(Permission.ANSWER_RIGHTS)
    if not councils:
        raise PermissionDenied
    cases = Enquiry.objects.filter(council__in=councils).standing()
    return get_object_or_404(cases.select_related("council__hub"), pk=enquiry_id)


@require_http_methods(["GET", "HEAD", "POST"])
def take_out(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    case = answerable(request, enquiry_id)
    if request.method != "POST":
        return _ask_purpose(request, case, TakeOutForm())
    form = TakeOutForm(request.POST)
    try:
        told = form.told()
    except Refused as refusal:
        return _ask_purpose(request, case, form, refusal)
    guarded = told["safeguarding"] and request.access.may(Permission.SAFEGUARD, case.council_id)
    cases = list(whole(case).values())
    holdings = holdings_of(cases, guarded=guarded, now=hub_now())
    for each in cases:
        record_taken_out(each, cases=len(cases), safeguarding=guarded, words=told["purpose"], by=request.access)
    return as_answer(holdings)


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    case = answerable(request, enquiry_id)
    if request.method != "POST":
        return _ask_whether(request, case, EraseForm())
    form = EraseForm(request.POST)
    try:
        requests = request_erasure(case, cause=ErasureCause(form.told()["cause"]), by=request.access)
    except Refused as refusal:
        if form.is_valid():
            record_refusal(case, "erase", by=request.access)
        return _ask_whether(request, case, form, refusal)
    messages.success(request, f"{len(requests)} to be erased: it is done within minutes, and cannot be called back.")
    return redirect("admin:enquiries_enquiry_change", case.pk)


def _ask_purpose(
    request: StaffRequest, case: Enquiry, form: TakeOutForm, refusal: Refused | None = None
) -> HttpResponse:
    shown = {
        "case": case,
        "cases": list(whole(case).values()),
        "form": form,
        "refusal": refusal,
        "safeguards": request.access.may(Permission.SAFEGUARD, case.council_id),
    }
    title = f"Everything held on {case.name}"
    return render(request, "staff/rights/take_out.html", frame(request, title) | shown, status=422 if refusal else 200)


def _ask_whether(request: StaffRequest, case: Enquiry, form: EraseForm, refusal: Refused | None = None) -> HttpResponse:
    shown = {
        "case": case,
        "cases": list(whole(case).values()),
        "form": form,
        "refusal": refusal,
        "hold": hold_on(case),
        "waiting": waiting_for(case),
    }
    return render(
        request,
        "staff/rights/erase.html",
        frame(request, f"Erase {case.reference}") | shown,
        status=422 if refusal else 200,
    )
