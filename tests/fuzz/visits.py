"""A person of Kent's clicks, types and throws things. One session is one transaction, which is rolled back; what it
asks follows from the seed and its number."""

import io
import logging
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.db import IntegrityError, connection, transaction
from django.test import Client

from councils.tenancy import current_scope
from enquiries import status_pass
from lafse.isolation.addresses import addresses
from lafse.logs import formatter
from tests.fuzz.canary import heard_in, heard_in_bytes
from tests.fuzz.pages import Field, Form, Page
from tests.fuzz.victims import Rows, heard_in_rows_of, rolled_back, rows_of_victims, written
from tests.fuzz.words import Words
from tests.fuzz.world import Actor, World

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

STEPS = 25
_FRONTIER = 120  # links and forms remembered
_FRAMES = 6
_ONLY_IN_DEVELOPMENT = "mailbox:"  # shows everybody's mail to everybody
_LOGGED_OUT_AT = ("/staff/account/log-out/", "/staff/logout/")
# What these write down in another council is what they are for: councils.tenancy.crossings, the public form, and what
# happens to an account, which its home hub office owns. Rows that stood before change at none of them.
MAY_ADD_ELSEWHERE = ("enquire:", "admin:enquiries_enquiry_enter", "admin:enquiries_enquiry_pass_on", "account_", "mfa_")


@dataclass(frozen=True)
class Fault:
    what: str
    session: "Session"
    after: int  # requests

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
    links: dict[str, None] = field(default_factory=dict)  # the latest last
    forms: dict[str, Form] = field(default_factory=dict)  # by where they are sent to
    only_throws: bool = False

    def __post_init__(self) -> None:
        self.words = Words(self.world, self.chance)
        network = ":".join(f"{self.chance.randrange(65536):x}" for _ in range(3))  # no rate limit is used up
        self.client = Client(raise_request_exception=False, REMOTE_ADDR=f"2001:db8:{network}::1")
        self.places = [each for each in addresses() if not each.name.startswith(_ONLY_IN_DEVELOPMENT)]
        self.links |= dict.fromkeys(("/", "/staff/", "/enquire/", "/your-enquiry/", "/staff/enquiries/enquiry/"))

    def run(self, steps: int = STEPS) -> None:
        with _logged() as log, rolled_back():
            self._arrive()
            for _ in range(steps):
                self.chance.choices((self._throw, self._follow, self._submit), (25, *self._clicks()))[0]()
            self._told(*heard_in_rows_of(self.world.ours))
        if around := heard_in(log.getvalue()):
            self._told(f"the log says {around}")

    def ask(self, method: str, address: str, sends: Mapping[str, list[str]] | None = None) -> None:
        """`address`: path and query, quoted."""
        self.history.append(f"{method} {address} {dict(sends or {})}")
        count = written()
        if method == "POST":
            response = (
                self.client.post(address, sends or {})
                if self.chance.random() < 0.2
                else self._urlencoded(address, sends)
            )
        else:
            response = self.client.generic(method, address)
        self._look_at(response, address)
        if written() != count:
            self._look_at_rows(response)

    def _urlencoded(self, address: str, sends: Mapping[str, list[str]] | None) -> "Response":
        pairs = [(name, value) for name, values in (sends or {}).items() for value in values]
        body = "&".join(f"{quote(name, errors='replace')}={quote(value, errors='replace')}" for name, value in pairs)
        return self.client.post(address, body, content_type="application/x-www-form-urlencoded")

    def _arrive(self) -> None:
        if self.actor.user:
            self.client.force_login(self.actor.user)
        if self.actor.opened:
            self.client.cookies[status_pass.cookie_name()] = self.actor.opened

    # --- what is asked

    def _clicks(self) -> tuple[int, int]:
        """How often a link is followed, and a form sent."""
        return (0, 0) if self.only_throws else (40, 35)

    def _follow(self) -> None:
        self.ask(
            self.chance.choices(("GET", "HEAD"), (30, 1))[0],
            self._with_query(self.chance.choice(list(self.links)), 0.35),
        )

    def _submit(self) -> None:
        if not self.forms:
            return self._follow()
        form = self.chance.choice(list(self.forms.values()))
        sends = self._filled(form)
        if form.method == "POST":
            return self.ask("POST", self._with_query(form.action, 0.1), sends)
        query = "&".join(
            f"{quote(name)}={quote(value, errors='replace')}" for name, all_ in sends.items() for value in all_
        )
        return self.ask("GET", f"{form.action.split('?')[0]}?{query}")

    def _throw(self) -> None:
        """At any address, linked or not, about anybody's object or none."""
        address = self.chance.choice(self.places)
        path = quote(address.path(_Values(self)), safe="/", errors="replace")
        if self.chance.random() < 0.5:
            self.ask("GET", self._with_query(path, 0.7))
        else:
            names = [each.name for form in self.forms.values() for each in form.fields] or ["x"]
            sends = {self.chance.choice(names): [self.words.any()] for _ in range(self.chance.randint(0, 6))}
            self.ask("POST", self._with_query(path, 0.2), sends)

    def _with_query(self, address: str, how_often: float) -> str:
        if self.chance.random() >= how_often:
            return address
        return f"{address}{'&' if '?' in address else '?'}{self.words.query()}"

    def _filled(self, form: Form) -> dict[str, list[str]]:
        """Mostly as it stands, some answers changed, a few thrown in. One button is pressed."""
        sends: dict[str, list[str]] = {}
        wild = self.chance.random() * 0.6
        for each in form.fields:
            if each.kind == "radio":
                if each.name not in sends or self.chance.random() < 0.4:
                    sends[each.name] = [each.value]
            elif each.kind in ("submit", "button", "checkbox"):
                if self.chance.random() < 0.5:
                    sends.setdefault(each.name, []).append(each.value or "on")
            else:
                sends[each.name] = [self._answer(each, wild)]
        if self.chance.random() < 0.15:
            sends[self.chance.choice(("next", "_popup", "to", "council", "action", "_save", "owner"))] = [
                self.words.any()
            ]
        return sends

    def _answer(self, each: Field, wild: float) -> str:
        if self.chance.random() < wild:
            return self.words.any()
        if each.options and self.chance.random() < 0.7:
            return self.chance.choice(each.options)
        if not each.value and each.kind in ("text", "textarea", "email", "tel"):
            return self.chance.choice(("An answer", "someone@example.org", "07700900123", "SO23 8UJ", "2026-11-27"))
        return each.value

    # --- what comes back

    def _look_at(self, response: "Response", address: str) -> None:
        self.answers.append((_name(response), response.status_code))
        content = _content(response)
        said = f"{response.headers} {response.cookies}"
        if around := heard_in_bytes(content) or heard_in(said):
            self._told(f"shows {around}")
        if response.status_code >= 500:
            self._told(f"answers {response.status_code}: {_error(response)}")
        if current_scope() is not None or connection.needs_rollback:
            self._told("leaves a scope or a broken transaction behind")
        if address.startswith(_LOGGED_OUT_AT):
            self._arrive()
        if "html" in response.headers.get("Content-Type", ""):
            page = Page(address.split("?")[0], content.decode(errors="replace"))
            self._remember(page.links, page.forms)
        if (to := response.headers.get("Location", "")).startswith("/"):
            self._remember([to], [])

    def _remember(self, links: list[str], forms: list[Form]) -> None:
        """What was offered last is kept longest."""
        for link in links:
            self.links.pop(link, None)
            self.links[link] = None
        for form in forms:
            self.forms.pop(form.action, None)
            self.forms[form.action] = form
        for known in (self.links, self.forms):
            for oldest in list(known)[:-_FRONTIER]:
                known.pop(oldest)

    def _look_at_rows(self, response: "Response") -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        except IntegrityError as error:
            self._told(f"would fail at commit: {error}")
        now, name = rows_of_victims(self.world), _name(response)
        changed = sorted({table for (table, key), mark in self.before.items() if now.get((table, key)) != mark})
        added = sorted({table for table, key in now.keys() - self.before.keys()})
        if changed:
            self._told(f"{name} changes others' rows: {', '.join(changed)}")
        if added and not name.startswith(MAY_ADD_ELSEWHERE):
            self._told(f"{name} adds rows to others: {', '.join(added)}")
        self.before = now

    def _told(self, *faults: str) -> None:
        self.faults += [Fault(what, self, len(self.history)) for what in faults]


