"""Whoever books for an event enquires: they make a case, or join the one that they have, by the rules of the form."""

import secrets
from dataclasses import replace
from typing import Protocol

from campaigns.models import Attendance, Booking
from campaigns.states import BookingState
from councils.clock import hub_now
from councils.models import Council, User
from enquiries.actions import submit
from enquiries.answers import Answers
from enquiries.came import Came
from enquiries.came_states import Source
from enquiries.commitment import commitment
from enquiries.consents import Consent, newest
from enquiries.models import Enquiry, Submission
from enquiries.privacy import CURRENT
from enquiries.promise import Promise
from enquiries.states import Channel, RouteChoice, Way
from enquiries.whereabouts import Whereabouts


class Asks(Protocol):
    """Whoever books."""

    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def news(self) -> bool: ...
    @property
    def suspicions(self) -> tuple[str, ...]: ...
    @property
    def came(self) -> Came | None: ...


def council_answering(host: Council, postcode: str, *, at_the_door: bool) -> Whereabouts:
    """By the postcode, as the form has it. Without one the council that invites; at the door also with an odd one."""
    typed = " ".join(postcode.split())
    place = Whereabouts(hub=host.hub, typed=typed)
    unknown = not typed or (at_the_door and place.home is None and not place.is_outside)
    return Whereabouts(hub=host.hub, typed=typed, without=not typed, chosen=host.slug) if unknown else place


def enquire(booking: Booking, booker: Asks, place: Whereabouts, *, by: User | None) -> None:
    """Both councils are in scope; the caller saves the booking."""
    answers = _answers(booker, place)
    came = _how_they_came(booker, booking)
    receipt = submit(answers, token=secrets.token_urlsafe(32), channel=Channel.GATHERING, came=came, by=by)
    case = Enquiry.objects.get(council=receipt.council_id, pk=receipt.enquiry_id)
    if by is None:
        _note_what_was_asked(case, answers)
    attendance = Attendance.objects.create(
        council_id=case.council_id,
        enquiry=case,
        host=booking.council,
        gathering_key=booking.gathering_id,
        booking_key=booking.pk,
        kind=booking.gathering.kind,
        title=booking.gathering.title,
        starts_at=booking.gathering.starts_at,
        state=BookingState(booking.state),
    )
    booking.case_council_id, booking.attendance_key = case.council_id, attendance.pk


def promised(booker: Asks, place: Whereabouts) -> Promise:
    """What a new enquiry is promised now; whoever books twice is told the same."""
    council = Council.objects.select_related("hub").get(pk=place.council.pk)
    return commitment(council, now=hub_now(), times=(), way=_way(booker))


def _way(booker: Asks) -> Way:
    return Way.EMAIL if booker.email and not booker.phone else Way.CALL


def _answers(booker: Asks, place: Whereabouts) -> Answers:
    return Answers(
        hub_id=place.hub.pk,
        council_id=place.council.pk,
        route=place.snapshot(),
        route_choice=place.choice if place.typed else RouteChoice.NO_POSTCODE,
        name=booker.name,
        email=booker.email,
        phone=booker.phone,
        way=_way(booker),
        notice_version=CURRENT,
        news_by_email=bool(booker.news and booker.email),
        suspicions=booker.suspicions,
    )


def _note_what_was_asked(case: Enquiry, answers: Answers) -> None:
    """The page of an event asks about news alone; what is said on the phone, it does not."""
    sent = Submission.objects.filter(council=case.council_id, enquiry=case).order_by("-number").first()
    if sent:
        sent.consents = {Consent.NEWS_EMAIL.value: newest(Consent.NEWS_EMAIL)} if answers.email else {}
        sent.save(update_fields=["consents"])


def _how_they_came(booker: Asks, booking: Booking) -> Came:
    """By the event, whatever led them to it: a code still counts for its campaign."""
    return replace(booker.came or Came(), source=Source.EVENT, detail=booking.gathering.kind)
