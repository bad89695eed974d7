"""A second process for long work on all journeys."""

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
