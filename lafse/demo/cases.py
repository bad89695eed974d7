"""A dozen and a half cases in different states, brought there by the actions that staff use."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Q

from councils.access import Access, access_of
from councils.clock import hub_now
from councils.models import Council, Hub, User
from councils.roles import Role
from councils.working_time import in_london
from enquiries import actions
from enquiries.actions.incoming import receive
from enquiries.actions.merging import merge
from enquiries.answers import Answers
from enquiries.forms.entry import new_token
from enquiries.handover_states import HandoverReason
from enquiries.models import Enquiry, Suggestion
from enquiries.privacy import CURRENT
from enquiries.states import Channel, CloseReason, FostersWith, Kind, Outcome, Slot, Step, Way
from enquiries.whereabouts import Whereabouts
from lafse.demo.handovers import asked, passed_on
from lafse.demo.people import PEOPLE
from outbox.incoming import parse

Then = Callable[[Enquiry, Access], object]


def seen(case: Enquiry, by: Access) -> None:
    actions.mark_seen(case, by=by)


def claimed(case: Enquiry, by: Access) -> None:
    actions.claim(case, by=by)


def tried(way: Way, outcome: Outcome, comment: str = "") -> Then:
    return lambda case, by: actions.log_attempt(case, way=way, outcome=outcome, comment=comment, by=by)


def visit_booked(case: Enquiry, by: Access) -> None:
    visit_at = in_london(hub_now() + timedelta(days=6)).replace(hour=14, minute=0, second=0, microsecond=0)
    actions.take_step(case, Step.BOOK_VISIT, visit_at=visit_at, by=by)


def ended(step: Step, reason: CloseReason | None = None, comment: str = "") -> Then:
    return lambda case, by: actions.take_step(case, step, reason=reason, comment=comment, by=by)


def applied(case: Enquiry, by: Access) -> None:
    actions.take_step(case, Step.APPLY, by=by)


def not_yet(case: Enquiry, by: Access) -> None:
    later = (hub_now() + timedelta(days=120)).date()
    actions.take_step(case, Step.POSTPONE, reason=CloseReason.NO_ROOM, wake_on=later, by=by)


def joined_with_the_first(case: Enquiry, by: Access) -> None:
    """The older one of the same number."""
    pair = Suggestion.objects.get(Q(enquiry=case) | Q(other=case), council=case.council_id)
    merge(kept=pair.other if pair.enquiry_id == case.pk else pair.enquiry, merged=case, by=by)


@dataclass(frozen=True)
class Person:
    """One who asks. `number` ends an Ofcom drama number, 07700 900xxx; 0 for no phone."""

    first_name: str
    postcode: str
    number: int
    way: Way = Way.CALL
    times: tuple[Slot, ...] = ()
    kind: Kind = Kind.NEW
    channel: Channel = Channel.WEB
    message: str = ""
    answers: dict[str, object] = field(default_factory=dict)
    then: tuple[Then, ...] = ()


EVENING, MORNING = (Slot.WEEKDAY_EVENING,), (Slot.WEEKDAY_MORNING, Slot.WEEKDAY_AFTERNOON)
AGENCY: dict[str, object] = {"fosters_with": FostersWith.AGENCY, "fosters_with_name": "An agency"}
MOVING = "They move to Crowborough at the end of the month."
WORKS_THERE = "They work in the city and would like to foster for it."
CASES: tuple[Person, ...] = (
    Person("Abena", "ME14 1XQ", 101, message="We have a spare room since our son moved out."),
    Person("Bilal", "CT1 2JB", 102, times=EVENING, then=(seen,)),
    Person("Carys", "TN9 1BG", 103, then=(seen, claimed)),
    Person("Dev", "ME15 6XX", 104, then=(claimed, tried(Way.CALL, Outcome.NO_ANSWER, "Rang out."))),
    Person("Ewa", "SO23 8UJ", 105, answers={"language": "Polish", "needs_interpreter": True}),
    Person("Fionn", "RG24 8XX", 106, then=(claimed, tried(Way.CALL, Outcome.REACHED, "Wants to read first."))),
    Person("Grace", "SO23 9LJ", 107, kind=Kind.TRANSFER, answers=AGENCY, times=MORNING),
    Person("Hamza", "GU1 3UW", 108, then=(tried(Way.CALL, Outcome.REACHED), visit_booked)),
    Person("Isla", "KT1 1EU", 109),
    Person("Joao", "TW9 1SX", 0, way=Way.EMAIL, answers={"uses_bsl": True}, message="I am Deaf. Please use email."),
    Person("Kwame", "SL4 1PF", 111, then=(tried(Way.CALL, Outcome.REACHED), not_yet)),
    Person("Lucia", "SL1 3UF", 112, message="I saw your stall at the market."),
    Person("Maeve", "RG4 8AA", 113, way=Way.TEXT, answers={"text_ok": True}),
    Person("Nadia", "", 114, channel=Channel.PHONE, message="Rang from abroad, moving to the region in spring."),
    Person("Otis", "MK9 3EJ", 115, answers={"suspicions": ("typed too fast",)}),
    Person("Priya", "BN1 1JE", 116, then=(tried(Way.CALL, Outcome.REACHED), ended(Step.WITHDRAW, CloseReason.NO_ROOM))),
    Person("Quentin", "OX1 1ND", 117, kind=Kind.RETURNING),
    # Abena once more, with another address: suggested. Bilal too: joined with his first enquiry already.
    Person("Ama", "ME14 1XQ", 101, times=MORNING, message="I wrote last week, from my other address."),
    Person("Billy", "CT1 2JB", 102, then=(joined_with_the_first,)),
    Person("Sian", "TN9 1BG", 119, then=(claimed, asked("east-sussex", HandoverReason.MOVED, MOVING))),
    Person("Uma", "ME15 6XX", 121, then=(claimed, tried(Way.CALL, Outcome.REACHED), applied)),
    Person("Tariq", "SO23 8UJ", 120, then=(seen, passed_on("southampton", HandoverReason.ASKED_FOR_IT, WORKS_THERE))),
)


LETTER = b"""From: Rosa Example <rosa.enquirer@example.org>
Subject: Question about fostering
Message-ID: <demo@example.org>

