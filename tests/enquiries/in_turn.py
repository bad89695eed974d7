"""Kent gives new cases to Kate and Ken in turn; who is there, and who got what."""

import itertools
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client

from councils.models import Absence, Assignment, Council, User
from councils.roles import Role
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.models import Enquiry
from tests import factories
from tests.conftest import Cast

Move = Callable[[datetime], None]
AsUser = Callable[[User], Client]
NUMBERS = itertools.count()
MON, TUE, WED, THU, FRI = range(5)
LETTER = b"From: Rosa Example <rosa@example.org>\nSubject: Hello\nMessage-ID: <1@example.org>\n\nMay I foster?\n"


def london(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=LONDON)


def switch_on(council: Council, how: Assignment = Assignment.IN_TURN) -> None:
    council.assignment = how
    council.save(update_fields=["assignment"])


def away(user: User, first: int, last: int) -> None:
    days = {"first_day": date(2026, 11, first), "last_day": date(2026, 11, last)}
    Absence.objects.create(user=user, written_by=user, **days)


def works_on(user: User, *days: int) -> None:
    User.objects.filter(pk=user.pk).update(working_days=days)


def owner_of(case: Enquiry) -> User | None:
    with as_council(case.council_id):
        return Enquiry.objects.select_related("owner").get(pk=case.pk).owner


def arrive(council: Council, count: int = 1) -> list[User | None]:
    """Whose each is. All are of different people: who enquires again under the same address has one case."""
    people = itertools.islice(NUMBERS, count)
    return [owner_of(factories.enquiry(council, email=f"erin{number}@example.org")) for number in people]


@pytest.fixture
def ken(kent: Council, cast: Cast, move_clock: Move) -> User:
    """Kate's colleague, on a Monday morning; Kent gives out its cases in turn."""
    move_clock(london(23, 10))
    switch_on(kent)
    return factories.user("Ken", kent, Role.OFFICER)


# Whose turn it is.
