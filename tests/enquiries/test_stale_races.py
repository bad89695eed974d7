"""Two officers send the same form at the same moment: one is saved, the other sees both versions."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from councils.clock import hub_now
from councils.models import Council, User
from councils.roles import Role
from councils.tenancy import as_council
from councils.working_time import LONDON
from enquiries.models import Enquiry
from enquiries.staleness import Seen
from enquiries.states import State
from tests import factories
from tests.enquiries.test_assigning_races import race


@pytest.fixture
def kent(committed_db: None) -> Iterator[Council]:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM testing.clock")
        cursor.execute("INSERT INTO testing.clock VALUES (%s)", [datetime(2026, 11, 24, 10, tzinfo=LONDON)])
    yield Council.objects.get(slug="kent")


def at_work(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize(("locks", "answers"), [(True, [302, 409]), (False, [302, 302])])
def test_of_two_steps_at_once_one_is_saved(kent: Council, locks: bool, answers: list[int]) -> None:
    kate, ken = (at_work(factories.user(name, kent, Role.OFFICER)) for name in ("Kate", "Ken"))
    case = factories.enquiry(kent)
    with as_council(kent):
        token = Seen(case, hub_now())["step"]
    told: dict[str, int] = {}

    def send(name: str, client: Client, step: str) -> None:
        address = reverse("admin:enquiries_enquiry_step", args=[case.pk])
        told[name] = client.post(address, {"step": step, "seen": token, "reason": "no_room"}).status_code

    race(kent, lambda: send("kate", kate, "visit"), lambda: send("ken", ken, "withdraw"), locks=locks)
    with as_council(kent):
        state = Enquiry.objects.get(pk=case.pk).state
    assert [told["kate"], told["ken"]] == answers
    assert state == (State.VISITED if locks else State.WITHDRAWN), "without locks Kate's visit is overwritten"
