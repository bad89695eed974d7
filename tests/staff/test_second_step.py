"""The second step of the log-in: which codes are taken, and how often."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from councils.models import Council, User
from councils.roles import Role
from tests import factories
from tests.conftest import Cast
from tests.second_steps import code, enter, is_in, log_in, passkey, recovery_codes, set_up_app


@pytest.fixture
def secret(cast: Cast) -> str:
    return set_up_app(cast.kate)


@pytest.fixture
def waiting(client: Client, cast: Cast, secret: str) -> Client:
    """The password was right."""
    log_in(client, cast.kate)
    return client


def said(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]  # a response


@pytest.mark.parametrize("written", ["{}", " {} ", "{0[0]}{0[1]}{0[2]} {0[3]}{0[4]}{0[5]}"])
def test_a_code_may_be_pasted_with_spaces(waiting: Client, secret: str, written: str) -> None:
    enter(waiting, written.format(code(secret)))
    assert is_in(waiting)


@pytest.mark.parametrize("steps", [-1, 1])
def test_a_phone_may_be_half_a_minute_off(waiting: Client, secret: str, steps: int) -> None:
    enter(waiting, code(secret, steps=steps))
    assert is_in(waiting)


@pytest.mark.parametrize("steps", [-3, 3])
def test_an_old_code_or_one_of_later_is_refused(waiting: Client, secret: str, steps: int) -> None:
    assert "That code is not right" in said(enter(waiting, code(secret, steps=steps)))
    assert not is_in(waiting)


@pytest.mark.parametrize("typed", ["", "abc", "12345", "１２３４５６", "000000000000000000000000"])
def test_anything_else_is_refused_with_words(waiting: Client, secret: str, typed: str) -> None:
    answer = enter(waiting, typed)
    assert answer.status_code == 200
    assert "There is a problem" in said(answer)
    assert not is_in(waiting)


def again(user: User) -> Client:
    client = Client()
    log_in(client, user)
    return client


def test_a_code_is_good_once_and_the_page_says_to_wait(waiting: Client, cast: Cast, secret: str) -> None:
    used = code(secret)
    enter(waiting, used)
    other = again(cast.kate)
    assert "used already" in said(enter(other, used))
    assert not is_in(other)


def test_a_code_of_before_the_last_used_one_is_refused(waiting: Client, cast: Cast, secret: str) -> None:
    """Somebody who read it over a shoulder and waits for the owner to log in."""
    enter(waiting, code(secret))
    other = again(cast.kate)
    assert "used already" in said(enter(other, code(secret, steps=-1)))


def test_the_next_code_is_good(waiting: Client, cast: Cast, secret: str) -> None:
    enter(waiting, code(secret))
    other = again(cast.kate)
    enter(other, code(secret, steps=1))
    assert is_in(other)


def test_a_recovery_code_is_good_once(waiting: Client, cast: Cast) -> None:
    one = recovery_codes(cast.kate)[0]
    enter(waiting, f"{one[:4]} {one[4:]}")
    assert is_in(waiting)
    other = again(cast.kate)
    assert "That code is not right" in said(enter(other, one))


def test_anothers_code_is_refused(waiting: Client, cast: Cast) -> None:
    theirs = set_up_app(cast.hal)
    enter(waiting, code(theirs))
    enter(waiting, recovery_codes(cast.hal)[0])
    assert not is_in(waiting)


def test_who_has_a_passkey_only_is_not_asked_for_an_app(client: Client, cast: Cast) -> None:
    passkey(cast.kate)
    assert log_in(client, cast.kate)["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)


def test_the_second_step_without_the_first_leads_to_the_log_in(client: Client, cast: Cast, secret: str) -> None:
    assert enter(client, code(secret))["Location"] == reverse("account_login")
    assert not is_in(client)


def test_cancelling_the_second_step_forgets_the_first(waiting: Client, secret: str) -> None:
    waiting.post(reverse("account_logout"))
    enter(waiting, code(secret))
    assert not is_in(waiting)


@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_one_code_sent_twice_at_once_lets_one_in(committed_db: None, kind: str) -> None:
    kate = factories.user("Kate", Council.objects.get(slug="kent"), Role.OFFICER)
    secret = set_up_app(kate)
    typed = recovery_codes(kate)[0] if kind == "recovery" else code(secret)
    clients, together = [again(kate), again(kate)], Barrier(2)

    def send(client: Client) -> bool:
        together.wait()
        try:
            return bool(enter(client, typed).status_code == 302)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(send, clients)) == [False, True]
