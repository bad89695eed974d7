"""A child that ends with whoever began it, also when that is killed. Pure. `lafse.services` has its own: it
knows nothing else of the project."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)  # loaded before any fork


def end_with(parent: int) -> None:
    """To be called in the child. It would wait for ever for somebody to take what it hands over, and keep its
    connection and the services. On Linux, when the thread that began it ends; elsewhere it waits."""
    if sys.platform == "linux":
        _libc.prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL))
        if os.getppid() != parent:  # it died before that
            os._exit(1)
