"""What every answer of a receiver does to a message: a real server, the real sender."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from celery.signals import worker_shutting_down

from councils.clock import hub_now
from councils.models import Council, ToDo
from councils.models.todos import ToDoKind
from councils.tenancy import as_council
from outbox.management.commands.sweep_outbox import _look
from outbox.models import Message, Suppression
from outbox.sending import InsideTransaction, deliver_due
from outbox.states import Cover, Lane, State
from outbox.suppressions import HARD_BOUNCE, OPTED_OUT, suppress
from outbox.tasks import _STOPPING, deliver, deliver_campaigns, told_to_stop
from tests.outbox.conftest import Receiver, put, seen

CASE = UUID(int=7)
Move = Callable[[datetime], None]


def todos(council: Council) -> list[tuple[str, UUID]]:
    with as_council(council):
        return list(ToDo.objects.values_list("kind", "subject_id"))


def test_an_accepted_message_is_sent_as_it_was_rendered(kent: Council, receiver: Receiver) -> None:
    message = put(kent, text="One\n.\n..two\n\nŁódź")
    assert deliver_due() == 1
    after = seen(kent, message)
    assert (after.state, after.smtp_reply, after.attempts) == (State.SENT, "250 OK", 1)
    assert after.settled_at is not None and after.lease_until is None
    assert receiver.stored == [bytes(after.mime)]
    assert deliver_due() == 0


def test_a_run_uses_one_connection(kent: Council, hampshire: Council, receiver: Receiver) -> None:
    for number in range(25):
        put(kent if number % 2 else hampshire, str(number))
    assert deliver_due() == 25
    assert (len(receiver.stored), len(receiver.sessions)) == (25, 1)


@pytest.mark.parametrize(
    ("where", "answer", "code"),
    [
        ("rcpt", "421 4.3.2 Going down", "smtp_421_4.3.2"),
        ("rcpt", "450 4.2.1 Mailbox busy", "smtp_450_4.2.1"),
        ("rcpt", "451 Greylisted", "smtp_451"),
        ("data", "452 4.3.1 Full", "smtp_452_4.3.1"),
    ],
)
def test_a_temporary_refusal_is_tried_again_later(
    kent: Council, receiver: Receiver, where: str, answer: str, code: str
) -> None:
    setattr(receiver, where, answer)
    message = put(kent)
    deliver_due()
    after = seen(kent, message)
    assert (after.state, after.attempts, after.last_error, after.smtp_reply) == (State.QUEUED, 1, code, answer)
    assert hub_now() < after.not_before <= hub_now() + timedelta(minutes=1)
    assert todos(kent) == []


def test_the_retry_gets_through(kent: Council, receiver: Receiver, move_clock: Move) -> None:
    receiver.rcpt = "450 4.2.1 Mailbox busy"
    message = put(kent)
    deliver_due()
    receiver.rcpt = "250 OK"
    move_clock(hub_now() + timedelta(minutes=2))
    deliver_due()
    assert (seen(kent, message).state, seen(kent, message).attempts) == (State.SENT, 2)


def test_an_address_that_does_not_exist_becomes_a_call(kent: Council, receiver: Receiver) -> None:
    receiver.rcpt = "550 5.1.1 No such user"
    message = put(kent, subject_kind="enquiry", subject_id=CASE)
    deliver_due()
    assert (seen(kent, message).state, seen(kent, message).last_error) == (State.SUPPRESSED, "smtp_550_5.1.1")
    assert todos(kent) == [(ToDoKind.RING_INSTEAD, CASE)]


def test_a_staff_address_that_does_not_exist_calls_nobody(kent: Council, receiver: Receiver) -> None:
    receiver.rcpt = "550 5.1.1 No such user"
    put(kent, subject_kind="enquiry", subject_id=CASE, to_staff=True)
    deliver_due()
    assert todos(kent) == [(ToDoKind.MAIL_FAILED, CASE)]


@pytest.mark.parametrize("where", ["rcpt", "data"])
def test_a_final_refusal_becomes_work_for_a_person(kent: Council, receiver: Receiver, where: str) -> None:
    setattr(receiver, where, "554 5.2.2 Mailbox full")
    message = put(kent)
    assert message is not None
    deliver_due()
    assert seen(kent, message).state == State.DEAD
    assert todos(kent) == [(ToDoKind.MAIL_FAILED, message.pk)]


def test_a_policy_refusal_blames_neither_message_nor_address(kent: Council, receiver: Receiver) -> None:
    receiver.rcpt = "550 5.7.1 Not from you"
    message = put(kent)
    deliver_due()
    after = seen(kent, message)
    assert (after.state, after.attempts, after.last_error) == (State.QUEUED, 0, "smtp_550_5.7.1")
    assert after.not_before >= hub_now() + timedelta(minutes=5)
    assert todos(kent) == []


def test_one_refused_message_does_not_hold_up_the_next(kent: Council, receiver: Receiver) -> None:
    receiver.rcpt = "550 5.1.1 No such user"
    bad = put(kent, "bad")
    deliver_due()
    receiver.rcpt = "250 OK"
    good = put(kent, "good", to="finn@example.org")
    deliver_due()
    assert (seen(kent, bad).state, seen(kent, good).state) == (State.SUPPRESSED, State.SENT)


@pytest.mark.usefixtures("nobody_listens")
def test_a_server_that_is_away_charges_one_message_and_gives_back_the_others(kent: Council) -> None:
    messages = [put(kent, str(number)) for number in range(3)]
    assert deliver_due() == 1
    after = sorted((seen(kent, message).state, seen(kent, message).attempts) for message in messages)
    assert after == [(State.QUEUED, 0), (State.QUEUED, 0), (State.QUEUED, 1)]
    assert {seen(kent, message).last_error for message in messages} == {"", "ConnectionRefusedError"}


def test_a_service_message_whose_end_nobody_heard_is_sent_again_alike(
    kent: Council, receiver: Receiver, move_clock: Move
) -> None:
    receiver.drops = True
    message = put(kent)
    deliver_due()
    assert seen(kent, message).state == State.QUEUED
    receiver.drops = False
    move_clock(hub_now() + timedelta(minutes=2))
    deliver_due()
    assert seen(kent, message).state == State.SENT
    assert receiver.stored[0] == receiver.stored[1]


def test_a_campaign_message_whose_end_nobody_heard_is_parked(kent: Council, receiver: Receiver) -> None:
    receiver.drops = True
    message = put(kent, lane=Lane.CAMPAIGN)
    deliver_due()
    assert seen(kent, message).state == State.UNKNOWN
    assert deliver_due() == 0


def test_what_is_tried_for_three_days_is_given_up(kent: Council, receiver: Receiver, move_clock: Move) -> None:
    receiver.rcpt = "450 4.2.1 Mailbox busy"
    start = hub_now()
    message = put(kent)
    for hour in range(0, 74, 2):
        move_clock(start + timedelta(hours=hour + 2))
        deliver_due()
    assert seen(kent, message).state == State.DEAD
    assert len(todos(kent)) == 1


def test_what_came_too_late_expires_and_becomes_work_for_a_person(
    kent: Council, receiver: Receiver, move_clock: Move
) -> None:
    message = put(kent, expires_at=hub_now() + timedelta(hours=1), subject_kind="enquiry", subject_id=CASE)
    move_clock(hub_now() + timedelta(hours=1))
    assert deliver_due() == 0
    assert (seen(kent, message).state, receiver.stored) == (State.EXPIRED, [])
    assert todos(kent) == [(ToDoKind.MAIL_FAILED, CASE)]


def test_a_message_planned_for_later_waits(kent: Council, receiver: Receiver, move_clock: Move) -> None:
    put(kent, not_before=hub_now() + timedelta(hours=1))
    assert deliver_due() == 0
    move_clock(hub_now() + timedelta(hours=1))
    assert deliver_due() == 1


def test_service_messages_leave_before_campaigns(kent: Council, receiver: Receiver) -> None:
    put(kent, "campaign", lane=Lane.CAMPAIGN)
    put(kent, "service", subject="Service")
    deliver_due()
    assert b"Subject: Service" in receiver.stored[0]


def test_the_sweeper_leaves_to_the_workers_what_is_not_overdue(
    kent: Council, receiver: Receiver, move_clock: Move
) -> None:
    put(kent)
    assert deliver_due(overdue_by=timedelta(seconds=15)) == 0
    move_clock(hub_now() + timedelta(seconds=16))
    assert deliver_due(overdue_by=timedelta(seconds=15)) == 1


def test_nothing_is_sent_inside_a_transaction(kent: Council, receiver: Receiver) -> None:
    with as_council(kent), pytest.raises(InsideTransaction):
        deliver_due()


def test_an_address_that_was_suppressed_since_is_not_written_to(kent: Council, receiver: Receiver) -> None:
    message = put(kent, subject_kind="enquiry", subject_id=CASE)
    suppress("Erin@example.org", hub_id=kent.hub_id, cover=Cover.EVERYTHING, reason=HARD_BOUNCE)
    assert deliver_due() == 0
    assert (seen(kent, message).state, seen(kent, message).attempts) == (State.SUPPRESSED, 0)
    assert todos(kent) == [(ToDoKind.RING_INSTEAD, CASE)]


def test_a_no_to_promotion_stops_campaigns_and_nothing_else(kent: Council, receiver: Receiver) -> None:
    service, campaign = put(kent, "1"), put(kent, "2", lane=Lane.CAMPAIGN)
    suppress("erin@example.org", hub_id=kent.hub_id, cover=Cover.PROMOTIONAL, reason=OPTED_OUT)
    deliver_due()
    assert (seen(kent, service).state, seen(kent, campaign).state) == (State.SENT, State.SUPPRESSED)
    assert not Suppression.objects.filter(cover=Cover.EVERYTHING).exists()


def test_a_sender_told_to_stop_ends_after_the_message_on_its_way_and_gives_back_the_rest(
    kent: Council, receiver: Receiver
) -> None:
    messages = [put(kent, str(number)) for number in range(5)]
    assert deliver_due(told_to_stop=lambda: len(receiver.stored) >= 2) == 2
    after = sorted((row.state, row.attempts, row.lease_until) for row in (seen(kent, each) for each in messages))
    assert after == [(State.QUEUED, 0, None)] * 3 + [(State.SENT, 1, None)] * 2


def test_a_worker_that_shuts_down_stops_its_senders() -> None:
    assert not told_to_stop()
    try:
        worker_shutting_down.send(sender="worker", sig="SIGTERM", how="Warm", exitcode=0)
        assert told_to_stop()
    finally:
        _STOPPING[0] = 0


@pytest.mark.usefixtures("committed_db")
def test_the_sender_of_service_messages_and_the_sweeper_never_take_campaigns() -> None:
    kent = Council.objects.get(slug="kent")
    campaign = put(kent, lane=Lane.CAMPAIGN, not_before=hub_now() - timedelta(hours=1))
    deliver()
    _look(timedelta(seconds=15), threading.Event())
    assert seen(kent, campaign).state == State.QUEUED
    deliver_campaigns()
    assert seen(kent, campaign).state == State.SENT


def test_many_messages_are_each_sent_once_and_each_counted_once(
    kent: Council, hampshire: Council, receiver: Receiver
) -> None:
    """More than a batch, so that the way from one message to the next and from batch to batch are both walked."""
    for number in range(25):
        put(kent if number % 2 else hampshire, str(number))
    assert deliver_due() == 25
    for council, count in ((kent, 12), (hampshire, 13)):
        with as_council(council):
            assert list(Message.objects.values_list("state", "attempts")) == [(State.SENT, 1)] * count


def test_a_message_that_is_planned_far_ahead_has_its_three_days_too(
    kent: Council, receiver: Receiver, move_clock: Move
) -> None:
    receiver.rcpt = "450 4.2.1 Mailbox busy"
    in_a_week = hub_now() + timedelta(days=7)
    message = put(kent, not_before=in_a_week, expires_at=in_a_week + timedelta(days=7))
    move_clock(in_a_week)
    deliver_due()
    assert seen(kent, message).state == State.QUEUED


@pytest.mark.parametrize("answer", ["250 OK", "251 Forwarded", "252 Taken unseen"])
def test_whatever_takes_a_mail_is_not_asked_again(kent: Council, receiver: Receiver, answer: str) -> None:
    receiver.data = answer
    message = put(kent)
    deliver_due()
    assert (seen(kent, message).state, seen(kent, message).smtp_reply) == (State.SENT, answer)
