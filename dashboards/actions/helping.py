"""A second process for long work on all journeys."""

import ctypes
import multiprocessing
import os
import pickle
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.db import connections

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)  # loaded before any fork


@contextmanager
def helper() -> Iterator[ProcessPoolExecutor]:
    """Begun before any connection is opened, since none may be shared with a fork."""
    connections.close_all()
    forked = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(1, mp_context=forked, initializer=end_with, initargs=(os.getpid(),)) as pool:
        pool.submit(_begin).result()
        yield pool


def end_with(parent: int) -> None:
    """Killed, whoever began it takes nothing from it any more: it would wait for that for ever, and keep its connection
    and the services. On Linux; elsewhere it waits."""
    if sys.platform == "linux":
        _libc.prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL))
        if os.getppid() != parent:  # it died before that
            os._exit(1)


def _begin() -> None:
    return


def packed(what: object) -> bytes:
    """For the other process; passed on and back without being looked into."""
    return pickle.dumps(what)


def unpacked(what: bytes) -> Any:
    return pickle.loads(what)  # noqa: S301  # nosec B301  # from a process of our own
