"""Plainly fictional people and cases for the first hub, made by the real actions. Safe to run again: it keeps what it
made, log-ins included."""

import json
import os
import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand
from django.db import transaction

from councils.models import Council, CouncilKind, Hub, Membership, User
from councils.roles import Role
from councils.tenancy import across
from enquiries.models import Enquiry
from lafse.demo.cases import make_cases
from lafse.demo.people import PEOPLE, Person

LOGINS = Path(settings.BASE_DIR) / ".run" / "demo-logins.json"


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--logins", type=Path, default=LOGINS, help="where the log-ins are written (%(default)s)")

    def handle(self, *args: Any, **options: Any) -> None:
        hub = Hub.objects.get(slug="lafse")
        councils = {council.slug: council for council in Council.objects.filter(hub=hub).select_related("hub")}
        with transaction.atomic():
            _open_mailboxes(councils)
            people = _people(councils, options["logins"])
        with across(councils.values(), reason="demo"):
            made = 0 if Enquiry.objects.exists() else make_cases(hub, councils)
        self.stdout.write(f"Demonstration: {people} people, {made} cases made. Log-ins: {options['logins']}")


def _open_mailboxes(councils: dict[str, Council]) -> None:
    for council in councils.values():
        if not council.duty_mailbox:
            council.duty_mailbox = f"fostering-duty.{council.slug}@example.org"
            council.save(update_fields=["duty_mailbox"])


def _known_password(path: Path) -> str:
    if not path.exists():
        return ""
    rows: list[dict[str, str]] = json.loads(path.read_text())
    return rows[0]["password"] if rows else ""


def _people(councils: dict[str, Council], logins: Path) -> int:
    """One generated password for all: a slow hash for each would take longer than everything else here. Where the file
    is gone, or belongs to another database, all get a new one, so that the file is always true."""
    office = next(council for council in councils.values() if council.kind == CouncilKind.HUB_OFFICE)
    users = {user.email: user for user in User.objects.filter(email__in=[person.email for person in PEOPLE])}
    known = _known_password(logins)
    is_true = bool(known) and all(user.check_password(known) for user in list(users.values())[:1])
    password = known if is_true else secrets.token_urlsafe(12)
    hashed = "" if is_true and len(users) == len(PEOPLE) else make_password(password)
    rows = []
    for person in PEOPLE:
        user = users.get(person.email) or User(email=person.email, name=person.name, home=office)
        if hashed:
            user.password = hashed
            user.save()
        for slug in person.councils:
            Membership.objects.get_or_create(user=user, council=councils[slug], role=person.role, ended_at=None)
        role = _role_in_words(person, councils)
        rows.append({"role": role, "name": person.name, "email": person.email, "password": password})
    _write(rows, logins)
    return len(rows)


def _role_in_words(person: Person, councils: dict[str, Council]) -> str:
    places = [councils[slug] for slug in person.councils]
    if places[0].kind == CouncilKind.HUB_OFFICE:
        return str(Role(person.role).label)
    return f"{Role(person.role).label}, {' and '.join(place.name for place in places)}"


def _write(rows: list[dict[str, str]], path: Path) -> None:
    """Readable by this account only, from the first byte on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(rows, file, indent=2)
    new.replace(path)
