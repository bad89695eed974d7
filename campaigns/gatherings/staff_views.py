"""Staff make events and look after them. Another council's event and one that does not exist answer alike."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.actions import gatherings
from campaigns.gatherings.listing import Guest, bookings_of, line_of, listing
from campaigns.gatherings.staff_forms import GatheringForm
from campaigns.models import Gathering
from campaigns.states import BookingState
from councils.access import StaffRequest
from councils.clock import hub_now
from councils.models import Council, CouncilKind
from councils.refusals import Refused
from councils.roles import Permission
from enquiries.casework_views import frame
from staff.changing import changing as staff_changing

LIST, PAGE = "admin:campaigns_gathering_changelist", "admin:campaigns_gathering_page"


def councils_run(request: StaffRequest) -> frozenset[int]:
    """Where they may; told before anything is looked for to whoever may nowhere."""
    councils = request.access.where(Permission.RUN_GATHERINGS)
    if not councils:
        raise PermissionDenied
    return councils


def visible(request: StaffRequest, gathering_id: UUID) -> Gathering:
    own = Gathering.objects.filter(council__in=councils_run(request))
    return get_object_or_404(own.select_related("council", "created_by"), pk=gathering_id)


@require_safe
def events(request: StaffRequest) -> HttpResponse:
    own = _own_councils(request)
    only = next((council for council in own if council.slug == request.GET.get("of")), None)
    councils = [only.pk] if only else [council.pk for council in own]
    shown = {"listing": listing(councils, hub_now()), "councils": own, "only": only, "many": len(own) > 1}
    return render(request, "staff/gatherings/list.html", frame(request, "Events") | shown)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    councils, now = _own_councils(request), hub_now()
    if request.method != "POST":
        blank = {"place": "online", "shown": "listed"}
        return _form_page(request, GatheringForm(initial=blank, now=now, councils=councils))
    form = GatheringForm(request.POST, now=now, councils=councils)
    if not form.is_valid():
        return _form_page(request, form)
    slug = form.cleaned_data.get("council", councils[0].slug)
    council = next(council for council in councils if council.slug == slug)
    made = gatherings.make(council, form.answers(), by=request.access)
    messages.success(request, "Saved. Nobody outside sees it until you publish it.")
    return redirect(PAGE, made.pk)


def _own_councils(request: StaffRequest) -> list[Council]:
    """The hub office first: who works for the whole hub invites for it more often than not."""
    own = Council.objects.filter(pk__in=councils_run(request))
    return sorted(own, key=lambda council: (council.kind != CouncilKind.HUB_OFFICE, council.name))


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: StaffRequest, gathering_id: UUID) -> HttpResponse:
    row, now = visible(request, gathering_id), hub_now()
    if request.method != "POST":
        return _form_page(request, GatheringForm(now=now, row=row), row)
    form = GatheringForm(request.POST, now=now, row=row)
    if not form.is_valid():
        return _form_page(request, form, row)
    try:
        gatherings.change(row, form.answers(), version=form.cleaned_data["version"] or 0, by=request.access)
    except Refused as refusal:
        return _form_page(request, form, row, refusal)
    messages.success(request, "Saved.")
    return redirect(PAGE, row.pk)


def _form_page(
    request: StaffRequest, form: GatheringForm, row: Gathering | None = None, refusal: Refused | None = None
) -> HttpResponse:
    title = "Change an event" if row else "New event"
    shown = {"form": form, "row": row, "refusal": refusal}
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "staff/gatherings/form.html", frame(request, title) | shown, status=status)


@require_safe
def event(request: StaffRequest, gathering_id: UUID) -> HttpResponse:
    return event_page(request, visible(request, gathering_id))


def event_page(request: StaffRequest, row: Gathering, refusal: Refused | None = None) -> HttpResponse:
    bookings = list(bookings_of(row))
    shown = {
        "row": row,
        "line": line_of(row, hub_now()),
        "bookings": [Guest(each) for each in bookings if each.state != BookingState.CANCELLED],
        "cancelled": [Guest(each) for each in bookings if each.state == BookingState.CANCELLED],
        "refusal": refusal,
        "public": settings.BASE_URL + reverse("campaigns:event", args=[row.council.slug, row.pk]),
    }
    status = 409 if refusal else 200
    return render(request, "staff/gatherings/event.html", frame(request, row.title) | shown, status=status)


changing = staff_changing(visible, event_page, PAGE)


@changing
def publish(request: StaffRequest, row: Gathering) -> str:
    gatherings.publish(row, by=request.access)
    return "Published. People can book now."


@changing
def cancel(request: StaffRequest, row: Gathering) -> str:
    """Asked for twice: people are told at once."""
    if not request.POST.get("sure"):
        raise Refused("Tick the box to say that you are sure. Everybody who booked is told.")
    off = gatherings.cancel(row, by=request.access)
    to_ring = sum(not booking.email for booking in off)
    told = f"The event is cancelled, with {len(off)} booking{'' if len(off) == 1 else 's'}."
    return told + (f" {to_ring} gave no email address: ring them." if to_ring else "")


@require_POST
def again(request: StaffRequest, gathering_id: UUID) -> HttpResponse:
    made = gatherings.copy(visible(request, gathering_id), by=request.access)
    messages.success(request, "The same again, as a draft. Check the day, and the link or the place.")
    return redirect("admin:campaigns_gathering_change", made.pk)
