"""At the door: who came, who did not, and whoever comes without a booking. Two people at two doors write at once."""

from datetime import timedelta
from enum import StrEnum

from campaigns.actions import bookings
from campaigns.actions.attending import follow
from campaigns.actions.bookings import Booked, Booker
from campaigns.models import Booking, Gathering
from campaigns.states import BookingState, GatheringState
from councils.access import Access
from councils.clock import hub_now
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_council
from councils.working_time import in_london
from enquiries.promise import day_in_words, hour_in_words

DOOR_OPENS = timedelta(hours=3)  # before it starts; nobody is marked as missing days before


class Mark(StrEnum):
    CAME = "came"
    MISSED = "missed"
    UNDO = "undo"


def mark(booking: Booking, as_: Mark, *, seen: str, by: Access) -> Booking:
    """`seen`: the state that stood on the page. What a colleague has written since is not overwritten: Refused. The
    same again is harmless."""
    by.require(Permission.RUN_GATHERINGS, booking.council_id)
    with as_council(booking.council_id):
        gathering = bookings.locked(booking.gathering)
        require_door_open(gathering)
        row = Booking.objects.select_for_update().get(council=booking.council_id, pk=booking.pk)
        row.gathering = gathering
        to = _target(row, as_)
        if row.state == to:
            return row
        if row.state != seen:
            raise Refused(_since(row))
        _write(row, to, by=by)
    return row


def walk_in(gathering: Gathering, booker: Booker, *, by: Access) -> Booked:
    """Somebody who has not booked: they get a booking, and an enquiry, by the same way as everybody. One who had booked
    is here by that booking."""
    by.require(Permission.RUN_GATHERINGS, gathering.council_id)
    require_door_open(gathering)
    return bookings.book(gathering, booker, by=by.user, walk_in=True)


def require_door_open(gathering: Gathering) -> None:
    if wrong := not_open(gathering):
        raise Refused(wrong)


def not_open(gathering: Gathering) -> str:
    """Why nothing can be written down now. Empty where it can."""
    if gathering.state != GatheringState.PUBLISHED:
        return "This event does not take place."
    opens = in_london(gathering.starts_at - DOOR_OPENS)
    if hub_now() >= opens:
        return ""
    return f"Who comes can be written down from {day_in_words(opens.date())}, {hour_in_words(opens.time())}."


def _target(row: Booking, as_: Mark) -> BookingState:
    """Undoing gives them back the place that they had: to one who walked in, none."""
    if row.state == BookingState.CANCELLED:
        raise Refused("This booking was cancelled. Write them down as somebody who walked in.")
    if as_ is Mark.UNDO:
        if row.is_walk_in:
            return BookingState.CANCELLED
        return BookingState.WAITING if row.waiting_since else BookingState.BOOKED
    return BookingState(as_.value)


def _write(row: Booking, to: BookingState, *, by: Access) -> None:
    marked = to in (BookingState.CAME, BookingState.MISSED)
    if row.state == BookingState.BOOKED:
        row.waiting_since = None  # undone, they have their place again
    row.state, row.marked_at, row.marked_by = to, hub_now() if marked else None, by.user if marked else None
    row.cancelled_at = hub_now() if to == BookingState.CANCELLED else None
    row.save(update_fields=["state", "marked_at", "marked_by", "cancelled_at", "waiting_since"])
    follow(row, by=by.user)


def _since(row: Booking) -> str:
    if row.marked_by is None or row.marked_at is None:
        return "A colleague has changed this meanwhile. Look again."
    at, how = hour_in_words(in_london(row.marked_at).time()), "come" if row.state == BookingState.CAME else "not come"
    return f"{row.marked_by.name} wrote at {at} that they have {how}. Undo that first."
