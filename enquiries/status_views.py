"""Your enquiry. A link in a mail is exchanged for a pass; GET shows, POST acts, and acting twice is harmless."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from councils.clock import hub_now
from councils.doors import find_door
from councils.models.doors import DoorPurpose
from councils.refusals import Refused
from councils.working_time import in_london
from enquiries import status_pass
from enquiries.actions import contact_change, status
from enquiries.models import Enquiry
from enquiries.states import State
from enquiries.status_access import behind_the_door, unshared
from enquiries.status_choices import Interest
from enquiries.status_forms import ContactChangeForm, InterestForm
from enquiries.status_page import status_page
from enquiries.status_pass import LONGEST_TOKEN, Pass
from enquiries.views import INVALID, require_get_or_post


@require_safe
@unshared
def open_page(request: HttpRequest, token: str) -> HttpResponse:
    """Answers alike whatever the link is worth; the next page says what came of it."""
    door = find_door(token, DoorPurpose.STATUS)
    response = redirect("status:page")
    status_pass.hand_out(response, Pass(door=door.pk) if door else Pass(token=token[:LONGEST_TOKEN]))
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
@behind_the_door
def page(request: HttpRequest, case: Enquiry) -> HttpResponse:
    return render(request, "status/page.html", vars(status_page(case)))


@require_get_or_post
@behind_the_door
def contact(request: HttpRequest, case: Enquiry) -> HttpResponse:
    if case.state not in contact_change.CHANGEABLE_STATES:
        return redirect("status:page")
    form = ContactChangeForm(request.POST if request.method == "POST" else None, case=case)
    if form.is_bound and form.is_valid():
        return _change_contact(request, case, form)
    values = {
        "form": form,
        "page_title": "Change how we reach you",
        "heading": "Change how we reach you",
        "submit_text": "Save",
        "other_href": reverse("status:page"),
        "other_text": "Cancel",
    }
    return render(request, "components/question_page.html", values, status=INVALID if form.errors else 200)


def _change_contact(request: HttpRequest, case: Enquiry, form: ContactChangeForm) -> HttpResponse:
    try:
        token = contact_change.change_contact(case, form.details())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("status:page")
    messages.success(request, "We have saved how to reach you.")
    response = redirect("status:page")
    if token and (door := find_door(token, DoorPurpose.STATUS)):
        status_pass.hand_out(response, Pass(door=door.pk))
    return response


@require_get_or_post
@behind_the_door
def interest(request: HttpRequest, case: Enquiry) -> HttpResponse:
    today = in_london(hub_now()).date()
    form = InterestForm(request.POST if request.method == "POST" else None, state=State(case.state), today=today)
    if not form.offered:
        return redirect("status:page")
    if form.is_bound and form.is_valid():
        return _answer_interest(request, case, form)
    values = {"form": form, "page_title": "Are you still interested?", "back": reverse("status:page")}
    return render(request, "components/question_page.html", values, status=INVALID if form.errors else 200)


def _answer_interest(request: HttpRequest, case: Enquiry, form: InterestForm) -> HttpResponse:
    try:
        match form.answer_given:
            case Interest.YES:
                status.say_still_interested(case)
            case Interest.NOT_NOW:
                status.say_not_now(case, wake_on=form.wake_on)
            case Interest.NO:
                status.say_no(case, reason=form.reason_given)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Thank you for telling us.")
    return redirect("status:page")


@require_get_or_post
@behind_the_door
def stop_writing(request: HttpRequest, case: Enquiry) -> HttpResponse:
    if request.method != "POST":
        return render(request, "status/stop_writing.html", {"case": case, "page": status_page(case)})
    if request.POST.get("undo"):
        status.undo_stop(case)
        messages.success(request, "We may write to you again about your enquiry.")
        return redirect("status:page")
    status.ask_to_stop(case)
    return redirect("status:stop_writing")


@require_POST
@unshared
def leave(request: HttpRequest) -> HttpResponse:
    """For a shared computer."""
    response = redirect("pages:home")
    status_pass.take_back(response)
    return response
