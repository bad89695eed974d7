"""The demonstration shows events and a campaign, each in the states that staff meet."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from campaigns.came.campaign_page import page_of
from campaigns.models import Booking, Campaign, Gathering, Mailing
from campaigns.states import BookingState, MailingState
from councils.models import Council, User
from councils.tenancy import across


@pytest.fixture(scope="module")
def made(module_db: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo-logins.json"
    call_command("demo", logins=path, verbosity=0)
    return path


def seen_by(first_name: str, name: str, *arguments: object) -> str:
    client = Client()
    client.force_login(User.objects.get(email=f"{first_name}@example.org"))
    answer = client.get(reverse(f"admin:campaigns_{name}", args=arguments))
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_evening_has_a_waiting_list_and_another_is_over(made: Path, db: None) -> None:
    with across(Council.objects.all(), reason="test"):
        states = sorted(Booking.objects.values_list("state", flat=True))
    assert states == sorted(
        [*[BookingState.BOOKED] * 3, BookingState.WAITING, *[BookingState.CAME] * 3, BookingState.MISSED]
    )
    assert "Could you foster a teenager?" in seen_by("callum", "gathering_changelist")


def test_a_campaign_shows_what_it_brought(made: Path, db: None) -> None:
    with across(Council.objects.all(), reason="test"):
        campaign = Campaign.objects.get()
    page = seen_by("callum", "campaign_change", campaign.pk)
    for told in ("£1,490.00", "400 posters", "teens-online", "Applications"):
        assert told in page
    with across(Council.objects.all(), reason="test"):
        brought = page_of(campaign, frozenset([campaign.council_id])).results.first
    assert [line.count for line in brought] == [49, 6, 1, 1, 0]
    assert "Homes for teenagers" in seen_by("hester", "campaign_changelist")


def test_one_email_is_a_draft_and_one_waits_for_a_colleague(made: Path, db: None) -> None:
    with across(Council.objects.all(), reason="test"):
        assert sorted(Mailing.objects.values_list("state", "fixed")) == [
            (MailingState.DRAFT, None),
            (MailingState.TO_APPROVE, 4),
        ]


def test_made_again_nothing_is_added(made: Path, db: None, tmp_path: Path) -> None:
    call_command("demo", logins=tmp_path / "again.json", verbosity=0)
    with across(Council.objects.all(), reason="test"):
        assert (Gathering.objects.count(), Campaign.objects.count(), Booking.objects.count()) == (2, 1, 8)
