"""Send what is due. Between two sends lies one short transaction, which settles the last and starts the next; while a
message is on its way no transaction is open, so a slow receiver holds no lock and no row."""

import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from councils.models import Council
from councils.tenancy import across
from outbox.channels import Channel, open_channel
from outbox.claiming import EVERY_LANE, claim, release, start
from outbox.models import Message
from outbox.outcomes import Outcome, bug
from outbox.settling import expire, settle, take_back
from outbox.states import Lane
from outbox.transactions import in_transaction
from outbox.waking import wake

log = structlog.get_logger("outbox.sending")
BATCH = 20
BUDGET = 20.0  # seconds; a worker told to stop waits for the run to end


class InsideTransaction(RuntimeError):
    """Sending was about to begin inside a transaction, which a slow receiver would hold open."""


def deliver_due(
    *,
    lanes: Iterable[Lane] = EVERY_LANE,
    overdue_by: timedelta = timedelta(),
    told_to_stop: Callable[[], bool] = lambda: False,
) -> int:
    """How many messages were tried. Any number of these may run at once."""
    if in_transaction():
        raise InsideTransaction("nothing is sent inside a transaction")
    run = Run(tuple(Council.objects.values_list("pk", flat=True)), tuple(lanes), overdue_by, told_to_stop)
    run.put_right()
    with closing(open_channel()) as channel:
        return run.deliver(channel)


@dataclass
class Run:
    councils: tuple[int, ...]
    lanes: tuple[Lane, ...]
    overdue_by: timedelta
    told_to_stop: Callable[[], bool]
    leased: deque[Message] = field(default_factory=deque)
    ends_at: float = field(default_factory=lambda: time.monotonic() + BUDGET)

    def put_right(self) -> None:
        with across(self.councils, reason="deliver"):
            take_back()
            expire()

    def deliver(self, channel: Channel) -> int:
        tried, message = 0, self._first()
        while message:
            outcome = attempt(message, channel)
            tried += 1
            message = self._next(message, outcome)
        return tried

    def _first(self) -> Message | None:
        with across(self.councils, reason="deliver"):
            return self._start_one()

    def _next(self, last: Message, outcome: Outcome) -> Message | None:
        """One commit writes how the last one went and counts the attempt of the next."""
        out_of_time = time.monotonic() > self.ends_at
        with across(self.councils, reason="deliver"):
            settle(last, outcome)
            if not (outcome.ends_run or out_of_time or self.told_to_stop()):
                return self._start_one()
            release(self.leased)
        if out_of_time:
            wake()
        return None

    def _start_one(self) -> Message | None:
        self.leased = self.leased or deque(claim(BATCH, self.lanes, self.overdue_by))
        while self.leased:
            message = self.leased.popleft()
            if start(message):
                return message
        return None


def attempt(message: Message, channel: Channel) -> Outcome:
    try:
        return channel.send(message)
    except Exception as error:  # one of the four boundaries: the messages behind it must go on
        log.error("send_crashed", message_id=str(message.pk), exc_info=True)
        channel.close()
        return bug(error)
