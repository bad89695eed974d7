"""Bookings, as time goes by: reminders, places that nobody was given, and bookings of those who were erased.

A reminder is due by the event's time as it is now: an event that is put off is reminded of again.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from campaigns.actions import bookings
from campaigns.gatherings import mails
from campaigns.models import Attendance, Booking, Gathering
from campaigns.retention import EMPTY
from campaigns.states import BookingState, GatheringState
from councils.clock import hub_now
from councils.models import Council
from councils.tenancy import across, as_council
from outbox.rounds import one_by_one

DAY_BEFORE, HOUR_BEFORE = timedelta(days=1), timedelta(hours=1)
# Staff may undo a mark at the door while the evening lasts, and write down a list the next morning.
THANKED_AFTER, THANKED_WITHIN = timedelta(hours=15), timedelta(days=4)
_AFTERWARDS = (BookingState.CAME, BookingState.MISSED)
_BEFORE = {"day": DAY_BEFORE, "hour": HOUR_BEFORE}


def remind() -> int:
    """The day before; of an online event, with its link, an hour before as well."""
    with across(Council.objects.all(), reason="remind of events"):
        now = hub_now()
        due = [(booking.council_id, booking.pk) for name in _BEFORE for booking in _due(name, now)]
    return one_by_one(due, lambda each: _remind(*each), name=lambda each: each[1])


def _due(name: str, now: datetime) -> "list[Booking]":
    before = _BEFORE[name]
    coming = Gathering.objects.filter(
        state=GatheringState.PUBLISHED, starts_at__gt=now + (HOUR_BEFORE if name == "day" else timedelta(0))
    ).filter(starts_at__lte=now + before)
    if name == "hour":
        coming = coming.filter(is_online=True).exclude(join_link="")
    seated = Booking.objects.filter(gathering__in=coming, state=BookingState.BOOKED, emptied_at=None).exclude(email="")
    told = Q(reminded_at=None) | Q(reminded_at__lt=F("gathering__starts_at") - before)
    # Whoever booked later than that had it all in that very mail.
    return list(seated.filter(told, created_at__lt=F("gathering__starts_at") - before))


def _remind(council_id: int, key: UUID) -> bool:
    with as_council(council_id):
        now = hub_now()
        found = Booking.objects.select_for_update(of=("self",), skip_locked=True).select_related("gathering")
        booking = found.filter(council=council_id, pk=key, state=BookingState.BOOKED).first()
        if booking is None or not bookings.is_coming(booking.gathering, now):
            return False
        soon = booking.gathering.starts_at - now <= HOUR_BEFORE
        before = HOUR_BEFORE if soon else DAY_BEFORE
        if booking.reminded_at and booking.reminded_at >= booking.gathering.starts_at - before:
            return False
        (mails.remind_soon if soon else mails.remind)(booking)
        booking.reminded_at = now
        booking.save(update_fields=["reminded_at"])
    return True


def thank() -> int:
    """Whoever is written down as having come, or not, once the evening is over; not weeks later."""
    with across(Council.objects.all(), reason="thank for coming"):
        now = hub_now()
        over = Gathering.objects.filter(state=GatheringState.PUBLISHED, ends_at__lt=now - THANKED_AFTER)
        marked = Booking.objects.filter(
            gathering__in=over.filter(ends_at__gt=now - THANKED_WITHIN), state__in=_AFTERWARDS, emptied_at=None
        ).exclude(email="")
        told = Q(reminded_at=None) | Q(reminded_at__lt=F("gathering__ends_at"))
        due = list(marked.filter(told).values_list("council_id", "pk"))
    return one_by_one(due, lambda each: _thank(*each), name=lambda each: each[1])


def _thank(council_id: int, key: UUID) -> bool:
    with as_council(council_id):
        found = Booking.objects.select_for_update(of=("self",), skip_locked=True).select_related("gathering")
        booking = found.filter(council=council_id, pk=key, state__in=_AFTERWARDS).first()
        if booking is None or (booking.reminded_at and booking.reminded_at >= booking.gathering.ends_at):
            return False
        mails.thank(booking)
        booking.reminded_at = hub_now()
        booking.save(update_fields=["reminded_at"])
    return True


def give_places_left() -> int:
    """Whatever died between a place that came free and whoever waits for it."""
    with across(Council.objects.all(), reason="places left"):
        waiting = Booking.objects.filter(
            council=OuterRef("council"), gathering=OuterRef("pk"), state=BookingState.WAITING
        )
        coming = Gathering.objects.filter(state=GatheringState.PUBLISHED, starts_at__gt=hub_now())
        held_up = [each for each in coming.filter(Exists(waiting)) if (left := bookings.free(each)) is None or left > 0]
    return one_by_one(held_up, lambda each: bookings.promote(each, by=None), name=lambda each: each.pk)


def empty_those_erased() -> int:
    """Whose case is erased is coming nowhere; how many came to an event is still counted."""
    with across(Council.objects.all(), reason="bookings of erased cases"):
        erased = Attendance.objects.filter(pk=OuterRef("attendance_key"), enquiry__erased_at__isnull=False)
        gone = list(Booking.objects.select_related("gathering").filter(Exists(erased), emptied_at=None))
    return one_by_one(gone, _empty, name=lambda each: each.pk)


def _empty(booking: Booking) -> bool:
    with as_council(booking.council_id):
        stands = booking.state in (BookingState.BOOKED, BookingState.WAITING, BookingState.HELD)
        if stands and bookings.is_coming(booking.gathering, hub_now()):
            bookings.cancel(booking, by=None)
        mine = Booking.objects.filter(council=booking.council_id, pk=booking.pk, emptied_at=None)
        return bool(mine.update(emptied_at=hub_now(), **EMPTY))
