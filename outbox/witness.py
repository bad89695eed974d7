"""How far the database had come when something was last sent, written down where a backup of it does not reach.

A small file outside the data folder, one a deployment, shared by all its senders. Each holds its lock while it looks
at the database and moves the mark, so the mark never gets ahead of what it is compared with. It is replaced whole and
forced to disk: after a power failure there is the old mark or the new one.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Mark:
    """`home` names the tables: another one after they were made again from a dump. `position` is in bytes of the
    write-ahead log. `halted`: a copy that is behind was seen here, and catching up does not make it the original."""

    system: str
    timeline: int
    home: str
    position: int
    halted: bool = False


class NoWitness(Exception):
    """No file, or none that we can read or write."""


@contextmanager
def held(path: Path) -> Iterator[None]:
    """One at a time. The lock has a file of its own, because the witness itself is replaced."""
    try:
        with path.with_name(f"{path.name}.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    except OSError as error:
        raise NoWitness from error


def read(path: Path) -> Mark:
    try:
        told = json.loads(path.read_bytes())
        return Mark(
            str(told["system"]), int(told["timeline"]), str(told["home"]), int(told["position"]), bool(told["halted"])
        )
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise NoWitness from error


def write(path: Path, mark: Mark) -> None:
    """Only while it is held."""
    draft = path.with_name(f"{path.name}.new")
    with draft.open("w") as file:
        json.dump(asdict(mark), file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
