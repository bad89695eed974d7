"""An audience becomes messages: each person one, and nobody who has said no since."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from campaigns.actions.leaving import leave
from campaigns.models import Mailing, Recipient, Subscriber
from campaigns.states import Excluded, MailingState, Reach, RecipientState
from councils.clock import hub_now
from councils.models import Council
from councils.tenancy import as_council
from outbox.sending import deliver_due
from outbox.states import Cover, Lane, State
from outbox.suppressions import HARD_BOUNCE, suppress
from tests.campaigns import sending
from tests.outbox.conftest import Receiver, receiver

__all__ = ["receiver"]
Move = Callable[[datetime], None]
SUNDAY, LATE = datetime(2027, 3, 7, 11, tzinfo=UTC), datetime(2027, 3, 3, 21, tzinfo=UTC)
HANDED, WAITING = (RecipientState.HANDED, ""), (RecipientState.WAITING, "")


def dropped(reason: Excluded) -> tuple[str, str]:
    return RecipientState.DROPPED, reason


@pytest.fixture(autouse=True)
def by_day(move_clock: Move) -> None:
    move_clock(sending.BY_DAY)


def test_everybody_gets_one_message_of_the_campaign_lane(kent: Council) -> None:
    mailing = sending.running(kent, 3)
    assert sending.expanded(mailing) == 3
    assert sending.expanded(mailing) == 0
    messages = sending.messages(mailing)
    assert [message.to_address for message in messages] == [f"p{n}@d{n}.example.org" for n in range(3)]
    assert {message.lane for message in messages} == {Lane.CAMPAIGN}
    assert sending.recipients(mailing) == [HANDED] * 3


def test_whoever_left_since_the_audience_was_fixed_is_left_out(kent: Council) -> None:
    gone, stays = sending.subscriber(kent, "gone@example.org"), sending.subscriber(kent, "stays@example.org")
    mailing = sending.running(kent, 0, gone, stays)
    leave(gone, how="page")
    sending.expanded(mailing)
    assert [message.to_address for message in sending.messages(mailing)] == ["stays@example.org"]
    assert sending.recipients(mailing) == [dropped(Excluded.SUPPRESSED), HANDED]


def test_an_address_that_does_not_work_any_more_is_left_out(kent: Council) -> None:
    mailing = sending.running(kent, 1)
    suppress("p0@d0.example.org", hub_id=kent.hub_id, cover=Cover.EVERYTHING, reason=HARD_BOUNCE)
    sending.expanded(mailing)
    assert sending.recipients(mailing) == [dropped(Excluded.BOUNCED)]


def test_whoever_leaves_while_their_copy_waits_does_not_get_it(kent: Council, receiver: Receiver) -> None:
    gone = sending.subscriber(kent, "gone@example.org")
    mailing = sending.running(kent, 1, gone)
    sending.expanded(mailing)
    leave(gone, how="one_click")
    deliver_due()
    assert [b"To: gone@" in mime for mime in receiver.stored] == [False]


def test_a_no_that_no_action_carried_to_the_outbox_is_heard_when_the_copy_leaves(
    kent: Council, receiver: Receiver
) -> None:
    """As of another council's people: their unsubscribing does not reach into the owner's outbox."""
    gone = sending.subscriber(kent, "gone@example.org")
    mailing = sending.running(kent, 0, gone)
    sending.expanded(mailing)
    with as_council(kent):
        Subscriber.objects.filter(pk=gone.pk).update(state="ended")
    assert deliver_due() == 0
    (message,) = sending.messages(mailing)
    assert (message.state, message.last_error, receiver.stored) == (State.CANCELLED, "left_out", [])
    assert sending.recipients(mailing) == [dropped(Excluded.NO_CONSENT)]


def test_a_regional_email_belongs_to_the_office_and_leads_out_of_it_by_the_subscribers_council(
    office: Council, kent: Council, hampshire: Council
) -> None:
    people = [sending.subscriber(kent, "k@example.org"), sending.subscriber(hampshire, "h@example.org")]
    mailing = sending.running(office, 0, *people)
    sending.expanded(mailing)
    assert [message.council_id for message in sending.messages(mailing)] == [office.pk] * 2
    leave(people[1], reach=Reach.REGION, how="page")
    assert deliver_due() == 1
    assert [message.state for message in sending.messages(mailing)] == [State.SUPPRESSED, State.SENT]


def test_every_row_of_the_hub_with_this_address_says_when_it_was_written_to(kent: Council, hampshire: Council) -> None:
    ours, theirs = sending.subscriber(kent, "both@example.org"), sending.subscriber(hampshire, "both@example.org")
    sending.expanded(sending.running(kent, 0, ours))
    with sending.everywhere():
        assert set(Subscriber.objects.values_list("last_mailed_at", flat=True)) == {hub_now()}
    other = sending.running(hampshire, 0, theirs)
    sending.expanded(other)
    assert sending.recipients(other) == [dropped(Excluded.RECENT)]


def test_one_who_cannot_be_written_to_keeps_nobody_back(kent: Council) -> None:
    odd = [sending.subscriber(kent, "no address"), sending.subscriber(kent, "x@exa mple.org")]
    mailing = sending.running(kent, 2, *odd)
    sending.expanded(mailing)
    assert len(sending.messages(mailing)) == 2
    assert sending.recipients(mailing) == [dropped(Excluded.NO_ADDRESS)] * 2 + [HANDED] * 2


def test_one_whom_the_database_does_not_take_keeps_nobody_back(kent: Council) -> None:
    mailing = sending.running(kent, 3)
    with as_council(kent):
        taken = Recipient.objects.filter(mailing=mailing.pk).order_by("pk").first()
        assert taken is not None
    sending.expanded(mailing)
    with as_council(kent):  # as if it had been written already, by whatever mistake
        Recipient.objects.filter(pk=taken.pk).update(state=RecipientState.WAITING)
    sending.expanded(mailing)
    assert len(sending.messages(mailing)) == 3
    assert sending.recipients(mailing) == [HANDED] * 3


@pytest.mark.parametrize("moment", [SUNDAY, LATE])
def test_nothing_is_written_outside_the_hours(kent: Council, move_clock: Move, moment: datetime) -> None:
    mailing = sending.running(kent, 1)
    move_clock(moment)
    assert sending.expanded(mailing) == 0
    assert sending.recipients(mailing) == [WAITING]


def test_a_batch_is_one_array_a_column(kent: Council) -> None:
    """A third of the time of writing it goes where each value is a parameter of its own."""
    mailing = sending.running(kent, 3)
    with CaptureQueriesContext(connection) as queries:
        sending.expanded(mailing)
    [written] = [each["sql"] for each in queries if each["sql"].startswith('INSERT INTO "outbox_message"')]
    assert "UNNEST(" in written


def test_few_wait_in_the_outbox(kent: Council, settings: Settings) -> None:
    settings.MAILING_BATCH, settings.MAILING_AHEAD = 3, 5
    mailing = sending.running(kent, 12)
    assert [sending.expanded(mailing) for _ in range(4)] == [3, 2, 0, 0]
    assert deliver_due() == 5
    assert sending.expanded(mailing) == 3


def test_no_more_than_so_many_a_minute(kent: Council, move_clock: Move) -> None:
    mailing = sending.running(kent, 5, per_minute=2)
    assert [sending.expanded(mailing) for _ in range(2)] == [2, 0]
    move_clock(sending.BY_DAY + timedelta(minutes=1, seconds=1))
    assert sending.expanded(mailing) == 2


@pytest.mark.parametrize("state", [state for state in MailingState if state != MailingState.RUNNING])
def test_nothing_is_written_for_one_that_does_not_go_out(kent: Council, state: MailingState) -> None:
    mailing = sending.running(kent, 1)
    ended = hub_now() if state in (MailingState.DONE, MailingState.CANCELLED) else None
    with as_council(kent):
        Mailing.objects.filter(pk=mailing.pk).update(state=state, ended_at=ended, start_at=hub_now())
    assert sending.expanded(mailing) == 0
