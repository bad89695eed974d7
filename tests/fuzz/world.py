"""The demonstration in a database of its own, with a canary in whatever Kent's people must not see."""

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council, CouncilKind, Hub, Membership, User
from councils.roles import HUB_WIDE, Role
from councils.tenancy import across, as_council
from enquiries.actions import handovers
from enquiries.actions.safeguarding import write_safeguarding_note
from enquiries.handover_states import HandoverReason, Side
from enquiries.models import Enquiry, Handover
from lafse.isolation.ambassadors import own_pass_for
from lafse.isolation.doors import link_of, pass_for, tokens
from tests import databases, factories
from tests.fuzz.borders import an_ambassador, border_to_a_friend, close_borders_of, talking
from tests.fuzz.canary import CANARY
from tests.fuzz.columns import tie_of, watched_models
from tests.fuzz.filling import Victims, as_owner, fill, fill_up

OURS, FRIEND, THEIRS = "kent", "east-sussex", "hampshire"
Keys = Mapping[str, list[str]]  # by the model's name


@dataclass(frozen=True)
class Actor:
    """`opened`: the pass of an enquirer who has opened the link to a case of Kent's; `own_pass`: of an ambassador of
    Kent's."""

    name: str
    user: User | None = None
    opened: str = ""
    own_pass: str = ""


@dataclass(frozen=True)
class World:
    """Kent, East Sussex which it asks to take a case and is asked by, and all others, who are the victims."""

    ours: Council
    friend: Council
    office: Council
    victims: Victims
    actors: tuple[Actor, ...]
    own: Keys
    foreign: Keys
    doors: tuple[str, ...]


@contextmanager
def world(worker: str, folder: Path) -> Iterator[World]:
    with _database(f"{worker}_canary"):
        yield _made(folder)


@contextmanager
def _database(worker: str) -> Iterator[None]:
    """It is dropped as a whole: nothing has to be put back."""
    before = {alias: str(database["NAME"]) for alias, database in settings.DATABASES.items()}
    witness = settings.WITNESS_PATH
    name = databases.prepare(worker)
    try:
        yield
    finally:
        _drop(name)
        for alias, named in before.items():
            connections[alias].settings_dict["NAME"] = settings.DATABASES[alias]["NAME"] = named
        settings.WITNESS_PATH = os.environ["WITNESS_PATH"] = witness


def _drop(name: str) -> None:
    """The server takes a moment to end a connection that was closed, and the owner may not end the app's."""
    for _ in range(50):
        with suppress(psycopg2.errors.InsufficientPrivilege):
            databases.drop(name)
            return
        time.sleep(0.1)
    raise TimeoutError(f"{name}: somebody is still connected")


def _made(folder: Path) -> World:
    call_command("demo", logins=folder / "logins.json", verbosity=0)
    hub = Hub.objects.get(slug=settings.DEFAULT_HUB)
    ours, friend, theirs = (Council.objects.get(hub=hub, slug=slug) for slug in (OURS, FRIEND, THEIRS))
    office = Council.objects.get(hub=hub, kind=CouncilKind.HUB_OFFICE)
    _more_cases(ours, friend)
    border_to_a_friend(ours, friend)
    opened = _opened(ours)
    actors = (*_actors(ours, office), *_guests(ours, opened))
    victims = _victims(ours, friend, theirs, actors)
    fill(victims)
    fill_up(ours.pk, User.objects.get(email="kerry@example.org").pk, "Own")
    close_borders_of(victims.councils)
    _hide_addresses_of(_known_by_name(ours))
    own, foreign = _keys([ours.pk], victims, ours=True), _keys(victims.councils, victims, ours=False)
    return World(ours, friend, office, victims, actors, own, foreign, tuple(opened.values()))


