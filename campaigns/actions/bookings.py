"""Places at an event are counted here and nowhere else, under a lock on the event's row.

Whoever books enquires: in the council where they live, which may be another than the one that invites. What a page says
to somebody who books twice is what it would say to anybody new, so that nobody learns by it who is coming.

What looks like spam is told the same, and takes no place: it is held until somebody has looked at its enquiry, which
has a promise and an owner like any other (`actions.held`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Sum

from campaigns.actions.attending import follow
from campaigns.actions.booked_cases import council_answering, enquire, promised
from campaigns.actions.waiting_list import give
from campaigns.gatherings import mails
from campaigns.models import Booking, Gathering
from campaigns.states import LIVE, SEATED, BookingState, GatheringState
from councils.access import access_of
from councils.clock import hub_now
from councils.events import record
from councils.models import Council, User
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import crossing
from enquiries.came import Came
from enquiries.promise import Promise
from outbox.suppressions import address_hash

MOST_PEOPLE = 6
# Whoever stood at the door with a paper list writes it down the next morning.
WRITTEN_DOWN_WITHIN = timedelta(days=7)
_STANDS = frozenset({BookingState.BOOKED, BookingState.WAITING, BookingState.HELD})


@dataclass(frozen=True)
class Booker:
    """`phone`: E.164. `people`: with themselves. `suspicions`: why this may be spam. `came`: what led
    them to the event."""

    name: str
    email: str = ""
    phone: str = ""
    postcode: str = ""
    people: int = 1
    needs: str = ""
    news: bool = False
    suspicions: tuple[str, ...] = ()
    came: Came | None = None


@dataclass(frozen=True)
class Booked:
    """`told`, `promise`: what anybody new would be told now; the first is the booking's own where it is neither
    `repeated` nor held."""

    booking: Booking
    repeated: bool
    told: BookingState
    promise: Promise


def book(gathering: Gathering, booker: Booker, *, by: User | None, walk_in: bool = False) -> Booked:
    """Raises Refused. Opens what it needs, inside a scope and outside of any."""
    if by:
        access_of(by).require(Permission.RUN_GATHERINGS, gathering.council_id)
    host = Council.objects.select_related("hub").get(pk=gathering.council_id)
    place = council_answering(host, booker.postcode, at_the_door=walk_in)
    with crossing("take_booking", to={host.pk, place.council.pk}):
        held, promise = locked(gathering), promised(booker, place)
        _require_open(held, hub_now(), by=by, walk_in=walk_in)
        told = BookingState.CAME if walk_in else state_for(held, booker.people)
        if standing := _standing(held, booker):
            _again(standing, booker, walk_in=walk_in, by=by)
            return Booked(standing, repeated=True, told=told, promise=promise)
        is_held = bool(booker.suspicions) and not walk_in
        booking = _new(held, booker, BookingState.HELD if is_held else told, by=by)
        enquire(booking, booker, place, by=by)
        booking.save(force_insert=True)
        record("gathering.booked", subject=booking, by=by, state=booking.state, people=booking.people)
        if not walk_in and not is_held:
            mails.tell_booked(booking)
    return Booked(booking, repeated=False, told=told, promise=promise)


def cancel(booking: Booking, *, by: User | None) -> Booking:
    """Their place goes to whoever waits for it. Again is harmless. Raises Refused once they were at the event."""
    with crossing("take_booking", to=[booking.council_id]):
        held = locked(booking.gathering)
        mine = locked_booking(booking, held)
        if mine.state == BookingState.CANCELLED:
            return mine
        if mine.state not in _STANDS:
            raise Refused("The event has taken place, and it is written down whether they came.")
        _require_coming(held, by)
        mine.state, mine.cancelled_at = BookingState.CANCELLED, hub_now()
        mine.save(update_fields=["state", "cancelled_at"])
        record("gathering.booking_cancelled", subject=mine, by=by, people=mine.people)
        follow(mine, by=by)
        mails.tell_given_up(mine)
        _promote(held, by=by)
    return mine


def change(booking: Booking, *, people: int, needs: str, by: User | None) -> Booking:
    """Raises Refused where there are not enough places for more people."""
    with crossing("take_booking", to=[booking.council_id]):
        held = locked(booking.gathering)
        mine = locked_booking(booking, held)
        if mine.state not in _STANDS:
            raise Refused("This booking does not stand any more.")
        _require_coming(held, by)
        left = free(held)
        more = people - mine.people
        if mine.state == BookingState.BOOKED and left is not None and more > max(left, 0):
            raise Refused("There are not enough places left for so many people.")
        before, mine.people, mine.needs = mine.people, people, needs
        mine.save(update_fields=["people", "needs"])
        record("gathering.booking_changed", subject=mine, by=by, people=people, before=before)
        _promote(held, by=by)
    return mine


def promote(gathering: Gathering, *, by: User | None) -> int:
    """Whoever waits gets what is free: after places were added, and after a crash. How many bookings."""
    with crossing("take_booking", to=[gathering.council_id]):
        return _promote(locked(gathering), by=by)


def _require_coming(gathering: Gathering, by: User | None) -> None:
    if by is None and not is_coming(gathering, hub_now()):
        raise Refused("The event has begun, so this cannot be changed here any more.")


def seated(gathering: Gathering) -> int:
    sitting = Booking.objects.filter(council=gathering.council_id, gathering=gathering, state__in=sorted(SEATED))
    return sitting.aggregate(people=Sum("people"))["people"] or 0


def seated_at(gatherings: Collection[Gathering]) -> dict[UUID, int]:
    """Of several at once, in one query; nobody sits at those that are missing."""
    sitting = Booking.objects.filter(gathering__in=[each.pk for each in gatherings], state__in=sorted(SEATED))
    return dict(sitting.values("gathering").annotate(taken=Sum("people")).values_list("gathering", "taken"))


def free(gathering: Gathering) -> int | None:
    """None: as many as come. Below nothing where more sit there than there are places."""
    return None if gathering.places is None else gathering.places - seated(gathering)


def locked(gathering: Gathering) -> Gathering:
    """Whoever takes or gives a place meanwhile waits."""
    held = Gathering.objects.select_for_update(of=("self",)).select_related("council__hub")
    return held.get(council=gathering.council_id, pk=gathering.pk)


def is_open(gathering: Gathering, now: datetime) -> bool:
    """For whoever books by themselves."""
    until = min(gathering.starts_at, gathering.booking_until or gathering.starts_at)
    return gathering.state == GatheringState.PUBLISHED and now < until


def _require_open(gathering: Gathering, now: datetime, *, by: User | None, walk_in: bool) -> None:
    if gathering.state == GatheringState.CANCELLED:
        raise Refused("This event has been cancelled.")
    if gathering.state == GatheringState.DRAFT:
        raise Refused("This event is not published yet.")
    if now >= gathering.ends_at + (WRITTEN_DOWN_WITHIN if walk_in else timedelta(0)):
        raise Refused("This event is over.")
    if by is None and not is_open(gathering, now):
        raise Refused("Booking for this event has closed.")


def _standing(gathering: Gathering, booker: Booker) -> Booking | None:
    """By the email address; without one by name and number, so that a form that is sent twice books once. What is held
    is in nobody's way: only what would be held as well is one with it."""
    states = sorted(LIVE | {BookingState.HELD} if booker.suspicions else LIVE)
    live = Booking.objects.filter(council=gathering.council_id, gathering=gathering, state__in=states)
    if booker.email:
        return live.filter(address_hash=address_hash(booker.email)).first()
    if not booker.phone:
        return None
    same = [each for each in live.filter(phone=booker.phone) if each.name.casefold() == booker.name.casefold()]
    return same[0] if same else None


