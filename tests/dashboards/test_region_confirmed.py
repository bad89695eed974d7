"""Which councils have not confirmed their open applications: told to each by what they may see."""

from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council, User
from councils.roles import Role
from dashboards.actions.confirming import Said, confirm, confirm_what_steps_told
from dashboards.actions.folding import fold_hub
from dashboards.actions.rebuilding import differences
from enquiries import actions
from enquiries.models import Enquiry
from enquiries.states import CloseReason, Kind, State, Step
from tests import factories
from tests.conftest import Cast

AsUser = Callable[[User], Client]
Clock = Callable[[datetime], object]
CONFIRM = "/staff/dashboards/cell/council/kent/confirm/"


@pytest.fixture
def applied(kent: Council, cast: Cast, move_clock: Clock) -> Enquiry:
    """Forty days ago, and counted."""
    case = factories.enquiry(kent)
    actions.take_step(case, Step.APPLY, by=access_of(cast.kate))
    move_clock(hub_now() + timedelta(days=40))
    fold_hub(kent.hub)
    return case


def page(client: Client, name: str, *args: str) -> str:
    return unescape(client.get(reverse(f"admin:dashboards_cell_{name}", args=args)).content.decode())


def never(more: str) -> str:
    return f"has not confirmed its open applications for {hub_now():%B} ({more})."


def test_the_lead_is_told_by_counts_alone(applied: Enquiry, kent: Council, cast: Cast, as_user: AsUser) -> None:
    rhea = as_user(cast.rhea)
    region = page(rhea, "region")
    assert f"1 council has not confirmed its open applications for {hub_now():%B}" in region
    for shown in (region, page(rhea, "councils")):
        assert f"{kent.name}</a> {never('never confirmed')}" in shown
    own = page(rhea, "council", "kent")
    assert f"{kent.name} {never('never confirmed')}" in own
    assert CONFIRM not in own
    assert "has not confirmed" not in page(rhea, "council", "hampshire")


def test_whoever_sees_the_cases_is_told_of_how_many_and_where_to_confirm_them(
    applied: Enquiry, office: Council, cast: Cast, as_user: AsUser
) -> None:
    told = never("1 of 1, never confirmed")
    assert told in page(as_user(factories.user("Hugh", office, Role.HUB_MANAGER)), "region")
    own = page(as_user(cast.kate), "council", "kent")
    assert told in own
    assert f'<a href="{CONFIRM}">Confirm them</a>' in own


def test_once_it_has_confirmed_nobody_names_it_until_the_next_month(
    applied: Enquiry, kent: Council, cast: Cast, as_user: AsUser, move_clock: Clock
) -> None:
    confirm(kent, [Said(applied.pk, State.APPLIED)], by=access_of(cast.kate))
    confirmed_on = hub_now()
    for _ in range(2):
        fold_hub(kent.hub)
    for who, name, *args in ((cast.rhea, "region"), (cast.rhea, "council", "kent"), (cast.kate, "council", "kent")):
        assert "has not confirmed" not in page(as_user(who), name, *args)
    move_clock(hub_now() + timedelta(days=31))
    assert never(f"not confirmed since {confirmed_on:%B %Y}") in page(as_user(cast.rhea), "region")


def test_the_lead_is_told_of_applications_of_every_kind(
    kent: Council, cast: Cast, as_user: AsUser, move_clock: Clock
) -> None:
    """All of them carers who come from another agency: no initial enquiry is among them."""
    case = factories.enquiry(kent, kind=Kind.TRANSFER)
    actions.take_step(case, Step.APPLY, by=access_of(cast.kate))
    move_clock(hub_now() + timedelta(days=40))
    fold_hub(kent.hub)
    assert f"{kent.name}</a> {never('never confirmed')}" in page(as_user(cast.rhea), "region")
    assert differences(kent.hub) == []


def test_what_was_opened_again_is_no_application_until_it_applies_anew(
    applied: Enquiry, kent: Council, cast: Cast, as_user: AsUser, move_clock: Clock
) -> None:
    mina, rhea = access_of(cast.mina), as_user(cast.rhea)
    case = actions.take_step(applied, Step.WITHDRAW, reason=CloseReason.AW3, by=mina)
    case = actions.take_step(case, Step.REOPEN, by=mina)
    fold_hub(kent.hub)
    for name, *args in (("region",), ("councils",), ("council", "kent")):
        assert "has not confirmed" not in page(rhea, name, *args)
    actions.take_step(case, Step.APPLY, by=mina)
    move_clock(hub_now() + timedelta(days=40))
    fold_hub(kent.hub)
    assert f"{kent.name}</a> {never('never confirmed')}" in page(rhea, "region")


def test_what_waits_again_after_the_month_was_confirmed_is_told_as_that(
    applied: Enquiry, kent: Council, office: Council, cast: Cast, as_user: AsUser, move_clock: Clock
) -> None:
    """A step of this month had told of it, and was undone."""
    by = access_of(cast.mina)
    case = actions.take_step(applied, Step.ASSESS, by=by)
    assert confirm_what_steps_told() == 1
    actions.undo_step(case, by=by)
    told = never("1 of 1, though all were confirmed earlier this month")
    assert told in page(as_user(factories.user("Hugh", office, Role.HUB_MANAGER)), "region")
    assert told in page(as_user(cast.kate), "council", "kent")
