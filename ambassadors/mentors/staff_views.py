"""Staff give somebody a mentor and end it, on the page of the case."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from ambassadors.actions import mentoring
from ambassadors.models import Mentorship
from councils.access import StaffRequest
from councils.refusals import Refused
from councils.roles import Permission
from enquiries.casework_views import case_page, visible
from enquiries.forms.casework import StaffForm

CASE = "admin:enquiries_enquiry_change"


class MentorForm(StaffForm):
    mentor = forms.UUIDField(error_messages={"required": "Choose a mentor.", "invalid": "Choose a mentor."})


@require_POST
def begin(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    case = visible(request, enquiry_id)
    if not request.access.may(Permission.MATCH, case.council_id):
        raise Http404
    try:
        made = mentoring.begin(case, MentorForm(request.POST).told()["mentor"], by=request.access)
    except Refused as refusal:
        return case_page(request, case, refusal=refusal)
    messages.success(request, f"{made.ambassador.first_name} is their mentor now, and has been told by email.")
    return redirect(CASE, case.pk)


@require_POST
def end(request: StaffRequest, mentorship_id: UUID) -> HttpResponse:
    theirs = Mentorship.objects.filter(council__in=request.access.where(Permission.MATCH))
    mentorship = get_object_or_404(theirs, pk=mentorship_id)
    mentoring.end(mentorship, by=request.access)
    messages.success(request, "The mentorship has ended.")
    return redirect(CASE, mentorship.enquiry_id)