def _again(standing: Booking, booker: Booker, *, walk_in: bool, by: User | None) -> None:
    if walk_in and standing.state != BookingState.CAME:
        standing.state, standing.marked_at, standing.marked_by = BookingState.CAME, hub_now(), by
        standing.save(update_fields=["state", "marked_at", "marked_by"])
        follow(standing, by=by)
    elif not walk_in and not booker.suspicions:
        mails.tell_booked_already(standing)


def state_for(gathering: Gathering, people: int) -> BookingState:
    """What there is for so many. The event is locked."""
    left = free(gathering)
    return BookingState.BOOKED if left is None or people <= left else BookingState.WAITING


def _new(gathering: Gathering, booker: Booker, state: BookingState, *, by: User | None) -> Booking:
    """Who came without a booking stands there already."""
    now, walk_in = hub_now(), state == BookingState.CAME
    return Booking(
        council=gathering.council,
        gathering=gathering,
        state=state,
        name=booker.name,
        email=booker.email,
        phone=booker.phone,
        address_hash=address_hash(booker.email) if booker.email else "",
        people=booker.people,
        needs=booker.needs,
        is_walk_in=walk_in,
        created_at=now,
        waiting_since=now if state == BookingState.WAITING else None,
        marked_at=now if walk_in else None,
        marked_by=by if walk_in else None,
    )


def locked_booking(booking: Booking, held: Gathering) -> Booking:
    """As it stands now that nobody else can change it."""
    mine = Booking.objects.select_for_update(of=("self",)).get(council=booking.council_id, pk=booking.pk)
    mine.gathering = held
    return mine


def _promote(gathering: Gathering, *, by: User | None) -> int:
    return give(gathering, free(gathering), by=by) if is_coming(gathering, hub_now()) else 0


def is_coming(gathering: Gathering, now: datetime) -> bool:
    return gathering.state == GatheringState.PUBLISHED and now < gathering.starts_at
