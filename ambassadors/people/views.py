"""Staff look after their council's ambassadors. Another council's and one that does not exist answer alike."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ambassadors.actions import conflicts, people, standing
from ambassadors.matched.views import councils_matched
from ambassadors.models import Ambassador, KeptApart
from ambassadors.people.forms import ApartForm, InviteForm
from ambassadors.people.reading import Which, lines_of, page_of
from councils.access import StaffRequest
from councils.clock import hub_now
from councils.models import Council
from councils.refusals import Refused
from councils.roles import Permission
from councils.working_time import in_london
from enquiries.casework_views import frame
from enquiries.forms.rights import TakeOutForm
from staff.changing import changing as staff_changing

LIST, PAGE = "admin:ambassadors_ambassador_changelist", "admin:ambassadors_ambassador_change"


@require_safe
def ambassadors(request: StaffRequest) -> HttpResponse:
    councils = councils_matched(request)
    which = next((each for each in Which if each == request.GET.get("show")), Which.ALL)
    shown = {
        "lines": lines_of(councils, in_london(hub_now()).date(), which=which),
        "which": which,
        "filters": list(Which),
        "councils": Council.objects.filter(pk__in=councils),
        "many": len(councils) > 1,
    }
    return render(request, "staff/ambassadors/people.html", frame(request, "Ambassadors") | shown)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: StaffRequest, slug: str) -> HttpResponse:
    council = get_object_or_404(Council.objects.filter(pk__in=councils_matched(request)), slug=slug)
    form, refusal = InviteForm(request.POST if request.method == "POST" else None), None
    if request.method == "POST":
        try:
            made = people.invite(council, **form.told(), by=request.access)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, f"{made.first_name} gets an email with a link that is good for 14 days.")
            return redirect(PAGE, made.pk)
    shown = {"council": council, "form": form, "refusal": refusal}
    title = frame(request, "Invite an ambassador")
    return render(request, "staff/ambassadors/invite.html", title | shown, status=409 if refusal else 200)


@require_safe
def ambassador(request: StaffRequest, ambassador_id: UUID) -> HttpResponse:
    return ambassador_page(request, visible(request, ambassador_id))


def visible(request: StaffRequest, ambassador_id: UUID) -> Ambassador:
    own = Ambassador.objects.filter(council__in=councils_matched(request))
    return get_object_or_404(own.select_related("council", "standing_by", "invited_by"), pk=ambassador_id)


def ambassador_page(request: StaffRequest, row: Ambassador, refusal: Refused | None = None) -> HttpResponse:
    typed = request.POST if refusal else {}
    answers = request.access.may(Permission.ANSWER_RIGHTS, row.council_id) and row.email
    shown = {
        "page": page_of(row, in_london(hub_now()).date()),
        "row": row,
        "apart_form": ApartForm(typed if "surname" in typed else None),
        "take_out_form": TakeOutForm(typed if "purpose" in typed else None) if answers else None,
        "refusal": refusal,
    }
    status = 409 if refusal else 200
    return render(request, "staff/ambassadors/ambassador.html", frame(request, row.first_name) | shown, status=status)


changing = staff_changing(visible, ambassador_page, PAGE)


@changing
def confirm(request: StaffRequest, row: Ambassador) -> str:
    until = standing.confirm_standing(row, by=request.access)
    return f"Written down: approved and in good standing. It holds until {until:%-d %B %Y}."


@changing
def pause(request: StaffRequest, row: Ambassador) -> str:
    standing.set_paused(row, paused=True, by=request.access)
    return f"{row.first_name} is paused: nobody new is offered to them."


@changing
def end_pause(request: StaffRequest, row: Ambassador) -> str:
    standing.set_paused(row, paused=False, by=request.access)
    return f"{row.first_name} is back."


@changing
def mentor(request: StaffRequest, row: Ambassador) -> str:
    people.set_mentor(row, is_mentor=request.POST.get("is_mentor") == "yes", by=request.access)
    return "Saved."


@changing
def invite_again(request: StaffRequest, row: Ambassador) -> str:
    people.invite_again(row, by=request.access)
    return "Another email is on its way. The link is good for 14 days."


@changing
def withdraw(request: StaffRequest, row: Ambassador) -> str:
    people.withdraw_invitation(row, by=request.access)
    return "The invitation is withdrawn."


@changing
def keep_apart(request: StaffRequest, row: Ambassador) -> str:
    told = ApartForm(request.POST).told()
    if bool(told["reference"]) == bool(told["surname"]):
        raise Refused("Write either the reference of an enquiry or a surname.")
    if told["reference"]:
        conflicts.keep_apart_from_case(row, told["reference"], reason=told["reason"], by=request.access)
    else:
        conflicts.keep_apart_from_surname(row, told["surname"], reason=told["reason"], by=request.access)
    return "Written down. They are not introduced."


@require_POST
def end_apart(request: StaffRequest, apart_id: UUID) -> HttpResponse:
    if not request.access.matches:
        raise PermissionDenied
    own = KeptApart.objects.filter(council__in=request.access.where(Permission.MATCH))
    apart = get_object_or_404(own, pk=apart_id)
    conflicts.end_keeping_apart(apart, by=request.access)
    messages.success(request, "They may be introduced again.")
    return redirect(PAGE, apart.ambassador_id)
