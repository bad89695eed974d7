"""How long somebody stays logged in, and what ends it everywhere at once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from councils.models import User
from staff.session_store import AT_MOST, ENDS, SessionStore
from staff.session_views import in_words
from staff.sessions import end_sessions
from staff.tasks import forget_ended_sessions
from tests.conftest import Cast
from tests.factories import PASSWORD
from tests.second_steps import is_in, passkey, recovery_codes, set_up_app
from tests.staff.test_tries import at_second_step, code_of, enter, somewhere, with_app

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]
INDEX, LASTS, PLACES = reverse("admin:index"), reverse("session_lasts"), reverse("account_sessions")
NEW = "a quite different password"


def logged_in(user: User) -> Client:
    """With a recovery code: one of an app opens once in half a minute."""
    if not Authenticator.objects.filter(user=user).exists():
        set_up_app(user)
        recovery_codes(user)
    client = at_second_step(user)
    assert enter(client, a_recovery_code(user)) == 302
    return client


def a_recovery_code(user: User) -> str:
    codes = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    return str(codes.wrap().get_unused_codes()[0])


def confirm(client: Client, user: User) -> None:
    """What is asked for before the log-in is changed."""
    assert client.post(reverse("mfa_reauthenticate"), {"code": a_recovery_code(user)}).status_code == 302


def key_of(client: Client) -> str:
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


def let_pass(client: Client, time: timedelta) -> None:
    """As if so much time had passed since the last page: all ends are that much nearer."""
    store = SessionStore(key_of(client))
    store[ENDS] = (datetime.fromisoformat(store[ENDS]) - time).isoformat()
    row = Session.objects.get(pk=key_of(client))
    row.session_data, row.expire_date = store.encode(dict(store.items())), row.expire_date - time
    row.save()


# Its two ends.


def test_an_hour_without_a_page_ends_it(cast: Cast) -> None:
    client = logged_in(cast.kate)
    let_pass(client, timedelta(minutes=settings.STAFF_IDLE_MINUTES - 1))
    assert is_in(client)
    let_pass(client, timedelta(minutes=settings.STAFF_IDLE_MINUTES + 1))
    assert not is_in(client)


def test_every_page_puts_the_end_off(cast: Cast) -> None:
    client = logged_in(cast.kate)
    for _ in range(4):
        let_pass(client, timedelta(minutes=settings.STAFF_IDLE_MINUTES - 5))
        assert is_in(client)


def test_half_a_day_after_the_log_in_it_ends_however_busy_somebody_is(cast: Cast) -> None:
    client = logged_in(cast.kate)
    step = timedelta(minutes=settings.STAFF_IDLE_MINUTES - 5)
    pages = 0
    while is_in(client):
        pages += 1
        let_pass(client, step)
    assert pages == -(-AT_MOST // step)


def test_the_session_is_written_once_a_minute_at_most(cast: Cast) -> None:
    client = logged_in(cast.kate)

    def writes() -> bool:
        with CaptureQueriesContext(connection) as captured:
            client.get(INDEX)
        return any('UPDATE "django_session"' in query["sql"] for query in captured)

    is_in(client)
    let_pass(client, timedelta(seconds=50))
    assert not writes()
    let_pass(client, timedelta(seconds=20))
    assert writes()
    assert not writes()


def test_what_was_sent_after_the_end_is_said_not_to_be_saved(cast: Cast) -> None:
    client = logged_in(cast.kate)
    let_pass(client, timedelta(minutes=settings.STAFF_IDLE_MINUTES + 1))
    answer = client.post("/staff/enquiries/enquiry/bulk/give/", {"to": "nobody"}, follow=True)
    assert "what you sent last was not saved" in answer.content.decode()


def test_a_visitors_pages_begin_no_session(client: Client) -> None:
    assert settings.SESSION_COOKIE_NAME not in client.get(reverse("account_login")).cookies


# Told beforehand.


def test_asking_how_long_it_lasts_does_not_put_the_end_off(cast: Cast) -> None:
    client = logged_in(cast.kate)
    let_pass(client, timedelta(minutes=10))
    first, second = client.get(LASTS).json(), client.get(LASTS).json()
    assert 0 <= first["seconds"] - second["seconds"] <= 5
    assert abs(first["seconds"] - 60 * (settings.STAFF_IDLE_MINUTES - 10)) <= 5
    assert abs(first["more"] - 60 * settings.STAFF_IDLE_MINUTES) <= 5


def test_stay_logged_in_puts_it_off(cast: Cast) -> None:
    client = logged_in(cast.kate)
    let_pass(client, timedelta(minutes=settings.STAFF_IDLE_MINUTES - 3))
    assert abs(client.post(LASTS).json()["seconds"] - 60 * settings.STAFF_IDLE_MINUTES) <= 5
    let_pass(client, timedelta(minutes=10))
    assert is_in(client)


def test_near_the_last_end_there_is_no_more_to_be_had(cast: Cast) -> None:
    client = logged_in(cast.kate)
    store = SessionStore(key_of(client))
    store[ENDS] = (datetime.fromisoformat(store[ENDS]) - AT_MOST + timedelta(minutes=4)).isoformat()
    store.save()
    assert client.post(LASTS).json()["more"] <= 4 * 60


def test_whoever_is_not_logged_in_is_not_told(client: Client) -> None:
    assert client.get(LASTS).status_code == 302


# A new one at the log-in, and none after it.


def test_the_log_in_gives_a_new_session(cast: Cast) -> None:
    secret = with_app(cast.kate)
    client = at_second_step(cast.kate)
    before = key_of(client)
    enter(client, code_of(secret))
    assert key_of(client) != before
    assert not Session.objects.filter(pk=before).exists()


def test_who_stops_at_the_second_step_is_not_in(cast: Cast) -> None:
    with_app(cast.kate)
    assert not is_in(at_second_step(cast.kate))


def stolen(client: Client) -> Client:
    thief = somewhere()
    thief.cookies[settings.SESSION_COOKIE_NAME] = key_of(client)
    return thief


def test_a_stolen_cookie_is_dead_after_the_log_out(cast: Cast) -> None:
    client = logged_in(cast.kate)
    thief = stolen(client)
    assert is_in(thief)
    client.post(reverse("account_logout"))
    assert not is_in(thief)


def test_it_is_dead_after_the_password_was_changed_and_the_owner_goes_on(cast: Cast) -> None:
    client = logged_in(cast.kate)
    thief = stolen(client)
    elsewhere = logged_in(cast.kate)
    changed = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post(reverse("account_change_password"), changed).status_code == 302
    assert (is_in(client), is_in(thief), is_in(elsewhere)) == (True, False, False)
    assert UserSession.objects.filter(user=cast.kate).count() == 1


def test_it_is_dead_after_the_second_factor_was_removed(cast: Cast) -> None:
    client, thief = logged_in(cast.kate), logged_in(cast.kate)
    passkey(cast.kate)  # the last second step cannot be removed
    confirm(client, cast.kate)
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert (is_in(client), is_in(thief)) == (True, False)


def test_whoever_leaves_is_out_everywhere_and_others_are_not(cast: Cast) -> None:
    clients = [logged_in(cast.kate), logged_in(cast.kate)]
    colleague = logged_in(cast.mina)
    assert end_sessions(cast.kate) == 2
    assert [is_in(client) for client in clients] == [False, False]
    assert is_in(colleague)
    assert end_sessions(cast.kate) == 0


def test_one_may_be_kept(cast: Cast) -> None:
    here, there = logged_in(cast.kate), logged_in(cast.kate)
    assert end_sessions(cast.kate, keep=key_of(here)) == 1
    assert (is_in(here), is_in(there)) == (True, False)


def test_an_account_that_was_switched_off_is_out_at_once(cast: Cast) -> None:
    client = logged_in(cast.kate)
    User.objects.filter(pk=cast.kate.pk).update(is_active=False)
    assert not is_in(client)


def test_what_is_left_of_sessions_that_are_over_goes_by_night_and_those_that_run_go_on(cast: Cast) -> None:
    running, over, ended = logged_in(cast.kate), logged_in(cast.kate), logged_in(cast.mina)
    let_pass(over, timedelta(hours=2))
    Session.objects.filter(pk=key_of(ended)).delete()
    forget_ended_sessions()
    assert set(UserSession.objects.values_list("session_key", flat=True)) == {key_of(running)}
    assert not Session.objects.filter(pk=key_of(over)).exists()
    assert is_in(running)


# Where one is logged in.


def test_one_logs_out_somewhere_else(cast: Cast) -> None:
    here, there = logged_in(cast.kate), logged_in(cast.kate)
    page = here.get(PLACES).content.decode()
    assert page.count("Log out there") == 1
    elsewhere = UserSession.objects.get(session_key=key_of(there))
    assert here.post(reverse("account_session_end", args=[elsewhere.pk])).status_code == 302
    assert (is_in(here), is_in(there)) == (True, False)


def test_where_one_is_now_is_not_ended_by_that_button(cast: Cast) -> None:
    here = logged_in(cast.kate)
    mine = UserSession.objects.get(session_key=key_of(here))
    here.post(reverse("account_session_end", args=[mine.pk]))
    assert is_in(here)


def test_anothers_session_answers_like_none(cast: Cast) -> None:
    here, theirs = logged_in(cast.kate), logged_in(cast.mina)
    hers = UserSession.objects.get(session_key=key_of(theirs))
    answers = [here.post(reverse("account_session_end", args=[pk])) for pk in (hers.pk, 987654)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert is_in(theirs)
    assert here.get(PLACES).content.decode().count("<tr>") == 2  # the head, and one's own


def test_a_session_that_ended_is_not_listed(cast: Cast) -> None:
    here, there = logged_in(cast.kate), logged_in(cast.kate)
    Session.objects.filter(pk=key_of(there)).delete()
    assert "Log out there" not in here.get(PLACES).content.decode()


@pytest.mark.parametrize("address", ["", "unknown", "fe80::1%eth0", "203.0.113.9"])
def test_whatever_address_a_proxy_tells_somebody_logs_in(cast: Cast, address: str) -> None:
    client = Client(REMOTE_ADDR=address)
    answer = client.post(reverse("account_login"), {"login": cast.kate.email, "password": PASSWORD})
    assert answer.status_code == 302
    assert UserSession.objects.filter(user=cast.kate).count() == 1


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140 Edg/140",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604.1",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox"),
        ("curl/8", "Another browser"),
    ],
)
def test_a_browser_in_words(user_agent: str, words: str) -> None:
    assert in_words(user_agent) == words
