"""An enquiry comes in: who, where, when, and what was promised."""

from datetime import datetime, timedelta
from functools import cache

from councils.working_time import in_london
from enquiries.answers import Answers, RouteSnapshot, digest_of
from enquiries.consents import shown_to
from enquiries.models import Enquiry, Submission
from enquiries.privacy import CURRENT
from enquiries.search import SearchKind, compact, keys
from enquiries.states import Bedroom, CareKind, Channel, HeardFrom, OfAge, RouteChoice, Way
from lafse.demo.seed.case import Case
from lafse.demo.seed.days import promised
from lafse.demo.seed.draw import Draw, deck, reference
from lafse.demo.seed.people import Person
from lafse.demo.seed.places import Place
from lafse.demo.seed.rows import Rows, Values
from lafse.demo.seed.stories import Story
from lafse.demo.seed.world import World

CHANNELS = deck(((Channel.WEB, 82), (Channel.PHONE, 13), (Channel.GATHERING, 4), (Channel.OTHER, 1)))
_IN_DOUBT = frozenset({RouteChoice.NOT_SURE, RouteChoice.NO_POSTCODE, RouteChoice.OUTSIDE})
_SECOND_ADULTS = ("", "", "Robin", "Sandy")
_PREPARED = 0.2
_UNSEEN_FOR = timedelta(minutes=5)


def arrive(
    world: World, draw: Draw, number: int, story: Story, person: Person, place: Place, created_at: datetime
) -> Case:
    office = world.office_of(place.council)
    case = Case(
        world,
        draw,
        number,
        story,
        person,
        place,
        office,
        id=draw.uuid(),
        reference=reference(office.code, number, world.seed),
        owner=draw.choice(office.officers),
        created_at=created_at,
        at=created_at,
    )
    due = promised(in_london(created_at).date(), office.hours, office.promise_working_days, person.times, person.way)
    case.values = _values(case, due)
    if draw.chance(_PREPARED):
        _prepare(case)
    return case


def due_of(case: Case) -> datetime:
    due = case.values["promise_due_at"]
    if not isinstance(due, datetime):
        raise TypeError("a promise has a time")
    return due


def received(case: Case) -> None:
    values = case.values
    case.event(
        "received",
        case.created_at,
        channel=values["channel"],
        kind=values["kind"],
        outcome=values["route_outcome"],
        choice=values["route_choice"],
        quarantined=bool(values.get("quarantined")),
        due=due_of(case).isoformat(),
    )


def _values(case: Case, due: datetime) -> Values:
    told, person, office = case.place.route, case.person, case.office
    return person.answers() | {
        "id": case.id,
        "council_id": office.pk,
        "reference": case.reference,
        "journey_id": case.draw.uuid(),
        "household_id": case.draw.uuid(),
        "import_id": case.world.import_id,
        "channel": case.draw.choice(CHANNELS).value,
        "notice_version": CURRENT,
        **told.on_case(case.place.area_named),
        "route_choice": case.place.choice.value,
        "check_council": case.place.choice in _IN_DOUBT,
        "promise_due_at": due,
        "next_due_at": due,
        "promise_by": office.first_contact_by,
        "created_at": case.created_at,
        "state_changed_at": case.created_at,
    }


def _prepare(case: Case) -> None:
    draw, first_name = case.draw, case.draw.choice(_SECOND_ADULTS)
    case.values |= {
        "of_age": OfAge.YES.value,
        "minimum_age": 21,
        "bedroom": draw.choice((Bedroom.YES, Bedroom.YES, Bedroom.NOT_YET)).value,
        "second_adult": f"{first_name} {case.person.surname}" if first_name else "",
        "care_kinds": sorted({draw.choice(tuple(CareKind)).value, CareKind.SHORT_TERM.value}),
        "heard_from": draw.choice(tuple(HeardFrom)).value,
        "wants_ambassador": draw.chance(0.3),
    }
    answered = ["of_age", "bedroom", "care_kinds", "heard_from"]
    case.event("prepared", case.created_at + timedelta(minutes=2), answered=answered)


def write(case: Case, rows: Rows) -> None:
    """The case as it stands now, with everything that hangs on it."""
    if case.known_as:
        case.values["earlier_references"] = sorted(case.known_as)
    rows.add(Enquiry, case.values)
    rows.add(Submission, _sent(case))
    for kind, key in _search_keys(case):
        rows.add_key(case.draw.uuid(), case.office.pk, case.id, kind.value, key)
    for model, values in case.rows:
        rows.add(model, values)


def _search_keys(case: Case) -> list[tuple[SearchKind, str]]:
    person, values = case.person, case.values
    found = keys(
        reference=case.reference,
        name=f"{person.name} {values.get('second_adult', '')}",
        email=person.email,
        phone=person.phone,
        postcode=str(values["postcode"]),
    )
    return sorted(found | {(SearchKind.REFERENCE, compact(earlier)) for earlier in case.known_as})


def _sent(case: Case) -> Values:
    """What `Answers` would have stored, without making one."""
    told = _told(case.place.route)
    answers = _empty_form() | case.person.answers()
    answers |= {
        "hub_id": case.world.hub,
        "council_id": case.office.pk,
        "route": told,
        "route_choice": case.place.choice.value,
        "area_named": case.place.area_named,
    }
    answered = answers | {"route": told["typed"]}
    del answered["suspicions"]
    return {
        "id": case.draw.uuid(),
        "council_id": case.office.pk,
        "enquiry_id": case.id,
        "channel": case.values["channel"],
        "answers": answers,
        "digest": digest_of(answered),
        "notice_version": CURRENT,
        "consents": shown_to(
            email=case.person.email, phone=case.person.phone, channel=Channel(str(case.values["channel"]))
        ),
        "created_at": case.created_at,
    }


@cache
def _empty_form() -> dict[str, object]:
    blank = Answers(
        hub_id=0,
        council_id=0,
        route=RouteSnapshot(),
        route_choice=RouteChoice.ROUTED,
        name="",
        way=Way.CALL,
        notice_version=CURRENT,
    )
    return blank.to_json()


def _told(route: RouteSnapshot) -> dict[str, object]:
    return {name: getattr(route, name) for name in route.__dataclass_fields__}
