"""Somebody rings about an event: staff book for them, change it, move it or cancel it; and the list on paper."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.actions import bookings, desk
from campaigns.gatherings.listing import Guest, bookings_of, case_of, line_of
from campaigns.gatherings.staff_forms import BookerForm, PeopleForm
from campaigns.gatherings.staff_views import PAGE, councils_run, visible
from campaigns.models import Booking, Gathering
from campaigns.states import BookingState
from councils.access import StaffRequest
from councils.clock import hub_now
from councils.refusals import Refused
from enquiries.casework_views import frame
from staff.changing import changing as staff_changing

BOOKING = "admin:campaigns_gathering_booking"
_NOT_ON_PAPER = frozenset({BookingState.CANCELLED, BookingState.WAITING, BookingState.HELD})


def visible_booking(request: StaffRequest, booking_id: UUID) -> Booking:
    own = Booking.objects.filter(council__in=councils_run(request))
    return get_object_or_404(own.select_related("gathering__council", "marked_by", "case_council"), pk=booking_id)


@require_http_methods(["GET", "HEAD", "POST"])
def book(request: StaffRequest, gathering_id: UUID) -> HttpResponse:
    row = visible(request, gathering_id)
    if request.method != "POST":
        return _book_page(request, row, BookerForm())
    form = BookerForm(request.POST)
    if not form.is_valid():
        return _book_page(request, row, form)
    try:
        booked = desk.book(row, form.booker(), by=request.access)
    except Refused as refusal:
        return _book_page(request, row, form, refusal)
    messages.success(request, _told(booked))
    return redirect(PAGE, row.pk)


def _told(booked: bookings.Booked) -> str:
    if booked.repeated:
        return "They had booked already. The first booking stands."
    if booked.booking.state == BookingState.WAITING:
        return "It is full: they are on the waiting list."
    return "Booked."


def _book_page(request: StaffRequest, row: Gathering, form: BookerForm, refusal: Refused | None = None) -> HttpResponse:
    shown = {"row": row, "line": line_of(row, hub_now()), "form": form, "refusal": refusal}
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "staff/gatherings/book.html", frame(request, "Book for somebody") | shown, status=status)


@require_safe
def booking(request: StaffRequest, booking_id: UUID) -> HttpResponse:
    return _booking_page(request, visible_booking(request, booking_id))


def _booking_page(request: StaffRequest, row: Booking, refusal: Refused | None = None) -> HttpResponse:
    shown = {
        "booking": row,
        "phone": Guest(row).phone,
        "enquiry": case_of(row, request.access),
        "row": row.gathering,
        "line": line_of(row.gathering, hub_now()),
        "form": PeopleForm.of(row),
        "others": desk.others_to_move_to(row, hub_now()),
        "refusal": refusal,
    }
    title = frame(request, row.name or "A booking without a name")
    return render(request, "staff/gatherings/booking.html", title | shown, status=409 if refusal else 200)


changing = staff_changing(visible_booking, _booking_page, BOOKING)


@changing
def people(request: StaffRequest, row: Booking) -> str:
    told = PeopleForm(request.POST).told()
    desk.change(row, people=told["people"], needs=told["needs"], by=request.access)
    return "Saved."


@changing
def cancel(request: StaffRequest, row: Booking) -> str:
    desk.cancel(row, by=request.access)
    return "The booking is cancelled."


@changing
def move(request: StaffRequest, row: Booking) -> str:
    possible = desk.others_to_move_to(row, hub_now())
    to = next((each for each in possible if str(each.pk) == request.POST.get("to")), None)
    if to is None:
        raise Refused("Choose the event to which they would rather come.")
    moved = desk.move(row, to, by=request.access)
    waits = moved.state == BookingState.WAITING
    return f"Moved to “{to.title}”." + (" It is full: they are on the waiting list there." if waits else "")


@require_safe
def printed(request: StaffRequest, gathering_id: UUID) -> HttpResponse:
    """For a door without a network. Who took the names away is written down."""
    row = visible(request, gathering_id)
    coming = [each for each in bookings_of(row) if each.state not in _NOT_ON_PAPER]
    desk.mark_printed(row, by=request.access)
    shown = {"row": row, "line": line_of(row, hub_now()), "bookings": coming}
    return render(request, "staff/gatherings/print.html", frame(request, f"Who comes: {row.title}") | shown)
