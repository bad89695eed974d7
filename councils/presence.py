"""On which days a person is at work. Pure: whoever asks reads the absences (councils.absences)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from councils.bank_holidays import is_bank_holiday
from councils.working_time import ONE_DAY, WorkingHours, at, days_from, in_london, next_working_day, open_spells

ORDINARY_WEEK = WorkingHours()
LOOK_AHEAD = timedelta(days=3 * 366)  # beyond the longest absence that can be written down
TIME_TO_ACT = timedelta(hours=2)  # of working time; whoever has less could not get in touch before the promise runs out
Span = tuple[date, date]  # first and last day, both included


@dataclass(frozen=True)
class Presence:
    """`weekdays`: those they work, 0 is Monday. `absences`: that are not over."""

    weekdays: frozenset[int]
    absences: tuple[Span, ...] = ()

    def is_in(self, day: date) -> bool:
        off = day.weekday() not in self.weekdays or is_bank_holiday(day)
        return not off and not any(first <= day <= last for first, last in self.absences)

    def next_in(self, day: date) -> date | None:
        """The first day at work, `day` itself included; None for whoever stays away for years."""
        for later in days_from(day):
            if self.is_in(later):
                return later
            if later - day > LOOK_AHEAD:
                return None
        raise AssertionError("days_from never ends")

    def away_until(self, today: date) -> date | None:
        return last_day_away(self.absences, today)


def last_day_away(spans: Iterable[Span], today: date) -> date | None:
    """The end of the absence that `today` is in, followed through those that adjoin it; None for who is here."""
    end: date | None = None
    for first, last in sorted(spans):
        begun = first <= (today if end is None else next_working_day(end, ORDINARY_WEEK))
        if begun and last >= today:
            end = max(last, end or last)
    return end


def can_take(presence: Presence, *, now: datetime, due_at: datetime, hours: WorkingHours) -> bool:
    """In on the next day on which the council is open, and with time to act before it is due (if anybody has any)."""
    opened, _ = next(open_spells(now, hours))
    if not presence.is_in(in_london(opened).date()) or _gone_until_due(presence, now, due_at):
        return False
    spells = list(_spells_until(due_at, now, hours))
    theirs = sum((length for day, length in spells if presence.is_in(day)), timedelta(0))
    return theirs >= min(TIME_TO_ACT, sum((length for _, length in spells), timedelta(0)))


def _gone_until_due(presence: Presence, now: datetime, due_at: datetime) -> bool:
    """Their case would go back at once."""
    until = presence.away_until(in_london(now).date())
    return until is not None and due_at < at(until + ONE_DAY, time(0))


def _spells_until(due_at: datetime, now: datetime, hours: WorkingHours) -> list[tuple[date, timedelta]]:
    """By day, how long the council is open before it is due."""
    found: list[tuple[date, timedelta]] = []
    for opened, closed in open_spells(now, hours):
        if opened >= due_at:
            return found
        found.append((in_london(opened).date(), min(closed, due_at) - opened))
    raise AssertionError("open_spells never ends")
