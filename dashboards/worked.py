"""Working time between two moments, for very many of them: as councils.working_time counts it, without a walk through
the days. Pure.

A working day has the same length all year round: the clocks change on Sundays.
"""

from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache

from councils.working_time import ONE_DAY, WorkingHours, in_london, is_working_day, working_hours_between

_SUNDAY, _NONE, _BEGINS = 6, timedelta(0), 2000


def worked_between(start: datetime, end: datetime, hours: WorkingHours) -> timedelta:
    if end <= start:
        return _NONE
    if _SUNDAY in hours.weekdays or start.year <= _BEGINS:
        return working_hours_between(start, end, hours)
    return _worked_until(end, hours) - _worked_until(start, hours)


def _worked_until(moment: datetime, hours: WorkingHours) -> timedelta:
    """Since the beginning of all counting."""
    here = in_london(moment)
    before, works = _days_until(here.date(), hours)
    opened, closed = _open_from_to(hours)
    today = min(max(_of_day(here.time()), opened), closed) - opened if works else _NONE
    return before * (closed - opened) + today


@cache
def _open_from_to(hours: WorkingHours) -> tuple[timedelta, timedelta]:
    return _of_day(hours.opens), _of_day(hours.closes)


def _of_day(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second, microseconds=clock.microsecond)


@lru_cache(maxsize=50_000)
def _days_until(day: date, hours: WorkingHours) -> tuple[int, bool]:
    """How many working days were before this one, and whether it is one."""
    years = sum(_days_of(year, hours) for year in range(_BEGINS, day.year))
    return years + _working_days(date(day.year, 1, 1), day, hours), is_working_day(day, hours)


@cache
def _days_of(year: int, hours: WorkingHours) -> int:
    return _working_days(date(year, 1, 1), date(year + 1, 1, 1), hours)


def _working_days(first: date, until: date, hours: WorkingHours) -> int:
    return sum(is_working_day(first + number * ONE_DAY, hours) for number in range((until - first).days))
