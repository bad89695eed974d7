"""Service messages about a booking, in the transaction that causes them.

Each is about the case, in the case's council: whoever looks after it sees what was written, answers come there, and it
goes when the case is erased. Only the links lead to the council that invites.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse

from campaigns.gatherings.calendar import NAME, calendar_of
from campaigns.gatherings.words import Said, said_of
from campaigns.models import Attendance, Booking, Gathering
from campaigns.states import BookingState
from councils.clock import hub_now
from councils.doors import open_door
from councils.models import Council
from councils.models.doors import DoorPurpose
from councils.tenancy import crossing
from councils.working_time import in_london
from enquiries.calendar_file import TYPE
from enquiries.links import reply_address
from enquiries.models import Enquiry
from outbox.actions import enqueue_template
from outbox.mime import Attached
from outbox.models import Message

KIND = "gathering"
_SEND_WITHIN = timedelta(hours=72)
_WITH_FILE = frozenset({"booked", "place", "changed", "cancelled"})
_FRIENDLY = frozenset({"reminder", "soon", "thanks", "missed"})
_LINK_FROM = timedelta(hours=25)  # with the reminder at the latest


def tell_booked(booking: Booking) -> None:
    waits = booking.state == BookingState.WAITING
    subject = "You are on the waiting list: {title}" if waits else "You have booked: {title}"
    _tell(booking, "waiting" if waits else "booked", subject)


def tell_booked_already(booking: Booking) -> None:
    """Once a day, however often the form is sent: this must not fill a stranger's mailbox."""
    _tell(booking, "already", "You have booked already: {title}", once=f"{in_london(hub_now()):%Y-%m-%d}")


def tell_place(booking: Booking) -> None:
    _tell(booking, "place", "A place is free and it is yours: {title}", once=f"{booking.gathering_id}")


def tell_given_up(booking: Booking) -> None:
    _tell(booking, "given_up", "Your booking is cancelled: {title}")


def tell_changed(gathering: Gathering, booking: Booking) -> None:
    booking.gathering = gathering
    _tell(booking, "changed", "Changed: {title}", once=f"{gathering.pk}:{gathering.version}")  # or moved to another


def tell_cancelled(gathering: Gathering, booking: Booking) -> None:
    booking.gathering = gathering
    _tell(booking, "cancelled", "Cancelled: {title}")


def remind(booking: Booking) -> None:
    starts_at = booking.gathering.starts_at
    day = "Today" if in_london(starts_at).date() == in_london(hub_now()).date() else "Tomorrow"
    _tell(booking, "reminder", f"{day}: {{title}}", once=f"{starts_at:%Y%m%d%H%M}", until=starts_at)


def remind_soon(booking: Booking) -> None:
    """Of an online one, with the link."""
    starts_at = booking.gathering.starts_at
    _tell(booking, "soon", "In an hour: {title}", once=f"{starts_at:%Y%m%d%H%M}", until=starts_at)


def thank(booking: Booking) -> None:
    """The day after, by whether they came."""
    if booking.state == BookingState.CAME:
        _tell(booking, "thanks", "Thank you for coming: {title}")
    else:
        _tell(booking, "missed", "Sorry that we missed you: {title}")


def _tell(booking: Booking, what: str, subject: str, *, once: str = "", until: datetime | None = None) -> None:
    """Nothing where there is no address, or no case any more. What may be spam is sent nothing until a person has
    looked."""
    if not booking.email or booking.case_council_id is None:
        return
    with crossing("tell_of_attendance", to=[booking.council_id, booking.case_council_id]):
        case = _case_of(booking)
        key = ":".join([f"{KIND}_{what}", f"{booking.pk}", *([once] if once else [])])
        if case is None or not _may_be_written_to(case, booking, what) or _written(case, key):
            return
        council = Council.objects.select_related("hub").get(pk=booking.council_id)
        said = said_of(booking.gathering, council)
        enqueue_template(
            template=f"gathering_{what}",
            context=_context(booking, said, council),
            council=case.council_id,
            kind=f"{KIND}_{what}",
            to=booking.email,
            subject=subject.format(title=said.title),
            dedupe_key=key,
            expires_at=until or hub_now() + _SEND_WITHIN,
            subject_kind="enquiry",
            subject_id=case.pk,
            reply_to=reply_address(case),
            attached=_file(booking.gathering, council) if what in _WITH_FILE else None,
        )


def _file(gathering: Gathering, council: Council) -> Attached:
    return Attached(NAME, TYPE, calendar_of(gathering, council, hub_now()))


def _written(case: Enquiry, key: str) -> bool:
    return Message.objects.filter(council=case.council_id, dedupe_key=key).exists()


def _may_be_written_to(case: Enquiry, booking: Booking, what: str) -> bool:
    """Whoever asked us to stop since they booked is told only what they must know not to come in vain."""
    stopped = case.stopped_at is not None and case.stopped_at > booking.created_at
    return not case.quarantined and case.erased_at is None and not (stopped and what in _FRIENDLY)


def _case_of(booking: Booking) -> Enquiry | None:
    if booking.attendance_key is None:
        return None
    rows = Attendance.objects.select_related("enquiry")
    row = rows.filter(council=booking.case_council_id, pk=booking.attendance_key).first()
    return row.enquiry if row else None


def _context(booking: Booking, said: Said, council: Council) -> dict[str, object]:
    public = reverse("campaigns:calendar", args=[council.slug, booking.gathering_id])
    return {
        "said": said,
        "council": council,
        "hub": council.hub,
        "people": booking.people,
        "waits": booking.state == BookingState.WAITING,
        "link": _link(booking, booking.gathering.ends_at),
        "calendar": settings.BASE_URL + public,
        "join_link": booking.gathering.join_link if booking.gathering.starts_at - hub_now() <= _LINK_FROM else "",
    }


def _link(booking: Booking, ends_at: datetime) -> str:
    """A door of its own in each mail: only hashes are kept, so none can be written out again."""
    token = open_door(
        purpose=DoorPurpose.BOOKING,
        council=booking.council_id,
        subject_id=booking.pk,
        expires_at=max(ends_at, hub_now()) + timedelta(days=1),
    )
    return settings.BASE_URL + reverse("campaigns:booking_open", args=[token])
