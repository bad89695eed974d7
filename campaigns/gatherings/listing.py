"""What staff see of their events: coming, drafts and past ones, each with who has booked."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet, Sum

from campaigns.gatherings.words import when_in_words
from campaigns.models import Attendance, Booking, Gathering
from campaigns.states import SEATED, BookingState, GatheringState
from councils.access import Access
from councils.roles import Permission
from enquiries.contact_details import spoken_phone

MOST_PAST = 50


@dataclass(frozen=True)
class Tally:
    """Of one event: people by the state of their booking."""

    people: Mapping[str, int] = field(default_factory=dict)

    @property
    def seated(self) -> int:
        return sum(self.people.get(state, 0) for state in SEATED)

    @property
    def waiting(self) -> int:
        return self.people.get(BookingState.WAITING, 0)

    @property
    def held(self) -> int:
        return self.people.get(BookingState.HELD, 0)

    @property
    def came(self) -> int:
        return self.people.get(BookingState.CAME, 0)

    @property
    def missed(self) -> int:
        return self.people.get(BookingState.MISSED, 0)

    @property
    def expected(self) -> int:
        return self.people.get(BookingState.BOOKED, 0)


@dataclass(frozen=True)
class Line:
    row: Gathering
    count: Tally
    now: datetime

    @property
    def when(self) -> str:
        return when_in_words(self.row.starts_at, self.row.ends_at)

    @property
    def where(self) -> str:
        return "Online" if self.row.is_online else self.row.venue

    @property
    def over(self) -> bool:
        return self.row.ends_at <= self.now

    @property
    def full(self) -> bool:
        return self.row.places is not None and self.count.seated >= self.row.places


@dataclass(frozen=True)
class Guest:
    booking: Booking

    @property
    def phone(self) -> str:
        return spoken_phone(self.booking.phone) if self.booking.phone else ""


@dataclass(frozen=True)
class Listing:
    coming: list[Line]
    drafts: list[Line]
    past: list[Line]


def listing(councils: Collection[int], now: datetime) -> Listing:
    """Three queries and one for the counts, however many there are."""
    rows = Gathering.objects.filter(council__in=councils).select_related("council")
    drafts = list(rows.filter(state=GatheringState.DRAFT).order_by("starts_at"))
    live = rows.exclude(state=GatheringState.DRAFT)
    coming = list(live.filter(ends_at__gt=now).order_by("starts_at"))
    past = list(live.filter(ends_at__lte=now).order_by("-starts_at")[:MOST_PAST])
    counts = counts_of([*coming, *drafts, *past])
    return Listing(*([Line(row, counts[row.pk], now) for row in each] for each in (coming, drafts, past)))


def line_of(row: Gathering, now: datetime) -> Line:
    return Line(row, counts_of([row])[row.pk], now)


def counts_of(rows: Iterable[Gathering]) -> Mapping[UUID, Tally]:
    keys = {row.pk: row.council_id for row in rows}
    booked = Booking.objects.filter(council__in=set(keys.values()), gathering__in=keys)
    people: dict[UUID, dict[str, int]] = defaultdict(dict)
    for key, state, total in booked.values_list("gathering", "state").annotate(Sum("people")):
        people[key][state] = total
    return {key: Tally(people[key]) for key in keys}


def case_of(booking: Booking, access: Access) -> UUID | None:
    """The key of their enquiry, for whoever may see it: it may be another council's."""
    council = booking.case_council_id
    if council is None or not access.may(Permission.SEE_CASES, council):
        return None
    rows = Attendance.objects.filter(council=council, pk=booking.attendance_key or booking.pk)
    return rows.values_list("enquiry_id", flat=True).first()


def bookings_of(row: Gathering) -> QuerySet[Booking]:
    found = Booking.objects.filter(council=row.council_id, gathering=row.pk)
    return found.select_related("marked_by", "case_council").order_by("name", "created_at")