Hello, I found your address on a leaflet. Could somebody tell me how fostering works?
"""


def make_cases(hub: Hub, councils: dict[str, Council]) -> int:
    """In one scope of all the hub's councils. Returns how many."""
    workers = _workers()
    for person in CASES:
        place = Whereabouts(hub=hub, typed=person.postcode, without=not person.postcode)
        receipt = actions.submit(_answers(person, place), token=new_token(), channel=person.channel)
        case = Enquiry.objects.get(council=receipt.council_id, pk=receipt.enquiry_id)
        for action in person.then:
            action(case, workers[receipt.council_id])
    receive(parse(LETTER), to="kent@")
    return Enquiry.objects.count()


def _workers() -> dict[int, Access]:
    """An officer for each council."""
    officers = [person.email for person in PEOPLE if person.role in (Role.OFFICER, Role.HUB_OFFICER)]
    users = User.objects.filter(email__in=officers)
    accesses = [access for access in map(access_of, users) if access.councils]
    narrow_last = sorted(accesses, key=lambda access: -len(access.councils))
    return {council: access for access in narrow_last for council in access.councils}


def _answers(person: Person, place: Whereabouts) -> Answers:
    known: dict[str, object] = {"voicemail_ok": person.number % 2 == 1} | person.answers
    return Answers(
        hub_id=place.hub.pk,
        council_id=place.council.pk,
        route=place.snapshot(),
        route_choice=place.choice,
        kind=person.kind,
        name=f"{person.first_name} Example",
        email=f"{person.first_name.lower()}.enquirer@example.org",
        phone=f"+447700900{person.number}" if person.number else "",
        way=person.way,
        times=person.times,
        message=person.message,
        notice_version=CURRENT,
        **known,  # type: ignore[arg-type]  # each case names only what it is about
    )
