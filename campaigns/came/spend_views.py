"""What a campaign cost: written down, brought in from a list, taken out where it was wrong."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.actions import spending
from campaigns.came.campaigns_forms import SpendForm
from campaigns.came.campaigns_views import PAGE, campaign_page
from campaigns.came.reach import campaign_edited, councils_edited
from campaigns.came.results_lines import exact
from campaigns.came.spend_import import Taken, take
from campaigns.models import Spend
from councils.access import StaffRequest
from councils.refusals import Refused
from enquiries.came_states import Source
from enquiries.casework_views import frame
from enquiries.imports.sheets import LARGEST, BadFile


@require_POST
def spend(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    campaign = campaign_edited(request, campaign_id)
    form = SpendForm(request.POST)
    try:
        made = spending.write_down(campaign, form.spent(), by=request.access)
    except Refused as refusal:
        return campaign_page(request, campaign, form, refusal)
    messages.success(request, f"Written down: {exact(made.pence)}.")
    return redirect(PAGE, campaign.pk)


@require_POST
def take_out(request: StaffRequest, spend_id: UUID) -> HttpResponse:
    own = Spend.objects.filter(council__in=councils_edited(request)).select_related("campaign")
    row = get_object_or_404(own, pk=spend_id)
    spending.take_out(row, by=request.access)
    messages.success(request, f"Taken out: {exact(row.pence)}.")
    return redirect(PAGE, row.campaign_id)


class FileForm(forms.Form):
    list = forms.FileField(
        label="List of what was spent",
        help_text="CSV or Excel (.xlsx), at most 10 MB.",
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: StaffRequest) -> HttpResponse:
    councils_edited(request)
    form, taken, refusal = FileForm(label_suffix=""), None, ""
    if request.method == "POST":
        form = FileForm(request.POST, request.FILES, label_suffix="")
        try:
            taken = _take(request, form) if form.is_valid() else None
        except BadFile as problem:
            refusal = str(problem)
        if taken and not taken.problems:
            messages.success(request, taken.words)
            return redirect("admin:campaigns_campaign_changelist")
    shown = {"form": form, "taken": taken, "refusal": refusal, "sources": Source.labels}
    status = 409 if request.method == "POST" else 200
    return render(request, "staff/campaigns/spend_import.html", frame(request, "Bring in spend") | shown, status=status)


def _take(request: StaffRequest, form: FileForm) -> Taken:
    file = form.cleaned_data["list"]
    if file.size > LARGEST:
        raise BadFile("The file is larger than 10 MB. Is it the right one?")
    return take(file.read(), councils_edited(request), by=request.access)
