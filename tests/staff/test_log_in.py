"""Email address and password: the first step of the log-in."""

import secrets
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from councils.models import User
from tests.conftest import Cast
from tests.second_steps import code, enter, is_in, log_in, set_up_app

AsUser = Callable[[User], Client]


@pytest.fixture
def client() -> Client:
    """From a network that no other test has: tries are counted."""
    return Client(REMOTE_ADDR=f"{'.'.join(str(1 + secrets.randbelow(223)) for _ in range(3))}.1")


@pytest.fixture
def secret(cast: Cast) -> str:
    return set_up_app(cast.kate)


def test_the_password_leads_to_the_second_step_and_opens_nothing(client: Client, cast: Cast, secret: str) -> None:
    answer = log_in(client, cast.kate)
    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_authenticate"))
    assert not is_in(client)


def test_with_the_code_of_the_app_one_is_in(client: Client, cast: Cast, secret: str) -> None:
    log_in(client, cast.kate)
    assert enter(client, code(secret))["Location"] == reverse("admin:index")
    assert is_in(client)


def test_the_address_may_be_written_in_capitals(client: Client, cast: Cast, secret: str) -> None:
    assert log_in(client, cast.kate, login=" KATE@example.org ")["Location"] == reverse("mfa_authenticate")


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(client: Client, cast: Cast, secret: str) -> None:
    wrong, unknown = log_in(client, cast.kate, password="wrong"), log_in(client, cast.kate, login="nobody@example.org")
    pages = [page.content.decode() for page in (wrong, unknown)]
    pages = [page.replace("nobody@example.org", "kate@example.org") for page in pages]
    assert "We could not log you in" in pages[0]
    assert [line for line in pages[0].splitlines() if "csrf" not in line and "nonce" not in line] == [
        line for line in pages[1].splitlines() if "csrf" not in line and "nonce" not in line
    ]


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com/", "javascript:alert(1)"])
def test_logging_in_leads_nowhere_else(client: Client, cast: Cast, secret: str, elsewhere: str) -> None:
    log_in(client, cast.kate, next=elsewhere)
    assert enter(client, code(secret))["Location"] == reverse("admin:index")


def test_logging_in_leads_to_the_page_that_was_asked_for(client: Client, cast: Cast, secret: str) -> None:
    log_in(client, cast.kate, next="/staff/enquiries/enquiry/")
    assert enter(client, code(secret))["Location"] == "/staff/enquiries/enquiry/"


def test_somebody_who_has_left_cannot_log_in(client: Client, cast: Cast, secret: str) -> None:
    User.objects.filter(pk=cast.kate.pk).update(is_active=False)
    log_in(client, cast.kate)
    enter(client, code(secret))
    assert not is_in(client)


def test_logging_out_needs_a_button(cast: Cast, as_user: AsUser) -> None:
    client = as_user(cast.kate)
    assert client.get(reverse("account_logout")).status_code == 405
    assert is_in(client)
    assert client.post(reverse("account_logout"))["Location"] == reverse("account_login")
    assert not is_in(client)


def test_there_is_one_place_to_log_in_and_out() -> None:
    assert reverse("admin:login") == reverse("account_login")
    assert reverse("admin:logout") == reverse("account_logout")
