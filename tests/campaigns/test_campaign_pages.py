"""Pages of campaigns: whose they are, what is said where something is wrong, and what a council may not see."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.actions import campaigns
from campaigns.came.campaigns_forms import SpendForm
from campaigns.models import Campaign, Spend
from councils.access import access_of
from councils.models import Council, Event, User
from councils.refusals import Refused, RoleRefused
from councils.tenancy import as_council
from tests.campaigns import spending as made
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]
LIST, PAGE = "admin:campaigns_campaign_changelist", "admin:campaigns_campaign_change"


def test_an_editor_sees_the_campaigns_of_their_council_alone(kent: Council, hampshire: Council, as_user: LogIn) -> None:
    ed, hetty = made.editor(kent), made.editor(hampshire, "Hetty")
    own, other = made.campaign(kent, ed), made.campaign(hampshire, hetty, "Solent")
    client = as_user(ed)
    page = client.get(reverse(LIST)).content.decode()
    assert "Autumn" in page
    assert "Solent" not in page
    assert client.get(reverse(PAGE, args=[own.pk])).status_code == 200
    assert client.get(reverse(PAGE, args=[other.pk])).status_code == 404


def test_the_hubs_editor_sees_all_of_the_hub(kent: Council, office: Council, as_user: LogIn) -> None:
    made.campaign(kent, made.editor(kent))
    hester = as_user(made.editor(office, "Hester"))
    page = hester.get(reverse(LIST)).content.decode()
    assert "Autumn" in page
    assert "Kent" in page
    assert "that you do not work for" not in hester.get(reverse("admin:campaigns_campaign_results")).content.decode()


def test_an_officer_is_refused(cast: Cast, as_user: LogIn) -> None:
    client = as_user(cast.kate)
    for name in ("changelist", "begin", "results", "calendar", "bring_in"):
        assert client.get(reverse(f"admin:campaigns_campaign_{name}")).status_code == 403


def test_a_campaign_is_begun_and_changed(kent: Council, as_user: LogIn) -> None:
    client = as_user(made.editor(kent))
    wanted = {"council": kent.pk, "name": "Teens", "starts_on": "2026-09-01", "note": "Posters"}
    answer = client.post(reverse("admin:campaigns_campaign_begin"), wanted)
    with as_council(kent):
        row = Campaign.objects.get()
    assert answer["Location"] == reverse(PAGE, args=[row.pk])
    client.post(reverse("admin:campaigns_campaign_edit", args=[row.pk]), wanted | {"ends_on": "2026-10-01"})
    with as_council(kent):
        assert Campaign.objects.get().ends_on == date(2026, 10, 1)
        assert Event.objects.get(verb="campaign.changed").facts == {"changed": ["ends_on"]}


def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost(kent: Council, as_user: LogIn) -> None:
    client = as_user(made.editor(kent))
    answer = client.post(reverse("admin:campaigns_campaign_begin"), {"council": kent.pk, "note": "Posters"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Write a name for the campaign." in page
    assert "Posters</textarea>" in page


def test_two_campaigns_of_a_council_have_two_names(kent: Council) -> None:
    ed = made.editor(kent)
    made.campaign(kent, ed)
    with pytest.raises(Refused, match="another name"):
        made.campaign(kent, ed)


def test_a_campaign_of_another_council_cannot_be_begun(kent: Council, hampshire: Council, as_user: LogIn) -> None:
    ed = made.editor(kent)
    wanted = {"council": hampshire.pk, "name": "Teens", "starts_on": "2026-09-01"}
    assert as_user(ed).post(reverse("admin:campaigns_campaign_begin"), wanted).status_code == 409
    with pytest.raises(RoleRefused):
        campaigns.begin(hampshire, campaigns.Planned(name="Teens", starts_on=made.SEPTEMBER), by=access_of(ed))


def test_spend_is_written_down_and_taken_out(kent: Council, hampshire: Council, as_user: LogIn) -> None:
    ed = made.editor(kent)
    client, row = as_user(ed), made.campaign(kent, ed)
    spent = {"pounds": "1234.50", "first_day": "2026-09-01", "source": "print", "what": "300 posters"}
    client.post(reverse("admin:campaigns_campaign_spend", args=[row.pk]), spent)
    page = client.get(reverse(PAGE, args=[row.pk])).content.decode()
    assert "£1,234.50" in page
    assert "300 posters" in page
    with as_council(kent):
        out = reverse("admin:campaigns_campaign_take_out", args=[Spend.objects.get().pk])
    assert as_user(made.editor(hampshire, "Hetty")).post(out).status_code == 404
    client.post(out)
    with as_council(kent):
        assert not Spend.objects.exists()
        assert Event.objects.get(verb="campaign.spend_removed").facts["pence"] == 123_450


@pytest.mark.parametrize(
    ("written", "pence"), [("£1,234.50", 123_450), (" 1 234.5 ", 123_450), ("12,50", 0), ("1e5", 0), ("", 0)]
)
def test_an_amount_may_be_written_as_our_own_pages_show_it(written: str, pence: int) -> None:
    form = SpendForm({"pounds": written, "first_day": "2026-09-01", "source": "print"})
    assert (form.spent().pence if form.is_valid() else 0) == pence


@pytest.mark.parametrize("day", [date(26, 9, 1), date(9999, 12, 31)])
def test_a_slip_in_the_year_becomes_neither_campaign_nor_spend(kent: Council, as_user: LogIn, day: date) -> None:
    ed = made.editor(kent)
    row = made.campaign(kent, ed)
    with pytest.raises(Refused, match="Look at the year"):
        made.campaign(kent, ed, "Slip", day)
    spent = {"pounds": "5", "first_day": "2026-09-01", "last_day": "9999-12-31", "source": "print"}
    answer = as_user(ed).post(reverse("admin:campaigns_campaign_spend", args=[row.pk]), spent)
    assert (answer.status_code, "Look at the year" in answer.content.decode()) == (409, True)


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("2026-08-30", "2026-08-31", "“Autumn” begins on 1 September 2026: none of these days is one of its own."),
        ("2026-10-01", "2026-10-05", "“Autumn” ends on 30 September 2026: none of these days is one of its own."),
        ("2026-08-20", "2026-09-01", ""),
        ("2026-09-30", "2026-10-20", ""),
    ],
)
def test_spend_has_a_day_of_its_campaign(kent: Council, as_user: LogIn, first: str, last: str, told: str) -> None:
    ed = made.editor(kent)
    row = made.campaign(kent, ed)
    planned = campaigns.Planned(name=row.name, starts_on=made.SEPTEMBER, ends_on=date(2026, 9, 30))
    campaigns.change(row, planned, by=access_of(ed))
    spent = {"pounds": "5", "first_day": first, "last_day": last, "source": "print"}
    answer = as_user(ed).post(reverse("admin:campaigns_campaign_spend", args=[row.pk]), spent)
    assert (answer.status_code, told in answer.content.decode()) == (409 if told else 302, True)
    with as_council(kent):
        assert Spend.objects.exists() == (not told)


def test_an_amount_that_cannot_be_read_is_told_on_the_page(kent: Council, as_user: LogIn) -> None:
    ed = made.editor(kent)
    answer = as_user(ed).post(
        reverse("admin:campaigns_campaign_spend", args=[made.campaign(kent, ed).pk]), {"pounds": "-3"}
    )
    assert answer.status_code == 409
    assert "like 1234.50" in answer.content.decode()


def test_the_calendar_says_in_its_table_what_the_picture_shows(kent: Council, as_user: LogIn) -> None:
    ed = made.editor(kent)
    made.campaign(kent, ed)
    page = as_user(ed).get(reverse("admin:campaigns_campaign_calendar")).content.decode()
    assert "staff-calendar__bar" in page
    assert page.count(">Autumn<") >= 2
    assert "style=" not in page
