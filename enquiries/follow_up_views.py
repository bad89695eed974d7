"""What goes next to one enquirer: as it will arrive, skipped, asked for now; and the time of the visit."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from councils.access import StaffRequest
from councils.clock import hub_now
from enquiries import actions
from enquiries.casework_views import changing, frame, visible
from enquiries.followups.preview import as_it_will_arrive
from enquiries.followups.reading import desk_about
from enquiries.forms.casework import SkipForm, VisitForm
from enquiries.models import Enquiry
from outbox.mail_pages import html_answer


@require_safe
@xframe_options_sameorigin
def upcoming(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    """`?step=` names it; `&part=html` is for the frame. What is not planned any more leads back to the case."""
    case = visible(request, enquiry_id)
    desk = desk_about(case, case.council, hub_now())
    step = request.GET.get("step", "")
    planned = next((each for each in desk.planned() if each.step == step and each.sequence.message), None)
    if planned is None:
        return redirect("admin:enquiries_enquiry_change", case.pk)
    preview = as_it_will_arrive(desk, planned)
    if request.GET.get("part") == "html":
        return html_answer(preview.html)
    return render(
        request, "staff/case/upcoming.html", frame(request, preview.title) | {"case": case, "preview": preview}
    )


@changing
def skip(request: StaffRequest, enquiry: Enquiry) -> str:
    actions.skip(enquiry, SkipForm(request.POST).told()["planned"], by=request.access)
    return "That message will not be sent."


@changing
def ask(request: StaffRequest, enquiry: Enquiry) -> str:
    actions.ask_still_interested(enquiry, by=request.access)
    return "They are being asked whether they are still interested."


@changing
def visit(request: StaffRequest, enquiry: Enquiry) -> str:
    actions.change_visit(enquiry, at=VisitForm(request.POST).told()["visit_at"], by=request.access)
    return "The new time is saved, and they are told."
