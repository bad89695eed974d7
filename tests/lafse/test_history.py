"""Invented enquiries over years: what a statistician would ask of them."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import Count, Min, Sum

from ambassadors.models import Ambassador, Introduction
from ambassadors.models.people import AmbassadorState
from campaigns.models import Campaign, Click, Code, Spend
from councils.clock import hub_now
from councils.models import Event, Hub
from councils.tenancy import across
from enquiries.models import Enquiry, Touch
from enquiries.states import OPEN_STATES, State
from lafse.demo.seed import Past, fill
from lafse.demo.seed.days import Days
from lafse.demo.seed.draw import Draw
from lafse.demo.seed.seasons import Seasons
from lafse.verification import verify

ENOUGH, YEARS = 700, 3
SATURDAY = datetime.fromisoformat("2026-11-21T10:00:00+00:00")


@pytest.fixture(scope="module")
def filled(module_db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO testing.clock VALUES (%s)", [SATURDAY])
    fill(enquiries=ENOUGH, seed=4, past=Past(YEARS))


@pytest.fixture
def sown(filled: None, lafse: Hub) -> Iterator[None]:
    with across(lafse.councils.all(), reason="test"):
        yield


def test_they_came_over_all_the_years_and_nothing_has_happened_after_today(sown: None) -> None:
    came = Counter(Enquiry.objects.values_list("created_at__year", flat=True))
    assert set(came) == {2023, 2024, 2025, 2026} and min(came[year] for year in (2024, 2025, 2026)) > ENOUGH / 6
    first = Enquiry.objects.aggregate(Min("created_at"))["created_at__min"]
    assert first.date() >= date(2023, 10, 30)
    assert not Event.objects.filter(at__gt=hub_now()).exists()
    assert not Enquiry.objects.filter(created_at__gt=hub_now()).exists()


def test_cohorts_ripen(sown: None) -> None:
    """About one in twenty, and of those of the last quarter nobody yet."""
    ripe = Enquiry.objects.filter(created_at__lt=hub_now() - timedelta(days=400))
    approved = ripe.filter(state=State.APPROVED).count() / ripe.count()
    assert 0.02 < approved < 0.1
    young = Enquiry.objects.filter(created_at__gt=hub_now() - timedelta(days=90))
    assert not young.filter(state=State.APPROVED).exists()
    assert young.filter(state__in=OPEN_STATES).count() > ripe.filter(state__in=OPEN_STATES).count()


def test_what_is_sown_over_years_is_in_order(filled: None, db: None) -> None:
    assert [finding for finding in verify() if not finding.holds] == []


def test_some_come_back_after_not_yet_and_some_ask_again(sown: None) -> None:
    assert Event.objects.filter(verb="enquiry.reopen", facts__old_state=State.NOT_YET.value).exists()
    homes = Enquiry.objects.exclude(state__in=[State.DUPLICATE, State.PASSED_ON]).values("household_id")
    twice = homes.annotate(journeys=Count("journey_id", distinct=True)).filter(journeys__gt=1)
    assert twice.count() >= ENOUGH // 100 - 2


def test_each_came_by_something_and_a_code_by_a_campaign_that_ran(sown: None) -> None:
    assert Touch.objects.values("enquiry").distinct().count() == ENOUGH
    known = {code.code: code for code in Code.objects.all()}
    with_code = Touch.objects.exclude(code="")
    assert with_code.exists()
    for touch in with_code:
        code = known[touch.code]
        campaign = Campaign.objects.get(pk=code.campaign_key or "")
        assert touch.source == code.source
        assert campaign.ends_on and campaign.starts_on <= touch.at.date() <= campaign.ends_on


def test_campaigns_cost_something_and_were_followed(sown: None) -> None:
    spent = Spend.objects.values("campaign").annotate(Sum("pence"))
    assert len(spent) == Campaign.objects.count() > 9
    assert Click.objects.exists() and not Click.objects.filter(at__gt=hub_now()).exists()


def test_conversations_were_within_the_life_of_the_case_and_nobody_is_asked_today(sown: None) -> None:
    rows = Introduction.objects.select_related("enquiry")
    assert rows.exists()
    for row in rows:
        assert row.ended_at and row.enquiry.created_at < row.created_at < row.ended_at <= hub_now()
        assert Event.objects.filter(verb="enquiry.wished", subject_id=row.enquiry_id).exists()
    assert set(Ambassador.objects.values_list("state", flat=True)) == {AmbassadorState.LEFT}


def test_january_september_and_the_fortnight_stand_out() -> None:
    days = Days(date(2026, 11, 21))
    seasons, draw = Seasons(days, 4), Draw("test")
    came = Counter(days.days[seasons.some_day(draw)] for _ in range(20_000))
    months = Counter[int]()
    for day, count in came.items():
        months[day.month] += count if day.year in (2024, 2025) else 0
    assert min(months[1], months[9]) > 1.2 * max(months[month] for month in (4, 6, 7, 8, 12))
    fortnight = sum(n for day, n in came.items() if day.month == 5 and 11 <= day.day < 27)
    before = sum(n for day, n in came.items() if day.month == 4 and 11 <= day.day < 27)
    assert fortnight > 1.4 * before
    assert max(came) == date(2026, 11, 20)
