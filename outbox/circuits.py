"""One circuit a provider, kept in PostgreSQL: while it is open nothing is claimed for it and no attempt is charged.

It opens after five failures in a row to reach the provider, and at once where only a person can help: log-in, TLS,
policy. When its pause is over one sender takes one message as a probe. If that is answered the circuit closes; if not,
it stays open, longer each time. Half-open is no state of its own: it is an open circuit whose time has come.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from councils.clock import HubNow, hub_now
from outbox import timings
from outbox.alarms import sending_resumed, sending_stopped
from outbox.backoff import pause
from outbox.models import Circuit
from outbox.outcomes import Outcome

IN_A_ROW = 5


class Standing(Enum):
    SOUND = auto()
    SHAKY = auto()  # failures, not enough of them; the first answer forgets them
    PROBE = auto()  # open, and its time has come: one message
    OPEN = auto()


@dataclass(frozen=True, slots=True)
class Standings:
    of: dict[str, Standing]

    def __getitem__(self, provider: str) -> Standing:
        return self.of.get(provider, Standing.SOUND)


def standings(providers: Iterable[str]) -> Standings:
    """As of now, for one batch."""
    found = Circuit.objects.filter(provider__in=set(providers))
    return Standings({circuit.provider: _standing(circuit) for circuit in found})


def _standing(circuit: Circuit) -> Standing:
    if circuit.open_until is None:
        return Standing.SHAKY if circuit.failures else Standing.SOUND
    return Standing.PROBE if circuit.open_until <= hub_now() else Standing.OPEN


def take_probe(provider: str) -> bool:
    """Whether the caller is the one who probes. A probe that never comes back keeps it for as long as a send takes."""
    due = Circuit.objects.filter(provider=provider, open_until__lte=HubNow())
    return due.update(open_until=HubNow() + timings.PROBE) == 1


def answered(provider: str) -> None:
    """It took a message, or refused one for that message's own sake: it works. Every council is in scope."""
    circuit = Circuit.objects.select_for_update().filter(provider=provider).first()
    if circuit is None or not circuit.failures:
        return
    was_open = circuit.open_until is not None
    circuit.failures, circuit.last_error, circuit.opened_at, circuit.open_until = 0, "", None, None
    circuit.save()
    if was_open:
        sending_resumed(provider)


def failed(provider: str, outcome: Outcome, *, probing: bool = False) -> bool:
    """Whether it had been open before, so that nobody is charged. Every council is in scope.

    What was on its way when it opened, and failed too, makes the pause no longer: only a probe does.
    """
    Circuit.objects.bulk_create([Circuit(provider=provider)], ignore_conflicts=True)
    circuit = Circuit.objects.select_for_update().get(provider=provider)
    was_open = circuit.open_until is not None
    if was_open and not probing:
        return True
    circuit.failures += 1
    circuit.last_error = outcome.code[:60]
    if outcome.trips:
        circuit.failures = max(circuit.failures, IN_A_ROW)
    if circuit.failures >= IN_A_ROW:
        _open(circuit)
    circuit.save()
    if not was_open and circuit.open_until is not None:
        sending_stopped(provider, error=circuit.last_error)
    return was_open


def _open(circuit: Circuit) -> None:
    luck = secrets.SystemRandom().random()
    circuit.opened_at = circuit.opened_at or hub_now()
    circuit.open_until = hub_now() + pause(circuit.failures - IN_A_ROW, luck=luck)
