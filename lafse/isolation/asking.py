"""Ask every address by every method as every actor, about one's own object, others' and one that does not exist."""

import logging
import re
from collections.abc import Callable, Collection, Container, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse

from councils.clock import hub_now
from councils.rate_limits import counted_apart
from councils.roles import Permission
from councils.routing import release_in_use
from lafse.isolation.actors import Actor
from lafse.isolation.addresses import Address, addresses
from lafse.isolation.browser import Browser, handler
from lafse.isolation.expected import EXPECTED, IN_A_MONTH, ONLY_IN_DEVELOPMENT
from lafse.isolation.rows import HELD_BY, Expected
from lafse.isolation.scratch import NOWHERE, Objects, Scratch, Tenant, make
from lafse.isolation.traces import Traces
from lafse.isolation.wanted import of_set_aside, wanted_of

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")
# What differs from one answer to the next although nothing was told; also which councils one may choose to work for,
# since the one that was asked for may be among them.
_FRESH = re.compile(r'(csrfmiddlewaretoken" value="|nonce[=-]"?|csrftoken=|name="council" value=")[\w+/=-]+')
_READING = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")
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


@dataclass(frozen=True)
class Part:
    """Of the matrix. None is everything there is."""

    addresses: Container[str] | None = None
    actors: Container[str] | None = None
    methods: Collection[str] = METHODS

    def asks(self, address: str) -> bool:
        return self.addresses is None or address in self.addresses

    def knows(self, actor: Actor) -> bool:
        return self.actors is None or actor.name in self.actors


def check(expected: Mapping[str, Expected] = EXPECTED, part: Part = Part()) -> Report:  # frozen
    """Works in a transaction of its own that is rolled back: a database in use keeps nothing of it.

    Of a `part` the addresses in it are asked; that the table holds every address is looked at all the same.
    """
    report = Report()
    known = [address for address in addresses() if not _is_for_development(address)]
    names = {address.name for address in known}
    report.faults += [f"{name}: not in the reviewed table" for name in sorted(names - expected.keys())]
    report.faults += [f"{name}: in the reviewed table, but no address" for name in sorted(expected.keys() - names)]
    with _rolled_back(), silent():
        walk = Walk(make(), part)
        for address in known:
            if address.name in expected and part.asks(address.name):
                report.cells += walk.cells(address, expected[address.name])
    report.faults += faults_of(report.cells)
    return report


def faults_of(cells: Collection[Cell]) -> list[str]:
    return [f"{cell.method} {cell.address} as {cell.actor}: {fault}" for cell in cells for fault in cell.faults]


@contextmanager
def silent() -> Iterator[None]:
    """A line for each of some thousand requests would be read by nobody."""
    before = logging.root.manager.disable
    logging.disable()
    try:
        yield
    finally:
        logging.disable(before)


def _is_for_development(address: Address) -> bool:
    return settings.DEV_MAILBOX and address.name.startswith(ONLY_IN_DEVELOPMENT)


class _Count:
    """Statements sent to the database, and whether one of them might have written."""

    queries = 0
    writes = False

    def __call__(self, execute: Callable[..., object], statement: str, *arguments: object) -> object:
        self.queries += 1
        self.writes = self.writes or not statement.startswith(_READING)
        return execute(statement, *arguments)


