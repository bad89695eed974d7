"""Each invariant of handovers, broken by hand, is found; healthy ones pass."""

import pytest

from councils.models import Council
from councils.tenancy import across, as_council
from enquiries.handover_states import HandoverState, Side
from enquiries.models import Enquiry, Handover
from enquiries.states import State
from outbox.models import Message
from tests import factories
from tests.conftest import Cast
from tests.enquiries.handing import ask, passed_on, refuse
from tests.lafse.test_verification import ACKNOWLEDGED, WRITTEN_TO, broken

ALIKE = "every handover is known alike to both councils"
ONE_CASE = "every accepted handover goes on in one case"


@pytest.fixture
def new(kent: Council, hampshire: Council, cast: Cast) -> Enquiry:
    """Came from Kent. Another case of Kent's waits for Hampshire's answer, a third was refused."""
    ask(factories.enquiry(kent, email="one@example.org"), hampshire, cast.kate)
    refuse(ask(factories.enquiry(kent, email="two@example.org"), hampshire, cast.kate), cast.hal)
    return passed_on(factories.enquiry(kent), hampshire, cast.kate, cast.hal)


@pytest.fixture
def received(new: Enquiry, hampshire: Council) -> Handover:
    with as_council(hampshire):
        return Handover.objects.get(enquiry=new)


def test_handovers_waiting_refused_and_accepted_are_well(new: Enquiry) -> None:
    assert broken() == {}


def test_a_row_without_the_other_is_found(new: Enquiry, hampshire: Council, received: Handover) -> None:
    with as_council(hampshire):
        Handover.objects.filter(pk=received.pk).delete()
    assert broken()[ALIKE] == (f"handover {received.pair_id}",)


@pytest.mark.parametrize("changed", [{"state": HandoverState.WITHDRAWN}, {"side": Side.SENT}, {"reference": "X"}])
def test_rows_that_do_not_agree_are_found(
    new: Enquiry, hampshire: Council, received: Handover, changed: dict[str, str]
) -> None:
    with as_council(hampshire):
        Handover.objects.filter(pk=received.pk).update(**changed)
    assert broken()[ALIKE] == (f"handover {received.pair_id}",)


def test_an_accepted_handover_without_a_case_is_found(new: Enquiry, hampshire: Council, received: Handover) -> None:
    with as_council(hampshire):
        Handover.objects.filter(pk=received.pk).update(enquiry=None)
    assert broken() == {ONE_CASE: (f"handover {received.pk}",)}


def test_a_journey_that_is_open_in_both_councils_is_found(new: Enquiry, kent: Council, hampshire: Council) -> None:
    with across([kent, hampshire], reason="test"):
        sent = Handover.objects.get(state=HandoverState.ACCEPTED, side=Side.SENT)
        Enquiry.objects.filter(handovers=sent).update(state=State.NEW, closed_at=None, next_due_at=new.promise_due_at)
    assert broken()[ONE_CASE] == (f"handover {sent.pk}", f"journey {new.journey_id}")


def test_who_was_not_told_and_is_nobodys_call_is_found(new: Enquiry, hampshire: Council) -> None:
    with as_council(hampshire):
        Message.objects.filter(kind="handed_over").delete()
    assert broken() == {WRITTEN_TO: (f"enquiry {new.pk}",)}


def test_a_case_that_came_by_a_handover_counts_as_acknowledged(new: Enquiry) -> None:
    assert ACKNOWLEDGED not in broken()
