"""Rows that other tests stand on are rows that the hub could have made."""

import pytest

from ambassadors.introduction_states import OPEN, State
from ambassadors.pairs import pair_at, where_of_introduction
from councils.models import Council
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", State)
def test_both_rows_of_a_pair_agree(kent: Council, hampshire: Council, state: State) -> None:
    case, anna = factories.enquiry(kent), factories.ambassador(hampshire, most=2)
    factories.wish(case)
    introduction = factories.introduction(case, anna, state)
    with pair_at(where_of_introduction(introduction), lock=True) as pair:
        assert pair.state == pair.offer.state == state
        assert (pair.introduction.ended_at is None) == (pair.offer.ended_at is None) == (state in OPEN)


def test_each_open_offer_has_a_seat_of_its_own(kent: Council) -> None:
    anna = factories.ambassador(kent, most=2)
    first, second = (factories.introduction(factories.enquiry(kent), anna) for _ in range(2))
    seats = []
    for each in (first, second):
        with pair_at(where_of_introduction(each)) as pair:
            seats.append(pair.offer.seat)
    assert seats == [1, 2]
