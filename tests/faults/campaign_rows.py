"""What may break while an email to many goes out."""

import signal
import time
from collections.abc import Callable

from django.db import connection

from campaigns.actions.expanding import BEFORE_MARKING
from campaigns.actions.stopping import pause, resume
from outbox import failpoints
from tests.campaigns import sending
from tests.faults.sink import Mode
from tests.faults.trial import FEW, Trial
from tests.faults.waiting import until

A_BEAT = 5.5  # seconds: whoever looks for campaigns has looked
IN_HAND = 1.5  # seconds: a mail on its way has arrived


def sender_dies_at(place: str, *, begun: int) -> Callable[[Trial], None]:
    """`begun`: sends on their way there."""

    def fault(trial: Trial) -> None:
        trial.quiet()  # whoever reaches the place is to have a campaign's mail in hand
        trial.hub.arm(place, signal.SIGKILL)
        outgoing = trial.mails_many()
        until(lambda: trial.hub.has_fired(place), within=30, what=f"a sender reached {place}")
        outgoing.dead += begun
        trial.people_come(FEW)

    return fault


def worker_dies(trial: Trial) -> None:
    _in_the_middle(trial)
    trial.kill("worker")
    trial.hub.mail.behave(Mode.ACCEPT)
    trial.people_come(FEW)


def valkey_is_away(trial: Trial) -> None:
    _in_the_middle(trial)
    with trial.hub.held_down("valkey"):
        trial.kill("valkey")
        trial.hub.mail.behave(Mode.ACCEPT)
        trial.people_come(FEW)
        time.sleep(A_BEAT)


def paused_and_everything_dies(trial: Trial) -> None:
    """A pause holds through a restart, and it goes on where it stopped."""
    _in_the_middle(trial)
    outgoing = trial.mailings[0]
    editor = sending.editor(outgoing.mailing.council)
    pause(outgoing.mailing, by=editor)
    time.sleep(IN_HAND)
    trial.kill_everything()
    trial.hub.mail.behave(Mode.ACCEPT)
    before = outgoing.copies(trial.record())
    trial.people_come(FEW)
    trial.crowd.waits()
    time.sleep(A_BEAT)
    if (after := outgoing.copies(trial.record())) != before:
        trial.faults.append(f"{after - before} copies left while it was paused")
    connection.close()  # PostgreSQL has died since
    resume(outgoing.mailing, by=editor)


def _in_the_middle(trial: Trial) -> None:
    trial.quiet()
    trial.hub.mail.behave(Mode.SLOW)
    outgoing = trial.mails_many()
    until(lambda: outgoing.copies(trial.record()) > 1, within=30, what="some of the copies are kept", tick=0.02)


# Name, fault, whether it stands in the short table.
FAULTS: tuple[tuple[str, Callable[[Trial], None], bool], ...] = (
    ("email to many: worker killed", worker_dies, False),
    ("… sender killed after dot", sender_dies_at(failpoints.AFTER_DOT, begun=1), False),
    ("… sender killed before marking", sender_dies_at(BEFORE_MARKING, begun=0), True),
    ("… Valkey away", valkey_is_away, False),
    ("… paused, then everything killed", paused_and_everything_dies, False),
)
