"""What somebody sees at the door: everybody who may come, the ones still expected first, and how many are here."""

from collections.abc import Iterable
from dataclasses import dataclass

from campaigns.gatherings.listing import bookings_of
from campaigns.models import Booking, Gathering
from campaigns.states import BookingState

_FIRST = (
    *(BookingState.BOOKED, BookingState.WAITING, BookingState.CAME, BookingState.MISSED),
    BookingState.HELD,
)


@dataclass(frozen=True)
class Door:
    """`here`, `expected`: people, not bookings."""

    bookings: list[Booking]
    here: int
    expected: int
    find: str


def door_of(row: Gathering, *, find: str = "") -> Door:
    """`find`: the beginnings of words of a name. The rows of one event are few, so they are searched here; a name that
    is typed stands in no address and reaches no index."""
    live = [each for each in bookings_of(row) if each.state != BookingState.CANCELLED]
    return Door(
        bookings=sorted((each for each in live if _fits(each, find)), key=lambda each: _FIRST.index(each.state)),
        here=_people(live, BookingState.CAME),
        expected=_people(live, BookingState.BOOKED),
        find=find,
    )


def next_at_door(booking: Booking) -> Booking | None:
    """Where the eye of whoever ticks a list off is: the one who is still expected after this."""
    expected = [each for each in bookings_of(booking.gathering) if each.state == BookingState.BOOKED]
    return next((each for each in expected if (each.name, each.created_at) > (booking.name, booking.created_at)), None)


def _people(bookings: Iterable[Booking], state: BookingState) -> int:
    return sum(each.people for each in bookings if each.state == state)


def _fits(booking: Booking, find: str) -> bool:
    words = booking.name.casefold().replace("-", " ").split()
    return all(any(word.startswith(typed) for word in words) for typed in find.casefold().replace("-", " ").split())
