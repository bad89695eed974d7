"""What is told of one journey, and of the cases that it is made of. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

Move = tuple[int, str, str]  # council, "out", "in" or "back", ISO day
Earlier = tuple[int, str, str]  # council, what became of a promise, ISO day on which it was due


@dataclass(frozen=True, slots=True)
class Happened:
    """An event, of those that figures follow. `on`: the day told, where one was; `was`: the day that it put right;
    `due`, `kept`: of the promise in whose place it put another."""

    key: str
    at: datetime
    verb: str
    on: date | None = None
    undid: str = ""
    was: date | None = None
    due: datetime | None = None
    kept: datetime | None = None


@dataclass(frozen=True, slots=True)
class Came:
    at: datetime
    source: str
    code: str


@dataclass(frozen=True, slots=True)
class Case:
    """As it stands, with its events in the order of time."""

    key: UUID
    council: int
    journey: UUID
    household: UUID
    created_at: datetime
    kind: str
    channel: str
    state: str
    reason: str
    since: date
    closed_at: datetime | None
    due_at: datetime
    kept_at: datetime | None
    reached_at: datetime | None
    applied_on: date | None
    assessed_on: date | None
    held_back: bool
    erased: bool
    events: tuple[Happened, ...] = ()
    tried_at: datetime | None = None
    came: tuple[Came, ...] = ()
    about: tuple[str, ...] = ()
    introduced_at: datetime | None = None
    spoke_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """The columns of `models.Journey`, whose docstring says what each means."""

    hub_id: int
    council_id: int
    journey_id: UUID
    household_id: UUID
    case_key: UUID
    came_on: date
    arrived_in_id: int
    kind: str
    channel: str
    real: bool
    counts: bool
    apart: bool
    promise: str
    promise_on: date
    promised_by_id: int
    stage: str
    state: str
    first_of_year: bool = False
    again: bool = False
    source_first: str = ""
    source_last: str = ""
    code_first: str = ""
    code_last: str = ""
    try_hours: int | None = None
    reach_hours: int | None = None
    reached_on: date | None = None
    booked_on: date | None = None
    visited_on: date | None = None
    applied_on: date | None = None
    assessed_on: date | None = None
    panel_on: date | None = None
    approved_on: date | None = None
    ended_on: date | None = None
    end_reason: str = ""
    slept_on: date | None = None
    moves: tuple[Move, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    lasted: Mapping[str, int] = field(default_factory=dict)
    wished_on: date | None = None
    about: tuple[str, ...] = ()
    introduced_on: date | None = None
    spoke_on: date | None = None
