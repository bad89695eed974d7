"""What every made-up case is made from: read once, and the same for the same database, day and seed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID

from councils.models import Council, CouncilKind, Hub
from councils.working_time import WorkingHours, at
from enquiries.commitment import hours_of
from lafse.demo.seed.carers import Carer, carers_in
from lafse.demo.seed.days import Days
from lafse.demo.seed.draw import Draw
from lafse.demo.seed.officers import AT_LEAST, officers_of
from lafse.demo.seed.places import Places
from lafse.demo.seed.pushes import Pushes, pushes_in
from lafse.demo.seed.ripening import stands_open, story_in_years
from lafse.demo.seed.seasons import Seasons
from lafse.demo.seed.stories import Story, is_open, story_of

LATE = 0.09


@dataclass(frozen=True)
class Office:
    """A council, or the hub office."""

    pk: int
    code: str
    name: str
    hours: WorkingHours
    promise_working_days: int
    first_contact_by: str
    officers: tuple[int, ...]
    late: float  # share of promises
    quick: float  # share that is rung on the same day, over years


@dataclass(frozen=True)
class Past:
    """Of so many years, 0 for none. `settled`: nobody in it waits for a first call or an answer today."""

    years: int = 0
    settled: bool = False


@dataclass(frozen=True)
class World:
    """`as_of`: midnight in London on the day on which everything is as it is."""

    hub: int
    seed: int
    as_of: datetime
    days: Days
    places: Places
    offices: dict[int, Office]
    hub_office: int
    import_id: UUID
    past: Past
    seasons: Seasons | None
    pushes: Pushes
    carers: Mapping[int, Carer]

    def office_of(self, council: int) -> Office:
        return self.offices.get(council) or self.offices[self.hub_office]

    def story_of(self, number: int) -> Story:
        if not self.past.years:
            return story_of(number)
        return story_in_years(number, years=self.past.years, settled=self.past.settled)

    def is_open(self, number: int) -> bool:
        if not self.past.years:
            return is_open(number)
        return stands_open(number, years=self.past.years, settled=self.past.settled)


def world_of(hub: Hub, *, seed: int, as_of: date, past: Past) -> World:
    hub_office = Council.objects.get(hub=hub, kind=CouncilKind.HUB_OFFICE)
    officers = officers_of(hub, hub_office, at_least=0 if past.settled else AT_LEAST)
    codes = dict(hub.councils.values_list("pk", "code"))
    days, places = Days(as_of, past.years), Places(hub)
    seasons = Seasons(days, past.years) if past.years else None
    known = (seasons.first_day, as_of) if seasons else ()
    return World(
        hub=hub.pk,
        seed=seed,
        as_of=at(as_of, time(0)).astimezone(UTC),
        days=days,
        places=places,
        offices={council.pk: _office(council, officers[council.pk], past) for council in hub.councils.all()},
        hub_office=hub_office.pk,
        import_id=import_of(seed),
        past=past,
        seasons=seasons,
        pushes=pushes_in(seed, known, hub_office.pk, {pk: codes[pk] for pk in places.members}),
        carers=carers_in(seed, places.members) if past.years else {},
    )


def import_of(seed: int) -> UUID:
    """The key of the row that says that this seed is here."""
    return Draw(f"import:{seed}").uuid()


def _office(council: Council, officers: tuple[int, ...], past: Past) -> Office:
    """Over years each council has a pace of its own, the same for every seed."""
    pace = Draw(council.slug)
    return Office(
        council.pk,
        council.code,
        council.name,
        hours_of(council),
        council.promise_working_days,
        council.first_contact_by,
        officers,
        late=pace.uniform(0.02, 0.2) if past.years else LATE,
        quick=pace.uniform(0.1, 0.6),
    )
