"""Who is sent figures by email: looked at by whoever sees the region's, chosen by lead and hub manager."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from councils.access import StaffRequest
from councils.models import Council, Hub, User
from councils.refusals import Refused
from councils.roles import Permission
from dashboards.actions.reporting import send_to, stop
from dashboards.models import Report
from dashboards.pages.reach import councils_of, hub_seen
from dashboards.reports.forms import ReportForm
from dashboards.reports.people import of_choice, readers
from dashboards.states import Every
from enquiries.casework_views import frame


@require_http_methods(["GET", "HEAD", "POST"])
def reports(request: StaffRequest) -> HttpResponse:
    hub = hub_seen(request)
    if request.method == "POST":
        if not request.access.where(Permission.SEND_FIGURES):
            raise PermissionDenied
        return _stopped(request, hub) if "stop" in request.POST else _chosen(request, hub)
    return _page(request, hub, _form(hub, councils_of(hub)))


def _form(hub: Hub, councils: Sequence[Council], data: object = None) -> ReportForm:
    return ReportForm(data, people=readers(hub), councils=councils)


def _chosen(request: StaffRequest, hub: Hub) -> HttpResponse:
    councils = councils_of(hub)
    form = _form(hub, councils, request.POST)
    if not form.is_valid():
        return _page(request, hub, form, status=422)
    asked = form.cleaned_data
    to, council = get_object_or_404(User, pk=asked["to"]), of_choice(councils, asked["whose"])
    try:
        send_to(hub, to=to, council=council, every=Every(asked["every"]), by=request.access)
    except Refused as refusal:
        return _page(request, hub, form, refusal=refusal, status=409)
    messages.success(request, f"{to.name} gets it from the next {asked['every']} on.")
    return redirect("admin:dashboards_cell_reports")


def _stopped(request: StaffRequest, hub: Hub) -> HttpResponse:
    key = request.POST["stop"]
    gone = key.isascii() and key.isdecimal() and len(key) < 10 and stop(hub, int(key), by=request.access)
    messages.success(request, "Stopped." if gone else "It is not sent any more.")
    return redirect("admin:dashboards_cell_reports")


def _page(
    request: StaffRequest, hub: Hub, form: ReportForm, *, refusal: Refused | None = None, status: int = 200
) -> HttpResponse:
    rows = Report.objects.filter(hub=hub).select_related("to", "council", "by").order_by("to__name", "pk")
    shown = {
        "hub": hub,
        "form": form,
        "reports": list(rows),
        "refusal": refusal,
        "may": bool(request.access.where(Permission.SEND_FIGURES)),
    }
    return render(request, "staff/figures/reports.html", frame(request, "Figures by email") | shown, status=status)
