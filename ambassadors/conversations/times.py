"""When two may talk: a day and an hour from two lists, which an old phone shows and nobody mistypes. Pure."""

from datetime import date, datetime, time, timedelta

from councils.working_time import LONDON
from enquiries.promise import day_in_words, hour_in_words

AHEAD = 42  # days
FIRST, LAST = 8, 21  # o'clock
Choices = list[tuple[str, str]]


def days_from(today: date) -> Choices:
    days = (today + timedelta(days=ahead) for ahead in range(AHEAD))
    return [(day.isoformat(), day_in_words(day)) for day in days]


def hours() -> Choices:
    halves = [time(hour, minute) for hour in range(FIRST, LAST + 1) for minute in (0, 30)][:-1]
    return [(f"{half:%H:%M}", hour_in_words(half)) for half in halves]


def moment_of(day: str, hour: str) -> datetime:
    """What was chosen from the lists, in London."""
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(hour), tzinfo=LONDON)
