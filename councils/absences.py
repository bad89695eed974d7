"""Who is away, and until when. Days are London's; a weekend or bank holiday between two absences does not end them."""

from collections.abc import Iterable, Mapping
from datetime import date

from councils.models import Absence, User
from councils.presence import ORDINARY_WEEK, Presence, Span, last_day_away

__all__ = ["ORDINARY_WEEK", "away_until", "last_day_away", "presence_of"]


def away_until(users: Iterable[int], today: date) -> Mapping[int, date]:
    """Those of these users who are away today, with the last day of it. One query."""
    ends = {user: last_day_away(theirs, today) for user, theirs in _absences_of(users, today).items()}
    return {user: end for user, end in ends.items() if end is not None}


def presence_of(users: Iterable[User], today: date) -> Mapping[int, Presence]:
    """From today on, by user. One query."""
    people = list(users)
    absences = _absences_of([user.pk for user in people], today)
    return {user.pk: Presence(frozenset(user.working_days), tuple(absences.get(user.pk, ()))) for user in people}


def _absences_of(users: Iterable[int], today: date) -> Mapping[int, list[Span]]:
    """Those that are not over."""
    spans: dict[int, list[Span]] = {}
    rows = Absence.objects.filter(user__in=set(users), last_day__gte=today)
    for user, first, last in rows.values_list("user_id", "first_day", "last_day"):
        spans.setdefault(user, []).append((first, last))
    return spans
