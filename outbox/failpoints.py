"""Named places in the life of a send where the fault harness may end or stop the process.

FAILPOINTS names a folder. A file there, called as the place, holds the name of a signal; whoever reaches the place
first takes the file away and sends the signal to itself, once. "SIGKILL 4": whoever reaches it the fourth time. Rooms
above have places of their own. Settings refuse FAILPOINTS where DEBUG is off.
"""

import os
import signal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

AFTER_CLAIM = "after-claim"
AFTER_START = "after-start"
BEFORE_CONNECT = "before-connect"
BEFORE_DOT = "before-dot"
AFTER_DOT = "after-dot"
BEFORE_SETTLE = "before-settle"
AFTER_SETTLE = "after-settle"
PLACES = (AFTER_CLAIM, AFTER_START, BEFORE_CONNECT, BEFORE_DOT, AFTER_DOT, BEFORE_SETTLE, AFTER_SETTLE)


def reach(place: str) -> None:
    if settings.FAILPOINTS:
        _obey(Path(settings.FAILPOINTS) / place)


def _obey(order: Path) -> None:
    try:
        name, _, times = order.read_text().partition(" ")
        order.unlink()
    except FileNotFoundError:
        return
    if times and int(times) > 1:
        order.write_text(f"{name} {int(times) - 1}")
        return
    os.kill(os.getpid(), signal.Signals[name])


@register(Tags.security, deploy=True)
def no_failpoints_in_production(**options: Any) -> list[CheckMessage]:
    if not settings.FAILPOINTS:
        return []
    return [Error("FAILPOINTS is set: senders would end themselves. Remove it.", id="outbox.E001")]
