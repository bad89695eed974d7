"""Tell a worker that a round is wanted. Nothing depends on it: beat and the sweeper look each minute anyway."""

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from outbox.waking import Bell

log = structlog.get_logger("ambassadors.rounds")
_FORGET_AFTER = 60  # seconds; by then the minute's round has been made


def call() -> bool:
    try:
        current_app.send_task("ambassadors.tasks.propose_rounds", expires=_FORGET_AFTER, retry=False)
    except (OperationalError, RedisError, OSError) as error:
        log.warning("broker_away", error=type(error).__qualname__)
        return False
    return True


ring = Bell(call).ring


def ring_after_commit() -> None:
    transaction.on_commit(ring, robust=True)
