"""Promises: what is still to keep, and medians of few people."""

from collections.abc import Callable
from datetime import date
from html import unescape

from django.test import Client
from django.urls import reverse

from councils.clock import hub_now
from councils.models import Council, User
from councils.working_time import in_london
from dashboards.figures import FIGURES
from dashboards.measures import MEASURES
from dashboards.periods import later
from dashboards.states import Promise
from tests.conftest import Cast
from tests.dashboards.counted import counts, parts

AsUser = Callable[[User], Client]


def shown(client: Client, **asked: str) -> str:
    return unescape(client.get(reverse("admin:dashboards_cell_promise"), asked).content.decode())


def this_month() -> date:
    return in_london(hub_now()).date().replace(day=1)


def test_what_is_still_to_keep_has_the_days_of_the_next_month_too(kent: Council, cast: Cast, as_user: AsUser) -> None:
    counts(kent, {"promise_running": 2})
    counts(kent, {"promise_running": 3}, on=later(this_month(), 1))
    rhea = as_user(cast.rhea)
    for period in ("this_year", "last_year"):
        assert '<span class="staff-tally__count">5</span> Still to keep now' in shown(rhea, period=period)


def test_a_median_of_few_stands_in_the_table_and_is_not_drawn(kent: Council, cast: Cast, as_user: AsUser) -> None:
    month = this_month()
    parts(kent, "first_try", "hours", {"3": 29}, on=later(month, -1))
    parts(kent, "first_try", "hours", {"5": 30}, on=month)
    months = {"first": f"{later(month, -1):%Y-%m}", "last": f"{month:%Y-%m}"}
    chart = shown(as_user(cast.rhea), **months).split("Working hours until the first try</figcaption>")[1]
    assert '<td data-value="">1.5 hours</td><td data-value="">1.5 hours</td><td>29</td>' in chart
    assert '<td data-value="2.5">2.5 hours</td><td data-value="2.5">2.5 hours</td><td>30</td>' in chart
    assert "Months with fewer than 30 people are not drawn; the table has them." in chart


def test_a_missed_promise_is_called_by_its_definition() -> None:
    told = "nobody has got in touch"
    assert told in FIGURES["promise_missed"].definition
    assert told in MEASURES["promise_missed"].name
    assert told in Promise.MISSED.label
