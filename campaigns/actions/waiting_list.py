"""Whoever waits is given what is free. Only campaigns.actions.bookings asks, with the event locked."""

from campaigns.actions.attending import follow
from campaigns.gatherings import mails
from campaigns.models import Booking, Gathering
from campaigns.states import BookingState
from councils.events import record
from councils.models import User


def give(gathering: Gathering, left: int | None, *, by: User | None) -> int:
    """In the order in which they began to wait; whoever is too many for what is free waits on, and lets others by.
    `left`: None for as many as come. Returns how many bookings."""
    if left is not None and left <= 0:
        return 0
    waiting = Booking.objects.select_for_update(of=("self",)).filter(
        council=gathering.council_id, gathering=gathering, state=BookingState.WAITING
    )
    given = 0
    for booking in waiting.order_by("waiting_since", "pk"):
        if left is None or booking.people <= left:
            booking.gathering = gathering
            _give_place(booking, by=by)
            given, left = given + 1, None if left is None else left - booking.people
    return given


def _give_place(booking: Booking, *, by: User | None) -> None:
    booking.state, booking.waiting_since = BookingState.BOOKED, None
    booking.save(update_fields=["state", "waiting_since"])
    record("gathering.place_given", subject=booking, by=by, people=booking.people)
    follow(booking, by=by)
    mails.tell_place(booking)
