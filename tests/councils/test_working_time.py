from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from councils.bank_holidays import bank_holidays, fixed_days, holidays_by_rule, is_bank_holiday, listed_holidays
from councils.working_time import (
    LONDON,
    WorkingHours,
    add_working_hours,
    end_of_next_working_day,
    is_open,
    is_working_day,
    next_working_day,
    working_hours_between,
)

NINE_TO_FIVE = WorkingHours()
moments = st.datetimes(datetime(2024, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC))
amounts = st.timedeltas(timedelta(0), timedelta(hours=60))


def london(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)  # type: ignore[misc,arg-type]  # year, month, day, hour, minute


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (london(2026, 11, 20, 10), london(2026, 11, 23, 17)),  # Friday morning: Monday
        (london(2026, 11, 21, 23), london(2026, 11, 23, 17)),  # Saturday night: Monday
        (london(2026, 11, 22, 23, 59), london(2026, 11, 23, 17)),  # the last minute of Sunday: Monday
        (london(2026, 11, 23, 0, 1), london(2026, 11, 24, 17)),  # the first of Monday: Tuesday
        (london(2026, 5, 2, 22), london(2026, 5, 5, 17)),  # Saturday before a bank holiday Monday: Tuesday
        (london(2026, 12, 24, 18), london(2026, 12, 29, 17)),  # over Christmas: Monday 28th is Boxing Day's substitute
        (london(2027, 3, 25, 12), london(2027, 3, 30, 17)),  # over Easter
    ],
)
def test_the_next_working_day_skips_weekends_and_bank_holidays(now: datetime, due: datetime) -> None:
    assert end_of_next_working_day(now, NINE_TO_FIVE) == due


def test_the_day_is_londons_not_the_servers() -> None:
    just_after_midnight_in_london = datetime(2026, 6, 28, 23, 30, tzinfo=UTC)  # Monday 00:30 in summer time
    assert end_of_next_working_day(just_after_midnight_in_london, NINE_TO_FIVE) == london(2026, 6, 30, 17)


def test_a_council_is_closed_at_its_closing_time() -> None:
    assert is_open(london(2026, 11, 23, 9), NINE_TO_FIVE)
    assert not is_open(london(2026, 11, 23, 17), NINE_TO_FIVE)
    assert not is_open(london(2026, 11, 21, 12), NINE_TO_FIVE)


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        is_open(datetime(2026, 11, 23, 9), NINE_TO_FIVE)


def test_a_council_closes_after_it_opens() -> None:
    with pytest.raises(ValueError, match="closes after it opens"):
        WorkingHours(opens=time(17), closes=time(9))


def test_two_working_hours_run_over_the_night() -> None:
    assert add_working_hours(london(2026, 11, 20, 16), timedelta(hours=2), NINE_TO_FIVE) == london(2026, 11, 23, 10)


def test_a_day_open_round_the_clock_is_an_hour_short_when_the_clocks_go_forward() -> None:
    always = WorkingHours(time(0), time(23, 59), frozenset(range(7)))
    ordinary = working_hours_between(london(2026, 3, 28), london(2026, 3, 29), always)
    changed = working_hours_between(london(2026, 3, 29), london(2026, 3, 30), always)
    assert ordinary - changed == timedelta(hours=1)


@given(moments, st.integers(1, 5))
def test_a_due_time_is_the_close_of_a_working_day_after_today(now: datetime, count: int) -> None:
    due = end_of_next_working_day(now, NINE_TO_FIVE, count)
    assert is_working_day(due.date(), NINE_TO_FIVE)
    assert due.time() == NINE_TO_FIVE.closes
    assert due.date() > now.astimezone(LONDON).date()


@given(moments, amounts)
def test_working_time_added_is_working_time_measured(start: datetime, amount: timedelta) -> None:
    assert working_hours_between(start, add_working_hours(start, amount, NINE_TO_FIVE), NINE_TO_FIVE) == amount


@given(moments, amounts, amounts)
def test_working_time_adds_up(start: datetime, first: timedelta, second: timedelta) -> None:
    """Nothing added to closing time ends at the next opening: no work was done in between."""
    assume(second)
    middle = add_working_hours(start, first, NINE_TO_FIVE)
    assert add_working_hours(middle, second, NINE_TO_FIVE) == add_working_hours(start, first + second, NINE_TO_FIVE)


@given(st.dates(date(2024, 1, 1), date(2035, 1, 1)))
def test_no_more_than_five_days_pass_without_work(day: date) -> None:
    assert next_working_day(day, NINE_TO_FIVE) - day <= timedelta(days=5)


# Decreed for one year: the jubilees of 2012 and 2022, the funeral of 2022, the coronation of 2023, and VE Day of 2020.
YEARS_WITH_DECREES = {2012, 2020, 2022, 2023}


def test_the_rule_agrees_with_every_listed_year_without_a_decree() -> None:
    listed_years = {day.year for day in listed_holidays()} - YEARS_WITH_DECREES
    assert len(listed_years) > 10
    for year in listed_years:
        assert frozenset(holidays_by_rule(year)) | fixed_days(year) == bank_holidays(year), year


def test_years_after_the_list_still_have_bank_holidays() -> None:
    assert is_bank_holiday(date(2040, 4, 2))  # Easter Monday
    assert len(frozenset(holidays_by_rule(2040))) == 8
