"""The restore lock: a copy of the database never sends.

A restored backup remembers as unsent what was sent long ago. So nothing is sent unless the operator has released this
very database (`manage.py release_sending`): the newest release must name the deployment (INSTANCE_ID), the cluster and
its timeline, which goes up when a backup is recovered to a point in time or a standby takes over. A plain copy of the
data folder shares all three; it is known by having come less far than the witness (WITNESS_PATH) says.

Each run of a sender asks once. Every doubt is a refusal, and a refusal is loud.
"""

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import connection

from councils.tenancy import across
from outbox import witness
from outbox.alarms import sending_stopped
from outbox.models import SendingRelease
from outbox.witness import Mark, NoWitness

CAUSE = "release"
WRITE_EVERY = 1.0  # seconds; forcing a file to disk takes about ten milliseconds


class Refusal(StrEnum):
    NOT_SET_UP = "INSTANCE_ID or WITNESS_PATH is not set"
    STANDBY = "this server is a standby"
    NEVER_RELEASED = "nobody has released this database for sending"
    OTHER_INSTANCE = "it was released for another deployment"
    OTHER_CLUSTER = "it was released in another cluster: this is a copy"
    OTHER_TIMELINE = "a backup was recovered here, or a standby has taken over"
    NO_WITNESS = "the witness file cannot be read and written"
    OTHER_WITNESS = "the witness file is about another database, or its tables were made again"
    BEHIND = "this database has come less far than the one that sent last: it is a copy"


@dataclass(frozen=True, slots=True)
class Cluster:
    """`durable` is what survives a crash, and so all that may be witnessed; `reached` is what has happened."""

    system: str
    timeline: int
    home: str
    durable: int
    reached: int

    def mark(self, *, at: int | None = None, halted: bool = False) -> Mark:
        return Mark(self.system, self.timeline, self.home, self.durable if at is None else at, halted)


def may_send(councils: Iterable[int]) -> bool:
    """Asked once a run. Where it may not, the log says so each time and every hub's office has a to-do."""
    refused = _look(writes=True)
    if refused is None:
        return True
    if refused is not Refusal.STANDBY:  # nothing can be written there
        with across(councils, reason="deliver"):
            sending_stopped(CAUSE, error=refused.value)
    return False


def refusal() -> Refusal | None:
    """For whoever only wants to know: changes nothing."""
    return _look(writes=False)


def release() -> Cluster:
    """The operator's word. Raises NoWitness where the witness cannot be written."""
    here = this_cluster()
    if here is None or not settings.INSTANCE_ID or not settings.WITNESS_PATH:
        raise NoWitness
    path = Path(settings.WITNESS_PATH)
    with witness.held(path):
        witness.write(path, here.mark())
        SendingRelease.objects.create(
            instance_id=settings.INSTANCE_ID, system_identifier=here.system, timeline=here.timeline
        )
    return here


# By the name of the current WAL file: the control file learns of a new timeline only with the next checkpoint.
_HERE = """
    SELECT (SELECT system_identifier FROM pg_control_system())::text,
        ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::int,
        (SELECT oid FROM pg_database WHERE datname = current_database())
            || '/' || 'outbox_sendingrelease'::regclass::oid,
        pg_wal_lsn_diff(pg_current_wal_flush_lsn(), '0/0')::bigint,
        pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint
    WHERE NOT pg_is_in_recovery()
"""


def this_cluster() -> Cluster | None:
    """None on a standby."""
    with connection.cursor() as cursor:
        cursor.execute(_HERE)
        row = cursor.fetchone()
    return Cluster(*row) if row else None


def _look(*, writes: bool) -> Refusal | None:
    if not settings.INSTANCE_ID or not settings.WITNESS_PATH:
        return Refusal.NOT_SET_UP
    newest = SendingRelease.objects.order_by("pk").last()
    path = Path(settings.WITNESS_PATH)
    try:
        with witness.held(path):
            here = this_cluster()
            if here is None:
                return Refusal.STANDBY
            return _of_release(newest, here) or _of_witness(path, here, writes)
    except (NoWitness, OSError):
        return Refusal.NO_WITNESS


def _of_release(newest: SendingRelease | None, here: Cluster) -> Refusal | None:
    if newest is None:
        return Refusal.NEVER_RELEASED
    if newest.instance_id != settings.INSTANCE_ID:
        return Refusal.OTHER_INSTANCE
    if newest.system_identifier != here.system:
        return Refusal.OTHER_CLUSTER
    return Refusal.OTHER_TIMELINE if newest.timeline != here.timeline else None


def _of_witness(path: Path, here: Cluster, writes: bool) -> Refusal | None:
    known = witness.read(path)
    if (known.system, known.timeline, known.home) != (here.system, here.timeline, here.home):
        return Refusal.OTHER_WITNESS
    if known.halted or here.reached < known.position:
        if writes and not known.halted:
            witness.write(path, here.mark(at=known.position, halted=True))
        return Refusal.BEHIND
    if writes and here.durable > known.position and _pace.is_due():
        witness.write(path, here.mark())
    return None


class _Pace:
    """Of one process: a busy sender makes many runs a second."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._next = 0.0

    def is_due(self) -> bool:
        with self._lock:
            now = time.monotonic()
            if now < self._next:
                return False
            self._next = now + WRITE_EVERY
            return True


_pace = _Pace()
