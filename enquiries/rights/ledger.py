"""Which cases were erased, in a file that no backup of the database carries back.

Whoever restores an older backup has people in it again who were erased since. `erase --replay` reads here whom. A line
is written and forced to disk before the erasure commits: one that never committed is erased once more, which is what
was asked for; none that committed is missing. Nothing in it tells who anybody was.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import structlog

from councils.models.rights import ErasureCause

log = structlog.get_logger("enquiries.rights")


@dataclass(frozen=True, slots=True)
class Line:
    """`council` is its slug."""

    at: datetime
    council: str
    case: UUID
    cause: ErasureCause

    def to_json(self) -> str:
        told = {"at": self.at.isoformat(), "council": self.council, "case": str(self.case), "cause": self.cause.value}
        return json.dumps(told)

    @classmethod
    def from_json(cls, text: str) -> "Line":
        told = json.loads(text)
        at, cause = datetime.fromisoformat(told["at"]), ErasureCause(told["cause"])
        return cls(at, told["council"], UUID(told["case"]), cause)


def append(path: Path, line: Line) -> None:
    """The last line may have been cut short by a crash: a new one never continues it."""
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        cut_short = file.seek(0, os.SEEK_END) > 0 and _last_byte(path) != b"\n"
        file.write((b"\n" if cut_short else b"") + line.to_json().encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> Iterator[Line]:
    """A line that cannot be read was cut short by a crash, and its erasure never committed."""
    if not path.exists():
        return
    for number, text in enumerate(path.read_text(errors="replace").splitlines(), 1):
        try:
            yield Line.from_json(text)
        except (ValueError, KeyError, TypeError):
            log.warning("ledger_line_unreadable", line=number)


def _last_byte(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1)
