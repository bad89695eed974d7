"""An ambassador's concern: about a conversation or a mentorship of theirs, or in general."""

import pytest
from django.test import Client
from django.urls import reverse

from ambassadors.actions import mentoring
from ambassadors.introduction_states import State
from ambassadors.models import Ambassador, Concern, ConcernFrom, Offer, Scheme
from councils.access import access_of
from councils.models import Council
from councils.tenancy import as_council
from enquiries.models import Enquiry
from tests import factories
from tests.ambassadors.own_pages import as_ambassador_client, post, somebody, text_of

WORDS = {"about": "child", "text": "A pangolin lives in the attic"}


@pytest.fixture
def anna(kent: Council) -> Ambassador:
    return factories.ambassador(kent, first_name="Anna", is_mentor=True)


@pytest.fixture
def client(anna: Ambassador) -> Client:
    return as_ambassador_client(anna)


def written(council: Council) -> list[Concern]:
    with as_council(council):
        return list(Concern.objects.filter(council=council))


def offer_to(ambassador: Ambassador, case: Enquiry, state: State) -> Offer:
    row = factories.introduction(case, ambassador, state)
    with as_council(ambassador.council_id):
        return Offer.objects.get(council=ambassador.council_id, pair_id=row.pair_id)


def test_whom_to_ring_comes_first_here_too(anna: Ambassador, client: Client, kent: Council) -> None:
    Scheme.objects.create(council=kent, out_of_hours_phone="03000 419191")
    assert reverse("ambassadors:concern") in text_of(client)
    page = text_of(client, "concern/")
    marks = ["call 999", "tel:03000419191", "Do not write the name of any child", "What is it about?"]
    assert sorted(marks, key=page.index) == marks


def test_one_in_general_is_the_own_councils(anna: Ambassador, client: Client, kent: Council) -> None:
    assert post(client, "concern/", **WORDS)["Location"] == reverse("ambassadors:concern_sent")
    (concern,) = written(kent)
    assert (concern.said_by, concern.ambassador_key) == (ConcernFrom.AMBASSADOR, anna.pk)
    assert concern.pair_id is None
    assert concern.enquiry_key is None
    assert "Thank you for telling us" in text_of(client, "concern/sent/")


def test_one_about_another_councils_enquirer_is_told_to_both(
    anna: Ambassador, client: Client, kent: Council, hampshire: Council
) -> None:
    case = factories.enquiry(hampshire)
    offer = offer_to(anna, case, State.AGREED)
    page = text_of(client, f"concern/{offer.pk}/")
    assert f"{hampshire.name} and {kent.name}" in page
    stop = reverse("ambassadors:conversation_stop", args=[offer.pk])
    assert stop in page
    after = post(client, f"concern/{offer.pk}/", **WORDS)["Location"]
    assert stop in client.get(after).content.decode()
    (here,), (there,) = written(kent), written(hampshire)
    assert (here.ambassador_key, here.enquiry_key) == (anna.pk, None)
    assert (there.ambassador_key, there.enquiry_key) == (None, case.pk)
    assert here.concern_id == there.concern_id


def test_a_mentor_has_one_about_their_mentorship(anna: Ambassador, client: Client, kent: Council) -> None:
    case = factories.enquiry(kent)
    with as_council(kent):
        Enquiry.objects.filter(pk=case.pk).update(state="panel")
    mentorship = mentoring.begin(case, anna.pk, by=access_of(factories.coordinator(kent)))
    assert post(client, f"concern/{mentorship.pk}/", **WORDS).status_code == 302
    (concern,) = written(kent)
    assert (concern.ambassador_key, concern.enquiry_key) == (anna.pk, case.pk)


def test_another_ambassadors_conversation_is_not_there(anna: Ambassador, client: Client, kent: Council) -> None:
    theirs = offer_to(factories.ambassador(kent, first_name="Bea"), factories.enquiry(kent), State.AGREED)
    for page in (f"concern/{theirs.pk}/", f"concern/{theirs.pk}/sent/"):
        assert client.get(f"/ambassadors/{page}").status_code == 404
    assert post(client, f"concern/{theirs.pk}/", **WORDS).status_code == 404
    assert written(kent) == []


def test_one_that_staff_have_not_confirmed_is_not_there(
    anna: Ambassador, client: Client, kent: Council, hampshire: Council
) -> None:
    offer = offer_to(anna, factories.enquiry(hampshire), State.TO_CONFIRM)
    assert client.get(f"/ambassadors/concern/{offer.pk}/").status_code == 404


def test_without_a_link_nobody_comes_in(kent: Council) -> None:
    assert post(somebody(), "concern/", **WORDS).status_code == 302
    assert written(kent) == []


def test_nothing_to_say_is_refused(client: Client, kent: Council) -> None:
    answer = post(client, "concern/", about="child", text=" ")
    assert answer.status_code == 422
    assert "Say what happened" in answer.content.decode()
    assert written(kent) == []
