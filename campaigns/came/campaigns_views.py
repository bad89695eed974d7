"""Campaigns: the list, one campaign with its codes, emails, spend and what they brought. Another council's and none
answer alike."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.actions import campaigns as actions
from campaigns.came.campaign_page import lines_of_list, page_of
from campaigns.came.campaigns_forms import BeginForm, CampaignForm, SpendForm
from campaigns.came.reach import campaign_edited, councils_edited
from campaigns.models import Campaign
from councils.access import StaffRequest
from councils.clock import hub_now
from councils.models import Council
from councils.refusals import Refused
from councils.working_time import in_london
from enquiries.casework_views import frame

LIST, PAGE = "admin:campaigns_campaign_changelist", "admin:campaigns_campaign_change"


@require_safe
def campaigns(request: StaffRequest) -> HttpResponse:
    councils = councils_edited(request)
    today = in_london(hub_now()).date()
    shown = {"lines": lines_of_list(councils, today), "many": len(councils) > 1}
    return render(request, "staff/campaigns/list.html", frame(request, "Campaigns") | shown)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: StaffRequest) -> HttpResponse:
    councils = Council.objects.filter(pk__in=councils_edited(request)).order_by("name")
    form, refusal = BeginForm(request.POST if request.method == "POST" else None, councils=councils), None
    if request.method == "POST":
        try:
            planned = form.planned()
            council = get_object_or_404(councils, pk=form.cleaned_data["council"])
            made = actions.begin(council, planned, by=request.access)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, "The campaign is begun. Make codes for it, write an email, or write down spend.")
            return redirect(PAGE, made.pk)
    return _form(request, "Begin a campaign", form, refusal, None)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    campaign = campaign_edited(request, campaign_id)
    fields = CampaignForm.base_fields
    begun = {name: getattr(campaign, name) for name in fields}
    form, refusal = CampaignForm(request.POST if request.method == "POST" else None, initial=begun), None
    if request.method == "POST":
        try:
            actions.change(campaign, form.planned(), by=request.access)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, "Saved.")
            return redirect(PAGE, campaign.pk)
    return _form(request, "Change the campaign", form, refusal, campaign)


def _form(
    request: StaffRequest, title: str, form: CampaignForm, refusal: Refused | None, campaign: Campaign | None
) -> HttpResponse:
    # What is wrong with a field stands at the field; what is wrong with the whole, above the form.
    shown = {"form": form, "refusal": None if form.errors else refusal, "campaign": campaign}
    context = frame(request, title) | shown
    return render(request, "staff/campaigns/form.html", context, status=409 if refusal else 200)


@require_safe
def campaign(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    return campaign_page(request, campaign_edited(request, campaign_id), SpendForm())


def campaign_page(
    request: StaffRequest, campaign: Campaign, form: SpendForm, refusal: Refused | None = None
) -> HttpResponse:
    shown = {
        "page": page_of(campaign, councils_edited(request)),
        "campaign": campaign,
        "form": form,
        "refusal": None if form.errors else refusal,
    }
    context = frame(request, campaign.name) | shown
    return render(request, "staff/campaigns/campaign.html", context, status=409 if refusal else 200)
