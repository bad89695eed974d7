"""A person of Kent's clicks, types and throws things. One session is one transaction, which is rolled back; what it
asks follows from the seed and its number."""

import io
import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, connection, transaction
from django.test import Client

from ambassadors.own import own_pass
from councils.tenancy import current_scope
from enquiries import status_pass
from lafse.isolation.addresses import addresses
from lafse.logs import formatter
from tests.fuzz.asking import Asked, Curiosity
from tests.fuzz.canary import heard_in, heard_in_bytes
from tests.fuzz.pages import Page
from tests.fuzz.victims import Rows, events_of_accounts, heard_in_rows_of, rolled_back, rows_of_victims, written
from tests.fuzz.world import Actor, World

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

STEPS = 25
_FRAMES = 6
_ONLY_IN_DEVELOPMENT = "mailbox:"  # shows everybody's mail to everybody
_LOGGED_OUT_AT = ("/staff/account/log-out/", "/staff/logout/", "/ambassadors/log-out/", "/ambassadors/enter/")
# What these write down in another council is what they are for: councils.tenancy.crossings, the public form, and what
# happens to an account, which its home hub office owns. Rows that stood before change at none of them.
MAY_ADD_ELSEWHERE = ("enquire:", "admin:enquiries_enquiry_enter", "admin:enquiries_enquiry_pass_on", "account_", "mfa_")


@dataclass(frozen=True)
class Fault:
    what: str
    session: "Session"
    after: int  # requests

    @property
    def last(self) -> str:
        return self.session.history[self.after - 1] if self.after else ""

    def __str__(self) -> str:
        asked = "\n".join(f"  {each}" for each in self.session.history[: self.after])
        return f"{self.what}\n{self.session.title} asked:\n{asked}"


@dataclass
class Session:
    world: World
    actor: Actor
    title: str
    chance: Random
    before: Rows
    history: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    answers: list[tuple[str, int]] = field(default_factory=list)  # by the address's name
    only: str = ""  # the name of the one address at which everything is thrown

    def __post_init__(self) -> None:
        network = ":".join(f"{self.chance.randrange(65536):x}" for _ in range(3))  # no rate limit is used up
        self.client = Client(raise_request_exception=False, REMOTE_ADDR=f"2001:db8:{network}::1")
        places = [each for each in addresses() if not each.name.startswith(_ONLY_IN_DEVELOPMENT)]
        if self.only:
            places = [each for each in places if each.name == self.only]
        self.curiosity = Curiosity(self.world, self.chance, places, only_throws=bool(self.only))

    def run(self, steps: int = STEPS) -> None:
        with _logged() as log, rolled_back():
            self._arrive()
            for _ in range(steps):
                self.ask(self.curiosity.next())
            self._told(*heard_in_rows_of(self.world.ours))
        if around := heard_in(log.getvalue()):
            self._told(f"the log says {around}")

    def ask(self, asked: Asked) -> None:
        self.history.append(str(asked))
        count = written()
        self._look_at(self._answer_to(asked), asked.address)
        if written() != count:
            self._look_at_rows()

    def _answer_to(self, asked: Asked) -> "Response":
        if asked.method != "POST":
            return self.client.generic(asked.method, asked.address)
        if self.chance.random() < 0.2:
            return self.client.post(asked.address, asked.sends)  # in parts
        return self.client.post(asked.address, asked.body, content_type="application/x-www-form-urlencoded")

    def _arrive(self) -> None:
        if self.actor.user:
            self.client.force_login(self.actor.user)
        if self.actor.opened:
            self.client.cookies[status_pass.cookie_name()] = self.actor.opened
        if self.actor.own_pass:
            self.client.cookies[own_pass.cookie_name()] = self.actor.own_pass

    def _look_at(self, response: "Response", address: str) -> None:
        self.answers.append((_name(response), response.status_code))
        content = _content(response)
        said = f"{response.headers} {response.cookies}"
        if around := heard_in_bytes(content) or heard_in(said):
            self._told(f"shows {around}")
        if response.status_code >= 500 and not _is_somebody_elses(response):
            self._told(f"answers {response.status_code}: {_error(response)}")
        if current_scope() is not None or connection.needs_rollback:
            self._told("leaves a scope or a broken transaction behind")
        if address.startswith(_LOGGED_OUT_AT):
            self._arrive()
        if "html" in response.headers.get("Content-Type", ""):
            self.curiosity.remember(Page(address.split("?")[0], content.decode(errors="replace")))
        if (to := response.headers.get("Location", "")).startswith("/"):
            self.curiosity.remember(Page(address, f'<a href="{to}">'))

    def _look_at_rows(self) -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        except IntegrityError as error:
            self._told(f"would fail at commit: {error}")
        now, name = rows_of_victims(self.world), self.answers[-1][0]
        changed = sorted({table for (table, key), mark in self.before.items() if now.get((table, key)) != mark})
        of_accounts = events_of_accounts(self.world, self.actor.user)
        added = sorted({table for table, _ in now.keys() - self.before.keys() - of_accounts})
        if changed:
            self._told(f"{name} changes others' rows: {', '.join(changed)}")
        if added and not name.startswith(MAY_ADD_ELSEWHERE):
            self._told(f"{name} adds rows to others: {', '.join(added)}")
        self.before = now

    def _told(self, *faults: str) -> None:
        self.faults += [Fault(what, self, len(self.history)) for what in faults]


def _name(response: "Response") -> str:
    """Of the address; empty where there is none, or nobody looked."""
    match = response.wsgi_request.resolver_match
    return match.view_name if match else ""


def _is_somebody_elses(response: "Response") -> bool:
    """An identity provider that cannot be reached is none of ours."""
    return response.status_code == 503 and _name(response).startswith("openid_connect_")


def _content(response: "Response") -> bytes:
    if response.streaming:
        return b"".join(response.streaming_content)  # type: ignore[attr-defined]  # only a streaming one has it
    return response.content


def _error(response: "Response") -> str:
    info: Any = getattr(response, "exc_info", None)
    if not info:
        return "no exception"
    frames = traceback.extract_tb(info[2])[-_FRAMES:]
    return f"{info[0].__name__}: {info[1]} at " + ", ".join(f"{at.filename}:{at.lineno}" for at in frames)


@contextmanager
def _logged() -> Iterator[io.StringIO]:
    """Everything that is logged, as the production's handler would write it."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(formatter())
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield text
    finally:
        root.removeHandler(handler)


_SHARES = {
    "manager": 5,
    "officer": 4,
    "safeguarding": 2,
    "anonymous": 2,
    "enquirer": 2,
    "ambassador": 2,
    "coordinator": 2,
}  # of sessions; others one


def visit(world: World, *, seed: str, requests: int) -> Iterator[Session]:
    """Sessions of everybody in turn, until so many requests are asked."""
    before = rows_of_victims(world)
    turns = [actor for turn in range(5) for actor in world.actors if _SHARES.get(actor.name, 1) > turn]
    for number in range(-(-requests // STEPS)):
        session = session_of(world, turns[number % len(turns)], seed, number, before)
        session.run()
        yield session


def session_of(world: World, actor: Actor, seed: str, number: int, before: Rows, *, only: str = "") -> Session:
    title = f"seed {seed}, session {number}, {actor.name}"
    return Session(world, actor, title, Random(f"{seed}:{number}"), dict(before), only=only)  # noqa: S311  # repeatable
