"""Days to remember beside the figures, and whether councils are named."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from councils.access import StaffRequest
from councils.clock import hub_now
from councils.models import Hub
from councils.refusals import Refused
from councils.roles import Permission
from councils.working_time import in_london
from dashboards.actions.annotating import annotate, office_of, show_names, take_away
from dashboards.beside import shows_names
from dashboards.models import Annotation
from dashboards.pages.reach import hub_seen
from dashboards.shown.forms import AnnotationForm
from enquiries.casework_views import frame

SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
def days(request: StaffRequest) -> HttpResponse:
    hub = hub_seen(request)
    if request.method == "POST" and "take_away" in request.POST:
        return _taken_away(request, hub)
    form = AnnotationForm(request.POST if request.method == "POST" else None, today=in_london(hub_now()).date())
    if not form.is_bound or not form.is_valid():
        return _page(request, hub, form, status=422 if form.is_bound else 200)
    try:
        annotate(hub, on=form.cleaned_data["on"], words=form.cleaned_data["words"], by=request.access)
    except Refused as refusal:
        return _page(request, hub, form, refusal=refusal, status=409)
    messages.success(request, "Written beside the figures.")
    return redirect("admin:dashboards_cell_days")


def _page(
    request: StaffRequest, hub: Hub, form: AnnotationForm, *, refusal: Refused | None = None, status: int = 200
) -> HttpResponse:
    noted = Annotation.objects.filter(hub=hub).select_related("by").order_by("-on", "-pk")[:SHOWN]
    shown = frame(request, "Days to remember") | {"form": form, "noted": list(noted), "refusal": refusal}
    return render(request, "staff/figures/days.html", shown, status=status)


def _taken_away(request: StaffRequest, hub: Hub) -> HttpResponse:
    key = request.POST["take_away"]
    gone = key.isascii() and key.isdecimal() and len(key) < 10 and take_away(hub, int(key), by=request.access)
    messages.success(request, "Taken away." if gone else "It is not there any more.")
    return redirect("admin:dashboards_cell_days")


@require_http_methods(["GET", "HEAD", "POST"])
def names(request: StaffRequest) -> HttpResponse:
    """Whether a council sees the names of others: the hub manager's to say."""
    hub = hub_seen(request)
    may = request.access.may(Permission.CHANGE_SETTINGS, office_of(hub).pk)
    if request.method == "POST":
        if not may:
            raise PermissionDenied
        show_names(hub, names=request.POST.get("names") == "yes", by=request.access)
        messages.success(request, "Saved.")
        return redirect("admin:dashboards_cell_names")
    shown = frame(request, "Names of councils") | {"hub": hub, "names": shows_names(hub.pk), "may": may}
    return render(request, "staff/figures/names.html", shown)
