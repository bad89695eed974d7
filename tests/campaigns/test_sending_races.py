"""Two senders, dead senders, somebody who leaves and somebody who pauses while it goes out: each person has one copy at
the most, and whoever said no has none that left afterwards."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection, connections
from pytest_django import Settings

from campaigns.actions import expanding
from campaigns.actions.leaving import leave
from campaigns.actions.stopping import pause, resume
from campaigns.mailings.auditing import audit
from campaigns.models import Mailing
from campaigns.states import MailingState
from councils.models import Council
from councils.tenancy import as_council
from outbox import timings
from outbox.failpoints import AFTER_CLAIM, AFTER_DOT, AFTER_SETTLE
from outbox.refilling import deliver_and_refill
from tests.campaigns import sending
from tests.dying import killed
from tests.outbox.conftest import Receiver, receiver

__all__ = ["receiver"]
MANY = 30


@pytest.fixture
def kent(committed_db: None, settings: Settings) -> Council:
    clock_is(sending.BY_DAY)
    settings.MAILING_BATCH, settings.MAILING_AHEAD = 7, 10
    return Council.objects.get(slug="kent")


def clock_is(moment: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM testing.clock")
        cursor.execute("INSERT INTO testing.clock VALUES (%s)", [moment])


@pytest.fixture
def at_once() -> Iterator[Callable[..., None]]:
    def run(*doing: Callable[[], object]) -> None:
        threads = [threading.Thread(target=_with_connection_of_its_own, args=[do]) for do in doing]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)

    yield run


def _with_connection_of_its_own(do: Callable[[], object]) -> None:
    try:
        do()
    finally:
        connections.close_all()


def copies(receiver: Receiver) -> Counter[bytes]:
    return Counter(mime.split(b"\r\nTo: ")[1].split(b"\r\n")[0] for mime in receiver.stored)


def test_two_workers_send_each_person_one_copy(kent: Council, receiver: Receiver, at_once: Callable[..., None]) -> None:
    mailing = sending.running(kent, MANY)
    at_once(deliver_and_refill, deliver_and_refill)
    deliver_and_refill()  # what one of them held when the other looked last
    assert copies(receiver) == dict.fromkeys(copies(receiver), 1)
    assert len(copies(receiver)) == MANY
    assert len(sending.messages(mailing)) == MANY


def test_a_sender_does_not_go_while_another_writes(kent: Council, receiver: Receiver, settings: Settings) -> None:
    """It would be back with the next beat only."""
    settings.MAILING_AHEAD = settings.MAILING_BATCH
    mailing = sending.running(kent, MANY)
    writing, looked = threading.Event(), threading.Event()

    def write() -> None:
        with as_council(kent):
            Mailing.objects.select_for_update().get(pk=mailing.pk)
            writing.set()
            looked.wait(10)

    writer = threading.Thread(target=_with_connection_of_its_own, args=[write])
    writer.start()
    writing.wait(10)
    assert expanding.expand(kent.pk, mailing.pk) is None
    assert expanding.refill_outbox() == 1
    looked.set()
    writer.join()
    assert expanding.refill_outbox() == settings.MAILING_BATCH
    assert expanding.refill_outbox() == 0  # enough waits, and nobody is at it


@pytest.mark.parametrize(
    ("place", "order", "begun"),
    [
        (expanding.BEFORE_WRITING, "SIGKILL 2", 0),  # one batch has left already
        (expanding.BEFORE_MARKING, "SIGKILL 2", 0),
        (AFTER_CLAIM, "SIGKILL", 0),
        (AFTER_DOT, "SIGKILL", 1),
        (AFTER_SETTLE, "SIGKILL 4", 1),  # a few have left, the rest of its batch is leased
    ],
)
def test_whoever_dies_nobody_gets_two_and_nobody_is_forgotten(
    kent: Council, receiver: Receiver, settings: Settings, tmp_path: Path, place: str, order: str, begun: int
) -> None:
    mailing = sending.running(kent, MANY)
    settings.FAILPOINTS = str(tmp_path)
    (tmp_path / place).write_text(order)
    assert killed(deliver_and_refill)
    deliver_and_refill()
    clock_is(sending.BY_DAY + 2 * timings.LEASE)
    deliver_and_refill()
    states = Counter(message.state for message in sending.messages(mailing))
    assert states == Counter(sent=MANY - begun, unknown=begun)  # what was begun is not repeated
    assert copies(receiver) == dict.fromkeys(copies(receiver), 1)
    with as_council(kent):
        assert audit(mailing).faults == ()


def test_whoever_leaves_while_it_goes_out_gets_nothing_that_left_afterwards(
    kent: Council, receiver: Receiver, at_once: Callable[..., None]
) -> None:
    people = [sending.subscriber(kent, f"leaver{number}@example.org") for number in range(6)]
    mailing = sending.running(kent, MANY, *people)
    sent_before: dict[str, bool] = {}

    def leaving() -> None:
        for each in people:
            leave(each, how="one_click")
            sent_before[each.address] = f"<{each.address}>".encode() in b"".join(receiver.stored)

    at_once(deliver_and_refill, leaving)
    after = len(receiver.stored)
    deliver_and_refill()
    assert copies(receiver) == dict.fromkeys(copies(receiver), 1)
    late = [mime for mime in receiver.stored[after:] if b"To: leaver" in mime]
    assert late == []
    states = Counter(message.state for message in sending.messages(mailing))
    assert states["sent"] == len(receiver.stored) >= MANY


def test_a_pause_holds_while_others_write_and_send(
    kent: Council, receiver: Receiver, at_once: Callable[..., None]
) -> None:
    mailing, ed = sending.running(kent, MANY), sending.editor(kent)
    at_once(deliver_and_refill, lambda: pause(mailing, by=ed))
    before = len(receiver.stored)
    deliver_and_refill()
    assert len(receiver.stored) == before
    assert sending.fresh(mailing).state == MailingState.PAUSED
    resume(mailing, by=ed)
    deliver_and_refill()
    assert len(copies(receiver)) == len(receiver.stored) == MANY
