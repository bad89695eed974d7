"""An ambassador leaves: what is open is handed over on one screen."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ambassadors.actions.leaving import leave
from ambassadors.models import Ambassador
from ambassadors.people.leave_page import choices_for, chosen
from ambassadors.people.views import PAGE, visible
from councils.access import StaffRequest
from councils.clock import hub_now
from councils.refusals import Refused
from councils.working_time import in_london
from enquiries.casework_views import frame


@require_http_methods(["GET", "HEAD", "POST"])
def leaving(request: StaffRequest, ambassador_id: UUID) -> HttpResponse:
    row = visible(request, ambassador_id)
    if request.method != "POST":
        return _page(request, row)
    choices = choices_for(row, in_london(hub_now()).date())
    try:
        leave(row, chosen(choices, request.POST), checked=bool(request.POST.get("checked")), by=request.access)
    except Refused as refusal:
        return _page(request, row, refusal)
    messages.success(request, f"{row.first_name} is an ambassador no longer. What was open is handed over.")
    return redirect(PAGE, row.pk)


def _page(request: StaffRequest, row: Ambassador, refusal: Refused | None = None) -> HttpResponse:
    choices = choices_for(row, in_london(hub_now()).date())
    shown = {
        "row": row,
        "choices": choices,
        "chosen": {str(key) for key in chosen(choices, request.POST).values() if key},
        "refusal": refusal,
        "asks_to_check": any(choice.others for choice in choices),
    }
    title = frame(request, f"{row.first_name} leaves")
    return render(request, "staff/ambassadors/leave.html", title | shown, status=409 if refusal else 200)
