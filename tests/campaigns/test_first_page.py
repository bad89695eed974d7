"""Whoever runs events or campaigns begins with what wants a look; cases stand there for those who have cases."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.models import Campaign, Gathering, Mailing
from campaigns.states import GatheringKind, GatheringState, MailingState
from councils.clock import hub_now
from councils.models import Council, User
from councils.tenancy import as_council
from tests.conftest import Cast

AsUser = Callable[[User], Client]


@pytest.fixture
def of_kent(kent: Council, cast: Cast) -> None:
    made(kent, cast.mina, "Kent")


def made(council: Council, by: User, word: str) -> None:
    with as_council(council):
        soon = hub_now() + timedelta(days=3)
        for state in (GatheringState.PUBLISHED, GatheringState.DRAFT):
            Gathering.objects.create(
                council=council,
                kind=GatheringKind.EVENING,
                state=state,
                title=f"{word} {state}",
                starts_at=soon,
                ends_at=soon + timedelta(hours=1),
                created_by=by,
            )
        campaign = Campaign.objects.create(council=council, name=word, starts_on=hub_now().date(), created_by=by)
        for stage in (MailingState.TO_APPROVE, MailingState.DRAFT):
            Mailing.objects.create(
                council=council, campaign=campaign, name=f"{word} {stage}", state=stage, fixed=1, created_by=by
            )


def page(as_user: AsUser, user: User) -> str:
    return as_user(user).get(reverse("admin:index")).content.decode()


def test_a_manager_sees_the_next_event_and_what_waits_for_approval(of_kent: None, cast: Cast, as_user: AsUser) -> None:
    shown = page(as_user, cast.mina)
    assert "Kent published" in shown
    assert "Kent to_approve" in shown
    assert "Kent draft" not in shown


def test_an_officer_sees_events_and_no_emails(of_kent: None, cast: Cast, as_user: AsUser) -> None:
    shown = page(as_user, cast.kate)
    assert "Kent published" in shown
    assert "Kent to_approve" not in shown


def test_another_councils_are_not_there(of_kent: None, cast: Cast, as_user: AsUser) -> None:
    shown = page(as_user, cast.hal)
    assert "Kent published" not in shown
    assert "Kent to_approve" not in shown
