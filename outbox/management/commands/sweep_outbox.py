"""Send what is overdue, but no campaign, and do each minute what has to be done each minute. Needs PostgreSQL and
nothing else: no broker, no worker, no beat."""

import signal
import threading
from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from outbox.rounds import Rounds
from outbox.sending import deliver_due
from outbox.states import Lane

log = structlog.get_logger("outbox.sweeper")


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="send everything due, campaigns too, then end")
        parser.add_argument("--every", type=float, default=10.0, metavar="SECONDS", help="pause between two looks")
        parser.add_argument("--overdue", type=float, default=15.0, metavar="SECONDS", help="what workers had time for")

        parser.add_argument("--alive", type=Path, metavar="FILE", help="touched after every look, for health checks")

    def handle(self, *args: Any, once: bool, every: float, overdue: float, alive: Path | None, **options: Any) -> None:
        if once:
            self.stdout.write(f"{_send_all()} tried.")
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        rounds = Rounds()
        while not stop.is_set():
            _look(timedelta(seconds=overdue), stop)
            rounds.make(stop.is_set)
            if alive:
                alive.touch()
            stop.wait(every)


def _look(overdue: timedelta, stop: threading.Event) -> None:
    close_old_connections()
    tried = deliver_due(lanes=(Lane.SERVICE,), overdue_by=overdue, told_to_stop=stop.is_set)
    if tried:
        log.warning("swept", tried=tried)  # the workers should have been faster


def _send_all() -> int:
    total = 0
    while tried := deliver_due():
        total += tried
    return total
