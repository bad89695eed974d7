"""Ask as a server does: a few threads, each with one connection that it keeps, take what comes in random order."""

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from random import Random
from typing import Any
from wsgiref.types import WSGIEnvironment

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, connections
from django.test import Client, RequestFactory, override_settings
from psycopg2.extensions import TRANSACTION_STATUS_IDLE

from councils.models import Council
from councils.roles import Role
from councils.tenancy import as_council, current_scope
from enquiries.models import Enquiry, Note
from tests import factories
from tests.crowd.pages import NOBODY, WRITTEN, staff

ANYBODY = "/crowd/anybody/"
# What each answers where all is well; 500 is what a failure looks like from outside.
STATUS = {"crashing": 500, "unwell": 503, "too_slow": 500, "cut_off": 500, "badly_rendered": 500}
_PATIENCE = 180  # seconds
_NAME = re.compile(r"Only [A-Z]{3,4}")


@dataclass(frozen=True)
class Member:
    """A council with one case, whose name says whose it is, and an officer who is logged in."""

    council: Council
    name: str
    session: str


@dataclass(frozen=True)
class Request:
    """`member`: who asks; None for a visitor. `leaves`: goes away after the first piece. `breaks`: while sending."""

    path: str
    member: Member | None = None
    status: int = 200
    sees: str = ""
    leaves: bool = False
    breaks: bool = False


@dataclass
class Crowd:
    members: Sequence[Member]
    faults: list[str] = field(default_factory=list)
    answered: int = 0

    def ask(self, requests: Sequence[Request], *, threads: int, around: Callable[[], Any] | None = None) -> None:
        """`around`: a context manager that each thread enters with its connection."""
        queue: SimpleQueue[Request] = SimpleQueue()
        for request in requests:
            queue.put(request)
        work = [threading.Thread(target=self._work, args=(queue, around)) for _ in range(threads)]
        for thread in work:
            thread.start()
        for thread in work:
            thread.join(_PATIENCE)
            assert not thread.is_alive(), "a request does not end"

    def _work(self, queue: "SimpleQueue[Request]", around: Callable[[], Any] | None) -> None:
        try:
            with around() if around else _nothing():
                while True:
                    self.faults += [f"{request}: {fault}" for request in [queue.get_nowait()] for fault in ask(request)]
                    self.answered += 1
        except Empty:
            pass
        finally:
            connections.close_all()


@contextmanager
def _nothing() -> Iterator[None]:
    yield


def arrive() -> Crowd:
    """The hub's twenty councils."""
    councils = Council.objects.fostering().filter(hub__slug=settings.DEFAULT_HUB).order_by("pk")
    return Crowd([_member(council) for council in councils])


def _member(council: Council) -> Member:
    user = factories.user(f"officer-{council.slug}", council, Role.OFFICER)
    enquiry = factories.enquiry(council, name=f"Only {council.code}")
    with as_council(council):
        Enquiry.objects.filter(pk=enquiry.pk).update(owner=user)
    client = Client()
    client.force_login(user)
    return Member(council, enquiry.name, client.cookies[settings.SESSION_COOKIE_NAME].value)


def everything(crowd: Crowd, chance: Random, times: int = 1) -> list[Request]:
    """Each page for each council, visitors in between, shuffled."""
    asked = [request for _ in range(times) for member in crowd.members for request in _of(member)]
    asked += [Request(ANYBODY, sees=NOBODY)] * (len(asked) // 3)
    chance.shuffle(asked)
    return asked


def harmless(crowd: Crowd) -> list[Request]:
    """A page for each, and visitors."""
    return [each for member in crowd.members for each in (_plain(member), Request(ANYBODY, sees=NOBODY))]


def _plain(member: Member) -> Request:
    return Request("/staff/crowd/plain/", member, sees=member.name)


def _of(member: Member) -> Iterator[Request]:
    for page in staff:
        status = STATUS.get(page, 200)
        sees = member.name if status == 200 else ""
        yield Request(f"/staff/crowd/{page}/", member, status, sees)
    yield Request("/staff/crowd/streamed/", member, sees=member.name, leaves=True)
    yield Request("/staff/crowd/plain/", member, status=400, breaks=True)
    yield _plain(member)
    yield Request(f"/crowd/{member.council.slug}/", sees=member.name)
    yield Request("/staff/enquiries/enquiry/", member, sees=member.name)


def ask(request: Request) -> Iterator[str]:
    """What is wrong with the answer, or with the connection afterwards."""
    status, text = _answer(request)
    if status != request.status:
        yield f"answered {status}"
    if request.sees not in text:
        yield f"did not see {request.sees}, but {text[:200]}"
    others = {name for name in _NAME.findall(text) if request.member is None or name != request.member.name}
    if others - {request.sees}:
        yield f"saw {sorted(others)}"
    yield from left_behind()


def left_behind() -> Iterator[str]:
    if current_scope() is not None or connection.in_atomic_block:
        yield "left a scope or a transaction open"
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.councils', true), count(*) FROM enquiries_enquiry")
        setting, rows = cursor.fetchone()
    if setting or rows:
        yield f"left the councils {setting} behind, and {rows} rows to be seen"
    if connection.connection.info.transaction_status != TRANSACTION_STATUS_IDLE:
        yield "left a transaction open in the database"


class _Breaks:
    """A body whose sender is gone."""

    def read(self, size: int = -1) -> bytes:
        raise OSError("connection reset by peer")

    readline = read


def _answer(request: Request) -> tuple[int, str]:
    """As a WSGI server would ask, and close what it was given, read or not."""
    told: list[str] = []

    def start(status: str, headers: list[tuple[str, str]], error: object = None) -> Callable[[bytes], object]:
        told.append(status)
        return pieces.append

    pieces: list[bytes] = []
    response = WSGIHandler()(_environ(request), start)
    try:
        for piece in response:
            pieces.append(piece)
            if request.leaves:
                break
    finally:
        response.close()
    return int(told[0].split()[0]), b"".join(pieces).decode()


def _environ(request: Request) -> WSGIEnvironment:
    cookies = f"{settings.SESSION_COOKIE_NAME}={request.member.session}" if request.member else ""
    factory = RequestFactory(REMOTE_ADDR="2001:db8::7", HTTP_COOKIE=cookies)
    environ: WSGIEnvironment = factory.get(request.path).environ
    if request.breaks:
        form = {"CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": "10"}
        environ |= {"REQUEST_METHOD": "POST", "wsgi.input": _Breaks()} | form
    return environ


def written_by_failures(crowd: Crowd) -> int:
    """Of what failed nothing stays. A part that was given up is nothing too."""
    return sum(_notes(member) for member in crowd.members)


def _notes(member: Member) -> int:
    with as_council(member.council):
        return Note.objects.filter(council=member.council, text=WRITTEN).count()


def on_these_pages() -> override_settings:
    return override_settings(ROOT_URLCONF="tests.crowd.pages")


@contextmanager
def settings_that_last() -> Iterator[None]:
    """The mistake: the scope is set for the session, and not for the transaction."""

    def last(execute: Callable[..., object], statement: str, *rest: object) -> object:
        return execute(statement.replace(", %s, true)", ", %s, false)"), *rest)

    with connection.execute_wrapper(last):
        yield
