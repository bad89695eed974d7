"""Until when somebody may answer, and when they are reminded. Pure: `now` is given."""

from datetime import datetime, time, timedelta

from councils.working_time import WorkingHours, at, in_london, next_working_day

END_OF_DAY = time(23, 59)  # carers answer in the evening
THE_DAY_BEFORE, SHORTLY_BEFORE = timedelta(days=1), timedelta(hours=2)
# When both are asked whether they spoke.
AFTER_A_TIME, WITHOUT_A_TIME = timedelta(days=1), timedelta(days=7)
# How long a no waits for the other one's answer, and how long silence of both is waited for.
AFTER_ONE_NO, AFTER_SILENCE = timedelta(days=7), timedelta(days=14)


def answer_by(now: datetime, days: int, hours: WorkingHours) -> datetime:
    """The end of the last of so many working days; today is none of them, whatever the hour."""
    return at(next_working_day(in_london(now).date(), hours, days), END_OF_DAY)


def half_way(now: datetime, until: datetime) -> datetime:
    return now + (until - now) / 2


def reminder_of(talk_at: datetime, now: datetime) -> datetime | None:
    """The day before; two hours before if the time is set later than that; none if even that is past."""
    return next((talk_at - each for each in (THE_DAY_BEFORE, SHORTLY_BEFORE) if talk_at - each > now), None)
