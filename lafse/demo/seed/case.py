"""One made-up case and everything that hangs on it, before any of it is a row."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from councils.models import Event, ToDo
from councils.models.todos import ToDoKind
from enquiries.models import ContactAttempt
from enquiries.states import Outcome, Way
from lafse.demo.seed.draw import Draw
from lafse.demo.seed.people import Person
from lafse.demo.seed.places import Place
from lafse.demo.seed.rows import Table, Values
from lafse.demo.seed.stories import Story
from lafse.demo.seed.world import Office, World


@dataclass
class Case:
    """`values`: columns of the enquiry. `rows`: what hangs on it. `at`: when the last thing happened."""

    world: World
    draw: Draw
    number: int
    story: Story
    person: Person
    place: Place
    office: Office
    id: UUID
    reference: str
    owner: int
    created_at: datetime
    at: datetime
    values: Values = field(default_factory=dict)
    rows: list[tuple[Table, Values]] = field(default_factory=list)
    known_as: set[str] = field(default_factory=set)  # earlier references
    remembered: bool = False  # its household, hub-wide

    @property
    def household(self) -> UUID:
        household = self.values["household_id"]
        if not isinstance(household, UUID):
            raise TypeError("a household is a key")
        return household

    def time_of(self, column: str) -> datetime | None:
        moment = self.values.get(column)
        return moment if isinstance(moment, datetime) else None

    def add(self, model: Table, values: Values, *, council: int | None = None) -> UUID:
        key = self.draw.uuid()
        self.rows.append((model, {"id": key, "council_id": council or self.office.pk} | values))
        return key

    def event(self, verb: str, at: datetime, *, by: int | None = None, **facts: object) -> None:
        told: Values = {"verb": f"enquiry.{verb}", "at": at, "by_id": by, "facts": facts}
        told |= {"subject_kind": "enquiry", "subject_id": self.id}
        self.add(Event, told | {"journey_id": self.values["journey_id"], "household_id": self.values["household_id"]})

    def todo(self, kind: ToDoKind, at: datetime, *, due: datetime | None, council: int | None = None) -> None:
        """Open. In another council's list it is nobody's."""
        self.add(
            ToDo,
            {
                "kind": kind.value,
                "subject_kind": "enquiry",
                "subject_id": self.id,
                "about_council_id": self.office.pk,
                "owner_id": None if council else self.values.get("owner_id"),
                "due_at": due,
                "created_at": at,
            },
            council=council,
        )

    def tried(self, at: datetime, way: Way, outcome: Outcome, *, comment: str = "", kept: bool = False) -> None:
        made: Values = {"enquiry_id": self.id, "by_id": self.owner, "at": at, "created_at": at}
        self.add(ContactAttempt, made | {"way": way.value, "outcome": outcome.value, "comment": comment})
        facts = {"way": way.value, "outcome": outcome.value, "made": at.isoformat(), "kept_promise": kept}
        self.event("attempted", at, by=self.owner, **facts)
        self.at = at
