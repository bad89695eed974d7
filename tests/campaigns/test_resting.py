"""An email that is called off before it left disturbed nobody: they can be written to by the next one."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from campaigns.actions.stopping import cancel, pause
from campaigns.mailings.jobs import give_back_after_cancelling
from campaigns.models import Subscriber
from councils.clock import hub_now
from councils.models import Council
from councils.tenancy import across, as_council
from outbox.sending import deliver_due
from tests.campaigns import sending
from tests.outbox.conftest import Receiver, receiver

__all__ = ["receiver"]
Move = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def by_day(move_clock: Move) -> None:
    move_clock(sending.BY_DAY)


def mailed_at(own: Subscriber) -> datetime | None:
    with as_council(own.council_id):
        return Subscriber.objects.values_list("last_mailed_at", flat=True).get(pk=own.pk)


def test_those_who_got_nothing_of_a_cancelled_email_are_as_before(
    kent: Council, receiver: Receiver, move_clock: Move
) -> None:
    ed, sam, new = sending.editor(kent), sending.subscriber(kent, "sam@example.org"), "new@example.org"
    first = sending.running(kent, 0, sam)
    sending.expanded(first)
    deliver_due()
    before = mailed_at(sam)
    move_clock(sending.BY_DAY + timedelta(days=8))
    newcomer = sending.subscriber(kent, new)
    second = sending.running(kent, 0, sam, newcomer, name="Second")
    sending.expanded(second)
    pause(second, by=ed)
    assert give_back_after_cancelling() == 0, "it may go on"
    assert mailed_at(sam) == mailed_at(newcomer) == hub_now()
    cancel(sending.fresh(second), by=ed)
    assert (give_back_after_cancelling(), give_back_after_cancelling()) == (1, 0)
    assert (mailed_at(sam), mailed_at(newcomer)) == (before, None)
    third = sending.running(kent, 0, sam, newcomer, name="Third")
    sending.expanded(third)
    assert sending.recipients(third) == [("handed", ""), ("handed", "")]


def test_of_an_address_in_two_councils_both_rows_and_what_did_arrive_count(
    kent: Council, hampshire: Council, office: Council, receiver: Receiver, move_clock: Move
) -> None:
    here, there = (sending.subscriber(council, "sam@example.org") for council in (kent, hampshire))
    mailing = sending.running(office, 0, here)
    sending.expanded(mailing)
    assert mailed_at(here) == mailed_at(there) == sending.BY_DAY
    cancel(mailing, by=sending.editor(office, "Hester"))
    assert give_back_after_cancelling() == 1
    assert mailed_at(here) is mailed_at(there) is None
    sent = sending.running(hampshire, 0, there, name="Sent")
    sending.expanded(sent)
    deliver_due()
    assert cancel(sent, by=sending.editor(hampshire, "Hetty")).ended_at
    assert give_back_after_cancelling() == 0, "it has arrived"
    with across([kent.pk, hampshire.pk], reason="look"):
        assert set(Subscriber.objects.values_list("last_mailed_at", flat=True)) == {sending.BY_DAY}
