"""What a figure is: a code, a name, a sentence that says what it counts, and what it can be broken down by. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    JOURNEYS = "journeys"
    HALF_HOURS = "half hours of working time"
    DAYS = "days"
    MESSAGES = "messages"
    PENCE = "pence"
    CLICKS = "clicks"
    BOOKINGS = "bookings"
    TALKS = "talks"
    MINUTES = "minutes"
    MONTHS = "months"


class Split(StrEnum):
    """What a figure is broken down by. A value of HOURS, WAIT and STAGE_DAYS is a step of dashboards.hours."""

    KIND = "kind"
    CHANNEL = "channel"
    SOURCE = "source"
    LAST_SOURCE = "last_source"
    CODE = "code"
    LAST_CODE = "last_code"
    STAGE = "stage"
    REASON = "reason"
    HOURS = "hours"
    WAIT = "wait"
    ABOUT = "about"
    STAGE_DAYS = "stage_days"
    LANE = "lane"
    CAMPAIGN = "campaign"


@dataclass(frozen=True)
class Figure:
    code: str
    name: str
    definition: str
    unit: Unit = Unit.JOURNEYS
    splits: tuple[Split, ...] = ()
