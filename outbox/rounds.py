"""What upper rooms do every minute. The sweeper does it as well as Celery: no promise may wait for a broker.

Rooms register in `AppConfig.ready`, since nothing down here knows them. Each job is safe to run beside itself.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

Job = Callable[[], object]
EVERY = 60.0  # seconds
_jobs: list[Job] = []


def each_minute(job: Job) -> None:
    _jobs.append(job)


def jobs() -> tuple[Job, ...]:
    return tuple(_jobs)


@dataclass
class Rounds:
    """A job that fails ends the process, which is started again, sends first, and then tries the round again."""

    clock: Callable[[], float] = time.monotonic
    _made_at: float = field(default=float("-inf"))

    def make(self, told_to_stop: Callable[[], bool]) -> bool:
        """Whether it was time."""
        if self.clock() - self._made_at < EVERY:
            return False
        self._made_at = self.clock()
        for job in jobs():
            if told_to_stop():
                break
            job()
        return True
