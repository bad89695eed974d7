"""Twenty councils' requests at once through PgBouncer in transaction mode, on two connections of the server: from one
transaction to the next a client is on another connection, and a connection is another council's.

PgBouncer is Debian's (apt install pgbouncer).
"""

import threading
import time
from collections.abc import Iterator
from contextlib import closing
from random import Random

import psycopg2
import pytest
from django.conf import settings
from django.db import OperationalError, connection, connections

from councils.tenancy import as_council
from enquiries.models import Enquiry, Note
from tests.crowd import asking
from tests.crowd.asking import Crowd, Member
from tests.crowd.bouncer import behind_pgbouncer
from tests.crowd.pages import WRITTEN

CLIENTS, CONNECTIONS = 20, 2


@pytest.fixture
def crowd(committed_db: None) -> Iterator[Crowd]:
    with asking.on_these_pages():
        made = asking.arrive()
        with behind_pgbouncer(pool=CONNECTIONS):
            yield made


def test_twenty_clients_share_two_connections_and_see_their_own(crowd: Crowd) -> None:
    requests = asking.everything(crowd, Random(3))  # noqa: S311  # repeatable
    watch = _Watch()
    with watch:
        crowd.ask(requests, threads=CLIENTS)
    assert crowd.faults == []
    assert crowd.answered == len(requests)
    assert asking.written_by_failures(crowd) == 0
    assert 0 < watch.most <= CONNECTIONS + 2, "one that was cut off may not have left yet"


def test_settings_that_outlive_their_transaction_are_found(crowd: Crowd) -> None:
    """The control."""
    crowd.ask(asking.harmless(crowd), threads=CLIENTS, around=asking.settings_that_last)
    assert any(fault.startswith(f"Request(path='{asking.ANYBODY}'") and "saw [" in fault for fault in crowd.faults)


def test_a_connection_that_dies_in_the_middle_of_a_transaction_takes_it_along(crowd: Crowd) -> None:
    """Killed from outside, twice. What was written is gone, and the others go on as if nothing had happened."""
    kent, others = crowd.members[0], Crowd(crowd.members[1:])
    for _ in range(2):
        dying = _Dying(kent)
        dying.start()
        assert dying.has_written.wait(60)
        other = threading.Thread(target=others.ask, args=(asking.harmless(others),), kwargs={"threads": 5})
        other.start()
        _kill(dying.server_process)
        dying.join(60)
        other.join(60)
        assert isinstance(dying.error, OperationalError)
    assert others.faults == []
    crowd.ask(asking.harmless(crowd), threads=CLIENTS)
    assert crowd.faults == []
    assert asking.written_by_failures(crowd) == 0


class _Dying(threading.Thread):
    """Writes, and waits in its transaction to be killed."""

    def __init__(self, member: Member) -> None:
        super().__init__()
        self.member, self.has_written, self.server_process = member, threading.Event(), 0
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            with as_council(self.member.council), connection.cursor() as cursor:
                enquiry = Enquiry.objects.get()
                Note.objects.create(council=self.member.council, enquiry=enquiry, text=WRITTEN, by_id=enquiry.owner_id)
                cursor.execute("SELECT pg_backend_pid()")
                (self.server_process,) = cursor.fetchone()
                self.has_written.set()
                cursor.execute("SELECT pg_sleep(120)")
        except OperationalError as error:
            self.error = error
        finally:
            connections.close_all()


def _kill(process: int) -> None:
    with closing(_direct()) as direct, direct.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [process])
        assert cursor.fetchone() == (True,)


def _direct() -> "psycopg2.extensions.connection":
    """As the app, and not through PgBouncer: to the server that the owner goes to."""
    app, owner = settings.DATABASES["default"], settings.DATABASES["owner"]
    return psycopg2.connect(
        host=owner["HOST"], port=owner["PORT"] or 5432, user=app["USER"], password=app["PASSWORD"], dbname=app["NAME"]
    )


class _Watch(threading.Thread):
    """The most connections that the server had of the app in this database at once, of those made after this one."""

    def __init__(self) -> None:
        super().__init__()
        self.most, self.over = 0, threading.Event()

    def __enter__(self) -> None:
        self.start()

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.join()

    def run(self) -> None:
        with closing(_direct()) as direct, direct.cursor() as cursor:
            direct.autocommit = True
            while not self.over.is_set():
                cursor.execute(
                    """SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
                       AND usename = current_user AND backend_start >
                           (SELECT backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid())"""
                )
                self.most = max(self.most, *(cursor.fetchone() or (0,)), 0)
                time.sleep(0.05)
