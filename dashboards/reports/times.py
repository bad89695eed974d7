"""When a report is due, and which days it tells of. Pure."""

from datetime import date, timedelta

from dashboards.periods import later
from dashboards.span import Span
from dashboards.states import Every, Grain

A_WEEK = timedelta(days=7)


def begins(every: str, today: date) -> date:
    """Of the running week or month."""
    return today.replace(day=1) if every == Every.MONTH else today - timedelta(days=today.weekday())


def is_due(every: str, since: date, today: date) -> bool:
    """`since`: when it was sent last, or was chosen. Asked only while the office is open, so the first time that it is
    true is the first working day's morning; after a day on which nothing ran, the next one's."""
    return since < begins(every, today)


def told_of(every: str, today: date) -> tuple[Span, Span]:
    """The week or month that has ended, and the one before it."""
    begin = begins(every, today)
    if every == Every.MONTH:
        last, before = later(begin, -1), later(begin, -2)
        return Span(last, last), Span(before, before)
    return _week(begin - A_WEEK), _week(begin - 2 * A_WEEK)


def _week(monday: date) -> Span:
    return Span(monday, monday + timedelta(days=6), Grain.DAY)


def in_words(span: Span) -> str:
    if span.grain == Grain.MONTH:
        return f"{span.first:%B %Y}"
    return f"{span.first:%-d %B} to {span.last:%-d %B %Y}"
