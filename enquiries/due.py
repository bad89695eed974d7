"""How much time is left, in words for staff. Pure: `now` is an argument."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from councils.working_time import WorkingHours, in_london, is_working_day
from enquiries.promise import day_in_words, hour_in_words

SOON = timedelta(hours=4)
A_FEW_DAYS = 6
_FAR = 180  # days: from there on the year is not plain
_FEW = 2  # working days


class Urgency(StrEnum):
    CALM = "calm"
    SOON = "soon"
    LATE = "late"
    DONE = "done"


@dataclass(frozen=True)
class Due:
    words: str
    urgency: Urgency


NOTHING_DUE = Due("Nothing due", Urgency.DONE)


def due(at: datetime | None, now: datetime) -> Due:
    """ "2 hours left, by 5pm today", "Overdue by 3 days"."""
    if at is None:
        return NOTHING_DUE
    if at <= now:
        return Due(f"Overdue by {span(now - at)}", Urgency.LATE)
    left = at - now
    soon = left <= SOON
    return Due(
        f"{span(left)} left, {by_when(at, now)}" if soon else _capital(by_when(at, now)),
        Urgency(Urgency.SOON if soon else Urgency.CALM),
    )


def promise_due(due_at: datetime, kept_at: datetime | None, now: datetime, *, closed_at: datetime | None = None) -> Due:
    """Of the promise: kept in time, kept late, still to keep, or missed. No time runs in a case that is closed."""
    if kept_at is None and closed_at is not None:
        return Due("Missed" if due_at <= closed_at else "Closed before it was due", Urgency.DONE)
    if kept_at is None:
        open_promise = due(due_at, now)
        late = open_promise.urgency is Urgency.LATE
        return Due(f"Missed: {open_promise.words.lower()}", Urgency.LATE) if late else open_promise
    if kept_at <= due_at:
        return Due("Kept", Urgency.DONE)
    return Due(f"Kept {span(kept_at - due_at)} late", Urgency.DONE)


def due_by_day(day: date | None, today: date) -> Due:
    """Of what has a day and no hour, in working days: "3 working days left, by Monday 14 December"."""
    if day is None:
        return NOTHING_DUE
    if day < today:
        return Due(f"Late: due by {day_in_words(day)}", Urgency.LATE)
    ahead = (today + timedelta(days=count) for count in range(1, (day - today).days + 1))
    left = sum(is_working_day(each, WorkingHours()) for each in ahead)
    words = f"{left} working day{'' if left == 1 else 's'} left, by {day_in_words(day)}" if left else "Due today"
    return Due(words, Urgency.SOON if left <= _FEW else Urgency.CALM)


def by_when(at: datetime, now: datetime) -> str:
    here, today = in_london(at), in_london(now).date()
    return f"by {hour_in_words(here.time())} {on_day(here.date(), today)}"


def on_day(day: date, today: date) -> str:
    ahead = (day - today).days
    if ahead == 0:
        return "today"
    if ahead == 1:
        return "tomorrow"
    if 1 < ahead <= A_FEW_DAYS:
        return f"on {day:%A}"
    year = "" if abs(ahead) < _FAR else f" {day.year}"
    return f"on {day_in_words(day)}{year}"


def _capital(words: str) -> str:
    """`capitalize` would make Friday small."""
    return words[:1].upper() + words[1:]


def span(length: timedelta) -> str:
    """The largest unit that is at least one: "3 days", "1 hour", "5 minutes"."""
    seconds = length.total_seconds()
    for unit, size in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= size:
            count = int(seconds // size)
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return "less than a minute"
