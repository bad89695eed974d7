"""Ask every address by every method as every actor, about one's own object, others' and one that does not exist."""

import re
import secrets
from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from councils.clock import hub_now
from councils.roles import Permission
from councils.routing import release_in_use
from councils.tenancy import as_council, council_owned_tables
from enquiries import status_pass
from lafse.isolation.addresses import Address, addresses
from lafse.isolation.expected import EXPECTED, IN_A_MONTH, ONLY_IN_DEVELOPMENT
from lafse.isolation.rows import Expected
from lafse.isolation.scratch import NOWHERE, Actor, Objects, Scratch, Tenant, make
from lafse.isolation.wanted import wanted_of

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")
# What differs from one answer to the next although nothing was told.
_FRESH = re.compile(r'(csrfmiddlewaretoken" value="|nonce[=-]"?|csrftoken=)[\w+/=-]+')
_FRESH_HEADERS = {"X-Request-Id", "Content-Length", "Expires"}


@dataclass(frozen=True)
class Answer:
    """`told`: status, headers, cookies and body without what is fresh each time. `queries` stand for time. `changed`:
    the councils whose rows were others afterwards, which the actor may not see."""

    status: int
    text: str
    told: tuple[object, ...]
    queries: int
    changed: tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """`statuses`: of one's own object, others' and none; one where the address is about no object."""

    address: str
    method: str
    actor: str
    statuses: tuple[int, ...]
    faults: tuple[str, ...]


@dataclass
class Report:
    cells: list[Cell] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def check(expected: Mapping[str, Expected] = EXPECTED, *, only: Container[str] | None = None) -> Report:
    """Works in a transaction of its own that is rolled back: a database in use keeps nothing of it.

    `only` these addresses are asked; that the table holds every address is looked at all the same.
    """
    report = Report()
    known = [address for address in addresses() if not _is_for_development(address)]
    names = {address.name for address in known}
    report.faults += [f"{name}: not in the reviewed table" for name in sorted(names - expected.keys())]
    report.faults += [f"{name}: in the reviewed table, but no address" for name in sorted(expected.keys() - names)]
    with _rolled_back():
        walk = _Walk(make())
        release_in_use()  # read once a process: the first page asked must not cost more than the second
        for address in known:
            if address.name in expected and (only is None or address.name in only):
                report.cells += walk.cells(address, expected[address.name])
    report.faults += [
        f"{cell.method} {cell.address} as {cell.actor}: {fault}" for cell in report.cells for fault in cell.faults
    ]
    return report


def _is_for_development(address: Address) -> bool:
    return settings.DEV_MAILBOX and address.name.startswith(ONLY_IN_DEVELOPMENT)


class _Count:
    """Statements sent to the database."""

    queries = 0

    def __call__(self, execute: Callable[..., object], *arguments: object) -> object:
        self.queries += 1
        return execute(*arguments)


