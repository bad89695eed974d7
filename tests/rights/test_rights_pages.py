"""Erasing from the page of a case, and asking for it on one's own page."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from councils.clock import hub_now
from councils.doors import open_door
from councils.models import Council, ErasureRequest, Event, ToDo, User
from councils.models.doors import DoorPurpose
from councils.models.todos import ToDoKind
from councils.tenancy import as_council
from enquiries.actions.rights import a_month_after
from enquiries.models import Enquiry
from enquiries.rights.erasing import erase_pending
from tests import factories


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(case: Enquiry, name: str = "change") -> str:
    return reverse(f"admin:enquiries_enquiry_{name}", args=[case.pk])


def test_a_manager_erases_from_the_page_of_the_case(kent: Council, mina: User) -> None:
    case, client = factories.enquiry(kent), logged_in(mina)
    assert page_of(case, "erase") in client.get(page_of(case)).content.decode()
    asked = client.get(page_of(case, "erase")).content.decode()
    assert "What goes" in asked
    assert "This enquiry is open" in asked
    assert client.post(page_of(case, "erase"), {"cause": "asked", "sure": "on"}).status_code == 302
    assert "This was asked for on" in client.get(page_of(case, "erase")).content.decode()
    assert erase_pending() == 1
    left = client.get(page_of(case)).content.decode()
    assert "was erased on" in left
    assert "Erin" not in left
    trail = client.get(page_of(case, "trail"))
    assert trail.status_code == 200
    assert "Erin" not in trail.content.decode()
    assert client.get(page_of(case, "erase")).status_code == 404


@pytest.mark.parametrize("sent", [{}, {"cause": "asked"}, {"sure": "on"}, {"cause": "retention", "sure": "on"}])
def test_nothing_is_erased_by_half_a_form(kent: Council, mina: User, sent: dict[str, str]) -> None:
    case = factories.enquiry(kent)
    assert logged_in(mina).post(page_of(case, "erase"), sent).status_code == 422
    with as_council(kent):
        assert not ErasureRequest.objects.exists()


def test_who_does_not_answer_for_the_council_erases_nothing(kent: Council, hampshire: Council, kate: User) -> None:
    sent = {"cause": "asked", "sure": "on"}
    case, elsewhere = factories.enquiry(kent), factories.enquiry(hampshire)
    assert logged_in(kate).post(page_of(case, "erase"), sent).status_code == 403
    assert page_of(case, "erase") not in logged_in(kate).get(page_of(case)).content.decode()
    assert logged_in(kate).get(page_of(elsewhere, "erase")).status_code == 403


def test_another_councils_case_is_none(kent: Council, hampshire: Council, mina: User) -> None:
    elsewhere = factories.enquiry(hampshire)
    sent = {"cause": "asked", "sure": "on"}
    assert logged_in(mina).post(page_of(elsewhere, "erase"), sent).status_code == 404


def test_an_erased_case_is_on_lists_as_erased_and_changed_by_no_form(kent: Council, mina: User) -> None:
    case, client = factories.enquiry(kent), logged_in(mina)
    client.post(page_of(case, "erase"), {"cause": "asked", "sure": "on"})
    erase_pending()
    assert client.post(page_of(case, "note"), {"text": "Erin again"}).status_code == 409
    assert client.post(page_of(case, "claim")).status_code == 409
    listed = client.get(reverse("admin:enquiries_enquiry_changelist"), {"state": "closed"}).content.decode()
    assert "Erin" not in listed


def opened(case: Enquiry) -> Client:
    client = Client()
    token = open_door(
        purpose=DoorPurpose.STATUS,
        council=case.council_id,
        subject_id=case.pk,
        expires_at=hub_now() + timedelta(days=1),
    )
    client.get(reverse("status:open", args=[token]))
    return client


def test_the_enquirer_asks_and_the_council_decides(kent: Council, mina: User) -> None:
    case = factories.enquiry(kent)
    client = opened(case)
    assert reverse("status:delete") in client.get(reverse("status:page")).content.decode()
    assert "by " in client.get(reverse("status:delete")).content.decode()
    for _ in range(2):
        assert client.post(reverse("status:delete")).status_code == 302
    assert "You have asked us to delete" in client.get(reverse("status:delete")).content.decode()
    with as_council(kent):
        todo = ToDo.objects.get(subject_id=case.pk, kind=ToDoKind.ASKED_ERASURE)
        assert todo.due_at
        assert timedelta(days=27) < todo.due_at - hub_now() < timedelta(days=32)
        assert Event.objects.filter(subject_id=case.pk, verb="enquiry.erasure_asked").count() == 1
        assert Enquiry.objects.get(pk=case.pk).stopped_at
    logged_in(mina).post(page_of(case, "erase"), {"cause": "asked", "sure": "on"})
    with as_council(kent):
        assert ToDo.objects.get(pk=todo.pk).done_by == mina
    erase_pending()
    assert client.get(reverse("status:page"))["Location"] == reverse("status:closed")


@pytest.mark.parametrize("known", [True, False])
def test_the_hub_office_sees_to_the_other_councils(kent: Council, hampshire: Council, known: bool) -> None:
    """And nobody else learns that there are any."""
    case = factories.enquiry(kent, email="both@example.org", phone="")
    factories.enquiry(hampshire, email="both@example.org" if known else "else@example.org", phone="")
    client = opened(case)
    client.post(reverse("status:delete"))
    assert "Hampshire" not in client.get(reverse("status:delete")).content.decode()
    office = Council.objects.get(slug="lafse-office")
    with as_council(office):
        assert ToDo.objects.filter(subject_id=case.pk, kind=ToDoKind.ASKED_ERASURE).exists() is known
    with as_council(hampshire):
        assert not ToDo.objects.filter(kind=ToDoKind.ASKED_ERASURE).exists()


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2026, 1, 15), date(2026, 2, 15)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2026, 12, 1), date(2027, 1, 1)),
        (date(2028, 1, 30), date(2028, 2, 29)),
    ],
)
def test_a_month_is_a_month(day: date, later: date) -> None:
    assert a_month_after(day) == later
