"""Segments: whom an email may go to, and how many that is. Another council's segment and none answer alike."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.actions.segments import change_segment, remove_segment, write_segment
from campaigns.audiences.forms import SegmentForm
from campaigns.audiences.page import count_table, segment_page
from campaigns.audiences.places import places_for, places_of
from campaigns.audiences.rules import Rules, read
from campaigns.models import Segment
from councils.access import StaffRequest
from councils.clock import hub_now
from councils.models import Council, CouncilKind
from councils.refusals import Refused
from councils.roles import Permission
from councils.working_time import in_london
from enquiries.casework_views import frame

LIST, CHANGE = "admin:campaigns_segment_changelist", "admin:campaigns_segment_change"


@require_safe
def segments(request: StaffRequest) -> HttpResponse:
    found = list(Segment.objects.filter(council__in=_edited(request)).select_related("council").order_by("name", "pk"))
    places = places_of(found, request.access)
    shown = {
        "segments": [(segment, places.told(read(segment.rules))) for segment in found],
        "owners": _owners(request),
    }
    return render(request, "staff/audiences/list.html", frame(request, "Audiences") | shown)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    owner = _owner(request)
    if request.method != "POST":
        return segment_page(request, owner, _form(request, owner))
    return _typed(request, owner, None)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: StaffRequest, segment_id: UUID) -> HttpResponse:
    segment = _visible(request, segment_id)
    if request.method != "POST":
        return segment_page(request, segment.council, _form(request, segment.council, segment), segment=segment)
    return _typed(request, segment.council, segment)


@require_POST
def count(request: StaffRequest) -> HttpResponse:
    """For the script that counts while somebody chooses: the table alone."""
    owner = _owner(request)
    return count_table(request, owner, _form(request, owner, typed=True))


@require_POST
def remove(request: StaffRequest, segment_id: UUID) -> HttpResponse:
    segment = _visible(request, segment_id)
    try:
        remove_segment(segment, by=request.access)
    except Refused as refusal:
        form = _form(request, segment.council, segment)
        return segment_page(request, segment.council, form, segment=segment, refusal=refusal)
    messages.success(request, f"“{segment.name}” is removed.")
    return redirect(LIST)


def _typed(request: StaffRequest, owner: Council, segment: Segment | None) -> HttpResponse:
    """Counted, or kept."""
    form = _form(request, owner, segment, typed=True)
    if request.POST.get("do") == "count":
        return segment_page(request, owner, form, segment=segment, counts=True)
    try:
        told, rules = form.told(), form.rules()
        if segment:
            version = told["version"]
            kept = change_segment(segment, name=told["name"], rules=rules, version=version, by=request.access)
        else:
            kept = write_segment(owner, name=told["name"], rules=rules, by=request.access)
    except Refused as refusal:
        return segment_page(request, owner, form, segment=segment, refusal=refusal)
    messages.success(request, f"Saved “{kept.name}”.")
    return redirect(CHANGE, kept.pk)


def _form(request: StaffRequest, owner: Council, segment: Segment | None = None, *, typed: bool = False) -> SegmentForm:
    rules = read(segment.rules) if segment else Rules()
    places = places_for(owner, request.access, today=in_london(hub_now()).date(), rules=rules)
    return SegmentForm(
        request.POST if typed else None,
        councils=list(places.councils.items()),
        areas=list(places.areas.items()),
        shown=segment,
    )


def _edited(request: StaffRequest) -> frozenset[int]:
    """Where they may; said before anything is looked for to whoever may nowhere."""
    councils = request.access.where(Permission.EDIT_CAMPAIGNS)
    if not councils:
        raise PermissionDenied
    return councils


def _owner(request: StaffRequest) -> Council:
    """By its slug; none is named where there is but one."""
    own = _owners(request)
    slug = request.POST.get("of") or request.GET.get("of") or own[0].slug
    owner = next((council for council in own if council.slug == slug), None)
    if owner is None:
        raise Http404
    return owner


def _owners(request: StaffRequest) -> list[Council]:
    """Hub offices first: theirs reach the whole hub."""
    found = Council.objects.filter(pk__in=_edited(request)).order_by("name")
    return sorted(found, key=lambda council: council.kind != CouncilKind.HUB_OFFICE)


def _visible(request: StaffRequest, segment_id: UUID) -> Segment:
    own = Segment.objects.filter(council__in=_edited(request)).select_related("council__hub", "created_by")
    return get_object_or_404(own, pk=segment_id)