def _more_cases(ours: Council, friend: Council) -> None:
    """A question to Kent, a concern in it, and a case in another hub."""
    esme = access_of(User.objects.get(email="esme@example.org"))
    asked = factories.enquiry(friend, name="Asked Example")
    with across([ours, friend], reason="fuzz"):
        handovers.offer(asked, to=ours, reason=HandoverReason.MOVED, explanation="They moved house.", by=esme)
    with as_council(ours):
        case = Enquiry.objects.filter(council=ours).order_by("created_at", "reference")[0]
        write_safeguarding_note(
            case, "A concern of Kent’s own", by=access_of(User.objects.get(email="sade@example.org"))
        )
    for council in Council.objects.exclude(hub=ours.hub_id).order_by("pk")[:1]:
        factories.enquiry(council)
        factories.user("Faraway", council, Role.OFFICER)


def _opened(ours: Council) -> dict[str, str]:
    """Of somebody who talks to an ambassador, and of that ambassador."""
    with as_council(ours):
        case = talking(ours).enquiry
        anna = an_ambassador(ours)
        return tokens(ours, str(case.pk)) | {"ambassador_link": link_of(anna)}


def _guests(ours: Council, opened: Mapping[str, str]) -> Iterator[Actor]:
    """Who has no account, but a link."""
    yield Actor("enquirer", opened=pass_for(opened["status_link"]))
    with as_council(ours):
        anna = an_ambassador(ours)
    yield Actor("ambassador", own_pass=own_pass_for(anna))


def _actors(ours: Council, office: Council) -> tuple[Actor, ...]:
    leaver = factories.user("Left", ours, Role.OFFICER)
    Membership.objects.filter(user=leaver).update(ended_at=hub_now())
    return (
        Actor("anonymous"),
        Actor("officer", User.objects.get(email="kerry@example.org")),
        Actor("manager", User.objects.get(email="miriam@example.org")),
        Actor("safeguarding", User.objects.get(email="sade@example.org")),
        Actor("coordinator", User.objects.get(email="cora@example.org")),
        Actor("campaign editor", factories.user("Cam", ours, Role.CAMPAIGN_EDITOR)),
        Actor("data analyst", factories.user("Ana", office, Role.DATA_ANALYST)),
        Actor("regional lead", factories.user("Lea", office, Role.REGIONAL_LEAD)),
        Actor("leaver", leaver),
    )


def _victims(ours: Council, friend: Council, theirs: Council, actors: tuple[Actor, ...]) -> Victims:
    """People of East Sussex too, but for whoever asked Kent something."""
    councils = Council.objects.exclude(pk__in=[ours.pk, friend.pk, theirs.pk]).order_by("pk")
    known = [actor.user.pk for actor in actors if actor.user]
    people = User.objects.exclude(memberships__council=ours).exclude(pk__in=[*known, *_known_by_name(ours)])
    first = people.get(email="harpreet@example.org")
    return Victims(
        [theirs.pk, *councils.values_list("pk", flat=True)],
        [first.pk, *people.exclude(pk=first.pk).order_by("pk").values_list("pk", flat=True)],
    )


def _known_by_name(ours: Council) -> list[int]:
    """Kent may give a case to a hub officer, and reads who asked it to take one: by name, and no more."""
    hub_wide = User.objects.filter(memberships__role__in=HUB_WIDE).values_list("pk", flat=True)
    with as_council(ours):
        asked = Handover.objects.filter(council=ours, side=Side.RECEIVED).values_list("offered_by", flat=True)
        return sorted({*hub_wide, *asked})


def _hide_addresses_of(people: list[int]) -> None:
    for person in people:
        User.objects.filter(pk=person).update(email=f"{CANARY}.{person}@example.org", password=f"{CANARY}.{person}")


def _keys(councils: Sequence[int], victims: Victims, *, ours: bool) -> Keys:
    """In the order in which they were written, which is the same each time."""
    found: dict[str, list[str]] = {}
    with as_owner(councils) as cursor:
        for model in watched_models():
            tie = tie_of(model)
            assert tie is not None
            wanted = list(councils) if tie.to is Council else list(victims.people)
            which = "= ANY" if tie.to is Council or not ours else "<> ALL"
            cursor.execute(
                f"SELECT {model._meta.pk.column}::text FROM {model._meta.db_table}"  # noqa: S608  # names of ours
                f" WHERE {tie.column} {which}(%s) ORDER BY ctid LIMIT 40",
                [wanted],
            )
            found[model._meta.model_name or ""] = [row[0] for row in cursor.fetchall()]
    return found
