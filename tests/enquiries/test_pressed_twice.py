"""A button pressed twice writes down once; said again on purpose, it is written down again."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from councils.models import Council, User
from councils.tenancy import as_council
from enquiries.models import ContactAttempt, Enquiry, Note
from tests import factories
from tests.conftest import Cast

AsUser = Callable[[User], Client]
MoveClock = Callable[[datetime], None]
NO_ANSWER = {"way": "call", "outcome": "no_answer"}


@pytest.fixture
def case(kent: Council, cast: Cast) -> Enquiry:
    return factories.enquiry(kent)


@pytest.fixture
def kate(cast: Cast, as_user: AsUser) -> Client:
    return as_user(cast.kate)


def seen(client: Client, case: Enquiry, form: str) -> str:
    """As the form carries it on the page as it is now."""
    page = client.get(reverse("admin:enquiries_enquiry_change", args=[case.pk])).content.decode()
    action = reverse(f"admin:enquiries_enquiry_{form}", args=[case.pk])
    found = re.search(rf'action="{action}".*?name="seen" value="([^"]+)"', page, re.DOTALL)
    assert found
    return found[1]


def press(client: Client, case: Enquiry, form: str, **sent: str) -> str:
    return client.post(reverse(f"admin:enquiries_enquiry_{form}", args=[case.pk]), sent, follow=True).content.decode()


def written(case: Enquiry) -> tuple[int, int]:
    """Attempts and notes."""
    with as_council(case.council_id):
        return ContactAttempt.objects.filter(enquiry=case).count(), Note.objects.filter(enquiry=case).count()


def test_a_button_pressed_twice_writes_down_once(kate: Client, case: Enquiry, move_clock: MoveClock) -> None:
    tried, noted = seen(kate, case, "attempt"), seen(kate, case, "note")
    for seconds in (5, 6):
        move_clock(case.created_at + timedelta(seconds=seconds))
        told = press(kate, case, "attempt", **NO_ANSWER, seen=tried)
        press(kate, case, "note", text="Ring after six.", seen=noted)
    assert "Written down once: the button was pressed twice." in told
    assert written(case) == (1, 1)


def test_the_same_from_the_page_as_it_is_then_is_written_down_again(
    kate: Client, case: Enquiry, move_clock: MoveClock
) -> None:
    for seconds in (5, 7):
        token = seen(kate, case, "attempt")
        move_clock(case.created_at + timedelta(seconds=seconds))
        press(kate, case, "attempt", **NO_ANSWER, seen=token)
        move_clock(case.created_at + timedelta(seconds=seconds + 1))
    assert written(case) == (2, 0)


def test_what_differs_and_what_a_colleague_writes_is_written_down(
    kate: Client, case: Enquiry, cast: Cast, as_user: AsUser, move_clock: MoveClock
) -> None:
    token = seen(kate, case, "attempt")
    move_clock(case.created_at + timedelta(seconds=5))
    press(kate, case, "attempt", **NO_ANSWER, seen=token)
    press(kate, case, "attempt", way="call", outcome="voicemail", seen=token)
    press(as_user(cast.mina), case, "attempt", **NO_ANSWER, seen=token)
    assert written(case) == (3, 0)


def test_later_from_an_old_page_it_is_written_down(kate: Client, case: Enquiry, move_clock: MoveClock) -> None:
    token = seen(kate, case, "attempt")
    for minutes in (1, 30):
        move_clock(case.created_at + timedelta(minutes=minutes))
        press(kate, case, "attempt", **NO_ANSWER, seen=token)
    assert written(case) == (2, 0)
