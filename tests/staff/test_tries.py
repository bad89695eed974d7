"""How often a log-in may be tried: guesses stop, and nobody is locked out by another's."""

import re
import secrets
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as steps
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from councils import rate_limits
from councils.clock import hub_now
from councils.models import Council, User
from councils.roles import Role
from councils.tenancy import as_council
from outbox.models import Message
from staff.second_step import FROM_A_NETWORK, FROM_STRANGE_NETWORKS, TOLD_AFTER
from staff.tries import PASSWORDS, RESETS
from tests import factories
from tests.conftest import Cast
from tests.factories import PASSWORD
from tests.staff.test_account_events import events_of

pytestmark = pytest.mark.django_db
Move = Callable[[datetime], None]
LOG_IN, SECOND, FORGOTTEN = (reverse(name) for name in ("account_login", "mfa_authenticate", "account_reset_password"))


def somewhere() -> Client:
    """A browser in a network of its own."""
    return Client(REMOTE_ADDR=f"2001:db8:{secrets.token_hex(2)}::1")


def log_in(client: Client, email: str, password: str = PASSWORD) -> int:
    return client.post(LOG_IN, {"login": email, "password": password}).status_code


def with_app(user: User) -> str:
    """The secret of an authenticator app that they have set up."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def code_of(secret: str, ahead: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, list(steps())[1] + ahead))


def wrong_code_for(secret: str) -> str:
    right = {format_hotp_value(hotp_value(secret, step)) for step in steps()}
    return next(code for code in ("000000", "111111", "222222", "333333") if code not in right)


def enter(client: Client, code: str) -> int:
    return client.post(SECOND, {"code": code}).status_code


def at_second_step(user: User) -> Client:
    client = somewhere()
    assert client.post(LOG_IN, {"login": user.email, "password": PASSWORD})["Location"] == SECOND
    return client


# The password.


def test_guesses_of_a_password_stop(cast: Cast) -> None:
    thief = somewhere()
    tries = [log_in(thief, "kate@example.org", f"guess {i}") for i in range(PASSWORDS.times + 3)]
    assert tries == [200] * PASSWORDS.times + [429] * 3
    assert log_in(thief, "kate@example.org") == 429, "nor does the right one help any more"


def test_the_page_says_how_long_to_wait(cast: Cast) -> None:
    thief = somewhere()
    for i in range(PASSWORDS.times):
        log_in(thief, "kate@example.org", f"guess {i}")
    answer = thief.post(LOG_IN, {"login": "kate@example.org", "password": PASSWORD})
    assert "Please wait 15 minutes" in answer.content.decode()
    assert 0 < int(answer["Retry-After"]) <= PASSWORDS.seconds


def test_the_victim_gets_in_from_another_network(cast: Cast) -> None:
    thief = somewhere()
    for i in range(PASSWORDS.times + 1):
        log_in(thief, "kate@example.org", f"guess {i}")
    assert log_in(somewhere(), "kate@example.org") == 302


def test_a_colleague_in_the_same_network_gets_in(cast: Cast) -> None:
    office = somewhere()
    for i in range(PASSWORDS.times + 1):
        log_in(office, "kate@example.org", f"guess {i}")
    assert log_in(office, "mina@example.org") == 302


def test_two_hundred_officers_behind_one_address_log_in_in_the_morning(kent: Council) -> None:
    officers = [factories.user(f"Officer{i}", kent, Role.OFFICER) for i in range(200)]
    address = f"2001:db8:{secrets.token_hex(2)}::1"
    assert {log_in(Client(REMOTE_ADDR=address), officer.email) for officer in officers} == {302}


def test_who_logs_in_often_is_not_kept_waiting(cast: Cast) -> None:
    address = f"2001:db8:{secrets.token_hex(2)}::1"
    often = [log_in(Client(REMOTE_ADDR=address), "kate@example.org") for _ in range(PASSWORDS.times + 2)]
    assert set(often) == {302}


def test_an_address_that_nobody_has_is_counted_alike(cast: Cast) -> None:
    thief = somewhere()
    tries = [thief.post(LOG_IN, {"login": "nobody@example.org", "password": "x"}) for _ in range(PASSWORDS.times + 1)]
    known = somewhere()
    same = [known.post(LOG_IN, {"login": "kate@example.org", "password": "x"}) for _ in range(PASSWORDS.times + 1)]
    assert [answer.status_code for answer in tries] == [answer.status_code for answer in same]
    assert plain(tries[0].content.decode()) == plain(same[0].content.decode())


def plain(page: str) -> str:
    return re.sub(r'csrfmiddlewaretoken" value="\w+|nonce-?="?[\w+/=-]+|(nobody|kate)@example.org', "", page)


# The second step.


def test_guesses_of_a_code_stop(cast: Cast) -> None:
    secret = with_app(cast.kate)
    thief = at_second_step(cast.kate)
    most = FROM_A_NETWORK[0].times
    assert [enter(thief, wrong_code_for(secret)) for _ in range(most + 1)] == [200] * most + [429]
    assert enter(thief, code_of(secret)) == 429


def test_they_stop_without_valkey_too(cast: Cast, without_valkey: None) -> None:
    secret = with_app(cast.kate)
    thief = at_second_step(cast.kate)
    assert [enter(thief, wrong_code_for(secret)) for _ in range(FROM_A_NETWORK[0].times + 1)][-1] == 429


def test_a_thief_at_the_second_step_does_not_lock_the_owner_out(cast: Cast) -> None:
    secret = with_app(cast.kate)
    thief = at_second_step(cast.kate)
    for _ in range(FROM_A_NETWORK[0].times + 1):
        enter(thief, wrong_code_for(secret))
    assert enter(at_second_step(cast.kate), code_of(secret)) == 302


def test_logging_in_anew_gives_no_new_tries(cast: Cast) -> None:
    secret = with_app(cast.kate)
    thief = at_second_step(cast.kate)
    for _ in range(FROM_A_NETWORK[0].times):
        enter(thief, wrong_code_for(secret))
    thief.cookies.clear()
    log_in(thief, cast.kate.email)
    assert enter(thief, wrong_code_for(secret)) == 429


def test_the_tries_come_back_with_time(cast: Cast, move_clock: Move) -> None:
    secret = with_app(cast.kate)
    thief = at_second_step(cast.kate)
    for _ in range(FROM_A_NETWORK[0].times):
        enter(thief, wrong_code_for(secret))
    move_clock(hub_now() + FROM_A_NETWORK[0].within + timedelta(seconds=1))
    assert enter(thief, wrong_code_for(secret)) == 200


def test_a_thief_of_many_networks_has_no_more_tries_and_the_owners_network_goes_on(cast: Cast) -> None:
    secret = with_app(cast.kate)
    at_home = at_second_step(cast.kate)
    assert enter(at_home, code_of(secret, -1)) == 302
    for _ in range(FROM_STRANGE_NETWORKS.times // FROM_A_NETWORK[0].times):
        thief = at_second_step(cast.kate)
        for _ in range(FROM_A_NETWORK[0].times):
            assert enter(thief, wrong_code_for(secret)) == 200
    assert enter(at_second_step(cast.kate), code_of(secret)) == 429
    at_home.post(reverse("account_logout"))
    log_in(at_home, cast.kate.email)
    assert enter(at_home, code_of(secret)) == 302


def test_the_owner_is_told_once_that_somebody_knows_the_password(cast: Cast, office: Council) -> None:
    secret = with_app(cast.kate)
    thief = at_second_step(cast.kate)
    for _ in range(TOLD_AFTER + 2):
        enter(thief, wrong_code_for(secret))
    with as_council(office):
        [mail] = Message.objects.filter(to_address="kate@example.org")
    assert "knows your password" in mail.text
    assert [event.verb for event in events_of(cast.kate, office)] == ["account.second_step_refused"] * (TOLD_AFTER + 2)


NO_PASSKEYS = ['{"id": "x"}', "{}", "[]", "no json", '{"response": {"userHandle": "0000"}}', '{"response": []}']


@pytest.mark.parametrize("sent", NO_PASSKEYS)
def test_what_is_no_passkey_is_refused_and_locks_nobody_out(cast: Cast, sent: str) -> None:
    client = somewhere()
    for _ in range(12):
        answer = client.post(reverse("mfa_login_webauthn"), {"credential": sent})
        assert (answer.status_code, answer["Location"]) == (302, LOG_IN)
    assert log_in(client, "kate@example.org") == 302


@pytest.mark.parametrize("sent", NO_PASSKEYS)
def test_what_is_no_passkey_is_not_added(cast: Cast, sent: str) -> None:
    client = Client()
    client.force_login(cast.kate)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.get(reverse("mfa_add_webauthn"))
    assert client.post(reverse("mfa_add_webauthn"), {"name": "", "credential": sent}).status_code == 200
    assert not Authenticator.objects.exists()


def test_wrong_passkeys_at_the_second_step_are_counted_like_codes(cast: Cast) -> None:
    secret = with_app(cast.kate)
    thief = at_second_step(cast.kate)
    sent = [thief.post(SECOND, {"credential": '{"id": "x"}'}).status_code for _ in range(FROM_A_NETWORK[0].times)]
    assert set(sent) == {200}
    assert enter(thief, code_of(secret)) == 429


# A new password.


def test_asking_for_a_new_password_again_and_again_stops(cast: Cast) -> None:
    for email in ("kate@example.org", "nobody@example.org"):
        client = somewhere()
        asked = [client.post(FORGOTTEN, {"email": email}).status_code for _ in range(RESETS.times + 1)]
        assert asked == [302] * RESETS.times + [429]
    assert somewhere().post(FORGOTTEN, {"email": "kate@example.org"}).status_code == 302


# With Valkey away.


@pytest.fixture
def without_valkey(settings: Settings) -> Iterator[None]:
    away = "redis://127.0.0.1:1/0"
    settings.REDIS_URL = away
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": away}}
    rate_limits.valkey.cache_clear()
    yield
    rate_limits.valkey.cache_clear()


def test_people_log_in_while_valkey_is_away(cast: Cast, without_valkey: None) -> None:
    secret = with_app(cast.kate)
    assert enter(at_second_step(cast.kate), code_of(secret)) == 302


def test_a_code_opens_once_while_valkey_is_away(cast: Cast, without_valkey: None) -> None:
    secret = with_app(cast.kate)
    code = code_of(secret)
    assert enter(at_second_step(cast.kate), code) == 302
    assert enter(at_second_step(cast.kate), code) == 200


def test_the_cache_answers_nothing_while_valkey_is_away(without_valkey: None) -> None:
    cache.set("a", 1)
    assert cache.get("a", "nothing") == "nothing"
    assert cache.add("a", 1)
    assert not cache.delete("a")
    assert cache.get_many(["a"]) == {}


def test_the_cache_keeps_plain_values_and_runs_nothing() -> None:
    cache.set("a", {"at": [1.5, "x"]}, 10)
    assert cache.get("a") == {"at": [1.5, "x"]}
    with pytest.raises(TypeError):
        cache.set("b", object())
    with pytest.raises(NotImplementedError):
        cache.clear()


def test_allauths_own_limits_which_would_lock_a_victim_out_are_off() -> None:
    assert settings.ACCOUNT_RATE_LIMITS is False
    assert Authenticator.Type.TOTP in settings.MFA_SUPPORTED_TYPES
