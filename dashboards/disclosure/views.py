"""Releases: listed for whoever sees figures of a hub or of one of its councils; asked for by the former."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from councils.access import StaffRequest
from councils.clock import hub_now
from councils.models import Hub
from councils.refusals import Refused
from councils.working_time import in_london
from dashboards.actions.release_asking import ask
from dashboards.disclosure.grid import Period, of_code, over
from dashboards.disclosure.reading import MASKED, file_of, parts_of, released
from dashboards.pages.reach import hub_seen, own_councils
from enquiries.casework_views import frame
from enquiries.exports import FileKind
from enquiries.exports_files import FILES
from enquiries.forms.casework import StaffForm


class ReleaseForm(StaffForm):
    """Of the periods that are over, those that nobody has released."""

    period = forms.ChoiceField(
        label="Months", error_messages={"required": "Say which months.", "invalid_choice": "Choose from the list."}
    )

    def __init__(self, data: object = None, *, periods: list[Period]) -> None:
        super().__init__(data)
        choices = [(each.code, f"{each.words}{', the year' if each.part == 'year' else ''}") for each in periods]
        self.fields["period"].choices = choices  # type: ignore[attr-defined]  # of a ChoiceField


@require_http_methods(["GET", "HEAD", "POST"])
def releases(request: StaffRequest) -> HttpResponse:
    if request.method == "POST":
        return _asked(request, hub_seen(request))
    return _page(request, _hub(request))


def _hub(request: StaffRequest) -> Hub:
    """The whole hub's, or the one of a council that they see figures of."""
    if request.access.sees_region:
        return hub_seen(request)
    councils = own_councils(request)
    if not councils:
        raise PermissionDenied
    return Hub.objects.get(pk=councils[0].hub_id)


def _asked(request: StaffRequest, hub: Hub) -> HttpResponse:
    form = ReleaseForm(request.POST, periods=over(in_london(hub_now()).date()))
    period = of_code(form.cleaned_data["period"], in_london(hub_now()).date()) if form.is_valid() else None
    if period is None:
        return _page(request, hub, form, status=422)
    try:
        new = ask(hub, period, by=request.access)
    except Refused as refusal:
        return _page(request, hub, form, refusal=refusal, status=409)
    messages.success(request, "It is being made. That takes a minute or two." if new else "It was released before.")
    return redirect("admin:dashboards_cell_releases")


def _page(
    request: StaffRequest,
    hub: Hub,
    form: ReleaseForm | None = None,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    found = released(hub)
    left = [each for each in over(in_london(hub_now()).date()) if each not in {one.period for one in found}]
    shown = {
        "releases": found,
        "form": form or ReleaseForm(periods=left),
        "left": left,
        "refusal": refusal,
        "may": request.access.sees_region,
    }
    return render(request, "staff/figures/releases.html", frame(request, "Releases") | shown, status=status)


@require_safe
def release(request: StaffRequest, code: str) -> HttpResponse:
    hub = _hub(request)
    period = of_code(code, in_london(hub_now()).date())
    if period is None or not (parts := parts_of(hub, period)):
        raise Http404
    if kind := request.GET.get("file"):
        return _file(request, hub, period, kind)
    shown = {"period": period, "parts": parts, "kinds": FileKind, "masked": MASKED}
    return render(request, "staff/figures/release.html", frame(request, f"Release: {period.words}") | shown)


def _file(request: StaffRequest, hub: Hub, period: Period, kind: str) -> HttpResponse:
    if kind not in FileKind.values:
        raise Http404
    write, content_type = FILES[FileKind(kind)]
    response = HttpResponse(write(file_of(parts_of(hub, period), period)), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="release-{hub.slug}-{period.code}.{kind}"'
    return response