class Walk:
    def __init__(self, scratch: Scratch, part: Part) -> None:
        self.scratch, self.methods = scratch, part.methods
        self.actors = [actor for actor in scratch.actors if part.knows(actor)]
        through = handler()
        self.browsers = {actor.name: Browser(actor, through=through) for actor in self.actors}
        self.traces = Traces(scratch.tenants)
        release_in_use()  # read once a process: the first page asked must not cost more than the second

    def cells(self, address: Address, expected: Expected) -> Iterator[Cell]:
        for method in self.methods:
            for actor in self.actors:
                yield self.cell(address, expected, method, actor)
        self.traces.require_none_unseen()

    def cell(self, address: Address, expected: Expected, method: str, actor: Actor) -> Cell:
        if expected.about:
            return self._about_objects(address, expected, expected.about, method, actor)
        return self._about_nothing(address, expected, method, actor)

    def _about_nothing(self, address: Address, expected: Expected, method: str, actor: Actor) -> Cell:
        path = expected.path or address.path(
            {name: self.scratch.examples[key] for name, key in expected.values.items()}
        )
        answer = self._ask(actor, method, path, expected.sends)
        if expected.by_link:
            answer = replace(answer, changed=())
        wanted, needs = wanted_of(address, expected, actor, method), expected.shows or HELD_BY.get(expected.audience)
        return Cell(
            address.name, method, actor.name, (answer.status,), tuple(self._faults(actor, needs, answer, wanted))
        )

    def _about_objects(
        self, address: Address, expected: Expected, about: tuple[str, str], method: str, actor: Actor
    ) -> Cell:
        parameter, kind = about

        def ask(objects: Objects) -> Answer:
            path = address.path({parameter: objects[kind]})
            return self._ask(actor, method, path, expected.sends, key=objects[kind])

        needs = HELD_BY.get(expected.audience)
        mine, foreign = self.scratch.own(actor, needs), _far_apart(self.scratch.others(actor, needs))
        colleagues = [
            tenant.objects | tenant.colleagues for tenant in mine if actor.own_pass and kind in tenant.colleagues
        ]
        if not mine or method not in ("GET", "POST") or wanted_of(address, expected, actor, method) == 405:
            # HEAD runs what GET runs, a method that is refused is refused before anything is read; and to whoever sees
            # no council's rows every council is as strange as the next.
            mine, foreign = mine[:1], foreign[:1]
        own = [(_but_for_the_pair(ask(tenant.objects), expected, tenant), tenant.council) for tenant in mine]
        none, others = ask(NOWHERE), [ask(objects) for objects in (*(each.objects for each in foreign), *colleagues)]
        faults = [
            *(
                fault
                for answer, council in own
                for fault in self._faults(actor, needs, answer, wanted_of(address, expected, actor, method, of=council))
            ),
            *self._faults(actor, needs, none, wanted_of(address, expected, actor, method, own=False)),
            *(fault for answer in others for fault in self._faults(actor, needs, answer, none.status)),
            *("another council's object answers unlike none" for other in others if other.told != none.told),
            *("another council's object costs other queries than none" for o in others if o.queries != none.queries),
        ]
        for tenant in self.scratch.set_aside(actor):
            faults += self._faults(actor, needs, ask(tenant.objects), *of_set_aside(none.status))
        statuses = (*(answer.status for answer, _ in own[:1]), *(each.status for each in others[:1]), none.status)
        return Cell(address.name, method, actor.name, statuses, tuple(faults))

    def _ask(self, actor: Actor, method: str, path: str, sends: Mapping[str, str], key: str = "") -> Answer:
        count = _Count()
        with _rolled_back():
            with connection.execute_wrapper(count), counted_apart():
                response = self.browsers[actor.name].ask(method, path, _written_out(sends))
            written = self.traces.changed() if count.writes else frozenset()
        changed = tuple(each.council.name for each in self.scratch.untouchable(actor) if each.council.pk in written)
        text = response.content.decode(errors="replace")
        told = _told(response, text, key)
        return Answer(response.status_code, text + str(response.headers), told, count.queries, changed)

    def _faults(self, actor: Actor, needs: Permission | None, answer: Answer, *wanted: int) -> Iterator[str]:
        """`wanted`: one of these statuses. `needs`: whoever has this sees more here than cases."""
        if answer.status not in wanted:
            yield f"answered {answer.status} and not {' or '.join(map(str, wanted))}"
        yield from (f"changes a row of {name}" for name in answer.changed)
        for tenant in (*self.scratch.strangers(actor, needs), *self.scratch.set_aside(actor)):
            if tenant.word in answer.text:
                yield f"shows a row of {tenant.council.name}"
        if actor.own_pass and any(each.word in answer.text.replace(each.theirs, "") for each in self.scratch.tenants):
            yield "shows an ambassador what is not theirs"
        for tenant in self.scratch.tenants:
            if tenant.concern in answer.text and not actor.may(Permission.SAFEGUARD, tenant.council):
                yield f"shows a safeguarding note of {tenant.council.name}"


def _but_for_the_pair(answer: Answer, expected: Expected, tenant: Tenant) -> Answer:
    paired = tenant.paired.name if expected.writes_to_both and tenant.paired else ""
    return replace(answer, changed=tuple(name for name in answer.changed if name != paired))


def _far_apart(tenants: list[Tenant]) -> list[Tenant]:
    """One of the actor's hub and one of another: the last is elsewhere."""
    return [tenants[0], tenants[-1]] if len(tenants) > 2 else tenants


def _told(response: HttpResponse, text: str, key: str) -> tuple[object, ...]:
    def plain(words: str) -> str:
        return _FRESH.sub(r"\1", words.replace(key, "KEY") if key else words)

    headers = [(name, plain(value)) for name, value in response.items() if name not in _FRESH_HEADERS]
    return response.status_code, sorted(headers), sorted(response.cookies), plain(text)


def _written_out(sends: Mapping[str, str]) -> dict[str, str]:
    day = f"{hub_now() + timedelta(days=30):%Y-%m-%d}"
    return {name: day if value == IN_A_MONTH else value for name, value in sends.items()}


@contextmanager
def _rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
