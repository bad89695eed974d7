"""Who is told that a due time is near, and when. Pure: `now` is an argument.

Counted in the council's working hours, and told within them: nobody is told at night, at a weekend or on a bank
holiday. A promise for Saturday is told in the last working hours of Friday.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from councils.working_time import WorkingHours, is_open, open_spells
from enquiries.follow_up_states import Told
from enquiries.states import APPLICATION_STATES, State


@dataclass(frozen=True)
class Rung:
    told: Told
    left: timedelta  # working time left until it is due


LADDER: tuple[Rung, ...] = (
    Rung(Told.OFFICER, timedelta(hours=4)),
    Rung(Told.MANAGER, timedelta(hours=2)),
    Rung(Told.HUB, timedelta(hours=1)),
)


def horizons(now: datetime, hours: WorkingHours) -> Mapping[Told, datetime]:
    """By rung, the latest due time that is told now. Empty while the council is closed."""
    if not is_open(now, hours):
        return {}
    return {rung.told: latest_due(now, rung.left, hours) for rung in LADDER}


def latest_due(now: datetime, left: timedelta, hours: WorkingHours) -> datetime:
    """The last moment with no more than `left` of working time before it: an evening has as much as the closing."""
    for opened, closed in open_spells(now, hours):
        if left < closed - opened:
            return opened + left
        left -= closed - opened
    raise AssertionError("open_spells never ends")


def highest(state: State) -> Told:
    """An application takes months and has its own people: its owner is reminded, nobody above."""
    return Told.OFFICER if state in APPLICATION_STATES else Told.HUB


def to_tell(due_at: datetime, state: State, *, told: Told, until: Mapping[Told, datetime]) -> list[Told]:
    """The rungs reached since `told`, in order. Several after an outage, or for a due time that was near at once."""
    return [rung for rung in until if told < rung <= highest(state) and due_at <= until[rung]]
