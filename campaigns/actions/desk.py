"""What staff do for somebody who rings: each checks the role, then does what their own page would do.

Whoever would rather come to another event takes their booking there, and what stands on their case follows. Both events
are locked, in the order of their keys.
"""

from datetime import datetime

from campaigns.actions import bookings
from campaigns.actions.attending import follow
from campaigns.actions.bookings import Booked, Booker
from campaigns.gatherings import mails
from campaigns.models import Booking, Gathering
from campaigns.states import LIVE, BookingState, GatheringState
from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_council

MOVABLE = frozenset({BookingState.BOOKED, BookingState.WAITING})


def book(gathering: Gathering, booker: Booker, *, by: Access) -> Booked:
    by.require(Permission.RUN_GATHERINGS, gathering.council_id)
    return bookings.book(gathering, booker, by=by.user)


def change(booking: Booking, *, people: int, needs: str, by: Access) -> None:
    by.require(Permission.RUN_GATHERINGS, booking.council_id)
    bookings.change(booking, people=people, needs=needs, by=by.user)


def cancel(booking: Booking, *, by: Access) -> None:
    by.require(Permission.RUN_GATHERINGS, booking.council_id)
    bookings.cancel(booking, by=by.user)


def mark_printed(gathering: Gathering, *, by: Access) -> None:
    """Who took the names away on paper, each time."""
    by.require(Permission.RUN_GATHERINGS, gathering.council_id)
    with as_council(gathering.council_id):
        record("gathering.printed", subject=gathering, by=by.user)


def others_to_move_to(booking: Booking, now: datetime) -> list[Gathering]:
    """Of the same council, published, not begun."""
    rows = Gathering.objects.filter(
        council=booking.council_id, state=GatheringState.PUBLISHED, starts_at__gt=now
    ).exclude(pk=booking.gathering_id)
    return list(rows.order_by("starts_at"))


def move(booking: Booking, to: Gathering, *, by: Access) -> Booking:
    """Onto the waiting list there where it is full. Whoever waited here gets the place."""
    by.require(Permission.RUN_GATHERINGS, booking.council_id)
    with as_council(booking.council_id):
        row, before, there = _locked(booking, to)
        _require_possible(row, there)
        free = bookings.free(there)
        fits = free is None or row.people <= free
        row.gathering, row.state = there, BookingState.BOOKED if fits else BookingState.WAITING
        row.waiting_since, row.reminded_at = None if fits else hub_now(), None
        row.save(update_fields=["gathering", "state", "waiting_since", "reminded_at"])
        record("gathering.booking_moved", subject=row, by=by.user, to=str(there.pk), state=row.state)
        follow(row, by=by.user)
        mails.tell_changed(there, row)
        bookings.promote(before, by=by.user)
    return row


def _locked(booking: Booking, to: Gathering) -> tuple[Booking, Gathering, Gathering]:
    """The booking, the event that it is for, and the one that it goes to."""
    both = Gathering.objects.select_for_update().filter(
        council=booking.council_id, pk__in=[booking.gathering_id, to.pk]
    )
    events = {each.pk: each for each in both.order_by("pk")}
    row = Booking.objects.select_for_update().get(council=booking.council_id, pk=booking.pk)
    if to.pk not in events or row.gathering_id not in events or row.gathering_id == to.pk:
        raise Refused("Choose another event of the same council.")
    return row, events[row.gathering_id], events[to.pk]


def _require_possible(row: Booking, there: Gathering) -> None:
    if row.state not in MOVABLE:
        raise Refused("This booking is cancelled, or the event was attended.")
    if there.state != GatheringState.PUBLISHED or there.starts_at <= hub_now():
        raise Refused("That event has begun, or is not published.")
    twice = Booking.objects.filter(
        council=row.council_id, gathering=there.pk, address_hash=row.address_hash, state__in=LIVE
    )
    if row.address_hash and twice.exists():
        raise Refused("They have booked that event already.")
