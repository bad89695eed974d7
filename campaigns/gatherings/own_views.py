"""One's own booking. The link in a mail is exchanged for a pass; GET shows, POST acts, and acting twice is harmless.

The scope is the door's council, around the whole answer.
"""

import uuid
from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from campaigns.actions import bookings
from campaigns.gatherings import booking_pass
from campaigns.gatherings.public_forms import ChangeForm
from campaigns.gatherings.words import said_of
from campaigns.models import Booking
from campaigns.states import BookingState
from councils.clock import hub_now
from councils.doors import find_door
from councils.models.doors import DoorPurpose
from councils.refusals import Refused
from councils.tenancy import as_council
from enquiries.views import INVALID, of_one_visitor, require_get_or_post

Of = Callable[[HttpRequest, Booking], HttpResponse]
View = Callable[..., HttpResponse]
PAGE = "campaigns:booking"


def behind_the_door(view: Of) -> View:
    @of_one_visitor
    @wraps(view)
    def entered(request: HttpRequest) -> HttpResponse:
        door = booking_pass.door_of(request)
        if door is None:
            return redirect("campaigns:booking_closed")
        with as_council(door.council_id):
            booking = _booking(door.council_id, door.subject_id)
            response = view(request, booking) if booking else redirect("campaigns:booking_closed")
            if response.status_code >= 500:
                transaction.set_rollback(True)
        booking_pass.hand_out(response, door)
        return response

    return entered


def _booking(council_id: int, key: uuid.UUID) -> Booking | None:
    found = Booking.objects.select_related("gathering__council__hub")
    return found.filter(council=council_id, pk=key, emptied_at=None).first()


@require_safe
@of_one_visitor
def open_page(request: HttpRequest, token: str) -> HttpResponse:
    """Answers alike whatever the link is worth; the next page says what came of it."""
    response = redirect(PAGE)
    booking_pass.hand_out(response, find_door(token, DoorPurpose.BOOKING))
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
@of_one_visitor
def closed(request: HttpRequest) -> HttpResponse:
    return render(request, "events/booking_closed.html")


@require_safe
@behind_the_door
def page(request: HttpRequest, booking: Booking) -> HttpResponse:
    return render(request, "events/booking.html", _values(booking))


def _values(booking: Booking) -> dict[str, object]:
    gathering, council = booking.gathering, booking.gathering.council
    coming = bookings.is_coming(gathering, hub_now())
    seated = booking.state == BookingState.BOOKED
    return {
        "booking": booking,
        "said": said_of(gathering, council),
        "council": council,
        "event_page": reverse("campaigns:event", args=[council.slug, gathering.pk]),
        "calendar": reverse("campaigns:calendar", args=[council.slug, gathering.pk]),
        "is_seated": seated,
        "waits": booking.state == BookingState.WAITING,
        "called_off": gathering.cancelled_at is not None,
        "may_change": coming and booking.state in (BookingState.BOOKED, BookingState.WAITING),
        "join_link": gathering.join_link if seated and hub_now() < gathering.ends_at else "",
    }


@require_get_or_post
@behind_the_door
def change(request: HttpRequest, booking: Booking) -> HttpResponse:
    if not _values(booking)["may_change"]:
        return redirect(PAGE)
    before = {"people": str(booking.people), "needs": booking.needs}
    form = ChangeForm(request.POST if request.method == "POST" else None, initial=before)
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                bookings.change(booking, **form.cleaned_data, by=None)
        except Refused as refusal:  # what they wrote of their needs stays on the page
            form.add_error("people", str(refusal))
        else:
            messages.success(request, "We have changed your booking.")
            return redirect(PAGE)
    shown = {"form": form, "page_title": "Change your booking", "heading": "Change your booking"}
    around = {"back": reverse(PAGE), "submit_text": "Save"}
    status = INVALID if form.errors else 200
    return render(request, "components/question_page.html", shown | around, status=status)


@require_POST
@behind_the_door
def cancel(request: HttpRequest, booking: Booking) -> HttpResponse:
    return _done(request, lambda: bookings.cancel(booking, by=None), "Your booking is cancelled. Thank you for saying.")


def _done(request: HttpRequest, do: Callable[[], object], told: str) -> HttpResponse:
    try:
        with transaction.atomic():
            do()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told)
    return redirect(PAGE)
