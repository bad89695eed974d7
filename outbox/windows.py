"""When a message that may not come at any hour may leave. Pure: the clock comes in as an argument."""

from datetime import datetime, time

from councils.bank_holidays import is_bank_holiday
from councils.working_time import at, days_from, in_london
from outbox.states import Window

BEGINS, ENDS = time(8), time(20)
SUNDAY = 6


def open_windows(now: datetime) -> list[Window]:
    """Those that are open at this moment, by the clocks in London."""
    return [Window.ANY_TIME, Window.DAYTIME] if is_daytime(now) else [Window.ANY_TIME]


def open_throughout(since: datetime, now: datetime) -> list[Window]:
    """For spans shorter than a night."""
    return [window for window in open_windows(since) if window in open_windows(now)]


def leaves_at(window: Window, moment: datetime) -> datetime:
    """What goes by day waits for the next one."""
    if window != Window.DAYTIME or is_daytime(moment):
        return moment
    mornings = (at(day, BEGINS) for day in days_from(in_london(moment).date()))
    return next(morning for morning in mornings if morning > moment and is_daytime(morning))


def is_daytime(now: datetime) -> bool:
    here = in_london(now)
    return BEGINS <= here.time() < ENDS and here.weekday() != SUNDAY and not is_bank_holiday(here.date())
