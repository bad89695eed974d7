"""A round proposes; staff confirm."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ambassadors.introduction_states import State
from ambassadors.matched.rounds import groups, make_rounds
from ambassadors.models import Introduction, Proposal, Scheme
from councils.clock import hub_now
from councils.models import Council
from councils.tenancy import as_council
from enquiries.actions.wishing import take_wish_back
from enquiries.models import Enquiry
from tests import factories


def proposals(council: Council) -> dict[str, tuple[str, str]]:
    """By the first names of who waits: whom to, and why not."""
    with as_council(council):
        rows = Proposal.objects.filter(council=council).select_related("enquiry")
        return {row.enquiry.name.split()[0]: (row.ambassador_name, row.why_not) for row in rows}


def waiting(council: Council, name: str, **wished: object) -> Enquiry:
    case = factories.enquiry(council, name=f"{name} Example")
    factories.wish(case, **wished)
    return case


@pytest.fixture
def sharing(kent: Council, hampshire: Council) -> None:
    for council in (kent, hampshire):
        Scheme.objects.create(council=council, across_borders=True)


def test_a_round_says_whom_to_and_why_nobody(kent: Council) -> None:
    waiting(kent, "Erin")
    waiting(kent, "Pola", languages=("Polish",))
    factories.ambassador(kent)
    assert make_rounds() == 1
    assert proposals(kent) == {"Erin": ("Anna", ""), "Pola": ("", "no Polish speaker of their council")}


def test_a_round_introduces_nobody(kent: Council) -> None:
    waiting(kent, "Erin")
    factories.ambassador(kent)
    make_rounds()
    with as_council(kent):
        assert not Introduction.objects.exists()


def test_a_round_is_made_when_somebody_begins_to_wait_and_else_each_quarter_of_an_hour(
    kent: Council, move_clock: Callable[[datetime], None]
) -> None:
    assert make_rounds() == 0, "nobody waits"
    waiting(kent, "Erin")
    assert make_rounds() == 1
    assert make_rounds() == 0
    waiting(kent, "Sam")
    assert make_rounds() == 1
    move_clock(hub_now() + timedelta(minutes=14))
    assert make_rounds() == 0
    factories.ambassador(kent, most=2)
    move_clock(hub_now() + timedelta(minutes=2))
    assert make_rounds() == 1
    assert proposals(kent)["Erin"] == ("Anna", "")


def test_asking_each_minute_whether_it_is_time_takes_few_questions(kent: Council) -> None:
    waiting(kent, "Erin")
    make_rounds()
    with CaptureQueriesContext(connection) as queries:
        make_rounds()
    assert sum("councils_routingversion" not in each["sql"] for each in queries) <= 12, "not so many for each council"


def test_who_waits_no_longer_is_proposed_to_nobody(kent: Council) -> None:
    case = waiting(kent, "Erin")
    make_rounds()
    take_wish_back(case, by=None)
    assert make_rounds() == 1
    assert proposals(kent) == {}


def test_councils_that_share_are_one_group_and_the_others_each_their_own(
    kent: Council, hampshire: Council, sharing: None
) -> None:
    first, *others = (councils for hub, councils in groups() if hub == kent.hub_id)
    assert first == {kent.pk, hampshire.pk}
    assert all(len(each) == 1 for each in others)
    assert frozenset().union(first, *others) == set(
        Council.objects.filter(hub=kent.hub_id).values_list("pk", flat=True)
    )


def test_across_a_border_where_both_allow_it(kent: Council, hampshire: Council, sharing: None) -> None:
    waiting(kent, "Erin")
    anna = factories.ambassador(hampshire)
    make_rounds()
    assert proposals(kent) == {"Erin": ("Anna", "")}
    with as_council(kent):
        assert Proposal.objects.get().ambassador_council_id == anna.council_id
    assert proposals(hampshire) == {}


@pytest.mark.parametrize("keeps", ["kent", "hampshire"])
def test_no_border_is_crossed_where_one_keeps_to_its_own(
    kent: Council, hampshire: Council, sharing: None, keeps: str
) -> None:
    Scheme.objects.filter(council__slug=keeps).update(across_borders=False)
    waiting(kent, "Erin")
    factories.ambassador(hampshire)
    make_rounds()
    assert proposals(kent) == {"Erin": ("", "their council has no ambassador yet")}


def test_whoever_was_told_no_twice_is_served_before_who_waits_longer(kent: Council) -> None:
    waiting(kent, "Erin")
    with as_council(kent):
        assert Enquiry.objects.count() == 1
    sam = waiting(kent, "Sam")
    past = factories.ambassador(kent, first_name="Past", paused_by_staff=True)
    factories.introduction(sam, past, State.NOT_SPOKEN, noes=2)
    factories.ambassador(kent)
    make_rounds()
    assert proposals(kent)["Sam"] == ("Anna", "")
    assert "suggested for somebody who comes first" in proposals(kent)["Erin"][1]


def test_the_web_does_not_import_what_a_round_needs() -> None:
    """Some 60 MB and half a second of each web process."""
    script = "import django; django.setup(); import lafse.urls, lafse.wsgi, sys; print('scipy' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
    )
    assert told.stdout.strip() == "False"
