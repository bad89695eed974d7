"""Two senders, dead senders, somebody who leaves and somebody who pauses while it goes out: each person has one copy at
the most, and whoever said no has none that left afterwards."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from django.db import connection, connections

from campaigns.actions import expanding
from campaigns.actions.leaving import leave
from campaigns.actions.stopping import pause, resume
from campaigns.states import MailingState
from councils.models import Council
from outbox import refilling
from outbox.models import Message
from outbox.refilling import deliver_and_refill
from tests.campaigns import sending
from tests.dying import die, killed
from tests.outbox.conftest import Receiver, receiver

__all__ = ["receiver"]
MANY = 30


@pytest.fixture
def kent(committed_db: None, monkeypatch: pytest.MonkeyPatch) -> Council:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO testing.clock VALUES (%s)", [sending.BY_DAY])
    monkeypatch.setattr(expanding, "BATCH", 7)
    monkeypatch.setattr(expanding, "AHEAD", 10)
    return Council.objects.get(slug="kent")


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


@pytest.mark.parametrize("where", ["before the messages", "before the recipients are marked", "in mid-send"])
def test_whoever_dies_nobody_gets_two_and_nobody_is_forgotten(kent: Council, receiver: Receiver, where: str) -> None:
    mailing = sending.running(kent, MANY)

    def arm() -> None:
        if where == "before the messages":
            Message.objects.bulk_create = die  # type: ignore[assignment,method-assign]  # in a process that ends there
        elif where == "before the recipients are marked":
            expanding._hand_over = die
        else:
            refilling.deliver_due = _dies_after_some(receiver)  # type: ignore[attr-defined]  # as above

    assert killed(deliver_and_refill, arm)
    deliver_and_refill()
    left = sending.messages(mailing)
    assert copies(receiver) == dict.fromkeys(copies(receiver), 1)
    assert len(left) == MANY == len({message.to_address for message in left})
    assert {state for state, _ in sending.recipients(mailing)} == {"handed"}


def _dies_after_some(receiver: Receiver) -> Callable[..., int]:
    """Its batch is leased, a few have left and none of the others."""
    from outbox import sending as outbox_sending  # noqa: PLC0415  # of the process that ends

    real, sent = outbox_sending.attempt, [0]

    def attempt(*args: object) -> object:
        sent[0] += 1
        if sent[0] == 4:
            die()
        return real(*args)  # type: ignore[arg-type]  # passed through

    outbox_sending.attempt = attempt  # type: ignore[assignment]  # in a process that ends there
    return outbox_sending.deliver_due


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
