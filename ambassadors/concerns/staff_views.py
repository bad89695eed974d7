"""Concerns of a council: for its safeguarding group. For everybody else the addresses do not exist.

Whoever looks after ambassadors passes one on, and reads none.
"""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ambassadors.actions.concerns import close_concern, mark_read, raise_concern
from ambassadors.concerns.form import ConcernForm
from ambassadors.concerns.page import ring
from ambassadors.concerns.reading import lines_of, readings_of, sides_of, too_small
from ambassadors.concerns.sources import source_for_staff
from ambassadors.models import Concern
from councils.access import StaffRequest
from councils.roles import Permission
from enquiries.casework_views import frame
from enquiries.views import INVALID

LIST, PAGE = "admin:ambassadors_concern_changelist", "admin:ambassadors_concern_change"


@require_safe
def concerns(request: StaffRequest) -> HttpResponse:
    if not request.access.safeguards:
        raise Http404
    waiting, closed = lines_of(request.access)
    shown = {"waiting": waiting, "closed": closed, "too_small": too_small(request.access)}
    return render(request, "staff/concerns/list.html", frame(request, "Concerns") | shown)


@require_safe
def concern(request: StaffRequest, concern_id: UUID) -> HttpResponse:
    found = _visible(request, concern_id)
    mark_read(found, by=request.access)
    shown = {"concern": found, "sides": sides_of(found), "readings": readings_of(found)}
    return render(request, "staff/concerns/page.html", frame(request, "A concern") | shown)


@require_POST
def close(request: StaffRequest, concern_id: UUID) -> HttpResponse:
    close_concern(_visible(request, concern_id), by=request.access)
    messages.success(request, "Closed.")
    return redirect(LIST)


def _visible(request: StaffRequest, concern_id: UUID) -> Concern:
    theirs = Concern.objects.filter(council__in=request.access.where(Permission.SAFEGUARD))
    return get_object_or_404(theirs.select_related("council", "by", "closed_by"), pk=concern_id)


@require_http_methods(["GET", "HEAD", "POST"])
def pass_on(request: StaffRequest, of: UUID) -> HttpResponse:
    """`of`: a row of an introduction, or a mentorship."""
    source = source_for_staff(of, request.access)
    if source is None:
        raise Http404
    form = ConcernForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        raise_concern(source, form.said(), key=form.own_key, by=request.user)
        messages.success(request, "The safeguarding group has been told that a concern waits. Only they can read it.")
        return redirect("admin:ambassadors_introduction_open")
    shown = {"form": form, "ring": ring(source.council)}
    return render(
        request,
        "staff/concerns/pass_on.html",
        frame(request, "Pass a concern on") | shown,
        status=INVALID if form.errors else 200,
    )
