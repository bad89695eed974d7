"""Messages to many are written a few at a time, by whoever is about to send them: so what waits stays small, nothing
has to be timed against the senders, and more senders write as well as send more.

Upper rooms register in `AppConfig.ready`, since nothing down here knows them. A refill opens its own transaction and
returns how many it wrote; it writes none where enough waits. It is safe to run beside itself.
"""

import time
from collections.abc import Callable

from outbox import timings
from outbox.sending import deliver_due

Refill = Callable[[], int]
_refills: list[Refill] = []


def writes_for_senders(refill: Refill) -> None:
    _refills.append(refill)


def deliver_and_refill(*, told_to_stop: Callable[[], bool] = lambda: False) -> int:
    """Service messages first, then what waits, then what is written for it, for as long as a run lasts. How many were
    tried."""
    ends_at, tried = time.monotonic() + timings.RUN, 0
    while not told_to_stop():
        tried += deliver_due(told_to_stop=told_to_stop)
        if time.monotonic() > ends_at or not _refilled():
            break
    return tried


def _refilled() -> bool:
    return bool(sum(refill() for refill in _refills))
