"""What makes long work on all journeys shorter: a second process, and a collector that keeps still."""

import gc
import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

from django.db import connections


@contextmanager
def helper() -> Iterator[ProcessPoolExecutor]:
    """Begun before any connection is opened, since none may be shared with a fork."""
    connections.close_all()
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as pool:
        pool.submit(_begin).result()
        yield pool


def _begin() -> None:
    return


@contextmanager
def no_garbage() -> Iterator[None]:
    """Looking for cycles took a third of the time: there are millions of small tuples, and none refers to another."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
