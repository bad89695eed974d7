"""The calendar tells of weeks that have been, and of those to come in which something is planned."""

from datetime import date

from campaigns.came.calendar_page import WEEKS, drawn
from campaigns.models import Campaign
from councils.models import Council
from councils.tenancy import as_council
from tests.conftest import Cast

MONDAY = date(2026, 11, 23)


def test_of_weeks_to_come_those_with_a_campaign_are_told_of(kent: Council, cast: Cast) -> None:
    with as_council(kent):
        Campaign.objects.create(
            council=kent,
            name="New year",
            starts_on=date(2027, 1, 4),
            ends_on=date(2027, 1, 17),
            created_by=cast.mina,
        )
        weeks = drawn(frozenset([kent.pk]), MONDAY).weeks
    coming = [week for week in weeks if week.enquiries is None]
    assert [(week.monday, list(week.campaigns)) for week in coming] == [
        (date(2027, 1, 11), ["New year"]),
        (date(2027, 1, 4), ["New year"]),
    ]
    assert len(weeks) - len(coming) == WEEKS
