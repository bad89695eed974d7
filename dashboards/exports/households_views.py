"""Take out the file with a line for each household: first what for, then the file."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from councils.access import StaffRequest
from councils.clock import hub_now
from councils.models import Council
from councils.refusals import Refused
from councils.roles import Permission
from councils.working_time import in_london
from dashboards.actions.taking_out import Purpose, take_out_households
from dashboards.exports.households import COLUMNS
from dashboards.exports.shown import years_until
from enquiries.casework_views import frame
from enquiries.forms.casework import StaffForm
from enquiries.forms.taking_out import own_words_field, purpose_field


class HouseholdsForm(StaffForm):
    year = forms.TypedChoiceField(
        label="Year",
        coerce=int,
        error_messages={"required": "Choose a year.", "invalid_choice": "Choose a year from the list."},
    )
    purpose = purpose_field("file", Purpose.choices)
    words = own_words_field("file", "Who will use it, and until when. No names of enquirers.")

    def __init__(self, data: object = None) -> None:
        super().__init__(data)
        years = years_until(in_london(hub_now()).date())
        self.fields["year"].choices = [(str(year), f"April {year} to March {year + 1}") for year, _ in years]  # type: ignore[attr-defined]  # of a ChoiceField


@require_http_methods(["GET", "HEAD", "POST"])
def households(request: StaffRequest) -> HttpResponse:
    mine = request.access.where(Permission.TAKE_FILE)
    if not mine:
        raise PermissionDenied
    if request.method != "POST":
        return _ask(request, HouseholdsForm())
    form = HouseholdsForm(request.POST)
    if not form.is_valid():
        return _ask(request, form, status=422)
    try:
        return _file(form, request)
    except Refused as refusal:
        return _ask(request, form, refusal=refusal, status=422)


def _file(form: HouseholdsForm, request: StaffRequest) -> HttpResponse:
    told = form.cleaned_data
    made = take_out_households(told["year"], purpose=Purpose(told["purpose"]), words=told["words"], by=request.access)
    response = HttpResponse(made, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="households-{told["year"]}.csv"'
    return response


def _ask(
    request: StaffRequest, form: HouseholdsForm, *, refusal: Refused | None = None, status: int = 200
) -> HttpResponse:
    councils = Council.objects.filter(pk__in=request.access.where(Permission.TAKE_FILE))
    shown = {"form": form, "refusal": refusal, "councils": councils, "columns": COLUMNS}
    title = "The file with a line for each household"
    return render(request, "staff/figures/households.html", frame(request, title) | shown, status=status)
