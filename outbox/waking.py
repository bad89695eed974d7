"""Tell a worker that something waits. Nothing depends on it: beat and the sweeper look every few seconds anyway.

A broker that refuses, or accepts and says nothing, holds its client up for five to six seconds (kombu 5.7, which
retries on its own account). So a thread of its own does the calling, and whoever has something to send only rings its
bell. Many rings during one call become one.
"""

import threading
import time
from collections.abc import Callable

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

log = structlog.get_logger("outbox.waking")
_REST = 10.0  # seconds between calls to a broker that is away
_FORGET_AFTER = 30  # seconds; calls that no worker heard must not pile up


class Bell:
    def __init__(self, call: Callable[[], bool]) -> None:
        self._call = call
        self._rung = threading.Event()
        self._caller = threading.Thread()

    def ring(self) -> None:
        """Returns at once. The thread is started where it is first needed: a fork does not take it along."""
        self._rung.set()
        if not self._caller.is_alive():
            self._caller = threading.Thread(target=self._call_when_rung, name="outbox-bell", daemon=True)
            self._caller.start()

    def _call_when_rung(self) -> None:
        while self._rung.wait():
            self._rung.clear()
            if not self._call():
                time.sleep(_REST)


def call(task: str = "outbox.tasks.deliver") -> bool:
    try:
        current_app.send_task(task, expires=_FORGET_AFTER, retry=False)
    except (OperationalError, RedisError, OSError) as error:
        log.warning("broker_away", error=type(error).__qualname__)
        return False
    return True


wake = Bell(call).ring


def wake_after_commit(ring: Callable[[], None] = wake) -> None:
    """Once, however many messages the transaction enqueues; a failure would not turn the commit into an error."""
    if not any(planned is ring for _, planned, _ in transaction.get_connection().run_on_commit):
        transaction.on_commit(ring, robust=True)
