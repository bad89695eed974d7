"""Python's collector of cycles keeps still while very much is made at once. Pure."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_garbage() -> Iterator[None]:
    """For millions of small things of which none refers to another: looking for cycles among them took up to a third of
    the time. Whatever is no cycle goes at once as ever."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
