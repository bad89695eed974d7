from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from councils.working_time import LONDON, WorkingHours, end_of_next_working_day
from enquiries.promise import Promise, first_promise, hour_in_words, next_due, next_promise
from enquiries.states import Slot, Way

HOURS = WorkingHours()
SATURDAY_NIGHT = datetime(2026, 11, 21, 23, tzinfo=LONDON)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC))
slots = st.lists(st.sampled_from(Slot), unique=True).map(tuple)


def promised(now: datetime = SATURDAY_NIGHT, *, times: tuple[Slot, ...] = (), way: Way = Way.CALL) -> Promise:
    return first_promise(now, HOURS, working_days=1, times=times, by="Kent Fostering", way=way)


def test_saturday_night_is_promised_monday() -> None:
    assert promised().sentence == "Kent Fostering will ring you by 5pm on Monday 23 November"


def test_saturday_night_before_a_bank_holiday_is_promised_tuesday() -> None:
    assert promised(datetime(2026, 5, 2, 23, tzinfo=LONDON)).day == "Tuesday 5 May"


def test_a_requested_evening_is_promised_that_evening() -> None:
    told = promised(times=(Slot.WEEKDAY_EVENING,)).sentence
    assert told == "Kent Fostering will ring you by 8pm on Monday 23 November, in the evening, as you asked"


def test_a_requested_morning_is_the_first_after_the_usual_time() -> None:
    told = promised(times=(Slot.WEEKDAY_MORNING,)).sentence
    assert told == "Kent Fostering will ring you by midday on Tuesday 24 November, in the morning, as you asked"


def test_a_requested_saturday_is_a_saturday() -> None:
    assert promised(times=(Slot.SATURDAY,)).sentence.endswith(
        "by 4pm on Saturday 28 November, on a Saturday, as you asked"
    )


def test_of_several_times_the_first_counts() -> None:
    assert promised(times=(Slot.SATURDAY, Slot.WEEKDAY_MORNING, Slot.WEEKDAY_AFTERNOON)).slot == Slot.WEEKDAY_AFTERNOON


def test_the_time_of_day_does_not_delay_an_email() -> None:
    told = promised(times=(Slot.SATURDAY,), way=Way.EMAIL).sentence
    assert told == "Kent Fostering will send you an email by 5pm on Monday 23 November"


@given(moments, slots, st.sampled_from(Way))
def test_a_promise_is_never_earlier_than_the_usual_one_nor_later_than_a_fortnight(
    now: datetime, times: tuple[Slot, ...], way: Way
) -> None:
    usual = end_of_next_working_day(now, HOURS)
    assert usual <= promised(now, times=times, way=way).due_at <= usual + timedelta(days=15)


@given(moments, slots)
def test_asking_for_one_more_time_never_delays_the_first_of_them(now: datetime, times: tuple[Slot, ...]) -> None:
    if times:
        assert promised(now, times=times).due_at <= min(promised(now, times=(slot,)).due_at for slot in times)


@given(moments, st.integers(1, 9))
def test_each_failed_attempt_sets_a_later_time(now: datetime, failed: int) -> None:
    assert now < next_due(now, HOURS, failed_attempts=failed) <= next_due(now, HOURS, failed_attempts=failed + 1)


def test_the_next_try_keeps_the_time_of_day_that_was_asked_for() -> None:
    again = next_promise(
        SATURDAY_NIGHT, HOURS, failed_attempts=1, times=(Slot.WEEKDAY_EVENING,), by="Kent Fostering", way=Way.CALL
    )
    assert again.hour == "8pm"


@pytest.mark.parametrize(
    ("moment", "words"), [(time(17), "5pm"), (time(9, 30), "9:30am"), (time(12), "midday"), (time(0, 5), "12:05am")]
)
def test_hours_are_written_the_plain_way(moment: time, words: str) -> None:
    assert hour_in_words(moment) == words
