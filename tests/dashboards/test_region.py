"""The region's pages: read from counts alone, few statements, and nobody is put in an order on few cases."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from councils.clock import hub_now
from councils.models import Council, User
from councils.roles import Role
from councils.working_time import in_london
from tests import factories
from tests.conftest import Cast
from tests.dashboards.counted import counts, parts

AsUser = Callable[[User], Client]
# Of these eight are the session, the log-in and the scope, as on every staff page.
STATEMENTS = {"region": 25, "councils": 21, "funnel": 24, "promise": 20, "sources": 24, "ambassadors": 18}
BOARD = reverse("admin:enquiries_enquiry_changelist")


def page(client: Client, name: str, **asked: str) -> str:
    answer = client.get(reverse(f"admin:dashboards_cell_{name}"), asked)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def attention(client: Client) -> str:
    return page(client, "region").split("Needs attention</h2>")[1].split("The last seven days")[0]


@pytest.mark.parametrize("name", STATEMENTS)
def test_more_counts_cost_no_more_statements(
    name: str, kent: Council, hampshire: Council, cast: Cast, as_user: AsUser
) -> None:
    client = as_user(cast.rhea)
    assert "No figures have been made yet." in page(client, name)
    counts(kent, {"enquiries": 40, "promise_kept": 38, "promise_missed": 2})
    with CaptureQueriesContext(connection) as few:
        page(client, name)
    counts(hampshire, {"enquiries": 400, "visits": 3, "promise_kept": 12, "approvals": 3})
    parts(hampshire, "first_try", "hours", {"1": 3, "7": 30})
    with CaptureQueriesContext(connection) as many:
        assert "As of" in page(client, name)
    assert len(few) == len(many) == STATEMENTS[name]


@pytest.mark.parametrize("name", STATEMENTS)
def test_whoever_sees_one_council_alone_does_not_see_the_region(name: str, cast: Cast, as_user: AsUser) -> None:
    assert as_user(cast.kate).get(reverse(f"admin:dashboards_cell_{name}")).status_code == 403


@pytest.mark.parametrize("name", STATEMENTS)
def test_the_lead_is_shown_no_way_to_a_case(name: str, kent: Council, cast: Cast, as_user: AsUser) -> None:
    counts(kent, {"enquiries": 40, "promise_missed": 2, "approvals": 1})
    assert BOARD not in page(as_user(cast.rhea), name)


def test_whoever_answers_for_cases_opens_the_list_behind_a_figure(
    kent: Council, office: Council, as_user: AsUser
) -> None:
    counts(kent, {"enquiries": 40, "promise_missed": 2})
    hugh = as_user(factories.user("Hugh", office, Role.HUB_MANAGER))
    behind = f"{reverse('admin:dashboards_cell_council_behind', args=['kent'])}?figure=promise_missed"
    assert f'href="{behind}&since=' in page(hugh, "region")
    assert f'href="{behind}"' in page(hugh, "promise")
    assert hugh.get(behind).status_code == 200


def test_a_missed_promise_comes_first_and_an_old_one_does_not(
    kent: Council, hampshire: Council, cast: Cast, as_user: AsUser
) -> None:
    today = in_london(hub_now()).date()
    counts(kent, {"promise_missed": 3}, on=today - timedelta(days=27))
    counts(hampshire, {"promise_missed": 5}, on=today - timedelta(days=28))
    first = attention(as_user(cast.rhea))
    assert f"{kent.name}</strong></a>: 3 promises of the last four weeks missed" in first
    assert hampshire.name not in first


def test_a_council_is_called_slower_only_where_chance_does_not_explain_it(
    kent: Council, hampshire: Council, cast: Cast, as_user: AsUser
) -> None:
    """Kent kept 20 of 40. Hampshire kept half as well, of 20: too few to say so."""
    counts(kent, {"promise_kept": 20, "promise_late": 20})
    counts(hampshire, {"promise_kept": 10, "promise_late": 10})
    surrey = Council.objects.get(slug="surrey")
    counts(surrey, {"promise_kept": 300})
    first = attention(as_user(cast.rhea))
    assert f"{kent.name}</strong></a>: 20 of 40 promises kept in time (50%); 92% in the region." in first
    assert hampshire.name not in first


def test_the_last_seven_days_stand_beside_what_is_usual(kent: Council, cast: Cast, as_user: AsUser) -> None:
    today = in_london(hub_now()).date()
    counts(kent, {"enquiries": 4}, on=today - timedelta(days=6))
    counts(kent, {"enquiries": 96}, on=today - timedelta(days=7))
    shown = page(as_user(cast.rhea), "region")
    assert '<span class="staff-tally__count">4</span> Initial enquiries' in shown
    assert "fewer than usual (usually 12)" in shown


def test_the_two_periods_stand_beside_each_other(kent: Council, cast: Cast, as_user: AsUser) -> None:
    today = in_london(hub_now()).date()
    counts(kent, {"approvals": 3})
    counts(kent, {"approvals": 8}, on=today.replace(day=1, year=today.year - 1))
    month = f"{today:%Y-%m}"
    shown = page(as_user(cast.rhea), "region", period="months", first=month, last=month, compare="year_before")
    assert "was 8" in shown
    assert f"Approvals in {today:%B %Y}: 3. In {today:%B} {today.year - 1}: 8." in shown


def test_a_period_that_ends_before_it_begins_is_told_in_words(cast: Cast, as_user: AsUser) -> None:
    answer = as_user(cast.rhea).get(
        reverse("admin:dashboards_cell_funnel"), {"period": "months", "first": "2026-06", "last": "2026-05"}
    )
    assert answer.status_code == 422
    assert "The last month comes before the first." in answer.content.decode()


def test_figures_lead_to_the_region_or_to_ones_own_council(kent: Council, cast: Cast, as_user: AsUser) -> None:
    figures = reverse("admin:dashboards_cell_changelist")
    assert as_user(cast.rhea).get(figures).headers["Location"] == reverse("admin:dashboards_cell_region")
    assert as_user(cast.kate).get(figures).headers["Location"] == reverse(
        "admin:dashboards_cell_council", args=["kent"]
    )


def test_a_month_that_there_is_not_is_refused_in_our_words(cast: Cast, as_user: AsUser) -> None:
    asked = {"period": "months", "first": "2026-13", "last": "2026-11"}
    page = as_user(cast.rhea).get("/staff/dashboards/cell/region/", asked)
    assert page.status_code == 422
    assert "From: choose from the list." in page.content.decode()
    assert "available choices" not in page.content.decode()
