"""Send what is due. Between two sends lies one commit, which settles the last and starts the next; while a message is
on its way no transaction is open, so a slow receiver holds no lock and no row."""

import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from councils.models import Council
from councils.tenancy import Scope, across, scope_across
from outbox import circuits, rates, timings
from outbox.alarms import is_told, sending_resumed
from outbox.channels import Channel, open_channel, provider_of
from outbox.circuits import Standing
from outbox.claiming import EVERY_LANE, release, start
from outbox.failpoints import AFTER_CLAIM, AFTER_SETTLE, AFTER_START, BEFORE_SETTLE, reach
from outbox.handover import hand_over
from outbox.models import Message
from outbox.outcomes import Outcome, Verdict, bug
from outbox.picking import Batch, pick
from outbox.release import CAUSE, may_send
from outbox.settling import expire, is_to_blame, settle, take_back
from outbox.states import Lane
from outbox.transactions import in_transaction
from outbox.waking import wake

log = structlog.get_logger("outbox.sending")
FEWEST, MOST = 10, 100  # leased at once
AHEAD = 0.3  # seconds of work, between those two: what one sender holds another cannot take


class InsideTransaction(RuntimeError):
    """Sending was about to begin inside a transaction, which a slow receiver would hold open."""


def deliver_due(
    *,
    lanes: Iterable[Lane] = EVERY_LANE,
    overdue_by: timedelta = timedelta(),
    told_to_stop: Callable[[], bool] = lambda: False,
) -> int:
    """How many messages were tried. Any number of these may run at once; service goes first, batch by batch."""
    if in_transaction():
        raise InsideTransaction("nothing is sent inside a transaction")
    run = Run(
        scope_across(Council.objects.values_list("pk", flat=True), "deliver"), tuple(lanes), overdue_by, told_to_stop
    )
    if not may_send(run.scope.councils):
        return 0
    run.put_right()
    with closing(open_channel()) as channel:
        return run.deliver(channel)


@dataclass
class Run:
    scope: Scope
    lanes: tuple[Lane, ...]
    overdue_by: timedelta
    told_to_stop: Callable[[], bool]
    batch: Batch = field(default_factory=Batch)
    leased: deque[Message] = field(default_factory=deque)
    size: int = FEWEST
    claimed_at: float = 0.0
    next_at: float = 0.0
    ends_at: float = field(default_factory=lambda: time.monotonic() + timings.RUN)

    def put_right(self) -> None:
        with self._scoped():
            if is_told(CAUSE):  # what stood in the way is gone, and nobody had to say so
                sending_resumed(CAUSE)
            take_back()
            expire()
            rates.forget_full_buckets()

    def deliver(self, channel: Channel) -> int:
        tried, message = 0, self._first()
        while message:
            reach(AFTER_START)
            self._keep_pace()
            outcome = attempt(message, channel)
            tried += 1
            reach(BEFORE_SETTLE)
            message = self._next(message, outcome)
            reach(AFTER_SETTLE)
        return tried

    def _first(self) -> Message | None:
        with self._scoped():
            return self._start_one()

    def _next(self, last: Message, outcome: Outcome) -> Message | None:
        """One commit writes how the last one went and counts the attempt of the next."""
        if self.leased and self._is_plain(last, outcome) and not self._must_stop():
            return self._hand_over(last, outcome)
        with self._scoped():
            self._settle(last, outcome)
            if not (outcome.ends_run or self._must_stop()):
                return self._start_one()
            release(self.leased)
        if self._out_of_time():
            wake()
        return None

    def _hand_over(self, last: Message, outcome: Outcome) -> Message | None:
        following = self.leased.popleft()
        settled, started = hand_over(self.scope, last, outcome, following)
        if not settled:
            log.warning("lease_lost", message_id=str(last.pk))
        if started:
            return following
        with self._scoped():
            release([following])
            return self._start_one()

    def _settle(self, last: Message, outcome: Outcome) -> None:
        provider, standing = provider_of(last.channel), self.batch.standing(last)
        was_open = False
        if outcome.ends_run and (standing is Standing.PROBE or not is_to_blame(last, outcome)):
            was_open = circuits.failed(provider, outcome, probing=standing is Standing.PROBE)
        settle(last, outcome, circuit_was_open=was_open)
        if outcome.reply and not outcome.ends_run and standing is not Standing.SOUND:
            circuits.answered(provider)

    def _is_plain(self, last: Message, outcome: Outcome) -> bool:
        return outcome.verdict is Verdict.SENT and self.batch.standing(last) is Standing.SOUND

    def _start_one(self) -> Message | None:
        if not self.leased:
            self._claim()
        while self.leased:
            message = self.leased.popleft()
            if start(message):
                return message
            release([message])
        return None

    def _claim(self) -> None:
        if self.batch.messages:
            took = time.monotonic() - self.claimed_at
            self.size = max(FEWEST, min(MOST, int(AHEAD * len(self.batch.messages) / max(took, 0.001))))
        self.batch, self.claimed_at = pick(self.size, self.lanes, self.overdue_by), time.monotonic()
        self.leased.extend(self.batch.messages)
        reach(AFTER_CLAIM)

    def _scoped(self) -> AbstractContextManager[Scope]:
        return across(self.scope.councils, reason=self.scope.reason)

    def _keep_pace(self) -> None:
        """Tokens are granted by the batch; a provider that counts by the second wants them spread over it."""
        most = rates.limit_of_provider()
        if most.rate:
            time.sleep(max(0.0, self.next_at - time.monotonic()))
            self.next_at = time.monotonic() + 1 / most.rate

    def _must_stop(self) -> bool:
        return self._out_of_time() or self.told_to_stop()

    def _out_of_time(self) -> bool:
        return time.monotonic() > self.ends_at


def attempt(message: Message, channel: Channel) -> Outcome:
    try:
        return channel.send(message)
    except Exception as error:  # one of the four boundaries: the messages behind it must go on
        log.error("send_crashed", message_id=str(message.pk), exc_info=True)
        channel.close()
        return bug(error)
