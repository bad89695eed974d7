"""Celery's part in delivery: to say when. Each task is safe twice and side by side: whoever claims a message sends it.

`deliver` and the sweeper never take campaign mail, and `deliver_campaigns` takes service mail first, batch by batch: so
campaigns hold nobody up, however many slots of a worker they fill.
"""

import mmap
from typing import Any

from celery import shared_task
from celery.signals import worker_shutting_down

from outbox.refilling import deliver_and_refill
from outbox.sending import deliver_due
from outbox.states import Lane

_STOPPING = mmap.mmap(-1, 1)  # shared with the processes that a worker forks: the signal reaches only their parent


def told_to_stop() -> bool:
    return _STOPPING[0] == 1


@worker_shutting_down.connect
def stop_soon(**options: Any) -> None:
    """Runs end after the message that is on its way, and give back what they have not begun."""
    _STOPPING[0] = 1


@shared_task
def deliver() -> None:
    deliver_due(lanes=(Lane.SERVICE,), told_to_stop=told_to_stop)


@shared_task
def deliver_campaigns() -> None:
    deliver_and_refill(told_to_stop=told_to_stop)
