"""The last half year and the next three months: enquiries by week, and which campaigns ran."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db.models import Count
from django.db.models.functions import TruncWeek
from django.urls import reverse

from campaigns.came.calendar_picture import A_WEEK, Picture, Ran, picture
from campaigns.models import Campaign
from councils.working_time import LONDON, at
from enquiries.models import Enquiry
from enquiries.states import State

WEEKS, AHEAD = 26, 13
MOST_BARS = 30


@dataclass(frozen=True)
class Week:
    """`enquiries`: None for a week that is still to come, which is told of only where a campaign runs in it."""

    monday: date
    enquiries: int | None
    campaigns: Sequence[str]
    so_far: bool


@dataclass(frozen=True)
class CalendarPage:
    picture: Picture
    weeks: Sequence[Week]
    left_out: int


def drawn(councils: frozenset[int], today: date) -> CalendarPage:
    this_week = today - timedelta(days=today.weekday())
    mondays = [this_week + A_WEEK * number for number in range(1 - WEEKS, AHEAD + 1)]
    counted = _counted(councils, mondays[0])
    ran = _ran(councils, mondays[0], mondays[-1] + A_WEEK)
    weeks = {monday: counted.get(monday, 0) for monday in mondays}
    rows = [_week(monday, counted.get(monday, 0), ran, today) for monday in reversed(mondays)]
    told = [row for row in rows if row.enquiries is not None or row.campaigns]
    return CalendarPage(picture(weeks, ran[:MOST_BARS], today), told, max(0, len(ran) - MOST_BARS))


def _week(monday: date, enquiries: int, ran: Sequence[Ran], today: date) -> Week:
    sunday = monday + timedelta(days=6)
    names = [each.name for each in ran if each.first_day <= sunday and (each.last_day or sunday) >= monday]
    return Week(monday, enquiries if monday <= today else None, names, monday <= today < sunday)


def _counted(councils: frozenset[int], since: date) -> dict[date, int]:
    """Journeys, by the Monday of the week in which a case of theirs came."""
    came = Enquiry.objects.filter(
        council__in=councils, created_at__gte=at(since, time(0)), quarantined=False, to_confirm=False
    )
    weeks = came.exclude(state=State.DUPLICATE).order_by().values_list(TruncWeek("created_at", tzinfo=LONDON))
    return {monday.date(): count for monday, count in weeks.annotate(Count("journey_id", distinct=True))}


def _ran(councils: frozenset[int], since: date, until: date) -> list[Ran]:
    own = Campaign.objects.filter(council__in=councils, starts_on__lt=until).exclude(ends_on__lt=since)
    return [
        Ran(row.name, row.starts_on, row.ends_on, reverse("admin:campaigns_campaign_change", args=[row.pk]))
        for row in own.order_by("starts_on", "name")
    ]
