"""Whoever works for several councils chooses one, or all; every page follows, and says which."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from councils.models import Council, Membership, User
from councils.roles import Role
from enquiries.models import Enquiry
from tests import factories
from tests.conftest import Cast

AsUser = Callable[[User], Client]
BOARD = "/staff/enquiries/enquiry/"


@pytest.fixture
def medway(db: None) -> Council:
    return Council.objects.get(slug="medway")


@pytest.fixture
def achieng(kent: Council, medway: Council) -> User:
    user = factories.user("Achieng", kent, Role.OFFICER)
    Membership.objects.create(user=user, council=medway, role=Role.MANAGER)
    return user


@pytest.fixture
def cases(kent: Council, medway: Council, hampshire: Council) -> dict[str, Enquiry]:
    return {each.slug: factories.enquiry(each) for each in (kent, medway, hampshire)}


def switch(client: Client, council: Council | None, **sent: str) -> str:
    answer = client.post(reverse("admin:work_for"), {"council": council.pk if council else "", **sent})
    assert answer.status_code == 302
    return str(answer["Location"])


def text(client: Client, page: str) -> str:
    return client.get(page).content.decode()


def test_the_header_says_for_which_council_one_works(cast: Cast, as_user: AsUser, achieng: User, kent: Council) -> None:
    assert "You work for <strong>Kent County Council</strong>" in text(as_user(cast.kate), "/staff/")
    assert "You work for <strong>Whole hub</strong>" in text(as_user(cast.olu), "/staff/")
    client = as_user(achieng)
    assert "You work for <strong>Both councils</strong>" in text(client, "/staff/")
    switch(client, kent)
    page = text(client, "/staff/")
    assert "You work for <strong>Kent County Council</strong>" in page
    assert 'value="">Both councils</button>' in page


def test_whoever_works_for_one_council_is_not_asked_to_choose(cast: Cast, as_user: AsUser) -> None:
    assert reverse("admin:work_for") not in text(as_user(cast.kate), "/staff/")


def test_lists_follow_the_choice(
    as_user: AsUser, achieng: User, kent: Council, medway: Council, cases: dict[str, Enquiry]
) -> None:
    client = as_user(achieng)
    for chosen, seen in ((kent, {"kent"}), (medway, {"medway"}), (None, {"kent", "medway"})):
        switch(client, chosen)
        page = text(client, BOARD)
        assert {slug for slug, case in cases.items() if case.reference in page} == seen


def test_roles_follow_the_choice(as_user: AsUser, achieng: User, kent: Council) -> None:
    client = as_user(achieng)
    page = reverse("admin:enquiries_enquiry_export")
    assert client.get(page).status_code == 200  # she manages Medway
    switch(client, kent)
    refused = client.get(page)
    assert refused.status_code == 403
    assert "Look in both councils" in refused.content.decode()


def test_a_case_of_another_of_ones_councils_is_one_button_away(
    as_user: AsUser, achieng: User, kent: Council, cases: dict[str, Enquiry]
) -> None:
    client = as_user(achieng)
    switch(client, kent)
    page = reverse("admin:enquiries_enquiry_change", args=[cases["medway"].pk])
    lost = client.get(page)
    assert lost.status_code == 404
    assert "Look in both councils" in lost.content.decode()
    assert switch(client, None, then=page) == page
    assert client.get(page).status_code == 200


def test_what_is_not_found_tells_nothing_about_councils_that_are_not_ones_own(
    as_user: AsUser, achieng: User, kent: Council, cases: dict[str, Enquiry]
) -> None:
    client = as_user(achieng)
    switch(client, kent)
    client.get("/staff/")  # tells once that she has switched

    def told(key: object) -> list[str]:
        page = text(client, reverse("admin:enquiries_enquiry_change", args=[key]))
        return [line.replace(str(key), "KEY") for line in page.splitlines() if "csrf" not in line]

    nobodys = told("00000000-0000-4000-8000-000000000009")
    assert told(cases["hampshire"].pk) == told(cases["medway"].pk) == nobodys


def test_a_council_that_is_not_ones_own_answers_like_none(
    as_user: AsUser, achieng: User, hampshire: Council, kent: Council
) -> None:
    client = as_user(achieng)
    switch(client, kent)
    for asked in (str(hampshire.pk), "987654", "kent"):
        answer = client.post(reverse("admin:work_for"), {"council": asked}, follow=True)
        page = answer.content.decode()
        assert "You do not work for that council" in page
        assert "You work for <strong>Kent County Council</strong>" in page


def test_a_council_where_one_works_no_more_is_left_by_itself(
    as_user: AsUser, achieng: User, kent: Council, medway: Council
) -> None:
    client = as_user(achieng)
    switch(client, kent)
    Membership.objects.filter(user=achieng, council=kent).update(ended_at="2026-01-01T00:00Z")
    assert "You work for <strong>Medway Council</strong>" in text(client, "/staff/")


@pytest.mark.parametrize(
    ("referer", "then", "leads_to"),
    [
        ("http://testserver/staff/enquiries/enquiry/?state=new", "", BOARD),
        ("http://testserver/staff/enquiries/enquiry/00000000-0000-4000-8000-000000000009/change/", "", "/staff/"),
        ("https://example.com/staff/enquiries/enquiry/", "", "/staff/"),
        ("", "https://example.com/staff/", "/staff/"),
        ("", "//example.com/staff/", "/staff/"),
        ("", "/enquire/", "/staff/"),
    ],
)
def test_switching_leads_back_to_a_page_of_ours(
    as_user: AsUser, achieng: User, kent: Council, referer: str, then: str, leads_to: str
) -> None:
    client = as_user(achieng)
    answer = client.post(
        reverse("admin:work_for"), {"council": kent.pk, "then": then}, headers={"Referer": referer} if referer else {}
    )
    assert answer["Location"] == leads_to


def test_switching_is_a_button(as_user: AsUser, achieng: User) -> None:
    assert as_user(achieng).get(reverse("admin:work_for")).status_code == 405


def test_a_hub_officer_chooses_from_a_list(cast: Cast, as_user: AsUser, kent: Council) -> None:
    client = as_user(cast.olu)
    assert '<select id="work-for"' in text(client, "/staff/")
    switch(client, kent)
    assert "You work for <strong>Kent County Council</strong>" in text(client, BOARD)
