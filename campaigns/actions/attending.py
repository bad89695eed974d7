"""What stands on a case of an event that somebody booked: it follows their booking, also into another council.

The booking is the inviting council's; the case may be another's. Only the state, the event's title and its time cross.
"""

from uuid import UUID

from campaigns.models import Attendance, Booking
from campaigns.states import BookingState
from councils.clock import hub_now
from councils.events import record
from councils.models import User
from councils.tenancy import crossing
from councils.working_time import in_london
from enquiries.models import Enquiry

TOLD_ON_CASE = frozenset({BookingState.CAME, BookingState.MISSED})


def follow(booking: Booking, *, by: User | None) -> None:
    """The row on the case gets what the booking says now. Nothing where it stands on none; again is harmless."""
    if booking.attendance_key is None or booking.case_council_id is None:
        return
    gathering = booking.gathering
    with crossing("tell_of_attendance", to=[booking.council_id, booking.case_council_id]):
        row = _row(booking.case_council_id, booking.attendance_key)
        if row is None or (row.state, row.gathering_key) == (booking.state, gathering.pk):
            return
        before, row.state, row.changed_at = row.state, booking.state, hub_now()
        row.gathering_key, row.kind, row.title = gathering.pk, gathering.kind, gathering.title
        row.starts_at = gathering.starts_at
        row.save(update_fields=["state", "changed_at", "gathering_key", "kind", "title", "starts_at"])
        if TOLD_ON_CASE & {before, row.state}:
            _write_event(row, by=by)


def follow_event(bookings: list[Booking]) -> None:
    """The event has another title or time; bookings that stand on cases, of one event."""
    known = [booking for booking in bookings if booking.attendance_key and booking.case_council_id]
    councils = {booking.case_council_id for booking in known}
    if not known:
        return
    gathering = known[0].gathering
    with crossing("tell_of_attendance", to=[gathering.council_id, *filter(None, councils)]):
        rows = Attendance.objects.filter(council__in=councils, pk__in=[booking.attendance_key for booking in known])
        rows.update(title=gathering.title, kind=gathering.kind, starts_at=gathering.starts_at)


def carry(case: Enquiry, new: Enquiry) -> None:
    """To the council that takes over the case; what is written down at the door later goes there too."""
    rows = list(Attendance.objects.filter(council=case.council_id, enquiry=case).order_by("starts_at"))
    if not rows:
        return
    with crossing("tell_of_attendance", to={row.host_id for row in rows}):
        for row in rows:
            _go_along(row, new)


def _go_along(row: Attendance, new: Enquiry) -> None:
    """Somebody may be writing at the door at this moment: the booking, under a lock, is what counts."""
    booking = Booking.objects.select_for_update().filter(council=row.host_id, pk=row.booking_key).first()
    copied = _copied(row, new, state=booking.state if booking else row.state)
    if booking:
        booking.case_council_id, booking.attendance_key = copied.council_id, copied.pk
        booking.save(update_fields=["case_council", "attendance_key"])


def _row(council: int, key: UUID) -> Attendance | None:
    return Attendance.objects.select_for_update().filter(council=council, pk=key).first()


def _copied(row: Attendance, new: Enquiry, *, state: str) -> Attendance:
    """A case that comes back finds the row that it had there."""
    same = {name: getattr(row, name) for name in _SAME}
    made, _ = Attendance.objects.update_or_create(
        council_id=new.council_id, booking_key=row.booking_key, defaults={"enquiry": new, "state": state, **same}
    )
    return made


_SAME = ("host_id", "gathering_key", "kind", "title", "starts_at", "changed_at")


def _write_event(row: Attendance, *, by: User | None) -> None:
    case = Enquiry.objects.get(council=row.council_id, pk=row.enquiry_id)
    on = in_london(row.starts_at).date().isoformat()
    record("gathering.attended", subject=case, by=by, attended=row.state, title=row.title, on=on)
