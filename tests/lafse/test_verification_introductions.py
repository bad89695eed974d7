"""Each invariant of introductions, broken by hand, is found; healthy ones pass."""

from uuid import uuid4

import pytest

from ambassadors.introduction_states import State
from ambassadors.models import Introduction, Offer
from councils.models import Council
from councils.tenancy import as_council
from tests import factories
from tests.lafse.test_verification import broken

pytestmark = pytest.mark.django_db
ALIKE = "both rows of every introduction agree"


@pytest.fixture
def made(kent: Council, hampshire: Council) -> Introduction:
    """Across the border, and agreed; another one of Kent's own was declined."""
    factories.introduction(factories.enquiry(kent), factories.ambassador(kent), State.DECLINED)
    return factories.introduction(factories.enquiry(kent), factories.ambassador(hampshire), State.AGREED)


def found() -> tuple[str, ...]:
    return broken().get(ALIKE, ())


def test_introductions_open_and_ended_are_well(made: Introduction) -> None:
    assert found() == ()
    assert "nobody has two conversations in one seat" not in broken()


def test_a_row_without_the_other_is_found(made: Introduction, hampshire: Council) -> None:
    with as_council(hampshire):
        Offer.objects.filter(pair_id=made.pair_id).delete()
    assert found() == (f"introduction {made.pair_id}",)


@pytest.mark.parametrize("changed", [{"state": State.OFFERED}, {"pair_id": uuid4()}])
def test_rows_that_do_not_agree_are_found(made: Introduction, hampshire: Council, changed: dict[str, object]) -> None:
    with as_council(hampshire):
        Offer.objects.filter(pair_id=made.pair_id).update(**changed)
    assert f"introduction {made.pair_id}" in found()


def test_an_end_without_a_time_is_found(made: Introduction, kent: Council, hampshire: Council) -> None:
    for council, model in ((kent, Introduction), (hampshire, Offer)):
        with as_council(council):
            model.objects.filter(pair_id=made.pair_id).update(state=State.SPOKE)
    assert found() == (f"introduction {made.pair_id}",)
