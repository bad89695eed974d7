"""Tell a worker that something waits. Nothing depends on it: beat and the sweeper look every few seconds anyway."""

import time

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

log = structlog.get_logger("outbox.waking")
_REST = 10.0  # seconds; a broker that is away costs one page a second and not every page
_FORGET_AFTER = 30  # seconds; wake-ups that nobody fetched must not pile up
_away_until = 0.0


def wake_after_commit() -> None:
    if not any(call is wake for _, call, _ in transaction.get_connection().run_on_commit):
        transaction.on_commit(wake, robust=True)


def wake() -> None:
    global _away_until
    if time.monotonic() < _away_until:
        return
    try:
        current_app.send_task("outbox.tasks.deliver", expires=_FORGET_AFTER, retry=False)
    except (OperationalError, RedisError, OSError) as error:
        _away_until = time.monotonic() + _REST
        log.warning("broker_away", error=type(error).__qualname__)
