"""The audit of an email to many, and the invariant of every living database, hold; and find what is wrong."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from campaigns.actions.stopping import cancel
from campaigns.mailings.jobs import finish_what_is_through
from campaigns.mailings.numbers import FORGOTTEN, numbers_of
from campaigns.models import Mailing, Recipient
from campaigns.states import RecipientState
from councils.models import Council
from councils.tenancy import as_council
from lafse.verification.campaigns import every_email_to_many_adds_up
from outbox.models import Message
from tests.campaigns import sending
from tests.outbox.conftest import Receiver, receiver

__all__ = ["receiver"]


@pytest.fixture
def done(kent: Council, receiver: Receiver, move_clock: Callable[[datetime], None]) -> Mailing:
    move_clock(sending.BY_DAY)
    mailing = sending.running(kent, 3)
    sending.all_sent(mailing)
    finish_what_is_through()
    return sending.fresh(mailing)


def offending() -> int:
    with sending.everywhere():
        return len(every_email_to_many_adds_up().offending)


def test_sent_is_unique_recipients(done: Mailing, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("campaign_audit", str(done.pk))
    assert "sent = unique recipients: 3 = 3" in capsys.readouterr().out
    assert offending() == 0


def test_a_second_copy_to_one_address_is_found(done: Mailing) -> None:
    with as_council(done.council_id):
        one, two, _ = Message.objects.filter(subject_id=done.pk)
        Message.objects.filter(pk=two.pk).update(to_address=one.to_address)
    with pytest.raises(CommandError, match="more than one message"):
        call_command("campaign_audit", str(done.pk))
    assert offending() == 1


def test_a_recipient_whose_message_is_gone_is_found(done: Mailing) -> None:
    with as_council(done.council_id):
        Recipient.objects.filter(pk=Recipient.objects.values("pk")[:1]).update(message_key=uuid4())
    with pytest.raises(CommandError, match="have no message"):
        call_command("campaign_audit", str(done.pk))


def test_one_that_is_done_while_somebody_waits_is_found(done: Mailing) -> None:
    with as_council(done.council_id):
        Recipient.objects.filter(pk=Recipient.objects.values("pk")[:1]).update(state=RecipientState.WAITING)
    with pytest.raises(CommandError, match="1 wait"):
        call_command("campaign_audit", str(done.pk))


def test_its_sums_outlive_its_recipients(done: Mailing) -> None:
    with as_council(done.council_id):
        before = numbers_of(done)
        Recipient.objects.all().delete()
        assert numbers_of(done) == before and before.adds_up
    assert offending() == 0


def test_the_sums_of_a_cancelled_one_outlive_its_recipients(
    kent: Council, receiver: Receiver, move_clock: Callable[[datetime], None]
) -> None:
    move_clock(sending.BY_DAY)
    gone = sending.subscriber(kent, "gone@example.org")
    mailing = sending.running(kent, 2, gone)
    with as_council(kent):
        type(gone).objects.filter(pk=gone.pk).update(state="ended")
    sending.all_sent(mailing)
    cancelled = cancel(mailing, by=sending.editor(kent))
    with as_council(kent):
        Recipient.objects.all().delete()
        numbers = numbers_of(cancelled)
    assert (numbers.sent, dict(numbers.left_out), numbers.adds_up) == (2, {FORGOTTEN: 1}, True)


def test_whom_a_cancelled_one_did_not_reach_is_not_still_to_come(
    kent: Council, capsys: pytest.CaptureFixture[str]
) -> None:
    mailing = sending.running(kent, 2)
    with as_council(kent):
        cancel(mailing, by=sending.editor(kent))
    call_command("campaign_audit", str(mailing.pk))
    told = capsys.readouterr().out
    assert "2  not written to" in told and "still to come" not in told


def test_an_id_of_none_is_told(db: None) -> None:
    with pytest.raises(CommandError, match="no email"):
        call_command("campaign_audit", str(uuid4()))
