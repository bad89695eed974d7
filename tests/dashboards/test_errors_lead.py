"""Every page of figures that asks again: each link of what is wrong leads to a control on that same page."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council, User
from councils.working_time import in_london
from dashboards.actions.release_asking import ask
from dashboards.disclosure.grid import over
from dashboards.pages.staff_urls import ADDRESSES
from enquiries import actions
from enquiries.models import Enquiry
from enquiries.states import Step
from tests import factories
from tests.conftest import Cast

AsUser = Callable[[User], Client]
SUMMARY = re.compile(r'<div class="staff-refusal".*?</div>', re.DOTALL)
NO_MONTH = {"period": "months", "first": "2026-13", "last": "2026-04"}
OF_PERIODS = ("region", "councils", "funnel", "promise", "sources", "ambassadors", "map", "behind")
OF_A_COUNCIL = ("council", *(f"council_{name}" for name in ("funnel", "promise", "sources", "ambassadors", "behind")))
OF_NUMBERS = ("numbers", "council_numbers")
FILLED_IN = ("households", "days", "reports", "outcomes", "releases")
NO_FORM = {"changelist", "year_file", "council_year_file", "names", "release"}


def address(name: str) -> str:
    of_council = name.startswith("council_") or name in ("council", "outcomes", "confirm")
    return reverse(f"admin:dashboards_cell_{name}", args=["kent"] if of_council else [])


def assert_led(answer: Any, status: int = 422) -> str:
    """The summary."""
    page = answer.content.decode()
    assert answer.status_code == status
    (summary,) = SUMMARY.findall(page)
    assert "There is a problem" in summary
    assert {*re.findall(r'href="#([^"]*)"', summary)} <= {*re.findall(r'\bid="([^"]+)"', page)}
    return str(summary)


def test_no_page_is_left_out() -> None:
    tried = {*OF_PERIODS, *OF_A_COUNCIL, *OF_NUMBERS, *FILLED_IN, "confirm"}
    assert {name for _, _, name in ADDRESSES} == tried | NO_FORM


@pytest.mark.parametrize("name", [*OF_PERIODS, *OF_A_COUNCIL])
def test_months_that_are_none(name: str, cast: Cast, as_user: AsUser) -> None:
    told = assert_led(as_user(cast.olu).get(address(name), NO_MONTH))
    assert ("href" in told) == (not name.endswith("behind")), "a list has no form: it says of which months it is"


@pytest.mark.parametrize("name", OF_NUMBERS)
def test_numbers_by_nothing(name: str, cast: Cast, as_user: AsUser) -> None:
    asked = {"by": "nothing", "since": "2026-13", "until": "", "part": "nothing"}
    assert assert_led(as_user(cast.olu).get(address(name), asked)).count("<li>") == len(asked)


@pytest.mark.parametrize("name", FILLED_IN)
def test_forms_that_are_sent_empty(name: str, cast: Cast, as_user: AsUser) -> None:
    who = cast.mina if name in ("households", "outcomes") else cast.rhea
    assert_led(as_user(who).post(address(name), {}))


def test_periods_when_all_are_released(kent: Council, cast: Cast, as_user: AsUser) -> None:
    for period in over(in_london(hub_now()).date()):
        ask(kent.hub, period, by=access_of(cast.rhea))
    assert_led(as_user(cast.rhea).post(address("releases"), {"period": "nothing"}))


def test_applications_of_which_nothing_is_said(
    kent: Council, cast: Cast, as_user: AsUser, move_clock: Callable[[Any], object]
) -> None:
    case: Enquiry = factories.enquiry(kent)
    actions.take_step(case, Step.APPLY, by=access_of(cast.kate))
    move_clock(hub_now() + timedelta(days=40))
    assert_led(as_user(cast.kate).post(address("confirm"), {f"is-{case.pk}": "nothing"}), status=409)
