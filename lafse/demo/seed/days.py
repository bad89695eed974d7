"""Working days around the day on which everything is as it is, and what was promised on each."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache

from councils.working_time import ONE_DAY, WorkingHours, at, closing, is_working_day, opening
from enquiries.followups.facts import OFFICE_HOURS
from enquiries.promise import first_promise
from enquiries.states import Slot, Way
from lafse.demo.seed.draw import Draw

YEARS_BACK, YEARS_AHEAD = 7, 2
_A_YEAR = timedelta(days=366)
_WORKED = 470  # minutes of a day in which somebody does something


class Days:
    """Counted in working days; `today` is the number of the first one that has not ended."""

    def __init__(self, as_of: date, years: int = 0) -> None:
        first, last = as_of - (YEARS_BACK + years) * _A_YEAR, as_of + YEARS_AHEAD * _A_YEAR
        every = (first + n * ONE_DAY for n in range((last - first).days))
        self.days: Sequence[date] = [day for day in every if is_working_day(day, OFFICE_HOURS)]
        self.openings = [opening(day, OFFICE_HOURS).astimezone(UTC) for day in self.days]
        self.today = self.number_of(as_of)

    def number_of(self, day: date) -> int:
        """Of the first working day that is not before `day`."""
        return bisect_left(self.days, day)

    def some_time_on(self, number: int, draw: Draw) -> datetime:
        return self.openings[number] + timedelta(seconds=draw.randrange(_WORKED * 60))

    def closing(self, number: int, hours: WorkingHours) -> datetime:
        return closing(self.days[number], hours).astimezone(UTC)


@cache
def promised(day: date, hours: WorkingHours, working_days: int, times: tuple[Slot, ...], way: Way) -> datetime:
    """For whoever asked on this day, in UTC."""
    noon = at(day, hours.opens)
    return first_promise(noon, hours, working_days=working_days, times=times, by="", way=way).due_at.astimezone(UTC)
