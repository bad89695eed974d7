"""What every made-up case is made from: read once, and the same for the same database, day and seed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID

from councils.models import Council, CouncilKind, Hub
from councils.working_time import WorkingHours, at
from enquiries.commitment import hours_of
from lafse.demo.seed.days import Days
from lafse.demo.seed.draw import Draw
from lafse.demo.seed.officers import officers_of
from lafse.demo.seed.places import Places


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

    def office_of(self, council: int) -> Office:
        return self.offices.get(council) or self.offices[self.hub_office]


def world_of(hub: Hub, *, seed: int, as_of: date) -> World:
    hub_office = Council.objects.get(hub=hub, kind=CouncilKind.HUB_OFFICE)
    officers = officers_of(hub, hub_office)
    return World(
        hub=hub.pk,
        seed=seed,
        as_of=at(as_of, time(0)).astimezone(UTC),
        days=Days(as_of),
        places=Places(hub),
        offices={council.pk: _office(council, officers[council.pk]) for council in hub.councils.all()},
        hub_office=hub_office.pk,
        import_id=Draw(f"import:{seed}").uuid(),
    )


def _office(council: Council, officers: tuple[int, ...]) -> Office:
    return Office(
        council.pk,
        council.code,
        council.name,
        hours_of(council),
        council.promise_working_days,
        council.first_contact_by,
        officers,
    )
