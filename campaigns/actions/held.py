"""Bookings that looked like spam: each follows what a person says of its enquiry. Released, it gets what there is now,
a place or the waiting list from when it was sent; closed as it was, it is cancelled, and nobody is written to.

The enquiry's council may be another one, so nothing tells this one at once: each minute those that are held are
compared. Nothing remembers how far that went, so nothing is lost.
"""

from django.db.models import Exists, OuterRef, Q

from campaigns.actions.attending import follow
from campaigns.actions.bookings import is_coming, locked, locked_booking, state_for
from campaigns.gatherings import mails
from campaigns.models import Attendance, Booking, Gathering
from campaigns.states import LIVE, BookingState, GatheringState
from councils.clock import hub_now
from councils.events import record
from councils.models import Council
from councils.tenancy import across, crossing
from enquiries.models import Enquiry
from outbox.rounds import one_by_one

_RELEASED = Q(enquiry__quarantined=False) | Q(enquiry__merged_into__isnull=False)


def settle_held() -> int:
    """Of events that are still to come; at the door anybody can be marked."""
    with across(Council.objects.all(), reason="bookings that are held"):
        coming = Gathering.objects.filter(state=GatheringState.PUBLISHED, starts_at__gt=hub_now())
        looked = Attendance.objects.filter(_RELEASED | Q(enquiry__closed_at__isnull=False))
        held = Booking.objects.filter(gathering__in=coming, state=BookingState.HELD, emptied_at=None)
        found = held.filter(Exists(looked.filter(pk=OuterRef("attendance_key")))).select_related("gathering")
        due = list(found.order_by("created_at", "pk"))
    return one_by_one(due, _settle, name=lambda each: each.pk)


def _settle(booking: Booking) -> bool:
    councils = {booking.council_id, booking.case_council_id or booking.council_id}
    with crossing("take_booking", to=councils):
        gathering = locked(booking.gathering)
        mine = locked_booking(booking, gathering)
        case = _case_of(mine)
        if mine.state != BookingState.HELD or case is None or not is_coming(gathering, hub_now()):
            return False
        if not _is_real(case) and case.closed_at is None:
            return False
        if _is_real(case) and not _has_booked_since(mine):
            _give(mine)
        else:
            _cancel(mine)
        record("gathering.booking_looked_at", subject=mine, by=None, state=mine.state, people=mine.people)
    return True


def _case_of(booking: Booking) -> Enquiry | None:
    if booking.attendance_key is None:
        return None
    rows = Attendance.objects.filter(council=booking.case_council_id, pk=booking.attendance_key)
    row = rows.select_related("enquiry").first()
    return row.enquiry if row else None


def _is_real(case: Enquiry) -> bool:
    return not case.quarantined or case.merged_into_id is not None


def _has_booked_since(booking: Booking) -> bool:
    """A person who was too fast for us may have tried once more."""
    live = Booking.objects.filter(council=booking.council_id, gathering=booking.gathering_id, state__in=sorted(LIVE))
    return bool(booking.address_hash) and live.filter(address_hash=booking.address_hash).exists()


def _cancel(booking: Booking) -> None:
    booking.state, booking.cancelled_at = BookingState.CANCELLED, hub_now()
    booking.save(update_fields=["state", "cancelled_at"])
    follow(booking, by=None)


def _give(booking: Booking) -> None:
    booking.state = state_for(booking.gathering, booking.people)
    booking.waiting_since = booking.created_at if booking.state == BookingState.WAITING else None
    booking.save(update_fields=["state", "waiting_since"])
    follow(booking, by=None)
    mails.tell_booked(booking)
