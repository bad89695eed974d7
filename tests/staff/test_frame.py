"""The admin site's frame: who gets in, and what the stock admin would show and ours does not."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from django.urls import NoReverseMatch, reverse

from councils.models import Council, Event, Membership, User
from councils.tenancy import as_council
from tests.conftest import Cast

AsUser = Callable[[User], Client]
PAGES = [
    "admin:index",
    "admin:enquiries_enquiry_changelist",
    "admin:enquiries_enquiry_enter",
    "admin:enquiries_enquiry_todos",
    "admin:councils_council_changelist",
    "admin:councils_membership_changelist",
]


@pytest.mark.parametrize("page", PAGES)
def test_a_visitor_is_asked_to_log_in(client: Client, db: None, page: str) -> None:
    answer = client.get(reverse(page))
    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('admin:login')}?next={reverse(page)}"


@pytest.mark.parametrize("page", PAGES)
def test_an_officer_may_open_it(cast: Cast, as_user: AsUser, page: str) -> None:
    assert as_user(cast.kate).get(reverse(page)).status_code == 200


@pytest.mark.parametrize("page", PAGES[1:])
def test_the_regional_lead_sees_no_page_about_people(cast: Cast, as_user: AsUser, page: str) -> None:
    assert as_user(cast.rhea).get(reverse(page)).status_code == 403


def test_the_first_page_of_somebody_without_cases_says_so(cast: Cast, as_user: AsUser) -> None:
    assert "does not open any cases" in as_user(cast.rhea).get(reverse("admin:index")).content.decode()


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/staff/enquiries/enquiry/?state=new", "/staff/enquiries/enquiry/"),
        ("https://example.com/staff/", "/staff/"),
        ("", "/staff/"),
    ],
)
def test_who_was_logged_out_meanwhile_comes_back_to_the_page_they_sent_from(
    client: Client, cast: Cast, referer: str, back: str
) -> None:
    answer = client.post("/staff/enquiries/enquiry/bulk/give/", {"to": "nobody"}, headers={"Referer": referer})
    assert answer["Location"] == f"{reverse('admin:login')}?next={back}"
    assert "what you sent last was not saved" in client.get(answer["Location"]).content.decode()


def test_nobody_may_read_the_admins_own_log(db: None) -> None:
    for statement in ("SELECT 1 FROM django_admin_log", "DELETE FROM django_admin_log"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)


@pytest.mark.parametrize("name", ["autocomplete", "view_on_site"])
def test_lookups_across_models_have_no_address(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(f"admin:{name}", args=[1, 1] if name == "view_on_site" else [])


def test_only_these_models_have_pages() -> None:
    known = {"Enquiry", "Council", "Membership", "Message", "Absence", "Wording"}
    known |= {"Handover", "HouseholdProposal", "LetterTemplate", "LegalHold", "RetentionRule"}
    known |= {"Ambassador", "Introduction", "Mentorship", "Talk", "Concern", "Scheme"}
    known |= {"Gathering", "Subscriber", "Segment", "Mailing", "Campaign", "Cell"}
    assert {model.__name__ for model in admin.site._registry} == known


@pytest.mark.parametrize("action", ["add", "delete", "history"])
@pytest.mark.parametrize("model", ["councils_council", "councils_membership", "enquiries_enquiry"])
def test_nothing_is_added_deleted_or_told_from_the_log(model: str, action: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(f"admin:{model}_{action}", args=[] if action == "add" else [1])


@pytest.mark.parametrize("lookup", ["name__startswith=K", "phone__startswith=0", "hub__name__startswith=L"])
def test_a_list_cannot_be_questioned_through_its_address(cast: Cast, as_user: AsUser, lookup: str) -> None:
    answer = as_user(cast.mina).get(f"{reverse('admin:councils_council_changelist')}?{lookup}")
    assert answer.status_code in {302, 400}


def test_people_of_other_councils_are_not_listed(cast: Cast, as_user: AsUser) -> None:
    page = as_user(cast.mina).get(reverse("admin:councils_membership_changelist")).content.decode()
    assert "kate@example.org" in page
    assert "hal@example.org" not in page


def settings_of(council: Council) -> dict[str, object]:
    return {
        "duty_mailbox": "duty@kent.example.org",
        "opens_at": "08:30",
        "closes_at": "17:00",
        "promise_working_days": 2,
        "first_contact_by": "council",
        "assignment": "nobody",
    }


def test_a_manager_changes_the_councils_settings(cast: Cast, as_user: AsUser, kent: Council) -> None:
    answer = as_user(cast.mina).post(reverse("admin:councils_council_change", args=[kent.pk]), settings_of(kent))
    assert answer.status_code == 302
    kent.refresh_from_db()
    assert (kent.duty_mailbox, kent.promise_working_days) == ("duty@kent.example.org", 2)
    with as_council(kent):
        event = Event.objects.get(verb="council.settings_changed")
    assert (event.by_id, event.facts) == (
        cast.mina.pk,
        {
            "settings": ["duty_mailbox", "opens_at", "promise_working_days"],
            "hours_before": ["09:00:00", "17:00:00"],
        },
    )


def test_a_council_must_close_after_it_opens(cast: Cast, as_user: AsUser, kent: Council) -> None:
    sent = settings_of(kent) | {"opens_at": "18:00"}
    assert as_user(cast.mina).post(reverse("admin:councils_council_change", args=[kent.pk]), sent).status_code == 200
    kent.refresh_from_db()
    assert kent.duty_mailbox == ""


def test_a_manager_cannot_change_what_is_no_setting(cast: Cast, as_user: AsUser, kent: Council) -> None:
    as_user(cast.mina).post(
        reverse("admin:councils_council_change", args=[kent.pk]), settings_of(kent) | {"name": "Mine", "code": "XXX"}
    )
    kent.refresh_from_db()
    assert (kent.name, kent.code) == ("Kent County Council", "KEN")


def test_an_officer_may_read_the_settings_and_not_change_them(cast: Cast, as_user: AsUser, kent: Council) -> None:
    page = reverse("admin:councils_council_change", args=[kent.pk])
    assert as_user(cast.kate).get(page).status_code == 200
    assert as_user(cast.kate).post(page, settings_of(kent)).status_code == 403


def test_another_councils_settings_answer_like_none(
    cast: Cast, as_user: AsUser, kent: Council, hampshire: Council
) -> None:
    client = as_user(cast.mina)
    others = client.get(reverse("admin:councils_council_change", args=[hampshire.pk]), follow=True)
    nobodys = client.get(reverse("admin:councils_council_change", args=[987654]), follow=True)
    assert (others.status_code, others.redirect_chain) == (nobodys.status_code, nobodys.redirect_chain)
    assert "Hampshire" not in others.content.decode()
    posted = client.post(reverse("admin:councils_council_change", args=[hampshire.pk]), settings_of(hampshire))
    assert posted.status_code == 302
    hampshire.refresh_from_db()
    assert hampshire.duty_mailbox == ""


def test_a_role_that_ended_opens_nothing(cast: Cast, as_user: AsUser, kent: Council) -> None:
    Membership.objects.filter(user=cast.kate).update(ended_at="2026-01-01T00:00Z")
    page = reverse("admin:enquiries_enquiry_changelist")
    assert as_user(cast.kate).get(page).status_code == 403


def test_pages_are_kept_out_of_caches_and_frames(cast: Cast, as_user: AsUser) -> None:
    answer = as_user(cast.kate).get(reverse("admin:index"))
    assert "no-store" in answer["Cache-Control"]
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert quote("unsafe-inline") not in answer["Content-Security-Policy"]
