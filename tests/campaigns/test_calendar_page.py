"""The calendar tells of weeks that have been, and of those to come in which something is planned."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.test import Client
from django.urls import reverse

from campaigns.came.calendar_page import WEEKS, drawn
from campaigns.models import Campaign
from councils.models import Council, User
from councils.tenancy import as_council
from tests.campaigns.made_up import editor
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


def test_where_the_picture_is_too_wide_it_begins_with_today_in_sight(
    kent: Council, as_user: Callable[[User], Client]
) -> None:
    """A frame that runs from right to left begins at its right end; what is drawn in it runs as ever."""
    page = as_user(editor(kent)).get(reverse("admin:campaigns_campaign_calendar")).content.decode()
    assert 'class="staff-table-frame staff-calendar-frame"' in page
    css = (Path(settings.BASE_DIR) / "static" / "staff.css").read_text()
    assert ".staff-calendar-frame { direction: rtl; }" in css
    assert ".staff-calendar { display: block; direction: ltr;" in css
    with as_council(kent):
        shown = drawn(frozenset([kent.pk]), MONDAY).picture
    narrowest, drawn_at_least = 300, 720
    assert shown.today / shown.width * drawn_at_least > drawn_at_least - narrowest
