"""What people may ask of what is held on them here: bookings in the file of their case, though another council may have
invited; and news that somebody gets who has no case. Who has one is in its file, and goes with it."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from campaigns.gatherings.words import when_in_words
from campaigns.models import Attendance, Booking, Refusal, Subscriber
from campaigns.models.subscribers import SubscriberQuerySet
from campaigns.news.agreements import Told, told_of
from councils.events import record
from councils.models import Council
from councils.tenancy import crossing
from councils.working_time import in_london
from enquiries.models import Enquiry
from enquiries.rights.beside import Beside, Rows, Titled, is_held_beside
from enquiries.rights.erasing import ERASER
from enquiries.rights.export import row_of
from outbox.models import Message
from outbox.suppressions import address_hash


def register() -> None:
    is_held_beside(Beside(bookings_of, of_address, keys_of, note_taken_out, empty))


def bookings_of(case: Enquiry) -> list[Titled]:
    """As long as it stands on this case, whoever invited."""
    stands_on = list(Attendance.objects.filter(council=case.council_id, enquiry=case).order_by("starts_at"))
    rows: Rows = []
    with crossing("tell_of_attendance", to=[case.council_id, *(each.host_id for each in stands_on)]):
        for each in stands_on:
            own = Booking.objects.filter(council=each.host_id, pk=each.booking_key, attendance_key=each.pk)
            if booking := own.select_related("gathering", "council").first():
                gathering = booking.gathering
                when = when_in_words(gathering.starts_at, gathering.ends_at)
                about = {"event": gathering.title, "when": when, "held by": booking.council.name}
                rows.append({**about, **row_of(booking, ("gathering",))})
    return [("Bookings for events", rows)] if rows else []


def of_address(council: Council, address: str) -> list[Titled]:
    own = list(_without_case(council, address))
    said_no = Refusal.objects.filter(council=council, address_hash=address_hash(address)).order_by("pk")
    parts: list[Titled] = [
        ("News by email", [row_of(each) for each in own]),
        ("What they agreed to get as news, and when", [_agreed(each) for row in own for each in told_of(row)]),
        ("Messages", [row_of(each) for each in _messages(council, address, own)]),
        ("No more news, as they said", [{**row_of(each), "kept as": "a keyed hash"} for each in said_no]),
    ]
    return [part for part in parts if part[1]]


def keys_of(council: Council, address: str) -> list[UUID]:
    return list(_without_case(council, address).values_list("pk", flat=True))


def note_taken_out(council: Council, address: str) -> None:
    for each in _without_case(council, address):
        record("subscriber.data_taken_out", subject=each, by=None)


def empty(council_id: int, key: UUID) -> dict[str, int]:
    """What was mailed to them by others follows (`actions.forgetting`)."""
    own = Subscriber.objects.using(ERASER).filter(council=council_id, pk=key, enquiry=None).exclude(address_hash="")
    emptied = own.update(**Subscriber.personal.fields)
    return {Subscriber._meta.db_table: emptied} if emptied else {}


def _without_case(council: Council, address: str) -> SubscriberQuerySet:
    found: SubscriberQuerySet = Subscriber.objects.filter(council=council, address_hash=address_hash(address))
    return found.filter(enquiry=None)


def _agreed(told: Told) -> dict[str, object]:
    said = {"purpose": told.purpose, "channel": told.channel, "where": told.where, "words": told.words}
    given = {"given at": _moment(told.given_at), "ended at": _moment(told.ended_at), "how it ended": told.how_ended}
    return {name: value for name, value in {**said, **given}.items() if value}


def _moment(at: datetime | None) -> str:
    return in_london(at).isoformat(timespec="seconds") if at else ""


def _messages(council: Council, address: str, own: list[Subscriber]) -> list[Message]:
    """To whoever signed up, and copies of emails to many, which may be for somebody of another council."""
    mine = Message.objects.filter(council=council)
    addresses = {address, *(each.address for each in own)}
    asked, copies = Q(subject_id__in=[each.pk for each in own]), Q(kind="mailing", to_address__in=addresses)
    return list(mine.filter(asked | copies).order_by("created_at", "pk"))
