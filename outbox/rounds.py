"""What upper rooms do every minute. The sweeper does it as well as Celery: no promise may wait for a broker.

Rooms register in `AppConfig.ready`, since nothing down here knows them. Each job is safe to run beside itself, and no
case and no job holds up those behind it.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

import structlog

T = TypeVar("T")
Job = Callable[[], object]
EVERY, OFTEN = 60.0, 10.0  # seconds
_jobs: list[Job] = []
_quick: list[Job] = []
log = structlog.get_logger("outbox.rounds")


class SomeFailed(RuntimeError):
    """Everything was tried; the log says what failed, by id."""


def one_by_one(things: Iterable[T], do: Callable[[T], object], *, name: Callable[[T], object]) -> int:
    """How many of these did something. Raises SomeFailed at the end: what fails is loud, and holds up nobody else."""
    done = failed = 0
    for thing in things:
        try:
            done += bool(do(thing))
        except Exception as error:  # a case that cannot be worked on must not silence the promises behind it
            failed += 1
            log.error("round_failed", of=str(name(thing)), error=type(error).__qualname__, exc_info=True)
    if failed:
        raise SomeFailed(f"{failed} failed; see the log")
    return done


def each_minute(job: Job) -> None:
    _jobs.append(job)


def each_look(job: Job) -> None:
    """What must not wait for a minute, but for ten seconds at most."""
    _quick.append(job)


def quick_jobs() -> tuple[Job, ...]:
    return tuple(_quick)


def jobs() -> tuple[Job, ...]:
    return tuple(_jobs)


@dataclass
class Rounds:
    """Where one fails the process ends after the last; started again, it sends first and then makes the round."""

    clock: Callable[[], float] = time.monotonic
    _made_at: float = field(default=float("-inf"))
    _looked_at: float = field(default=float("-inf"))

    def make(self, told_to_stop: Callable[[], bool]) -> bool:
        """Whether it was time for each minute's jobs. Quick ones come after them: they hold up no promise."""
        now = self.clock()
        due, quick = now - self._made_at >= EVERY, now - self._looked_at >= OFTEN
        self._made_at, self._looked_at = now if due else self._made_at, now if quick else self._looked_at
        wanted = (*(jobs() if due else ()), *(quick_jobs() if quick else ()))
        one_by_one(wanted, lambda job: told_to_stop() or job(), name=lambda job: getattr(job, "name", job))
        return due
