"""The quick sum of working time is the slow one's."""

from datetime import UTC, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from councils.working_time import WorkingHours, working_hours_between
from dashboards.worked import worked_between

MOMENTS = st.datetimes(datetime(1999, 12, 1), datetime(2029, 1, 1), timezones=st.just(UTC))
HOURS = st.sampled_from(
    [
        WorkingHours(),
        WorkingHours(opens=time(8, 30), closes=time(17, 15)),
        WorkingHours(weekdays=frozenset({5, 6}), opens=time(0), closes=time(23)),
    ]
)


@given(start=MOMENTS, took=st.timedeltas(timedelta(minutes=-5), timedelta(days=200)), hours=HOURS)
@settings(max_examples=60, deadline=None)
def test_the_quick_sum_is_the_slow_one(start: datetime, took: timedelta, hours: WorkingHours) -> None:
    assert worked_between(start, start + took, hours) == working_hours_between(start, start + took, hours)
