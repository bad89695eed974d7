"""A process that dies in the middle of what it does, as by kill -9."""

import os
import signal
from collections.abc import Callable

from django.db import connections


def die(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def killed(do: Callable[[], object], arm: Callable[[], object] = lambda: None) -> bool:
    """Whether it was. The child has no connection of ours: what it closes in dying is its own."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            arm()
            do()
        finally:
            os._exit(1)
    return os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
