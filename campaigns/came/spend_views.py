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
from campaigns.came.spend_import import take
from campaigns.models import Spend
from councils.access import StaffRequest
from councils.refusals import Refused
from enquiries.came_states import Source
from enquiries.casework_views import frame
from enquiries.forms.casework import StaffForm
from enquiries.imports.sheets import BadFile

LONGEST = 200_000  # characters: what the site takes in one post


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


class ListForm(StaffForm):
    rows = forms.CharField(
        label="Rows of your spreadsheet, with the headings",
        help_text="Copy them in your spreadsheet and paste them here. The text of a CSV file will do, too.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Paste the rows first.", "max_length": "These are too many rows. Bring in fewer."},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: StaffRequest) -> HttpResponse:
    """Pasted: nothing is uploaded over the web. A file comes in by `manage.py import_spend`."""
    councils = councils_edited(request)
    form, taken, refusal = ListForm(request.POST if request.method == "POST" else None), None, ""
    if request.method == "POST" and form.is_valid():
        try:
            taken = take(form.cleaned_data["rows"].encode(), councils, by=request.access)
        except BadFile as problem:
            refusal = str(problem)
        if taken and not taken.problems:
            messages.success(request, taken.words)
            return redirect("admin:campaigns_campaign_changelist")
    shown = {"form": form, "taken": taken, "refusal": refusal, "sources": Source.labels}
    status = 409 if request.method == "POST" else 200
    return render(request, "staff/campaigns/spend_import.html", frame(request, "Bring in spend") | shown, status=status)
