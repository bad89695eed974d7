"""What takes minutes in life takes seconds here, so that a row does. Nothing else differs from the running hub."""

from datetime import timedelta
from typing import Any

from django.apps import AppConfig

LEASE = timedelta(seconds=4)
DEADLINE = 2.0  # seconds for one send; well inside the lease


class ShorterConfig(AppConfig):
    name = "tests.faults"
    label = "faults"

    def ready(self) -> None:
        from tests.faults import bugs  # noqa: PLC0415  # Django starts this before models can be imported

        shorten()
        bugs.make_of_environment()


def shorten() -> None:
    from enquiries import suspicion  # noqa: PLC0415  # as above
    from outbox import backoff, timings  # noqa: PLC0415  # as above
    from outbox.channels import smtp  # noqa: PLC0415  # as above

    _set(timings, LEASE=LEASE, SENDING=timedelta(seconds=2.5), RUN=5.0, HOLD=timedelta(seconds=1))
    _set(timings, FIRST_PAUSE=timedelta(seconds=1), LONGEST_PAUSE=timedelta(seconds=2), PROBE=timedelta(seconds=2.5))
    _set(backoff, SHORTEST=timedelta(seconds=1), _LONGEST=(timedelta(seconds=2),))
    _set(smtp.Smtp.__init__, __defaults__=(DEADLINE,))
    _set(suspicion, FASTEST_PERSON=timedelta())


def _set(module: Any, **values: object) -> None:
    for name, value in values.items():
        if not hasattr(module, name):
            raise AttributeError(f"{module.__name__}.{name} is no longer there: the harness would wait for minutes")
        setattr(module, name, value)
