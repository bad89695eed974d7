"""Celery and the sweeper make their rounds at the same moment."""

import pytest
from django.db import transaction

from ambassadors.matched.rounds import make_round
from ambassadors.models import Proposal
from councils.models import Council, Hub
from councils.tenancy import as_council
from tests import factories
from tests.enquiries.test_handovers_races import at_once


@pytest.fixture
def council(committed_db: None) -> Council:
    return Council.objects.get(slug="kent")


def proposals(council: Council) -> list[str]:
    with as_council(council):
        return list(Proposal.objects.values_list("ambassador_name", flat=True))


def test_both_end_well_and_each_who_waits_has_one_proposal(council: Council) -> None:
    for _ in range(3):
        factories.wish(factories.enquiry(council))
        factories.ambassador(council)
        at_once(*[lambda: make_round(council.hub_id, {council.pk})] * 2)
        make_round(council.hub_id, {council.pk})
    assert proposals(council) == ["Anna"] * 3


def test_whoever_comes_second_leaves_it_to_the_first(council: Council) -> None:
    factories.wish(factories.enquiry(council))

    made: list[bool] = []
    with transaction.atomic():
        Hub.objects.select_for_update(no_key=True).get(pk=council.hub_id)
        at_once(lambda: made.append(make_round(council.hub_id, {council.pk})))
    assert made == [False]
    assert make_round(council.hub_id, {council.pk})
