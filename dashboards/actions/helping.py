"""A second process for long work on all journeys."""

import multiprocessing
import os
import pickle
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.db import connections

from councils.parents import end_with


@contextmanager
def helper() -> Iterator[ProcessPoolExecutor]:
    """Begun before any connection is opened, since none may be shared with a fork."""
    connections.close_all()
    forked = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(1, mp_context=forked, initializer=end_with, initargs=(os.getpid(),)) as pool:
        pool.submit(_begin).result()
        yield pool


def _begin() -> None:
    return


def packed(what: object) -> bytes:
    """For the other process; passed on and back without being looked into."""
    return pickle.dumps(what)


def unpacked(what: bytes) -> Any:
    return pickle.loads(what)  # noqa: S301  # nosec B301  # from a process of our own
