"""Who is away, and until when. Days are London's; a weekend or bank holiday between two absences does not end them."""

from collections.abc import Iterable, Mapping
from datetime import date

from councils.models import Absence
from councils.working_time import WorkingHours, next_working_day

ORDINARY_WEEK = WorkingHours()
Span = tuple[date, date]  # first and last day, both included


def last_day_away(spans: Iterable[Span], today: date) -> date | None:
    """The end of the absence that `today` is in, followed through those that adjoin it; None for who is here."""
    end: date | None = None
    for first, last in sorted(spans):
        begun = first <= (today if end is None else next_working_day(end, ORDINARY_WEEK))
        if begun and last >= today:
            end = max(last, end or last)
    return end


def away_until(users: Iterable[int], today: date) -> Mapping[int, date]:
    """Those of these users who are away today, with the last day of it. One query."""
    spans: dict[int, list[Span]] = {}
    rows = Absence.objects.filter(user__in=set(users), last_day__gte=today)
    for user, first, last in rows.values_list("user_id", "first_day", "last_day"):
        spans.setdefault(user, []).append((first, last))
    ends = {user: last_day_away(theirs, today) for user, theirs in spans.items()}
    return {user: end for user, end in ends.items() if end is not None}
