"""The door, on a phone: one tap for each who comes. Two people at two doors see each other's taps at their next one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.actions import attendance
from campaigns.actions.attendance import Mark
from campaigns.gatherings.desk_views import visible_booking
from campaigns.gatherings.door import door_of, next_at_door
from campaigns.gatherings.staff_forms import BookerForm
from campaigns.gatherings.staff_views import visible
from campaigns.models import Gathering
from councils.access import StaffRequest
from councils.refusals import Refused
from enquiries.casework_views import frame

DOOR = "admin:campaigns_gathering_door"
MOST_TYPED = 60


@require_http_methods(["GET", "HEAD", "POST"])
def door(request: StaffRequest, gathering_id: UUID) -> HttpResponse:
    """A name is searched by POST, and nothing is written: in an address it would stand in every log."""
    find = request.POST.get("find", "")[:MOST_TYPED].strip()
    return _door_page(request, visible(request, gathering_id), find=find)


def _door_page(
    request: StaffRequest, row: Gathering, *, find: str = "", refusal: Refused | None = None
) -> HttpResponse:
    shown = {"row": row, "door": door_of(row, find=find), "opens": attendance.not_open(row), "refusal": refusal}
    status = 409 if refusal else 200
    return render(request, "staff/gatherings/door.html", frame(request, f"Door: {row.title}") | shown, status=status)


@require_POST
def mark(request: StaffRequest, booking_id: UUID) -> HttpResponse:
    booking = visible_booking(request, booking_id)
    try:
        as_ = Mark(request.POST.get("as", ""))
    except ValueError:
        return _door_page(request, booking.gathering, refusal=Refused("Say whether they came."))
    try:
        attendance.mark(booking, as_, seen=request.POST.get("seen", ""), by=request.access)
    except Refused as refusal:
        return _door_page(request, booking.gathering, refusal=refusal)
    near = booking if as_ is Mark.UNDO else next_at_door(booking)
    return redirect(reverse(DOOR, args=[booking.gathering_id]) + (f"#b-{near.pk}" if near else ""))


@require_http_methods(["GET", "HEAD", "POST"])
def walk_in(request: StaffRequest, gathering_id: UUID) -> HttpResponse:
    row = visible(request, gathering_id)
    if request.method != "POST":
        return _walk_in_page(request, row, BookerForm(at_the_door=True))
    form = BookerForm(request.POST, at_the_door=True)
    if not form.is_valid():
        return _walk_in_page(request, row, form)
    try:
        booked = attendance.walk_in(row, form.booker(), by=request.access)
    except Refused as refusal:
        return _walk_in_page(request, row, form, refusal)
    here = "They had booked, and are written down as come." if booked.repeated else "Written down: they are here."
    messages.success(request, here)
    return redirect(DOOR, row.pk)


def _walk_in_page(
    request: StaffRequest, row: Gathering, form: BookerForm, refusal: Refused | None = None
) -> HttpResponse:
    title, shown = frame(request, "Somebody without a booking"), {"row": row, "form": form, "refusal": refusal}
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "staff/gatherings/walk_in.html", title | shown, status=status)
