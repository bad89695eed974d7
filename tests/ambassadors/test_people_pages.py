"""The pages on which staff look after their council's ambassadors."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from ambassadors.introduction_states import State
from ambassadors.models import (
    Introduction,
    Offer,
)
from councils.models import Council, User
from councils.tenancy import as_council
from tests import factories
from tests.ambassadors.introducing import waiting
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
LIST = "admin:ambassadors_ambassador_changelist"


def test_the_pages_of_one_council_are_not_anothers(
    kent: Council, hampshire: Council, cast: Cast, as_user: Callable[[User], Client]
) -> None:
    cora, anna = as_user(factories.coordinator(kent)), factories.ambassador(kent, first_name="Anna")
    other = factories.ambassador(hampshire, first_name="Zoltan")
    page = cora.get(reverse(LIST)).content.decode()
    assert "Anna" in page
    assert "Zoltan" not in page
    for name in ("change", "leave"):
        assert cora.get(reverse(f"admin:ambassadors_ambassador_{name}", args=[anna.pk])).status_code == 200
        assert cora.get(reverse(f"admin:ambassadors_ambassador_{name}", args=[other.pk])).status_code == 404
    assert as_user(cast.kate).get(reverse(LIST)).status_code == 403


def test_whoever_pauses_somebody_is_told_what_goes_on(kent: Council, as_user: Callable[[User], Client]) -> None:
    cora, anna = as_user(factories.coordinator(kent)), factories.ambassador(kent)
    page = reverse("admin:ambassadors_ambassador_change", args=[anna.pk])
    assert "open and go" not in cora.get(page).content.decode()
    factories.introduction(waiting(kent), anna, state=State.AGREED)
    assert "1 conversation of theirs is open and goes on." in cora.get(page).content.decode()


def test_what_is_wrong_in_a_form_is_said_and_nothing_is_lost(kent: Council, as_user: Callable[[User], Client]) -> None:
    cora = as_user(factories.coordinator(kent))
    answer = cora.post(
        reverse("admin:ambassadors_ambassador_invite", args=[kent.slug]), {"first_name": "Anna", "email": "anna"}
    )
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "like name@example.org" in page
    assert 'value="Anna"' in page


def test_the_screen_of_one_who_leaves_offers_who_can_be_asked(kent: Council, as_user: Callable[[User], Client]) -> None:
    cora = as_user(factories.coordinator(kent))
    anna = factories.ambassador(kent, first_name="Anna")
    factories.ambassador(kent, first_name="Bert")
    factories.ambassador(kent, first_name="Stale", standing_until=None)
    made = factories.introduction(waiting(kent), anna, state=State.AGREED)
    address = reverse("admin:ambassadors_ambassador_leave", args=[anna.pk])
    page = cora.get(address).content.decode()
    assert "Bert" in page
    assert "Stale" not in page
    assert "Erin Example, KEN-" in page, "a first name cannot be checked"
    with as_council(kent):
        offer = Offer.objects.get(pair_id=made.pair_id)
    answer = cora.post(address, {f"to-{offer.pk}": ""}, follow=True)
    assert "an ambassador no longer" in answer.content.decode()
    with as_council(kent):
        assert Introduction.objects.get(pk=made.pk).state == State.HANDED_ON
