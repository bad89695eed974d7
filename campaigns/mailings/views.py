"""An email to many: the list, a new one, and its page. Another council's and none answer alike."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.actions.mailings import create
from campaigns.came.reach import councils_edited
from campaigns.mailings.beginning import campaign_of
from campaigns.mailings.forms import ChooseForm, NewForm, ScheduleForm
from campaigns.mailings.missed import MOST, missed
from campaigns.mailings.page import page_of, sees_people, segments_for
from campaigns.models import Campaign, Mailing
from campaigns.states import MailingState, Purpose
from councils.access import StaffRequest
from councils.models import Council, CouncilKind
from councils.refusals import Refused
from enquiries.casework_views import frame

LIST, PAGE = "admin:campaigns_mailing_changelist", "admin:campaigns_mailing_page"
EVERY = 15  # seconds between two looks at one that goes out


@require_safe
def mailings(request: StaffRequest) -> HttpResponse:
    councils = councils_edited(request)
    found = Mailing.objects.filter(council__in=councils).select_related("council", "campaign").order_by("-created_at")
    owners = sorted(
        Council.objects.filter(pk__in=councils), key=lambda each: (each.kind != CouncilKind.HUB_OFFICE, each.name)
    )
    shown = {"mailings": found[:200], "owners": owners, "many": len(councils) > 1}
    return render(request, "staff/mailings/list.html", frame(request, "Emails to many") | shown)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest, slug: str) -> HttpResponse:
    """`?campaign=` chooses one."""
    council = get_object_or_404(Council.objects.filter(pk__in=councils_edited(request)), slug=slug)
    campaigns = list(Campaign.objects.filter(council=council).order_by("-starts_on", "name"))
    typed = request.POST if request.method == "POST" else None
    form, refusal = NewForm(typed, campaigns=campaigns, initial={"campaign": request.GET.get("campaign")}), None
    if typed is not None and form.is_valid():
        try:
            mailing = create(
                council,
                campaign=campaign_of(council, form.cleaned_data, by=request.access),
                name=form.cleaned_data["name"],
                purpose=Purpose(form.cleaned_data["purpose"]),
                by=request.access,
            )
            return redirect(PAGE, mailing.pk)
        except Refused as refused:
            refusal = refused
    shown = {"form": form, "council": council, "refusal": refusal}
    status = 422 if typed is not None else 200
    return render(request, "staff/mailings/new.html", frame(request, "A new email to many") | shown, status=status)


@require_safe
def mailing(request: StaffRequest, mailing_id: UUID) -> HttpResponse:
    return mailing_page(request, visible(request, mailing_id))


@require_safe
def who_missed(request: StaffRequest, mailing_id: UUID) -> HttpResponse:
    found = visible(request, mailing_id)
    may = sees_people(found, request.access)
    shown = {"mailing": found, "missed": missed(found) if may else [], "most": MOST, "may": may}
    return render(request, "staff/mailings/missed.html", frame(request, f"Who did not get “{found.name}”") | shown)


def visible(request: StaffRequest, mailing_id: UUID) -> Mailing:
    own = Mailing.objects.filter(council__in=councils_edited(request))
    people = ("created_by", "prepared_by", "approved_by")
    return get_object_or_404(own.select_related("council__hub", "campaign", "segment", *people), pk=mailing_id)


def mailing_page(
    request: StaffRequest,
    found: Mailing,
    *,
    refusal: Refused | None = None,
    choose: ChooseForm | None = None,
    schedule: ScheduleForm | None = None,
) -> HttpResponse:
    page = page_of(found, request.access)
    chosen = {"segment": found.segment_id, "purpose": found.purpose, "per_minute": found.per_minute}
    shown = {
        "page": page,
        "mailing": found,
        "refusal": refusal,
        "choose": choose or ChooseForm(segments=segments_for(found), initial=chosen),
        "schedule": schedule or ScheduleForm(initial={"hour": "10"}),
    }
    status = 409 if refusal else 422 if choose or schedule else 200
    answer = render(request, "staff/mailings/page.html", frame(request, found.name) | shown, status=status)
    if found.state == MailingState.RUNNING and status == 200:
        answer["Refresh"] = str(EVERY)
    return answer


def done(request: StaffRequest, found: Mailing, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect(PAGE, found.pk)