class _Walk:
    def __init__(self, scratch: Scratch) -> None:
        self.scratch = scratch
        self.sessions = {actor.name: _session(actor) for actor in scratch.actors}
        self.rows = {tenant.council.pk: _rows(tenant) for tenant in scratch.tenants}
        self.network = f"2001:db8:{secrets.token_hex(2)}::1"  # of nobody's: a rate limit is not used up

    def cells(self, address: Address, expected: Expected) -> Iterator[Cell]:
        for method in METHODS:
            for actor in self.scratch.actors:
                if expected.about:
                    yield self._about_objects(address, expected, expected.about, method, actor)
                else:
                    yield self._about_nothing(address, expected, method, actor)

    def _about_nothing(self, address: Address, expected: Expected, method: str, actor: Actor) -> Cell:
        path = expected.path or address.path(
            {name: self.scratch.examples[key] for name, key in expected.values.items()}
        )
        answer = self._ask(actor, method, path, expected.sends)
        wanted = wanted_of(expected, actor, method, own=True)
        return Cell(address.name, method, actor.name, (answer.status,), tuple(self._faults(actor, answer, wanted)))

    def _about_objects(
        self, address: Address, expected: Expected, about: tuple[str, str], method: str, actor: Actor
    ) -> Cell:
        def ask(objects: Objects) -> Answer:
            parameter, kind = about
            path = address.path({parameter: objects[kind]})
            return self._ask(actor, method, path, expected.sends, key=objects[kind])

        own = [ask(tenant.objects) for tenant in self.scratch.own(actor)]
        none, others = ask(NOWHERE), [ask(tenant.objects) for tenant in self.scratch.others(actor)]
        faults = [
            *(
                fault
                for answer in own
                for fault in self._faults(actor, answer, wanted_of(expected, actor, method, own=True))
            ),
            *self._faults(actor, none, wanted_of(expected, actor, method, own=False)),
            *(fault for answer in others for fault in self._faults(actor, answer, none.status)),
            *("another council's object answers unlike none" for other in others if other.told != none.told),
            *("another council's object costs other queries than none" for o in others if o.queries != none.queries),
        ]
        statuses = (*(answer.status for answer in own[:1]), *(answer.status for answer in others[:1]), none.status)
        return Cell(address.name, method, actor.name, statuses, tuple(faults))

    def _ask(self, actor: Actor, method: str, path: str, sends: Mapping[str, str], key: str = "") -> Answer:
        client = Client(raise_request_exception=False, REMOTE_ADDR=self.network, SERVER_NAME=_host())
        if session := self.sessions[actor.name]:
            client.cookies[settings.SESSION_COOKIE_NAME] = session
        if actor.opened:
            client.cookies[status_pass.cookie_name()] = actor.opened
        count = _Count()
        with _rolled_back():
            written = _written()
            with connection.execute_wrapper(count):
                secure = settings.SECURE_SSL_REDIRECT
                if method == "POST":
                    response = client.post(path, _written_out(sends), secure=secure)
                else:
                    response = client.generic(method, path, secure=secure)
            changed = tuple(self._changed(actor)) if _written() != written else ()
        text = response.content.decode(errors="replace")
        told = _told(response, text, key)
        return Answer(response.status_code, text + str(response.headers), told, count.queries, changed)

    def _changed(self, actor: Actor) -> Iterator[str]:
        """Before what was done is rolled back."""
        for tenant in self.scratch.others(actor):
            if _rows(tenant) != self.rows[tenant.council.pk]:
                yield tenant.council.name

    def _faults(self, actor: Actor, answer: Answer, wanted: int) -> Iterator[str]:
        if answer.status != wanted:
            yield f"answered {answer.status} and not {wanted}"
        yield from (f"changes a row of {name}" for name in answer.changed)
        for tenant in self.scratch.others(actor):
            if tenant.word in answer.text:
                yield f"shows a row of {tenant.council.name}"
        for tenant in self.scratch.tenants:
            if tenant.concern in answer.text and not actor.may(Permission.SAFEGUARD, tenant.council):
                yield f"shows a safeguarding note of {tenant.council.name}"


def _told(response: "Response", text: str, key: str) -> tuple[object, ...]:
    def plain(words: str) -> str:
        return _FRESH.sub(r"\1", words.replace(key, "KEY") if key else words)

    headers = [(name, plain(value)) for name, value in response.items() if name not in _FRESH_HEADERS]
    return response.status_code, sorted(headers), sorted(response.cookies), plain(text)


def _written() -> int:
    """Rows of any council written since the transaction began: who wrote none has changed none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables WHERE relname = ANY(%s)",
            [list(council_owned_tables())],
        )
        return int(cursor.fetchone()[0])


def _rows(tenant: Tenant) -> list[tuple[str, ...]]:
    """A fingerprint of everything the council owns."""
    tables = [connection.ops.quote_name(table) for table in sorted(council_owned_tables())]
    every = " UNION ALL ".join(
        f"SELECT '{table}', md5(string_agg(row::text, '' ORDER BY id)) FROM {table} AS row"  # noqa: S608  # a model's
        for table in tables
    )
    with as_council(tenant.council), connection.cursor() as cursor:
        cursor.execute(every)
        return list(cursor.fetchall())


def _written_out(sends: Mapping[str, str]) -> dict[str, str]:
    day = f"{hub_now() + timedelta(days=30):%Y-%m-%d}"
    return {name: day if value == IN_A_MONTH else value for name, value in sends.items()}


def _session(actor: Actor) -> str:
    client = Client(SERVER_NAME=_host())
    if actor.user is None:
        return ""
    client.force_login(actor.user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _host() -> str:
    named = [host.lstrip(".") for host in settings.ALLOWED_HOSTS if host != "*"]
    return named[0] if named else "localhost"


@contextmanager
def _rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
