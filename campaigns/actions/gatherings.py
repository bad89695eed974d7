"""Staff make an event, change it, publish it and call it off. Whoever booked is told in the same transaction."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from campaigns.actions import bookings
from campaigns.actions.attending import follow, follow_event
from campaigns.gatherings import mails
from campaigns.models import Booking, Gathering
from campaigns.states import BookingState, GatheringState
from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.models import Council
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_council
from councils.working_time import in_london

# What somebody who booked has to know when it changes.
TOLD = frozenset({"title", "starts_at", "ends_at", "is_online", "venue", "address", "postcode", "join_link"})
TO_COME = frozenset({BookingState.BOOKED, BookingState.WAITING, BookingState.HELD})
COPIED = (
    *("kind", "is_listed", "title", "about", "is_online", "venue", "address", "postcode", "access", "join_link"),
    *("contact", "places"),
)
AGAIN_AFTER = timedelta(weeks=2)


def make(council: Council, told: Mapping[str, Any], *, by: Access) -> Gathering:
    """A draft, that nobody outside sees."""
    by.require(Permission.RUN_GATHERINGS, council.pk)
    with as_council(council):
        made = Gathering.objects.create(council=council, created_by=by.user, **told)
        record("gathering.made", subject=made, by=by.user)
    return made


def change(gathering: Gathering, told: Mapping[str, Any], *, version: int, by: Access) -> Gathering:
    """`version`: of the page that was filled in; Refused where a colleague has changed it since."""
    by.require(Permission.RUN_GATHERINGS, gathering.council_id)
    with as_council(gathering.council_id):
        row = bookings.locked(gathering)
        _require_changeable(row)
        if row.version != version:
            raise Refused("A colleague has changed this event meanwhile. Look at it again, then change it.")
        changed = sorted(name for name, value in told.items() if getattr(row, name) != value)
        if not changed:
            return row
        _require_room(row, told["places"])
        for name in changed:
            setattr(row, name, told[name])
        row.version += 1
        row.save(update_fields=[*changed, "version"])
        record("gathering.changed", subject=row, by=by.user, changed=changed)
        if TOLD & set(changed):
            _tell_changed(row)
        if "places" in changed:
            bookings.promote(row, by=by.user)
    return row


def publish(gathering: Gathering, *, by: Access) -> None:
    """Twice is harmless."""
    by.require(Permission.RUN_GATHERINGS, gathering.council_id)
    with as_council(gathering.council_id):
        row = bookings.locked(gathering)
        if row.state == GatheringState.PUBLISHED:
            return
        _require_open(row)
        if row.starts_at <= hub_now():
            raise Refused("It would have begun already. Change the day first.")
        row.state = GatheringState.PUBLISHED
        row.save(update_fields=["state"])
        record("gathering.published", subject=row, by=by.user)


def cancel(gathering: Gathering, *, by: Access) -> list[Booking]:
    """The bookings that were called off with it. Whoever gave an email address gets one."""
    by.require(Permission.RUN_GATHERINGS, gathering.council_id)
    with as_council(gathering.council_id):
        row = bookings.locked(gathering)
        if row.state == GatheringState.CANCELLED:
            return []
        if row.ends_at <= hub_now():
            raise Refused("It is over. It stays on the list with who came.")
        row.state, row.cancelled_at, row.version = GatheringState.CANCELLED, hub_now(), row.version + 1
        row.save(update_fields=["state", "cancelled_at", "version"])
        off = _call_off(row, by=by)
        record("gathering.cancelled", subject=row, by=by.user, bookings=len(off))
    return off


def copy(gathering: Gathering, *, by: Access) -> Gathering:
    """The same again two weeks later at the same time of day, or from today on where that is past: a draft."""
    by.require(Permission.RUN_GATHERINGS, gathering.council_id)
    with as_council(gathering.council_id):
        after = AGAIN_AFTER
        while gathering.starts_at + after <= hub_now():
            after += AGAIN_AFTER
        same = {name: getattr(gathering, name) for name in COPIED}
        made = Gathering.objects.create(
            council_id=gathering.council_id,
            created_by=by.user,
            starts_at=in_london(gathering.starts_at) + after,
            ends_at=in_london(gathering.ends_at) + after,
            booking_until=gathering.booking_until and in_london(gathering.booking_until) + after,
            **same,
        )
        record("gathering.made", subject=made, by=by.user, like=str(gathering.pk))
    return made


def _require_open(row: Gathering) -> None:
    if row.state == GatheringState.CANCELLED:
        raise Refused("This event was cancelled. Make another like it instead.")


def _require_changeable(row: Gathering) -> None:
    _require_open(row)
    if row.state == GatheringState.PUBLISHED and row.ends_at <= hub_now():
        raise Refused("It is over. It stays as it was, with who came.")


def _require_room(row: Gathering, places: int | None) -> None:
    taken = bookings.seated(row)
    if places is not None and places != row.places and places < taken:
        raise Refused(f"{taken} places are booked already: there cannot be fewer.")


def _to_come(row: Gathering) -> list[Booking]:
    found = Booking.objects.filter(council=row.council_id, gathering=row.pk, state__in=TO_COME)
    bookings_of = list(found.order_by("created_at"))
    for booking in bookings_of:
        booking.gathering = row
    return bookings_of


def _tell_changed(row: Gathering) -> None:
    told = _to_come(row)
    follow_event(told)
    for booking in told if row.state == GatheringState.PUBLISHED else ():
        mails.tell_changed(row, booking)


def _call_off(row: Gathering, *, by: Access) -> list[Booking]:
    off = _to_come(row)
    for booking in off:
        booking.state, booking.cancelled_at = BookingState.CANCELLED, hub_now()
        booking.save(update_fields=["state", "cancelled_at"])
        follow(booking, by=by.user)
        mails.tell_cancelled(row, booking)
    return off
