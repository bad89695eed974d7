"""How each council runs its scheme."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ambassadors.actions.settings import change_scheme
from ambassadors.matched.views import councils_matched
from ambassadors.people.forms import SchemeForm
from ambassadors.schemes import scheme_of
from councils.access import StaffRequest
from councils.models import Council
from councils.refusals import Refused
from councils.roles import Permission
from enquiries.casework_views import frame

LIST = "admin:ambassadors_scheme_changelist"


@require_safe
def schemes(request: StaffRequest) -> HttpResponse:
    councils = Council.objects.fostering().filter(pk__in=councils_matched(request))
    shown = {"schemes": [(council, scheme_of(council)) for council in councils]}
    return render(request, "staff/ambassadors/schemes.html", frame(request, "Settings of the scheme") | shown)


@require_http_methods(["GET", "HEAD", "POST"])
def scheme(request: StaffRequest, slug: str) -> HttpResponse:
    here = Council.objects.fostering().filter(pk__in=councils_matched(request))
    if request.method == "POST" and not request.access.where(Permission.CHANGE_SETTINGS):
        raise PermissionDenied  # as it says of any council, and of none
    council = get_object_or_404(here, slug=slug)
    if request.method != "POST":
        return _page(request, council, SchemeForm.of(scheme_of(council)))
    if not request.access.may(Permission.CHANGE_SETTINGS, council.pk):
        raise PermissionDenied
    form = SchemeForm(request.POST)
    try:
        change_scheme(council, form.told(), by=request.access)
    except Refused as refusal:
        return _page(request, council, form, refusal)
    messages.success(request, "Saved.")
    return redirect(LIST)


def _page(request: StaffRequest, council: Council, form: SchemeForm, refusal: Refused | None = None) -> HttpResponse:
    may_change = request.access.may(Permission.CHANGE_SETTINGS, council.pk)
    shown = {"council": council, "form": form, "refusal": refusal, "may_change": may_change}
    title = frame(request, f"The scheme of {council.name}")
    return render(request, "staff/ambassadors/scheme.html", title | shown, status=409 if refusal else 200)
