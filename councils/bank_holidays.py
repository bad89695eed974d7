"""England's bank holidays: the Ministry of Justice's own list, and the law's rule for the years after it ends."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from govuk_bank_holidays.bank_holidays import BankHolidays

SATURDAY = 5
MONDAY = 0


def is_bank_holiday(day: date) -> bool:
    return day in bank_holidays(day.year)


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """The days off in one year, with 25 and 26 December and 1 January even where a substitute day stands in."""
    listed = listed_holidays()
    if year in {day.year for day in listed}:
        return frozenset(day for day in listed if day.year == year) | fixed_days(year)
    return frozenset(holidays_by_rule(year)) | fixed_days(year)


@cache
def listed_holidays() -> frozenset[date]:
    # The package's own copy: no page may wait for gov.uk.
    calendar = BankHolidays(locale="en", use_cached_holidays=True)
    return frozenset(holiday["date"] for holiday in calendar.get_holidays(division=BankHolidays.ENGLAND_AND_WALES))


def fixed_days(year: int) -> frozenset[date]:
    return frozenset({date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)})


def holidays_by_rule(year: int) -> Iterator[date]:
    """Banking and Financial Dealings Act 1971 as observed; one-off holidays (a jubilee) are only in the list."""
    easter = easter_sunday(year)
    yield first_weekday(date(year, 1, 1))
    yield easter - timedelta(days=2)
    yield easter + timedelta(days=1)
    yield first_monday(date(year, 5, 1))
    yield first_monday(date(year, 5, 25))
    yield first_monday(date(year, 8, 25))
    christmas = first_weekday(date(year, 12, 25))
    yield christmas
    # Boxing Day moves behind Christmas Day when both fall on, or are moved to, the same Monday.
    boxing_day = first_weekday(date(year, 12, 26))
    yield boxing_day + timedelta(days=1) if boxing_day <= christmas else boxing_day


def first_weekday(day: date) -> date:
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day


def first_monday(day: date) -> date:
    return day + timedelta(days=(MONDAY - day.weekday()) % 7)


def easter_sunday(year: int) -> date:
    """The anonymous Gregorian computus."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    leap_centuries, century_rest = divmod(century, 4)
    moon_drift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon_drift + 15) % 30
    leaps, rest = divmod(of_century, 4)
    to_sunday = (32 + 2 * century_rest + 2 * leaps - epact - rest) % 7
    correction = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * correction + 114, 31)
    return date(year, month, day + 1)