class _Values(dict[str, str]):
    """For the parameters of an address: one's own, another's, or anything."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    def __missing__(self, name: str) -> str:
        words, kind = self.session.words, name.removesuffix("_id")
        draw = self.session.chance.random()
        if name == "token":
            return str(self.session.chance.choice((*self.session.world.doors, "x" * 43)))
        if draw < 0.5:
            return words.key_of_ours(kind) if words.world.own.get(kind) else words.key_of_ours()
        return words.key_of_theirs(kind) if draw < 0.85 else words.odd()


def _name(response: "Response") -> str:
    """Of the address; empty where there is none, or nobody looked."""
    match = response.wsgi_request.resolver_match
    return match.view_name if match else ""


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


_SHARES = {"manager": 5, "officer": 4, "safeguarding": 2, "anonymous": 2, "enquirer": 2}  # of sessions; others one


def visit(world: World, *, seed: str, requests: int) -> Iterator[Session]:
    """Sessions of everybody in turn, until so many requests are asked."""
    before = rows_of_victims(world)
    turns = [actor for turn in range(5) for actor in world.actors if _SHARES.get(actor.name, 1) > turn]
    for number in range(-(-requests // STEPS)):
        session = session_of(world, turns[number % len(turns)], seed, number, before)
        session.run()
        yield session


def session_of(world: World, actor: Actor, seed: str, number: int, before: Rows) -> Session:
    title = f"seed {seed}, session {number}, {actor.name}"
    return Session(world, actor, title, Random(f"{seed}:{number}"), dict(before))  # noqa: S311  # repeatable
