"""Working time of a council: its hours on its working days, in London, less England's bank holidays.

Every function takes `now` as an aware datetime and answers in London time. Sums are made in UTC, so the two nights a
year on which the clocks change cost or give nobody an hour.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from councils.bank_holidays import is_bank_holiday

LONDON = ZoneInfo("Europe/London")
MONDAY_TO_FRIDAY = frozenset(range(5))
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingHours:
    opens: time = time(9)
    closes: time = time(17)
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY

    def __post_init__(self) -> None:
        if not self.opens < self.closes:
            raise ValueError(f"A council closes after it opens, not at {self.closes} after {self.opens}.")
        if not self.weekdays <= frozenset(range(7)) or not self.weekdays:
            raise ValueError("A council works on at least one day of the week.")


def is_working_day(day: date, hours: WorkingHours) -> bool:
    return day.weekday() in hours.weekdays and not is_bank_holiday(day)


def is_open(now: datetime, hours: WorkingHours) -> bool:
    here = in_london(now)
    return is_working_day(here.date(), hours) and hours.opens <= here.time() < hours.closes


def next_working_day(day: date, hours: WorkingHours, count: int = 1) -> date:
    """The count-th working day after `day`; `day` itself never counts, whatever the hour."""
    if count < 1:
        raise ValueError("The next working day is at least one day away.")
    for later in days_from(day + ONE_DAY):
        count -= is_working_day(later, hours)
        if count == 0:
            return later
    raise AssertionError("days_from never ends")


def opening_of_working_day_before(now: datetime, count: int, hours: WorkingHours) -> datetime:
    """Of the count-th working day before the one on which `now` falls in London."""
    day = in_london(now).date()
    while count:
        day -= ONE_DAY
        count -= is_working_day(day, hours)
    return opening(day, hours)


def end_of_next_working_day(now: datetime, hours: WorkingHours, count: int = 1) -> datetime:
    """Counted from the day on which `now` falls in London: Saturday night gives Monday, or Tuesday if Monday is a
    bank holiday; Monday after midnight gives Tuesday."""
    return closing(next_working_day(in_london(now).date(), hours, count), hours)


def add_working_hours(start: datetime, amount: timedelta, hours: WorkingHours) -> datetime:
    """The moment at which `amount` of working time has passed since `start`."""
    if amount < timedelta(0):
        raise ValueError("Working time runs forward only.")
    for opened, closed in open_spells(start, hours):
        spell = closed - opened
        if amount <= spell:
            return in_london(opened + amount)
        amount -= spell
    raise AssertionError("open_spells never ends")


def working_hours_between(start: datetime, end: datetime, hours: WorkingHours) -> timedelta:
    """Working time from start to end; nothing if end is the earlier one."""
    total = timedelta(0)
    for opened, closed in open_spells(start, hours):
        if opened >= end:
            return total
        total += min(closed, end.astimezone(UTC)) - opened
    raise AssertionError("open_spells never ends")


def open_spells(start: datetime, hours: WorkingHours) -> Iterator[tuple[datetime, datetime]]:
    """The spells of working time that end after `start`, the first one cut to begin no earlier, in UTC."""
    for day in days_from(in_london(start).date()):
        opened, closed = opening(day, hours).astimezone(UTC), closing(day, hours).astimezone(UTC)
        if is_working_day(day, hours) and start < closed:
            yield max(opened, start.astimezone(UTC)), closed


def opening(day: date, hours: WorkingHours) -> datetime:
    return at(day, hours.opens)


def closing(day: date, hours: WorkingHours) -> datetime:
    return at(day, hours.closes)


def at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, tzinfo=LONDON)


def in_london(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("Working time needs to know the time zone.")
    return moment.astimezone(LONDON)


def days_from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += ONE_DAY
